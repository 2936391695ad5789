"""The first run, and the organisation's profile afterwards."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from thidua.accounts.errors import AccountFault, PasswordRefused
from thidua.console.setup.code import code_path, forget_code, keep_code
from thidua.console.setup.forms import OrganisationForm, SetUpForm
from thidua.documents.errors import DocumentFault
from thidua.documents.selectors import read_content
from thidua.flows.set_up import SetUpClosed, is_open
from thidua.flows.set_up import set_up as set_up_now
from thidua.organizations import services as organizations
from thidua.organizations.errors import UnitError
from thidua.organizations.selectors import get_profile
from thidua.outbox import services as outbox
from thidua.outbox.errors import MailFault
from thidua.outbox.models import MailServer
from thidua.outbox.permissions import can_keep_mail_server
from thidua.statutes.selectors import get_calendar
from thidua.support.clock import local_date, now
from thidua.web.doors import StaffRequest, door
from thidua.web.words import say_moment


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("code", "password1", "password2", "mail_password")
def set_up(request: HttpRequest) -> HttpResponse:
    """The form of the first run; once it was taken there is no such page."""
    if not is_open():
        raise Http404
    if settings.SETUP_ASKS_CODE:
        keep_code()
    form = SetUpForm(request.POST or None, request.FILES or None)
    trial = ""
    if request.method == "POST" and form.is_valid():
        if "try" in request.POST:
            trial = _try_mail(form)
        elif _take(request, form):
            forget_code()
            messages.success(
                request, _("Đã thiết lập xong. Đăng nhập, rồi bật xác thực hai lớp cho tài khoản.")
            )
            return redirect("account_login")
    at = now()
    context = {
        "title": _("Thiết lập lần đầu"),
        "form": form,
        "trial": trial,
        "clock": say_moment(at),
        "calendar": get_calendar().why_not_covered(local_date(at).year),
        "code_path": code_path() if settings.SETUP_ASKS_CODE else "",
    }
    return render(request, "console/setup/set_up.html", context)


def _take(request: HttpRequest, form: SetUpForm) -> bool:
    try:
        set_up_now(
            organisation=form.organisation(request.build_absolute_uri("/")),
            administrator=form.administrator(),
            mail=form.mail(),
            at=now(),
        )
    except SetUpClosed:
        raise Http404 from None
    except PasswordRefused as fault:
        form.add_error("password1", str(fault))
    except DocumentFault as fault:
        form.add_error("emblem", str(fault))
    except (UnitError, AccountFault, MailFault) as fault:
        form.add_error(None, str(fault))
    else:
        return True
    return False


def _try_mail(form: SetUpForm) -> str:
    """Send one message to the administrator-to-be; what the server said."""
    said = form.mail()
    if not said.host:
        return _("Chưa ghi máy chủ thư nào để thử.")
    server = MailServer(
        host=said.host,
        port=said.port,
        security=said.security,
        username=said.username,
        sender_address=said.sender_address,
    )
    name, to = form.cleaned_data["name"], form.cleaned_data["email"]
    try:
        outbox.try_server(
            server, to, password=said.password, at=now(), organisation=name, when=say_moment(now())
        )
    except MailFault as fault:
        return str(fault)
    return _("Máy chủ đã nhận thư thử gửi tới %(to)s. Mở hộp thư để xem.") % {"to": to}


@require_http_methods(["GET", "HEAD", "POST"])
@door(can_keep_mail_server)
def organisation_edit(request: StaffRequest) -> HttpResponse:
    """Emblem, how to reach the organisation, the address of the site."""
    profile = get_profile()
    known = {name: getattr(profile, name) for name in ("site_url", "address", "phone", "email")}
    form = OrganisationForm(request.POST or None, request.FILES or None, initial=known)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        emblem_file = said.pop("emblem")
        at = now()
        try:
            if emblem_file:
                organizations.set_emblem(
                    raw=emblem_file.read(), name=emblem_file.name, actor=request.actor, at=at
                )
            organizations.change_profile(actor=request.actor, at=at, **said)
        except DocumentFault as fault:
            form.add_error("emblem", str(fault))
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("console:organisation-edit")
    context = {"title": _("Cơ quan"), "form": form, "has_emblem": profile.emblem_id is not None}
    return render(request, "console/setup/organisation.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def emblem(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """The emblem: an image that was looked at when it came, and nothing else."""
    file = get_profile().emblem
    if file is None:
        raise Http404
    return HttpResponse(
        read_content(file),
        content_type="image/png" if file.kind == "png" else "image/jpeg",
        headers={"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline"},
    )
