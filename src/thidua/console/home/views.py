from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thidua.console.home.work import PROVIDERS
from thidua.console.navigation import address_of
from thidua.support.clock import local_date, now
from thidua.web.doors import StaffRequest, anyone, door
from thidua.web.words import say_day, say_weekday


@require_safe
@door(anyone)
def home(request: StaffRequest) -> HttpResponse:
    """Counts that open their lists, the nearest deadline first."""
    at = now()
    piles: list[dict[str, Any]] = []
    for work in (work for provider in PROVIDERS for work in provider):
        url = address_of(work.url_name)
        pile = work.count(request.actor, at) if url is not None else None
        if pile is not None and pile.number:
            note = pile.note
            if pile.nearest:
                note = note or _("sớm nhất %(day)s") % {"day": say_day(pile.nearest)}
            piles.append(
                {"label": work.label, "url": f"{url}{work.query}", "note": note}
                | {"count": pile.number, "tone": work.tone, "nearest": pile.nearest}
            )
    context = {"title": _("Việc của tôi"), "today": say_weekday(local_date(at)), "piles": piles}
    return render(request, "console/home/home.html", context)


@require_safe
@door(anyone)
def menu(request: StaffRequest) -> HttpResponse:
    """The whole navigation as a page: what a phone opens with «Thêm»."""
    return render(request, "console/home/menu.html", {"title": _("Chức năng")})
