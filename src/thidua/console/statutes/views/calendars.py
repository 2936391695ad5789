"""The calendar of working days: a year at a glance, the organisation's own days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from thidua.console.statutes.chips import SOURCE_CHIPS
from thidua.console.statutes.forms import CalendarDayForm, CalendarYearForm, ReasonForm
from thidua.statutes import services
from thidua.statutes.errors import CalendarFault
from thidua.statutes.permissions import can_keep_calendar
from thidua.statutes.selectors import get_calendar, list_days, list_years
from thidua.statutes.selectors.calendars import get_day, get_year
from thidua.statutes.workdays import RECALLED, Calendar, months_of
from thidua.support.clock import local_date, now
from thidua.web.doors import StaffRequest
from thidua.web.words import WEEKDAYS_SHORT, say_day


@require_safe
def calendar_year(request: StaffRequest) -> HttpResponse:
    """A year: each day free or worked, and the text that says so."""
    today = local_date(now())
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else today.year
    calendar = get_calendar()
    reason = calendar.why_not_covered(year)
    own = {one.day: one for one in list_days(year)}
    said = [one for day, one in sorted(calendar.marks.items()) if day.year == year]
    marks = [(one, SOURCE_CHIPS[one.source], own.get(one.day)) for one in said]
    context = {
        "title": _("Lịch làm việc năm %(year)s") % {"year": year},
        "year": year,
        "reason": reason,
        "months": _months(calendar, year, today) if not reason else (),
        "weekdays": WEEKDAYS_SHORT,
        "marks": marks,
        "is_certain": all(one.source != RECALLED for one in said),
        "working": _count(calendar, year) if not reason else None,
        "announced": next((one for one in list_years() if one.year == year), None),
        "may_keep": can_keep_calendar(request.actor),
    }
    return render(request, "console/statutes/calendar.html", context)


def _months(calendar: Calendar, year: int, today: date) -> list[tuple[int, Any]]:
    return [
        (
            number,
            [[_cell(calendar, day, today) if day else None for day in week] for week in month],
        )
        for number, month in enumerate(months_of(year), start=1)
    ]


def _cell(calendar: Calendar, day: date, today: date) -> dict[str, Any]:
    mark = calendar.mark(day)
    is_free = not calendar.is_working(day)
    words = mark.name if mark else _("nghỉ cuối tuần") if is_free else ""
    return {
        "day": day,
        "is_free": is_free,
        "is_marked": mark is not None,
        "is_made_up": mark is not None and mark.is_working,
        "is_today": day == today,
        "words": f"{say_day(day)}: {words}" if words else "",
    }


def _count(calendar: Calendar, year: int) -> int:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return sum(calendar.is_working(day) for day in days)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_day_add(request: StaffRequest) -> HttpResponse:
    """A day, or several in a row, by a paper."""
    form = CalendarDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        last = said["until"] or said["day"]
        days = [said["day"] + timedelta(days=n) for n in range((last - said["day"]).days + 1)]
        try:
            with transaction.atomic():
                for day in days:
                    services.set_calendar_day(
                        day=day,
                        is_working=said["is_working"],
                        name=said["name"],
                        symbol=said["symbol"],
                        signed_on=said["signed_on"],
                        actor=request.actor,
                        at=now(),
                    )
        except CalendarFault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Đã ghi %(count)s ngày vào lịch.") % {"count": len(days)})
            return redirect(_url(said["day"].year))
    context = {
        "title": _("Thêm ngày vào lịch làm việc"),
        "form": form,
        "submit": _("Ghi vào lịch"),
        "back": reverse("console:calendar-year"),
    }
    return render(request, "console/statutes/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_day_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """The day is again as the book says."""
    day = get_day(pk)
    if day is None:
        raise Http404
    year = day.day.year
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.remove_calendar_day(
            day=day, reason=form.cleaned_data["reason"], actor=request.actor, at=now()
        )
        messages.success(request, _("Đã bỏ ngày này; lịch trở lại như sách luật."))
        return redirect(_url(year))
    context = {
        "title": _("Bỏ ngày khỏi lịch"),
        "facts": [
            (_("Ngày"), say_day(day.day)),
            (_("Tên ngày"), day.name),
            (_("Thông báo"), day.symbol),
        ],
        "form": form,
        "submit": _("Bỏ ngày này"),
        "back": _url(year),
    }
    return render(request, "console/statutes/reason.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_year_announce(request: StaffRequest) -> HttpResponse:
    """A year whose holidays are written whole."""
    form = CalendarYearForm(request.POST or None, initial={"year": request.GET.get("nam")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.announce_year(
                year=said["year"],
                symbol=said["symbol"],
                signed_on=said["signed_on"],
                note=said["note"],
                actor=request.actor,
                at=now(),
            )
        except CalendarFault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Đã công bố lịch năm %(year)s.") % {"year": said["year"]})
            return redirect(_url(said["year"]))
    context = {
        "title": _("Công bố lịch của năm"),
        "form": form,
        "submit": _("Công bố"),
        "back": reverse("console:calendar-year"),
    }
    return render(request, "console/statutes/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_year_unannounce(request: StaffRequest, year: int) -> HttpResponse:
    """The year is again as the book says."""
    row = get_year(year)
    if row is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.unannounce_year(
            year=row, reason=form.cleaned_data["reason"], actor=request.actor, at=now()
        )
        messages.success(request, _("Đã thu lại lịch đã công bố."))
        return redirect(_url(year))
    context = {
        "title": _("Thu lại lịch đã công bố"),
        "facts": [(_("Năm"), str(year)), (_("Thông báo"), row.symbol)],
        "form": form,
        "submit": _("Thu lại"),
        "back": _url(year),
    }
    return render(request, "console/statutes/reason.html", context)


def _url(year: int) -> str:
    return f"{reverse('console:calendar-year')}?nam={year}"
