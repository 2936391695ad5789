"""Working days: weeks, holidays, swapped days, each with its source. Pure.

The day that starts a term is not counted (Bộ luật Dân sự 2015, Điều 147 khoản 2); a deadline ends
with its day in Vietnam. A year whose holidays are not known is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from thidua.statutes.errors import YearNotCovered, not_a_working_question
from thidua.statutes.terms import Period
from thidua.support.clock import VIETNAM

OWN, VERIFIED, RECALLED = "own", "verified", "recalled"
_MOST = 3_660


@dataclass(frozen=True)
class DayMark:
    """What a day is by a text: free or worked, its name, and where that stands.

    source: `own` (the organisation wrote it, with its paper), `verified` or `recalled` (the book).
    """

    day: date
    is_working: bool
    name: str
    cite: str
    source: str


@dataclass(frozen=True)
class Week:
    """Weekdays (0 is Monday) that are worked while the rule stands."""

    in_force: Period
    weekdays: frozenset[int]
    cite: str
    source: str


@dataclass(frozen=True)
class Gap:
    """Dates for which the book has no calendar, and why."""

    in_force: Period
    reason: str


@dataclass(frozen=True)
class Calendar:
    """The working days of one organisation. covered: years that it announced itself."""

    weeks: tuple[Week, ...]
    marks: Mapping[date, DayMark]
    gaps: tuple[Gap, ...]
    covered: frozenset[int] = frozenset()

    def mark(self, day: date) -> DayMark | None:
        """What is said of a day apart from its weekday."""
        return self.marks.get(day)

    def why_not_covered(self, year: int) -> str:
        """Why nothing is counted in a year; empty when it is covered."""
        if year in self.covered:
            return ""
        whole = Period(date(year, 1, 1), date(year, 12, 31))
        gap = next((one for one in self.gaps if one.in_force.touches(whole)), None)
        if gap is not None:
            return gap.reason
        if any(day.year == year for day in self.marks):
            return ""
        return "Sách luật không có ngày nghỉ nào của năm này."

    def is_working(self, day: date) -> bool:
        """Is it a working day? Raises YearNotCovered."""
        if reason := self.why_not_covered(day.year):
            raise YearNotCovered(day.year, reason)
        mark = self.marks.get(day)
        if mark is not None:
            return mark.is_working
        week = next((one for one in self.weeks if day in one.in_force), None)
        if week is None:
            raise YearNotCovered(day.year, "Chưa nạp tuần làm việc.")
        return day.weekday() in week.weekdays

    def add_working_days(self, start: date, count: int) -> date:
        """The day on which a term of so many working days from `start` ends; `start` is not counted.

        A negative count goes back. 0 is `start` itself. Raises YearNotCovered.
        """
        step = timedelta(days=1 if count >= 0 else -1)
        day, left = start, abs(count)
        while left:
            day += step
            if self.is_working(day):
                left -= 1
        return day

    def count_working_days(self, start: date, until: date) -> int:
        """How many working days lie after `start`, up to and with `until`. Raises YearNotCovered."""
        if until < start:
            raise not_a_working_question(start, until)
        days = (start + timedelta(days=n) for n in range(1, (until - start).days + 1))
        return sum(self.is_working(day) for day in days)

    def next_working_day(self, day: date) -> date:
        """The day itself when it is worked, else the next that is. Raises YearNotCovered."""
        for n in range(_MOST):
            one = day + timedelta(days=n)
            if self.is_working(one):
                return one
        raise YearNotCovered(day.year, "Không tìm thấy ngày làm việc nào.")

    def is_certain(self, start: date, until: date) -> bool:
        """Was every mark between the two days checked against its text?"""
        return not any(
            start <= day <= until and mark.source == RECALLED for day, mark in self.marks.items()
        )


def ends_at(due: date) -> datetime:
    """The first instant after a deadline: midnight in Vietnam at the end of its day."""
    return datetime.combine(due + timedelta(days=1), time(), VIETNAM)


def is_late(at: datetime, due: date) -> bool:
    """Is an instant after the end of the day of a deadline?"""
    return at >= ends_at(due)


def with_own(
    calendar: Calendar, marks: Iterable[DayMark], covered: Iterable[int], fixed: Iterable[DayMark]
) -> Calendar:
    """The calendar with the organisation's own days over the book's.

    covered: years that it announces whole; in those, `fixed` (holidays with the same date each year)
    are free unless it says otherwise.
    """
    years = frozenset(covered)
    laid = {one.day: one for one in fixed if one.day.year in years}
    laid |= calendar.marks
    laid |= {one.day: one for one in marks}
    return Calendar(calendar.weeks, laid, calendar.gaps, years)


def months_of(year: int) -> tuple[tuple[tuple[date | None, ...], ...], ...]:
    """Twelve months as weeks from Monday; None where a week reaches out of its month."""
    months = []
    for month in range(1, 13):
        first = date(year, month, 1)
        length = (date(year + month // 12, month % 12 + 1, 1) - first).days
        days: list[date | None] = [None] * first.weekday()
        days += [first + timedelta(days=n) for n in range(length)]
        days += [None] * (-len(days) % 7)
        months.append(tuple(tuple(days[n : n + 7]) for n in range(0, len(days), 7)))
    return tuple(months)
