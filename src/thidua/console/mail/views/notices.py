"""What the actor should know, and how they want to be told."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.console.mail.forms import ChoicesForm
from thidua.outbox import services
from thidua.outbox.lifecycle import Way
from thidua.outbox.models import Notice
from thidua.outbox.selectors import get_notice_for, list_notices_for, list_ways_for
from thidua.support.clock import now
from thidua.web.doors import StaffRequest


@require_safe
def notice_list(request: StaffRequest) -> HttpResponse:
    """One's own, newest first."""
    pages = Paginator(list_notices_for(request.actor), 25)
    context = {"title": _("Thông báo"), "page": pages.get_page(request.GET.get("page"))}
    return render(request, "console/mail/notices.html", context)


@require_POST
def notice_open(request: StaffRequest, pk: int) -> HttpResponse:
    """It is read; on to what it is about."""
    try:
        notice = get_notice_for(request.actor, pk)
    except Notice.DoesNotExist:
        raise Http404 from None
    services.read_notice(notice=notice, actor=request.actor, at=now())
    return redirect(notice.url or "console:notice-list")


@require_POST
def notice_read_all(request: StaffRequest) -> HttpResponse:
    """All are read."""
    services.read_all_notices(actor=request.actor, at=now())
    return redirect("console:notice-list")


@require_http_methods(["GET", "HEAD", "POST"])
def mail_choices(request: StaffRequest) -> HttpResponse:
    """How each kind comes by mail."""
    kinds = list_ways_for(request.actor)
    form = ChoicesForm(kinds, request.POST or None)
    if request.method == "POST" and form.is_valid():
        for kind, _way in kinds:
            way = Way(form.cleaned_data[kind.kind])
            services.choose_way(kind=kind.kind, way=way, actor=request.actor, at=now())
        messages.success(request, _("Đã lưu cách nhận thư."))
        return redirect("console:notice-list")
    context = {"title": _("Cách nhận thư"), "form": form}
    return render(request, "console/mail/choices.html", context)
