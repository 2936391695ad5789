"""Small frozen values that every other module speaks: truth, citation, period, threshold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple


class Truth(IntEnum):
    """Kleene's three truth values; the order makes `and` a minimum and `or` a maximum.

    A missing record is UNKNOWN: it is the officer's work list, never a silent no.
    """

    NO = 0
    UNKNOWN = 1
    YES = 2

    @property
    def word(self) -> str:
        """The word used in JSON: "yes", "no" or "unknown"."""
        return _WORDS[self]

    def negated(self) -> Truth:
        """Kleene negation: UNKNOWN stays UNKNOWN."""
        return _NEGATED[self]


_WORDS = ("no", "unknown", "yes")
_NEGATED = (Truth.YES, Truth.UNKNOWN, Truth.NO)
TRUTHS = {"no": Truth.NO, "unknown": Truth.UNKNOWN, "yes": Truth.YES}


def between(certain: bool, possible: bool) -> Truth:
    """YES when certain, NO when not even possible, UNKNOWN between the two."""
    return Truth.YES if certain else Truth.UNKNOWN if possible else Truth.NO


_ANCHOR = re.compile(r"art-\d+[a-z]?(\.cl-\d+[a-z]?)?(\.pt-[a-z]+)?$")


class Citation(NamedTuple):
    """Where a rule stands: an instrument and a place in it (`art-23.cl-1.pt-a`, or "" for all)."""

    instrument: str
    anchor: str = ""

    @property
    def article(self) -> str:
        """The article number alone ("23"), or "" when the whole instrument is meant."""
        match = re.match(r"art-(\d+[a-z]?)", self.anchor)
        return match.group(1) if match else ""

    def as_json(self) -> dict[str, str]:
        """`instrument`, `article` and `anchor` as stable JSON."""
        return {"instrument": self.instrument, "article": self.article, "anchor": self.anchor}


def parse_citation(text: str, default_instrument: str = "") -> Citation:
    """Read `instrument:art-1.cl-2`, `art-1` (with a default) or an instrument alone.

    Raises ValueError with the reason in plain words.
    """
    instrument, colon, anchor = text.partition(":")
    if not colon:
        if _ANCHOR.match(text):
            instrument, anchor = default_instrument, text
        else:
            instrument, anchor = text, ""
    if not instrument:
        raise ValueError(f"no instrument is named for {text!r}")
    if anchor and not _ANCHOR.match(anchor):
        raise ValueError(f"{anchor!r} is not an anchor such as art-23.cl-1.pt-a")
    return Citation(instrument, anchor)


class Period(NamedTuple):
    """Inclusive dates; an open side is None."""

    start: date | None
    end: date | None

    def __contains__(self, day: object) -> bool:
        """Is the day inside, both ends included?"""
        if not isinstance(day, date):
            return False
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def touches(self, other: Period) -> bool:
        """Do the two periods share a day?"""
        return not (
            (self.end is not None and other.start is not None and self.end < other.start)
            or (other.end is not None and self.start is not None and other.end < self.start)
        )

    def next_start(self) -> date | None:
        """The day after the last, where the following period must begin without a gap."""
        return None if self.end is None else self.end + timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.start or ''}..{self.end or ''}"


def parse_period(text: str) -> Period:
    """Read `2024-01-01..2026-09-30`; either side may be left open.

    Raises ValueError where a side is no date or the end lies before the start.
    """
    start_text, dots, end_text = text.partition("..")
    if not dots:
        raise ValueError(f"{text!r} is not a period such as 2024-01-01..2026-09-30")
    start = date.fromisoformat(start_text.strip()) if start_text.strip() else None
    end = date.fromisoformat(end_text.strip()) if end_text.strip() else None
    if start and end and end < start:
        raise ValueError(f"{text!r} ends before it begins")
    return Period(start, end)


class Threshold(NamedTuple):
    """An exact share or count with its comparison, e.g. `>= 7/10`, `> 1/2`, `= 0`."""

    op: str
    value: Fraction

    def holds(self, part: int, whole: int = 1) -> bool:
        """Compare part/whole with the value in integers, without rounding."""
        left = part * self.value.denominator
        right = self.value.numerator * whole
        if self.op == ">=":
            return left >= right
        if self.op == ">":
            return left > right
        if self.op == "<=":
            return left <= right
        if self.op == "<":
            return left < right
        return left == right

    def votes_needed(self, members: int) -> int:
        """The least number of votes out of so many members that satisfies `>=` or `>`."""
        exact = self.value * members
        whole = -(-exact.numerator // exact.denominator)
        return whole + 1 if self.op == ">" and exact.denominator == 1 else whole

    def __str__(self) -> str:
        return f"{self.op} {self.value}"


_THRESHOLD = re.compile(r"(>=|>|<=|<|=)\s*(\d+(?:/\d+)?)$")


def parse_threshold(text: str) -> Threshold:
    """Read `>= 7/10`. Raises ValueError for anything else, decimals included."""
    match = _THRESHOLD.match(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a threshold such as '>= 7/10'")
    return Threshold(match.group(1), Fraction(match.group(2)))


@dataclass(frozen=True, slots=True)
class Frame:
    """The dates of one case; every rule is chosen by the key that the law names, never by today.

    period_start, period_end: the achievement period. decided_on: the decision (money).
    received_on: the receipt of the dossier (papers, transitions). meeting_on: the council (votes).
    """

    period_start: date
    period_end: date
    decided_on: date
    received_on: date
    meeting_on: date

    @property
    def year(self) -> int:
        """The achievement year: the one in which the period ends."""
        return self.period_end.year

    def shifted(self, years: int) -> Frame:
        """The same case so many years later."""
        return Frame(
            *(
                _shift(day, years)
                for day in (
                    self.period_start,
                    self.period_end,
                    self.decided_on,
                    self.received_on,
                    self.meeting_on,
                )
            )
        )


def _shift(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
