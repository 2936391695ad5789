"""The calendar of working days: the book's, with the organisation's own days over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from lawbook import load_book, wording
from lawengine.tables import Row
from thidua.statutes.models import CalendarDay, CalendarYear
from thidua.statutes.workdays import OWN, Calendar, DayMark, Gap, Week, with_own

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def get_calendar() -> Calendar:
    """The working days as they are known now. Two queries."""
    own = [
        DayMark(one.day, one.is_working, one.name, one.symbol, OWN)
        for one in CalendarDay.objects.all()
    ]
    covered = list(CalendarYear.objects.values_list("year", flat=True))
    if not own and not covered:
        return _book_calendar()
    fixed = [mark for year in covered for mark in _fixed(year)]
    return with_own(_book_calendar(), own, covered, fixed)


def list_days(year: int) -> QuerySet[CalendarDay]:
    """The organisation's own days of a year."""
    return CalendarDay.objects.filter(day__year=year)


def list_years() -> QuerySet[CalendarYear]:
    """The years that the organisation announced whole."""
    return CalendarYear.objects.all()


@lru_cache(maxsize=1)
def _book_calendar() -> Calendar:
    tables = load_book().tables
    weeks, marks, gaps = [], {}, []
    for row in tables["public_holidays"].rows:
        if row.not_encoded:
            gaps.append(Gap(row.in_force, row.not_encoded))
        else:
            mark = _mark(row, is_working=False)
            marks[mark.day] = mark
    for row in tables["working_days"].rows:
        if row.not_encoded:
            gaps.append(Gap(row.in_force, row.not_encoded))
        elif row.text("rule") == "made_up_day":
            mark = _mark(row, is_working=True)
            marks[mark.day] = mark
        elif row.text("rule") == "week":
            listed = row.values["weekdays"]
            assert isinstance(listed, tuple)  # noqa: S101 - the column is a list
            worked = frozenset(_WEEKDAYS.index(str(name)) for name in listed)
            weeks.append(Week(row.in_force, worked, _cite(row), row.confidence))
    return Calendar(tuple(weeks), marks, tuple(gaps))


def _mark(row: Row, *, is_working: bool) -> DayMark:
    day = row.values["day"]
    assert isinstance(day, date)  # noqa: S101 - the column is a date
    return DayMark(day, is_working, row.text("name") or row.vi, _cite(row), row.confidence)


def _cite(row: Row) -> str:
    book = load_book()
    return "; ".join(wording().citation(one, book.instruments) for one in row.cites)


def _fixed(year: int) -> Iterator[DayMark]:
    """Holidays that have the same date each year."""
    first = date(year, 1, 1)
    for row in load_book().tables["working_days"].on(first):
        month_day = row.text("month_day")
        if row.text("rule") == "holiday" and month_day:
            yield DayMark(
                date.fromisoformat(f"{year}-{month_day}"),
                False,
                row.text("name"),
                _cite(row),
                row.confidence,
            )


def get_day(pk: int) -> CalendarDay | None:
    """One own day."""
    return CalendarDay.objects.filter(pk=pk).first()


def get_year(year: int) -> CalendarYear | None:
    """One announced year."""
    return CalendarYear.objects.filter(year=year).first()
