"""What allauth, axes and Django tell about logins goes into the audit trail of the account.

Signals of third parties, received here and nowhere else. No value that was typed is recorded.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as second_factors
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from thidua.accounts.models import User
from thidua.accounts.selectors import find_user
from thidua.audit import services as audit
from thidua.console.login.adapters import actor_of
from thidua.console.login.attempts import account_of
from thidua.console.login.gates import start_clock
from thidua.support.actor import Actor
from thidua.support.clock import now


def connect() -> None:
    """Listen; called once when the application is ready."""
    user_logged_in.connect(_came_in, dispatch_uid="trail")
    user_logged_out.connect(_went_out, dispatch_uid="trail")
    user_login_failed.connect(_failed, dispatch_uid="trail")
    user_locked_out.connect(_locked_out, dispatch_uid="trail")
    second_factors.authenticator_added.connect(_added, dispatch_uid="trail")
    second_factors.authenticator_removed.connect(_removed, dispatch_uid="trail")
    second_factors.authenticator_reset.connect(_reset, dispatch_uid="trail")
    second_factors.authentication_failed.connect(_wrong_code, dispatch_uid="trail")


def _note(user: User, actor: Actor, action: str, **facts: Any) -> None:
    audit.note(audit.stream_of(user), actor=actor, at=now(), action=action, facts=facts)


def _stranger(request: HttpRequest) -> Actor:
    """Whoever it was that failed: not the owner, as far as anybody knows."""
    return Actor(None, "", ip=request.META.get("REMOTE_ADDR", ""))


def _came_in(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    del sender
    start_clock(request)
    ways = [one.get("type") or one["method"] for one in get_authentication_records(request, user)]
    _note(user, actor_of(request, user), "user.login", ways=ways)


def _went_out(sender: Any, request: HttpRequest, user: User | None, **_: Any) -> None:
    del sender
    if isinstance(user, User):
        _note(user, actor_of(request, user), "user.logout")


def _failed(sender: Any, credentials: dict[str, Any], request: HttpRequest, **_: Any) -> None:
    del sender
    user = find_user(account_of(request, credentials))
    # An attempt that was not evaluated changes nothing: ten thousand leave no ten thousand notes.
    was_evaluated = getattr(request, "axes_failures_since_start", None) is not None
    if user is not None and was_evaluated:
        _note(user, _stranger(request), "user.login_fail")


def _locked_out(sender: Any, request: HttpRequest, username: str, **_: Any) -> None:
    del sender
    user = find_user(username)
    was_evaluated = getattr(request, "axes_failures_since_start", None) is not None
    if user is not None and was_evaluated:
        _note(user, _stranger(request), "user.login_lock")


def _added(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    del sender
    _note(user, actor_of(request, user), "user.add_second_factor", kind=str(authenticator.type))


def _removed(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    del sender
    _note(user, actor_of(request, user), "user.remove_second_factor", kind=str(authenticator.type))


def _reset(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    del sender
    _note(user, actor_of(request, user), "user.renew_second_factor", kind=str(authenticator.type))


def _wrong_code(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    del sender
    _note(user, _stranger(request), "user.second_factor_fail")
