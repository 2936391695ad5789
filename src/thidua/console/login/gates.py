"""Between a login and the pages: how long a session lives, and what must be done first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from thidua.accounts.models import User
from thidua.accounts.permissions import is_guarded, must_have_second_factor
from thidua.accounts.selectors import has_second_factor
from thidua.support.actor import Actor

BEGAN, SEEN = "login_began", "login_seen"
# Pages that stay open to somebody who still has to set a password or a second factor.
_ALWAYS_OPEN = frozenset({"account_logout", "account_reauthenticate", "health", "console:look"})
_ENROLMENT = _ALWAYS_OPEN | {
    "mfa_index",
    "mfa_activate_totp",
    "totp_picture",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_change_password",
}
_NEW_PASSWORD = _ALWAYS_OPEN | {
    "account_change_password",
    "account_set_password",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}


class Gates:
    """Ends sessions that are over; sends people to what they must do first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or say what comes first."""
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if is_over(request, actor):
            logout(request)
            messages.info(request, _("Phiên làm việc đã hết giờ. Đăng nhập lại để tiếp tục."))
            return _send(request, "account_login")
        return self._first(request, user, actor) or self.get_response(request)

    @staticmethod
    def _first(request: HttpRequest, user: User, actor: Actor) -> HttpResponse | None:
        name = _name_of(request)
        if must_change_password(user) and name not in _NEW_PASSWORD:
            messages.info(request, _("Đặt mật khẩu mới rồi mới làm việc tiếp được."))
            return _send(request, "account_change_password")
        if (
            settings.SECOND_FACTOR_REQUIRED
            and name not in _ENROLMENT
            and must_have_second_factor(actor)
            and not has_second_factor(user)
        ):
            return _send(request, "mfa_index")
        return None


def start_clock(request: HttpRequest) -> None:
    """A session begins with its login."""
    request.session[BEGAN] = request.session[SEEN] = now().timestamp()


def is_over(request: HttpRequest, actor: Actor) -> bool:
    """Has a session been idle, or lasted, too long for who it is; else it is seen now."""
    at = now().timestamp()
    began = request.session.setdefault(BEGAN, at)
    seen = request.session.setdefault(SEEN, at)
    idle, longest = settings.SESSION_GUARDED if is_guarded(actor) else settings.SESSION_STAFF
    if at - began > longest.total_seconds() or at - seen > idle.total_seconds():
        return True
    # Written once a minute: not each page is a write.
    if at - seen > timedelta(minutes=1).total_seconds():
        request.session[SEEN] = at
    return False


def must_change_password(user: User) -> bool:
    """Was the password given by somebody else, or is it too old where that is a rule."""
    if user.must_change_password:
        return True
    if not settings.PASSWORD_DAYS or user.password_set_at is None:
        return False
    return now() - user.password_set_at > timedelta(days=settings.PASSWORD_DAYS)


def _name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _send(request: HttpRequest, name: str) -> HttpResponse:
    target = reverse(name)
    if request.method == "GET" and request.path != target:
        target = f"{target}?{urlencode({'next': request.get_full_path()})}"
    return HttpResponseRedirect(target)
