"""Invitations: a link by mail that lets somebody take their account, once."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.accounts.errors import AccountFault, LinkSpent
from thidua.accounts.lifecycle import invitation_expiry, token_digest
from thidua.accounts.models import Invitation, User
from thidua.accounts.services.security import set_password
from thidua.audit import services as audit
from thidua.support.actor import Actor


@transaction.atomic
def invite(*, user: User, actor: Actor, at: datetime) -> str:
    """A new link for an account; an older one opens nothing from now on. Returns the token.

    The token (256 bits) is nowhere kept: whoever calls puts it into the mail and forgets it.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active:
        raise AccountFault(_("Tài khoản đang bị khóa. Mở khóa rồi mới mời được."))
    withdraw_invitation(user=user, actor=actor, at=at)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        user=user, digest=token_digest(token), sent_at=at, expires_at=invitation_expiry(at)
    )
    audit.create(invitation, actor=actor, at=at, action="invitation.send")
    return token


@transaction.atomic
def withdraw_invitation(*, user: User, actor: Actor, at: datetime) -> None:
    """The open link of an account, if there is one, opens nothing any more."""
    for one in user.invitations.filter(used_at__isnull=True, withdrawn_at__isnull=True):
        audit.change(one, actor=actor, at=at, action="invitation.withdraw", withdrawn_at=at)


@transaction.atomic
def accept_invitation(*, token: str, password: str, at: datetime, ip: str = "") -> User:
    """Take the account that a link leads to, with a first password. Works once.

    Raises LinkSpent (used, withdrawn, expired, unknown: one sentence for all) or PasswordRefused,
    which leaves the link open.
    """
    found = (
        Invitation.objects.select_for_update()
        .filter(digest=token_digest(token), used_at__isnull=True, withdrawn_at__isnull=True)
        .filter(expires_at__gt=at, user__is_active=True)
        .first()
    )
    if found is None:
        raise LinkSpent(
            _(
                "Đường dẫn mời này đã dùng, đã hết hạn hoặc đã được thay bằng thư mới hơn. "
                "Nhờ người quản trị gửi lại thư mời."
            )
        )
    user = User.objects.get(pk=found.user_id)
    actor = Actor(user.pk, user.full_name, ip=ip)
    set_password(user=user, password=password, actor=actor, at=at)
    audit.change(found, actor=actor, at=at, action="invitation.accept", used_at=at)
    return user
