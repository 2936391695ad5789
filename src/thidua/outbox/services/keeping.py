"""The mail server, the words of letters, what users choose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit import services as audit
from thidua.outbox.errors import MailFault
from thidua.outbox.lifecycle import Way, places_of
from thidua.outbox.models import Letter, MailChoice, MailServer
from thidua.outbox.selectors import list_kinds
from thidua.outbox.services.sealed import PASSWORD, seal
from thidua.support.actor import Actor


@transaction.atomic
def change_mail_server(
    *, actor: Actor, at: datetime, password: str | None = None, **values: Any
) -> MailServer:
    """Set up the mail server. `password`: None keeps the one that is there, "" takes it away."""
    if password is not None:
        values["password_box"] = seal(PASSWORD, password)
    server = MailServer.objects.filter(pk=1).first()
    if server is None:
        server = MailServer(pk=1, **values)
        return audit.create(server, actor=actor, at=at, action="mail_server.set")
    audit.change(server, actor=actor, at=at, action="mail_server.set", **values)
    return server


@transaction.atomic
def change_letter(*, kind: str, subject: str, body: str, actor: Actor, at: datetime) -> None:
    """The organisation's own words for a kind. Raises MailFault for a place that is never filled."""
    known = set(list_kinds()[kind].values)
    unknown = sorted(places_of(subject + body) - known)
    if unknown:
        raise MailFault(
            _("Không có chỗ điền {%(place)s}. Các chỗ điền được: %(known)s.")
            % {"place": unknown[0], "known": ", ".join(f"{{{one}}}" for one in sorted(known))}
        )
    if not subject.strip() or not body.strip():
        raise MailFault(_("Thư cần cả tiêu đề và nội dung."))
    letter = Letter.objects.filter(kind=kind).first()
    if letter is None:
        letter = Letter(kind=kind, subject=subject, body=body)
        audit.create(letter, actor=actor, at=at, action="letter.set")
        return
    audit.change(letter, actor=actor, at=at, action="letter.set", subject=subject, body=body)


@transaction.atomic
def restore_letter(*, kind: str, actor: Actor, at: datetime) -> None:
    """Go back to the words that come with the product."""
    letter = Letter.objects.filter(kind=kind).first()
    if letter is not None:
        audit.remove(letter, actor=actor, at=at, action="letter.restore")


@transaction.atomic
def choose_way(*, kind: str, way: Way, actor: Actor, at: datetime) -> None:  # noqa: ARG001 - shape of services
    """How the actor wants a kind by mail. Raises MailFault for a kind nobody may choose about."""
    if kind not in list_kinds() or not list_kinds()[kind].is_optional:
        raise MailFault(_("Loại thư này luôn được gửi ngay."))
    if actor.user_id is None:
        raise MailFault(_("Chỉ người có tài khoản mới chọn được cách nhận thư."))
    MailChoice.objects.update_or_create(
        user_id=actor.user_id, kind=kind, defaults={"way": way.value}
    )
