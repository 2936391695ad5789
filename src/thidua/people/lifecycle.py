"""Pure decisions: who reads and edits, partial dates, periods that overlap."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from thidua.people.errors import BadDate
from thidua.support.actor import Role

EDITORS = (Role.UNIT_CLERK, Role.MINISTRY_OFFICER)
READERS = (*EDITORS, Role.UNIT_HEAD)

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogue of translations; it is translated where it is shown."""
    return text


class Bounds(NamedTuple):
    """The earliest and the latest day that a partial date may mean."""

    earliest: date
    latest: date


def partial_bounds(text: str) -> Bounds:
    """Read `2017-03-12`, `2017-03` or `2017`. Raises BadDate with the fix."""
    match = _PARTIAL.fullmatch(text)
    if match:
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            last_month = month or 12
            last_day = day or calendar.monthrange(year or 0, last_month)[1]
            return Bounds(
                date(year or 0, month or 1, day or 1), date(year or 0, last_month, last_day)
            )
        except (ValueError, calendar.IllegalMonthError):
            pass
    raise BadDate(
        gettext_noop("«%(text)s» không có trong lịch. Viết 12/03/1986, 03/1986 hoặc 1986."),
        text=text,
    )


def read_partial(typed: str) -> str:
    """A date as people type it (`12/03/1986`, `3/1986`, `1986`, or ISO) as ISO text; "" stays "".

    Raises BadDate.
    """
    text = typed.strip()
    if not text:
        return ""
    match = re.fullmatch(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})", text)
    if match:
        day, month, year = match.groups()
        parts = [year, *(f"{int(one):02d}" for one in (month, day) if one)]
        text = "-".join(parts)
    partial_bounds(text)
    return text


def write_partial(text: str) -> str:
    """ISO text as Vietnamese write it: `2017-03` → `03/2017`."""
    return "/".join(reversed(text.split("-"))) if text else ""


class Period(NamedTuple):
    """From a day to a day, both included; None for the last means to this day."""

    first: date
    last: date | None

    def overlaps(self, other: Period) -> bool:
        """Have the two a day in common?"""
        return self.first <= (other.last or date.max) and other.first <= (self.last or date.max)

    def holds(self, day: date) -> bool:
        """Is the day inside?"""
        return self.first <= day <= (self.last or date.max)


def checked_period(first: date, last: date | None) -> Period:
    """The period; raises BadDate when it ends before it begins."""
    if last is not None and last < first:
        raise BadDate(
            gettext_noop("Ngày kết thúc (%(last)s) trước ngày bắt đầu (%(first)s)."),
            "valid_until",
            last=f"{last:%d/%m/%Y}",
            first=f"{first:%d/%m/%Y}",
        )
    return Period(first, last)


def first_overlap(periods: Iterable[Period], new: Period) -> Period | None:
    """The earliest of the periods that has a day in common with a new one."""
    return min((one for one in periods if one.overlaps(new)), default=None, key=lambda one: one[0])
