"""The way in by an invitation; the picture that a phone scans."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from thidua.accounts import services
from thidua.accounts.errors import AccountFault
from thidua.accounts.selectors import find_invited
from thidua.console.login.forms import NewPassword
from thidua.support.clock import now

_TOKEN = "invitation"  # noqa: S105 - the name of a place in the session


@require_safe
@never_cache
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Put the token away and go on without it: an address is seen by too many (logs, referrers)."""
    if request.user.is_authenticated:
        logout(request)
    request.session[_TOKEN] = token
    return redirect("invitation_accept")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password1", "password2")
def accept_invitation(request: HttpRequest) -> HttpResponse:
    """Choose the first password; then logged in, and on to the second factor."""
    token, at = request.session.get(_TOKEN, ""), now()
    user = find_invited(token, at)
    if user is None:
        return render(request, "account/invitation.html", {"is_spent": True}, status=410)
    form = NewPassword(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        address = request.META.get("REMOTE_ADDR", "")
        try:
            user = services.accept_invitation(
                token=token, password=form.cleaned_data["password1"], at=at, ip=address
            )
        except AccountFault:
            return render(request, "account/invitation.html", {"is_spent": True}, status=410)
        del request.session[_TOKEN]
        record_authentication(request, user, "invitation", email=user.email)
        answer: HttpResponse = perform_login(request, Login(user=user, email=user.email))
        return answer
    return render(request, "account/invitation.html", {"form": form, "invited": user})


@require_safe
@never_cache
@login_required
def totp_picture(request: HttpRequest) -> HttpResponse:
    """The QR code of the app that is being enrolled; a file of its own, for the content policy."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml")
