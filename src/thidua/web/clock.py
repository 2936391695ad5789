"""The clock of a deadline: working days left or overdue, and the days between as a ruler."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.statutes.errors import YearNotCovered
from thidua.statutes.workdays import Calendar
from thidua.web.words import WEEKDAYS_SHORT, Label

# Beyond so many days only the number is shown.
LONGEST_RULER = 12


@dataclass(frozen=True)
class RulerDay:
    """One day of the ruler."""

    day: date
    weekday: Label
    is_off: bool
    is_now: bool
    is_end: bool
    name: str = ""


@dataclass(frozen=True)
class Clock:
    """`days` working days until the end of `due`; overdue: since. None: the year's days are not known."""

    due: date
    days: int | None
    is_overdue: bool
    ruler: tuple[RulerDay, ...] = ()
    why_unknown: str = ""

    @property
    def tone(self) -> str:
        """gach when late, cam within three working days."""
        if self.is_overdue:
            return "gach"
        return "cam" if self.days is not None and self.days <= 3 else "cham"

    @cached_property
    def said(self) -> str:
        """«còn 3 ngày làm việc», «quá hạn 5 ngày làm việc», «hết hạn hôm nay»."""
        if self.days is None:
            return self.why_unknown
        if self.is_overdue:
            text = ngettext("quá hạn %(n)d ngày làm việc", "quá hạn %(n)d ngày làm việc", self.days)
            return text % {"n": self.days}
        if self.days == 0:
            return _("hết hạn hôm nay")
        text = ngettext("còn %(n)d ngày làm việc", "còn %(n)d ngày làm việc", self.days)
        return text % {"n": self.days}


def read_clock(calendar: Calendar, today: date, due: date) -> Clock:
    """The clock on a day. A deadline ends with its day, so on the day itself it is not overdue."""
    is_overdue = due < today
    first, last = min(today, due), max(today, due)
    try:
        days = calendar.count_working_days(first, last)
        ruler = _ruler(calendar, first, last, today=today, due=due)
    except YearNotCovered as error:
        why = _("chưa có lịch nghỉ năm %(year)s nên chưa đếm được ngày làm việc") % {
            "year": error.year
        }
        return Clock(due, None, is_overdue, why_unknown=why)
    return Clock(due, days, is_overdue, ruler)


def _ruler(
    calendar: Calendar, first: date, last: date, *, today: date, due: date
) -> tuple[RulerDay, ...]:
    length = (last - first).days + 1
    if length > LONGEST_RULER:
        return ()
    days = []
    for day in (first + timedelta(days=n) for n in range(length)):
        mark = calendar.mark(day)
        days.append(
            RulerDay(
                day,
                WEEKDAYS_SHORT[day.weekday()],
                is_off=not calendar.is_working(day),
                is_now=day == today,
                is_end=day == due,
                name=mark.name if mark is not None else "",
            )
        )
    return tuple(days)
