"""Notices under the bell, and the mail that may go with them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from thidua.accounts.models import User
from thidua.organizations.selectors import get_root_name, get_site_url
from thidua.outbox.lifecycle import Way
from thidua.outbox.models import MailChoice, Notice
from thidua.outbox.selectors import get_way, list_kinds, list_notices_for
from thidua.outbox.services.messages import queue_message
from thidua.support.actor import Actor
from thidua.support.clock import local_date

DIGEST_LINES = 50


@transaction.atomic
def notify(
    *,
    user: User,
    text: str,
    key: str,
    actor: Actor,
    at: datetime,
    kind: str = "notice",
    url: str = "",
) -> Notice:
    """Tell a user something, once for each key; by mail too as they chose.

    `url` is a path of ours.
    """
    notice, is_new = Notice.objects.get_or_create(
        user=user,
        key=key,
        defaults={"kind": kind, "text": text[:500], "url": url, "created_at": at},
    )
    if is_new and get_way(user.pk, kind) is Way.NOW:
        values = {
            "noi_dung": text,
            "duong_dan": f"{get_site_url()}{url}",
            "co_quan": get_root_name(),
        }
        queue_message(
            kind=kind, to=user, key=f"notice:{notice.pk}", actor=actor, at=at, values=values
        )
    return notice


@transaction.atomic
def read_notice(*, notice: Notice, actor: Actor, at: datetime) -> None:
    """The actor has seen it."""
    list_notices_for(actor).filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)


@transaction.atomic
def read_all_notices(*, actor: Actor, at: datetime) -> int:
    """The actor has seen all; how many were new."""
    return list_notices_for(actor).filter(read_at__isnull=True).update(read_at=at)


def send_digests(*, actor: Actor, at: datetime) -> int:
    """One mail for each user with unread notices of kinds that they get daily; how many mails."""
    given = [
        kind.kind for kind in list_kinds().values() if kind.is_optional and kind.way is Way.DAILY
    ]
    choices = MailChoice.objects.filter(user=OuterRef("user"), kind=OuterRef("kind"))
    wanted = Exists(choices.filter(way=Way.DAILY)) | (Q(kind__in=given) & ~Exists(choices))
    fresh = Notice.objects.filter(
        wanted,
        read_at__isnull=True,
        in_digest_at__isnull=True,
        created_at__gte=at - timedelta(days=7),
        user__is_active=True,
    )
    number = 0
    for user in User.objects.filter(pk__in=fresh.values("user_id")):
        number += _send_digest(user, fresh, actor, at)
    return number


@transaction.atomic
def _send_digest(user: User, fresh: QuerySet[Notice], actor: Actor, at: datetime) -> int:
    notices = list(fresh.filter(user=user).order_by("-pk"))
    if not notices:
        return 0
    lines = [f"- {one.text}" for one in notices[:DIGEST_LINES]]
    if len(notices) > DIGEST_LINES:
        lines.append(f"- … và {len(notices) - DIGEST_LINES} thông báo khác")
    queue_message(
        kind="digest",
        to=user,
        key=f"digest:{user.pk}:{local_date(at):%Y-%m-%d}",
        actor=actor,
        at=at,
        values={
            "so": str(len(notices)),
            "danh_sach": "\n".join(lines),
            "duong_dan": f"{get_site_url()}/thong-bao/",
            "co_quan": get_root_name(),
        },
    )
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(in_digest_at=at)
    return 1
