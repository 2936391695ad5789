"""Facts of many subjects as numpy columns: what the bulk reading judges.

One subject is one row number, 0 … count-1. Every list of records is a long table whose `who` says
the row; a dense table has one array per year. Words are small integers into `Columns.words`, where
entry 0 is always "" (not stated). A year or a day of 0 is "not known"; days are written yyyymmdd.
Three-valued fields hold 0 (no), 1 (unknown), 2 (yes). Bounds come in pairs, `_least` and `_most`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from lawengine.facts import LEDGERS

Ints = npt.NDArray[np.integer[Any]]
Bools = npt.NDArray[np.bool_]

# A year without a rating record: nothing is certain, every level is possible.
NO_RATING_LEAST, NO_RATING_MOST = -2, 127


class Ratings(NamedTuple):
    """Dense, int8, shape (years, count): row 0 is the year `first`. No record: (-2, 127)."""

    first: int
    least: Ints
    most: Ints


class Held(NamedTuple):
    """Awards held. anytime: no year is known at all. For the other records without a year,
    `maybe_record`/`maybe_year` list the years that each may belong to (record = row of this table).
    """

    who: Ints
    award: Ints
    year: Ints
    clock: Ints
    times: Ints
    stream: Ints
    issuer: Ints
    anytime: Bools
    maybe_record: Ints
    maybe_year: Ints


class Products(NamedTuple):
    """Initiatives, research … used_stated: its uses (`use_record`, `use_award`) are known."""

    who: Ints
    year: Ints
    kind: Ints
    reach: Ints
    recognised: Ints
    applied: Ints
    accepted: Ints
    used_stated: Bools
    use_record: Ints
    use_award: Ints


class Marks(NamedTuple):
    """Disciplinary measures; their possible years in `maybe_record`/`maybe_year`, or anytime."""

    who: Ints
    least: Ints
    most: Ints
    anytime: Bools
    maybe_record: Ints
    maybe_year: Ints


class Pending(NamedTuple):
    """Pending matters: first and last possible day of opening and closing, the stated status."""

    who: Ints
    opened_first: Ints
    opened_last: Ints
    closed_first: Ints
    closed_last: Ints
    open_: Ints


class Attestations(NamedTuple):
    """Human judgements."""

    who: Ints
    what: Ints
    reach: Ints
    year: Ints
    verdict: Ints


class Placements(NamedTuple):
    """Results in movements and blocs."""

    who: Ints
    place: Ints
    year: Ints
    organiser: Ints
    years_least: Ints
    years_most: Ints
    result: Ints
    review: Ints


class Service(NamedTuple):
    """Time in roles. months (0, MANY) is not stated: then the days count."""

    who: Ints
    role: Ints
    start_first: Ints
    start_last: Ints
    end_first: Ints
    end_last: Ints
    months_least: Ints
    months_most: Ints
    continuous: Ints
    first_recruitment: Ints


class Absences(NamedTuple):
    """Leave and training by year."""

    who: Ints
    year: Ints
    kind: Ints
    days_least: Ints
    days_most: Ints
    unit: Ints
    months_least: Ints
    months_most: Ints
    result_least: Ints
    result_most: Ints


class Registrations(NamedTuple):
    """At most one record per subject and year."""

    who: Ints
    year: Ints
    done: Ints


class Members(NamedTuple):
    """At most one record per subject and year; its counts in `count_*` (record = row here)."""

    who: Ints
    year: Ints
    total_least: Ints
    total_most: Ints
    count_record: Ints
    count_name: Ints
    count_least: Ints
    count_most: Ints


class Cover(NamedTuple):
    """For which years a list is complete, per subject.

    everything: all years up to `horizon`. complete, unknown: by year, as in `records.Coverage`.
    """

    everything: Bools
    horizon: Ints
    complete: Mapping[int, Bools]
    unknown: Mapping[int, Bools]

    def covers(self, year: int) -> Bools:
        """Is the absence of a record in that year a real absence? Shape (count,)."""
        known: Bools = self.everything & (self.horizon >= year)
        if year in self.complete:
            known = known | self.complete[year]
        if year in self.unknown:
            known = known & ~self.unknown[year]
        return known

    @property
    def years(self) -> set[int]:
        """Every year of which anything is said."""
        return {*self.complete, *self.unknown}


_Table = TypeVar("_Table", bound=tuple[Any, ...])


def empty(table: type[_Table]) -> _Table:
    """A table of records without any."""
    hints = table.__annotations__
    return table(*(np.zeros(0, bool if hints[name] == "Bools" else np.int64) for name in hints))


@dataclass(slots=True)
class Columns:
    """count subjects. words: lists of words by name, entry 0 always "".

    kind: code into words["kind"]. classes: by class, shape (count,). sex: 0 unknown, 1 male,
    2 female. founded_first, founded_last: first and last possible day.
    """

    count: int
    words: dict[str, list[str]]
    kind: Ints
    classes: dict[str, Bools]
    classes_stated: Bools
    sex: Ints
    founded_first: Ints
    founded_last: Ints
    ratings: Ratings
    held: Held
    products: Products
    marks: Marks
    pending: Pending
    attestations: Attestations
    placements: Placements
    service: Service
    absences: Absences
    registrations: Registrations
    members: Members
    cover: dict[str, Cover]
    _judgements: tuple[Ints, Ints] | None = field(default=None, repr=False)

    @staticmethod
    def blank(count: int, kind: str, year: int) -> Columns:
        """So many subjects of one kind of whom nothing is known; fill in the tables you have."""
        none, zero = np.zeros(count, bool), np.zeros(count, np.int32)
        return Columns(
            count=count,
            words={"kind": ["", kind]},
            kind=np.ones(count, np.uint8),
            classes={},
            classes_stated=none,
            sex=np.zeros(count, np.uint8),
            founded_first=zero,
            founded_last=zero,
            ratings=Ratings(year, np.zeros((0, count), np.int8), np.zeros((0, count), np.int8)),
            held=empty(Held),
            products=empty(Products),
            marks=empty(Marks),
            pending=empty(Pending),
            attestations=empty(Attestations),
            placements=empty(Placements),
            service=empty(Service),
            absences=empty(Absences),
            registrations=empty(Registrations),
            members=empty(Members),
            cover={
                ledger: Cover(none, np.full(count, year, np.int16), {}, {}) for ledger in LEDGERS
            },
        )

    def rows_of_judgement(self, what: int, year: int) -> Ints:
        """The rows of attestations about one judgement (code) and year, by one sort of the table."""
        said = self.attestations
        if not len(said.year):
            return np.zeros(0, np.int64)
        first = int(said.year.min())
        span = int(said.year.max()) - first + 1
        if not first <= year < first + span:
            return np.zeros(0, np.int64)
        if self._judgements is None:
            key: Ints = said.what.astype(np.int64) * span + said.year - first
            if int(key.max()) < 1 << 16:
                key = key.astype(np.uint16)  # sorted by radix
            order = np.argsort(key, kind="stable")
            self._judgements = order, key[order]
        rows, ordered = self._judgements
        return equal_range(rows, ordered, what * span + year - first)

    def has_word(self, name: str, wanted: Iterable[str]) -> Bools:
        """For each code of a list of words: is it one of the wanted? Shape (len(words),)."""
        chosen = set(wanted)
        return np.array([word in chosen for word in self.words.get(name, [""])], bool)


def equal_range(order: Ints, ordered: Ints, wanted: int) -> Ints:
    """The part of a sorting order in which the sorted keys are equal to the one wanted."""
    if wanted > np.iinfo(ordered.dtype).max:
        return order[:0]
    key = ordered.dtype.type(wanted)  # of the same type, or numpy converts the whole array
    return order[np.searchsorted(ordered, key, "left") : np.searchsorted(ordered, key, "right")]


def count_word(name: str, word: str) -> str:
    """How a count of members is called in `words["count"]`: `rating good`."""
    return f"{name} {word}"
