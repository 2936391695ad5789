"""Accounts themselves: made, changed, disabled, enabled."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.errors import AccountFault, MailTaken, NotYours
from thidua.accounts.models import User, fold_account
from thidua.accounts.services.security import end_sessions
from thidua.audit import services as audit
from thidua.support.actor import Actor
from thidua.support.text import clean, given_name_key

_CHANGEABLE = frozenset({"email", "full_name", "phone", "language"})


@transaction.atomic
def create_user(
    *,
    email: str,
    full_name: str,
    actor: Actor,
    at: datetime,
    phone: str = "",
    language: str = "vi",
    password: str | None = None,
    must_change_password: bool = False,
) -> User:
    """An account without any role; without a password only an invitation opens it.

    Raises MailTaken. The password is not weighed here: whoever types one is asked by the form.
    """
    address = _address(email)
    if User.objects.filter(email=address).exists():
        raise MailTaken(_("Địa chỉ thư %(mail)s đã có tài khoản.") % {"mail": address})
    name = clean(full_name)
    user = User(
        email=address,
        full_name=name,
        sort_key=given_name_key(name),
        folded=fold_account(name, address),
        phone=clean(phone),
        language=language,
        password=make_password(password),
        password_set_at=at if password is not None else None,
        must_change_password=must_change_password,
        created_at=at,
    )
    try:
        return audit.create(user, actor=actor, at=at, action="user.create")
    except IntegrityError as error:  # somebody else was faster by a moment
        raise MailTaken(_("Địa chỉ thư %(mail)s đã có tài khoản.") % {"mail": address}) from error


@transaction.atomic
def change_user(*, user: User, actor: Actor, at: datetime, reason: str = "", **values: str) -> bool:
    """Set the named ones of email, full_name, phone, language; False: nothing differed.

    A new mail address takes effect at once: it is the keeper's act, and the old address is told by
    whoever calls. Raises MailTaken.
    """
    unknown = set(values) - _CHANGEABLE
    if unknown:
        raise TypeError(f"no such field of an account: {sorted(unknown)}")
    fields: dict[str, Any] = {name: clean(text) for name, text in values.items()}
    if "email" in fields:
        fields["email"] = _address(fields["email"])
        if User.objects.filter(email=fields["email"]).exclude(pk=user.pk).exists():
            raise MailTaken(
                _("Địa chỉ thư %(mail)s đã có tài khoản khác dùng.") % {"mail": fields["email"]}
            )
    if "full_name" in fields:
        fields["sort_key"] = given_name_key(fields["full_name"])
    if "full_name" in fields or "email" in fields:
        fields["folded"] = fold_account(
            fields.get("full_name", user.full_name), fields.get("email", user.email)
        )
    return audit.change(user, actor=actor, at=at, action="user.change", reason=reason, **fields)


@transaction.atomic
def set_preferences(*, user: User, actor: Actor, at: datetime, **values: Any) -> None:
    """How pages look to this user: density, theme and the like; what is not named stays."""
    stored = User.objects.select_for_update().get(pk=user.pk)
    merged = {**stored.preferences, **values}
    audit.change(user, actor=actor, at=at, action="user.prefer", preferences=merged)


@transaction.atomic
def disable_user(*, user: User, reason: str, actor: Actor, at: datetime) -> None:
    """Close an account: its sessions end now, its open invitation opens nothing, roles stay noted.

    Raises NotYours for the own account, AccountFault without a reason.
    """
    if actor.user_id == user.pk:
        raise NotYours(_("Không tự khóa tài khoản của mình được. Nhờ người quản trị khác."))
    _need(reason)
    audit.change(
        user, actor=actor, at=at, action="user.disable", reason=clean(reason), is_active=False
    )
    for invitation in user.invitations.filter(used_at__isnull=True, withdrawn_at__isnull=True):
        audit.change(invitation, actor=actor, at=at, action="invitation.withdraw", withdrawn_at=at)
    end_sessions(user=user, actor=actor, at=at)


@transaction.atomic
def enable_user(*, user: User, reason: str, actor: Actor, at: datetime) -> None:
    """Open a closed account again, with the roles that are still in force."""
    _need(reason)
    audit.change(
        user, actor=actor, at=at, action="user.enable", reason=clean(reason), is_active=True
    )


def _address(email: str) -> str:
    return clean(email).lower()


def _need(reason: str) -> None:
    if not clean(reason):
        raise AccountFault(_("Cần ghi lý do. Viết ngắn: vì sao, theo văn bản hay yêu cầu nào."))
