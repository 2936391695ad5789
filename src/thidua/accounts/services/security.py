"""Passwords, second factors, sessions."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from thidua.accounts.errors import AccountFault, LinkSpent, PasswordRefused
from thidua.accounts.models import User
from thidua.audit import services as audit
from thidua.support.actor import Actor
from thidua.support.text import clean


@transaction.atomic
def set_password(*, user: User, password: str, actor: Actor, at: datetime) -> None:
    """Give an account a new password; whoever else is logged in to it is out.

    `user` carries the hash that the right to change was shown against (an old password, a link of
    the mail): if it is another by now, somebody was first, and LinkSpent is raised. Raises
    PasswordRefused.
    """
    weigh_password(password, user)
    stored = User.objects.select_for_update().get(pk=user.pk)
    if stored.password != user.password:
        raise LinkSpent(_("Mật khẩu vừa được đổi bằng đường dẫn này. Đăng nhập bằng mật khẩu mới."))
    audit.change(
        stored,
        actor=actor,
        at=at,
        action="user.set_password",
        password=make_password(password),
        password_set_at=at,
        must_change_password=False,
    )
    # The session that goes on is tied to the new hash.
    user.password, user.must_change_password = stored.password, False


def weigh_password(password: str, user: User) -> None:
    """Raise PasswordRefused with sentences that say what is wrong with a password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PasswordRefused(error.messages) from error


@transaction.atomic
def reset_second_factors(*, user: User, reason: str, actor: Actor, at: datetime) -> int:
    """Forget the second factors of somebody who lost them; returns how many there were.

    Their sessions end; at the next login they are asked to enrol again.
    """
    if not clean(reason):
        raise AccountFault(_("Cần ghi lý do: người dùng đã xác nhận danh tính bằng cách nào."))
    count: int = Authenticator.objects.filter(user=user).delete()[0]
    audit.note(
        audit.stream_of(user),
        actor=actor,
        at=at,
        action="user.reset_second_factors",
        facts={"count": count, "reason": clean(reason)},
    )
    end_sessions(user=user, actor=actor, at=at)
    return count


@transaction.atomic
def end_sessions(*, user: User, actor: Actor, at: datetime, only: str = "") -> int:
    """Sign an account out everywhere, or from the session with the key `only`; returns how many."""
    sessions = UserSession.objects.filter(user=user)
    if only:
        sessions = sessions.filter(session_key=only)
    ended = 0
    for session in sessions:
        session.end()
        ended += 1
    if ended:
        audit.note(
            audit.stream_of(user),
            actor=actor,
            at=at,
            action="user.end_sessions",
            facts={"count": ended},
        )
    return ended
