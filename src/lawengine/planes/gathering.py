"""Subjects read one by one → columns for the bulk reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from lawengine.facts import LEDGERS, Facts
from lawengine.planes.columns import (
    NO_RATING_LEAST,
    NO_RATING_MOST,
    Absences,
    Attestations,
    Bools,
    Columns,
    Cover,
    Held,
    Ints,
    Marks,
    Members,
    Pending,
    Placements,
    Products,
    Ratings,
    Registrations,
    Service,
    count_word,
)
from lawengine.records import PartialDate


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
