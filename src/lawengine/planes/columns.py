"""Facts of many subjects as numpy columns: what the bulk reading judges.

One subject is one row number, 0 … count-1. Every list of records is a long table whose `who` says
the row; a dense table has one array per year. Words are small integers into `Columns.words`, where
entry 0 is always "" (not stated). A year or a day of 0 is "not known"; days are written yyyymmdd.
Three-valued fields hold 0 (no), 1 (unknown), 2 (yes). Bounds come in pairs, `_least` and `_most`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from lawengine.facts import LEDGERS, Facts
from lawengine.records import MANY, PartialDate

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

    def has_word(self, name: str, wanted: Iterable[str]) -> Bools:
        """For each code of a list of words: is it one of the wanted? Shape (len(words),)."""
        chosen = set(wanted)
        return np.array([word in chosen for word in self.words.get(name, [""])], bool)


class _Words:
    """Gives codes to words as they come."""

    def __init__(self) -> None:
        self.codes: dict[str, dict[str, int]] = {}

    def code(self, name: str, word: str) -> int:
        codes = self.codes.setdefault(name, {"": 0})
        return codes.setdefault(word, len(codes))

    def lists(self) -> dict[str, list[str]]:
        return {name: list(codes) for name, codes in self.codes.items()}


def _day(partial: PartialDate | None) -> tuple[int, int]:
    if partial is None:
        return 0, 0
    first, last = partial
    return (
        first.year * 10000 + first.month * 100 + first.day,
        last.year * 10000 + last.month * 100 + last.day,
    )


class _Rows:
    """Rows of one table, and the side lists that hang on them."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, ...]] = []
        self.side: list[tuple[int, ...]] = []

    def table(self, width: int, side: int = 0) -> list[Ints]:
        """The columns of the table, then those of its side list."""
        return [*_columns(self.rows, width), *(_columns(self.side, side) if side else ())]


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> list[Ints]:
    if not rows:
        return [np.zeros(0, np.int64) for _ in range(width)]
    return list(np.ascontiguousarray(np.array(rows, np.int64).T))


@dataclass(slots=True)
class _Tables:
    words: _Words = field(default_factory=_Words)
    held: _Rows = field(default_factory=_Rows)
    products: _Rows = field(default_factory=_Rows)
    marks: _Rows = field(default_factory=_Rows)
    pending: _Rows = field(default_factory=_Rows)
    attestations: _Rows = field(default_factory=_Rows)
    placements: _Rows = field(default_factory=_Rows)
    service: _Rows = field(default_factory=_Rows)
    absences: _Rows = field(default_factory=_Rows)
    registrations: _Rows = field(default_factory=_Rows)
    members: _Rows = field(default_factory=_Rows)

    def add_held(self, who: int, facts: Facts) -> None:
        code = self.words.code
        for one in (record for records in facts.held.values() for record in records):
            if one.year is None and one.years is not None:
                self.held.side += [(len(self.held.rows), year) for year in one.years]
            self.held.rows.append(
                (
                    who,
                    code("award", one.award),
                    one.year or 0,
                    one.clock or 0,
                    one.times,
                    code("stream", one.stream),
                    code("issuer", one.issuer),
                    one.year is None and one.years is None,
                )
            )

    def add_products(self, who: int, facts: Facts) -> None:
        code, table = self.words.code, self.products
        for one in facts.products:
            for award in one.used_for or ():
                table.side.append((len(table.rows), code("award", award)))
            table.rows.append(
                (
                    who,
                    one.year or 0,
                    code("product", one.kind),
                    code("reach", one.reach),
                    code("reach", one.recognised_by),
                    one.applied,
                    one.accepted,
                    one.used_for is not None,
                )
            )

    def add_conduct(self, who: int, facts: Facts) -> None:
        for mark in facts.marks:
            self.marks.side += [(len(self.marks.rows), year) for year in mark.years or ()]
            self.marks.rows.append((who, mark.least, mark.most, mark.years is None))
        for one in facts.pending:
            self.pending.rows.append((who, *_day(one.opened_on), *_day(one.closed_on), one.open_))

    def add_results(self, who: int, facts: Facts) -> None:
        code = self.words.code
        for said in (one for many in facts.attestations.values() for one in many):
            self.attestations.rows.append(
                (who, code("what", said.what), code("reach", said.reach), said.year, said.verdict)
            )
        for one in facts.placements:
            self.placements.rows.append(
                (
                    who,
                    code("place", one.place),
                    one.year,
                    code("launcher", one.organised_by),
                    *one.duration,
                    code("placement_result", one.result),
                    code("review", one.at),
                )
            )

    def add_time(self, who: int, facts: Facts) -> None:
        code = self.words.code
        for one in (record for records in facts.service.values() for record in records):
            self.service.rows.append(
                (
                    who,
                    code("role", one.role),
                    *_day(one.start),
                    *_day(one.end),
                    *one.months,
                    one.continuous,
                    one.first_recruitment,
                )
            )
        for away in facts.absences:
            self.absences.rows.append(
                (
                    who,
                    away.year,
                    code("absence", away.kind),
                    *away.days,
                    code("unit", away.unit),
                    *away.months,
                    *away.result,
                )
            )
        for registered in facts.registrations.values():
            self.registrations.rows.append((who, registered.year, registered.done))

    def add_members(self, who: int, facts: Facts) -> None:
        for one in facts.members.values():
            for (name, word), count in one.counts.items():
                named = self.words.code("count", count_word(name, word))
                self.members.side.append((len(self.members.rows), named, *count))
            self.members.rows.append((who, one.year, *one.total))


def count_word(name: str, word: str) -> str:
    """How a count of members is called in `words["count"]`: `rating good`."""
    return f"{name} {word}"


_SEX = {"male": 1, "female": 2}


def from_facts(subjects: Sequence[Facts]) -> Columns:
    """The columns of subjects read one by one; row numbers follow the order given."""
    tables = _Tables()
    for who, facts in enumerate(subjects):
        tables.add_held(who, facts)
        tables.add_products(who, facts)
        tables.add_conduct(who, facts)
        tables.add_results(who, facts)
        tables.add_time(who, facts)
        tables.add_members(who, facts)
    founded = np.array([_day(one.founded_on) for one in subjects], np.int64).reshape(-1, 2)
    classes = sorted({word for one in subjects for word in one.classes})
    kind = np.array([tables.words.code("kind", one.kind) for one in subjects], np.int64)
    held = tables.held.table(8, 2)
    products = tables.products.table(8, 2)
    marks = tables.marks.table(4, 2)
    return Columns(
        count=len(subjects),
        words=tables.words.lists(),
        kind=kind,
        classes={word: np.array([word in one.classes for one in subjects]) for word in classes},
        classes_stated=np.array([one.classes_stated for one in subjects], bool),
        sex=np.array([_SEX.get(str(one.attributes.get("sex")), 0) for one in subjects], np.int64),
        founded_first=founded[:, 0],
        founded_last=founded[:, 1],
        ratings=_ratings(subjects),
        held=Held._make([*held[:7], held[7].astype(bool), *held[8:]]),
        products=Products._make([*products[:7], products[7].astype(bool), *products[8:]]),
        marks=Marks._make([*marks[:3], marks[3].astype(bool), *marks[4:]]),
        pending=Pending(*tables.pending.table(6)),
        attestations=Attestations(*tables.attestations.table(5)),
        placements=Placements(*tables.placements.table(8)),
        service=Service(*tables.service.table(10)),
        absences=Absences(*tables.absences.table(10)),
        registrations=Registrations(*tables.registrations.table(3)),
        members=Members(*tables.members.table(4, 4)),
        cover={ledger: _cover(subjects, ledger) for ledger in LEDGERS},
    )


def _ratings(subjects: Sequence[Facts]) -> Ratings:
    years = [year for one in subjects for year in one.ratings]
    first = min(years, default=0)
    shape = (max(years, default=-1) - first + 1 if years else 0, len(subjects))
    least = np.full(shape, NO_RATING_LEAST, np.int8)
    most = np.full(shape, NO_RATING_MOST, np.int8)
    for who, facts in enumerate(subjects):
        for year, one in facts.ratings.items():
            least[year - first, who], most[year - first, who] = one.least, one.most
    return Ratings(first, least, most)


def _cover(subjects: Sequence[Facts], ledger: str) -> Cover:
    count = len(subjects)
    everything, horizon = np.zeros(count, bool), np.zeros(count, np.int16)
    complete: dict[int, Bools] = {}
    unknown: dict[int, Bools] = {}
    for who, facts in enumerate(subjects):
        found = facts.coverage.get(ledger)
        if found is None:
            continue
        everything[who], horizon[who] = found.everything, found.horizon
        for years, table in ((found.years, complete), (found.unknown, unknown)):
            for year in years:
                if year not in table:
                    table[year] = np.zeros(count, bool)
                table[year][who] = True
    return Cover(everything, horizon, complete, unknown)


__all__ = [
    "MANY",
    "Absences",
    "Attestations",
    "Bools",
    "Columns",
    "Cover",
    "Held",
    "Ints",
    "Marks",
    "Members",
    "Pending",
    "Placements",
    "Products",
    "Ratings",
    "Registrations",
    "Service",
    "count_word",
    "empty",
    "from_facts",
]
