"""What may be known of a subject: one small immutable record per kind of fact.

Every uncertain value is a pair of bounds. `Origin` says where a record comes from.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from lawengine.terms import Truth

MANY = 1_000_000


class Span(NamedTuple):
    """A whole number known between two bounds, both included; MANY means no upper bound."""

    least: int
    most: int


UNKNOWN = Span(0, MANY)


class PartialDate(NamedTuple):
    """A date known to the day, the month or the year: its earliest and latest day."""

    earliest: date
    latest: date


class Origin(NamedTuple):
    """Where a record stands (file, sheet, row, cell, page, line), who confirmed it, if supposed."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    cell: str = ""
    page: int = 0
    text: str = ""
    line: int = 0
    confirmed_by: str = ""
    confirmed_on: str = ""
    hypothesis: bool = False


class Rating(NamedTuple):
    """The rating of one year as bounds of rank; (-1, -1) is a year stated to have none."""

    year: int
    least: int
    most: int
    origin: Origin


class Held(NamedTuple):
    """An award or title held.

    year: the achievement year, None when not known. years: those it may belong to, None = any.
    clock: the year from which later years count. times: how many awards this record stands for.
    stream, issuer: "" = not stated.
    """

    award: str
    year: int | None
    years: frozenset[int] | None
    clock: int | None
    times: int
    stream: str
    issuer: str
    ground: str
    consumed: tuple[str, ...]
    decided_on: PartialDate | None
    decision: str
    origin: Origin

    def possible_in(self, year: int) -> bool:
        """May this record belong to the year?"""
        return self.years is None or year in self.years


class Product(NamedTuple):
    """An initiative, research project or combat creativity. used_for: None = not stated."""

    id: str
    year: int | None
    kind: str
    reach: str
    recognised_by: str
    applied: Truth
    accepted: Truth
    used_for: tuple[str, ...] | None
    origin: Origin


class Mark(NamedTuple):
    """A disciplinary measure: bounds of its rank, the years in which it may have been decided."""

    least: int
    most: int
    years: frozenset[int] | None
    origin: Origin


class Pending(NamedTuple):
    """A pending matter: kind, opened and closed on (None = not known), open_: its stated status."""

    kind: str
    opened_on: PartialDate | None
    closed_on: PartialDate | None
    open_: Truth
    origin: Origin


class Attestation(NamedTuple):
    """A human judgement: what, its reach ("" = not stated), the year it is about, the verdict."""

    what: str
    reach: str
    year: int
    by: str
    on: str
    verdict: Truth
    origin: Origin


class Placement(NamedTuple):
    """A result in a movement or bloc. organised_by, result, at: "" = not stated."""

    place: str
    year: int
    organised_by: str
    duration: Span
    result: str
    at: str
    origin: Origin


class Service(NamedTuple):
    """Time in a role: months as bounds, dates when known, continuous, first recruitment."""

    role: str
    start: PartialDate | None
    end: PartialDate | None
    months: Span
    continuous: Truth
    first_recruitment: Truth
    origin: Origin


class Absence(NamedTuple):
    """Leave or training in a year: days with their unit, months, the result's rank bounds."""

    year: int
    kind: str
    days: Span
    unit: str
    months: Span
    result: Span
    origin: Origin


class Registration(NamedTuple):
    """Registration for emulation in a year; done = NO when stated not to be registered."""

    year: int
    done: Truth
    awards: tuple[str, ...]
    origin: Origin


class Members(NamedTuple):
    """The people of a collective in a year: counts as bounds, each "at least that level"."""

    year: int
    total: Span
    counts: dict[tuple[str, str], Span]
    origin: Origin


Record = (
    Rating
    | Held
    | Product
    | Mark
    | Pending
    | Attestation
    | Placement
    | Service
    | Absence
    | Registration
    | Members
)


class Coverage(NamedTuple):
    """For which years a list of records is complete. everything: all years up to the horizon."""

    everything: bool
    years: frozenset[int]
    unknown: frozenset[int]
    horizon: int

    def covers(self, year: int) -> bool:
        """Is the absence of a record in that year a real absence?"""
        if year in self.unknown:
            return False
        return year in self.years or (self.everything and year <= self.horizon)
