from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thidua.console.home import providers
from thidua.console.home.work import Pile
from thidua.console.navigation import address_of
from thidua.statutes.selectors import get_calendar
from thidua.support.clock import local_date, now
from thidua.web.clock import read_clock
from thidua.web.doors import StaffRequest, anyone, door
from thidua.web.words import say_day, say_weekday


@require_safe
@door(anyone)
def home(request: StaffRequest) -> HttpResponse:
    """Counts that open their lists, the nearest deadline first and on a clock."""
    today = local_date(now())
    piles = _piles(request)
    first = piles[0] if piles and piles[0]["nearest"] else None
    clock = read_clock(get_calendar(), today, first["nearest"]) if first else None
    context = {
        "title": _("Việc của tôi"),
        "today": say_weekday(today),
        "week": today.isocalendar().week,
        "piles": piles,
        "first": first,
        "clock": clock,
    }
    return render(request, "console/home/home.html", context)


def _piles(request: StaffRequest) -> list[dict[str, Any]]:
    """What waits, the nearest deadline first; what has none comes last, in the order of the groups."""
    at = now()
    found: list[dict[str, Any]] = []
    for kind in (kind for provider in providers.PROVIDERS for kind in provider):
        url = address_of(kind.url_name)
        pile = kind.count(request.actor, at) if url is not None else Pile(0)
        if not pile.number:
            continue
        note = pile.note
        if pile.nearest and not note:
            note = _("sớm nhất %(day)s") % {"day": say_day(pile.nearest)}
        is_late = pile.nearest is not None and pile.nearest < local_date(at)
        found.append(
            {
                "label": kind.label,
                "url": f"{url}{kind.query}",
                "note": note,
                "count": pile.number,
                "tone": "gach" if is_late else kind.tone,
                "nearest": pile.nearest,
            }
        )
    return sorted(found, key=lambda one: one["nearest"] or date.max)


@require_safe
@door(anyone)
def menu(request: StaffRequest) -> HttpResponse:
    """The whole navigation as a page: what a phone opens with «Thêm»."""
    return render(request, "console/home/menu.html", {"title": _("Chức năng")})
