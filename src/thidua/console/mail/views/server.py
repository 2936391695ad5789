"""The mail server, and a trial."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from thidua.accounts.selectors import get_own_account
from thidua.console.mail.forms import ServerForm
from thidua.organizations.selectors import get_root_name
from thidua.outbox import services
from thidua.outbox.errors import MailFault
from thidua.outbox.models import MailServer
from thidua.outbox.selectors import get_server
from thidua.support.clock import now
from thidua.web.doors import StaffRequest
from thidua.web.words import say_moment

NAMES = ("is_on", "host", "port", "security", "username", "sender_name", "sender_address")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def mail_server(request: StaffRequest) -> HttpResponse:
    """Set up, or try with what is typed before it is saved."""
    server = get_server()
    known = {name: getattr(server, name) for name in NAMES}
    form = ServerForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        password = said.pop("password") or None
        if "try" in request.POST:
            _try(request, MailServer(**said, password_box=server.password_box), password)
        else:
            services.change_mail_server(actor=request.actor, at=now(), password=password, **said)
            messages.success(request, _("Đã lưu máy chủ thư."))
            return redirect("console:mail-server")
    context = {"title": _("Máy chủ thư"), "form": form, "server": server}
    return render(request, "console/mail/server.html", context)


def _try(request: StaffRequest, server: MailServer, password: str | None) -> None:
    to, at = get_own_account(request.actor).email, now()
    try:
        services.try_server(
            server,
            to,
            at=at,
            password=password,
            organisation=get_root_name(),
            when=say_moment(at),
        )
    except MailFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Máy chủ đã nhận thư thử gửi tới %(to)s.") % {"to": to})
