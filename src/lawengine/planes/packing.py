"""Columns → elementary facts: for each question that a rule asks of a record, certain and possible.

An elementary fact is a `Fact`: one pair of booleans per subject, by year or once. Dates, months,
shares and words are compared here, so that what follows is AND, OR, NOT and counting only. The
semantics are those of `conditions` and `conditions_more`, record by record.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from lawengine.conditions import Produced, Selection
from lawengine.planes import packing_other
from lawengine.planes.columns import Bools, Columns, Ints, equal_range
from lawengine.terms import Frame
from lawengine.vocabulary import Vocabulary
from lawengine.windows import THIS_YEAR


class Fact(NamedTuple):
    """An elementary fact: its name and what it is about."""

    name: str
    about: Any


class Pair(NamedTuple):
    """Per subject: is it certain, is it possible (certain ⊆ possible)? Shape (count,)."""

    certain: Bools
    possible: Bools


class Counts(NamedTuple):
    """Per subject: how many certainly, how many possibly. Shape (count,)."""

    certain: Ints
    possible: Ints


def without_window(condition: Produced) -> Produced:
    """What a condition asks of one product, whatever the window and the number."""
    return replace(condition, count=1, window=THIS_YEAR, reach_word="", recognised_word="")


class Packing:
    """The elementary facts of many subjects for one case, each computed once.

    Yearly facts: rated(level), held(selection), before(selection): held before the year,
    marked(level), members_marked(level word), open(ledger): the year is not covered.
    Yearly counts: held_times(selection), produced(rule).
    Counts: held_loose(selection, first, last) and produced_loose(rule): records without a year;
    held_ever(selection, last), produced_ever(rule, last).
    Facts: marked_loose(level, first, last), marked_ever(level, last), open_ever(ledger),
    kinds(subject kinds of standards), condition(condition, year): all other kinds.
    """

    def __init__(self, columns: Columns, frame: Frame, vocabulary: Vocabulary) -> None:
        self.columns, self.frame, self.vocabulary = columns, frame, vocabulary
        self.count = columns.count
        self._pairs: dict[Hashable, Pair] = {}
        self._counts: dict[Hashable, Counts] = {}
        self._memo: dict[Hashable, Any] = {}

    # -- what the reader of conditions asks for -------------------------------------------------

    def pair(self, fact: Fact, year: int | None = None) -> Pair:
        """An elementary fact, of a year where it is a yearly one."""
        found = self._pairs.get((fact, year))
        if found is None:
            make = getattr(self, f"_{fact.name}")
            found = make(fact.about) if year is None else make(fact.about, year)
            self._pairs[fact, year] = found
        return found

    def counts(self, fact: Fact, year: int | None = None) -> Counts:
        """A count, of a year where it is a yearly one."""
        found = self._counts.get((fact, year))
        if found is None:
            make = getattr(self, f"_{fact.name}")
            found = make(fact.about) if year is None else make(fact.about, year)
            self._counts[fact, year] = found
        return found

    @property
    def first_rated(self) -> int:
        """The earliest year with a rating of anybody."""
        return self.columns.ratings.first

    def first_year(self) -> int:
        """The earliest year of which anything is said of anybody, the case year at the latest."""
        if "first_year" not in self._memo:
            columns = self.columns
            years = [self.frame.year]
            if len(columns.ratings.least):
                years.append(columns.ratings.first)
            for table in (
                columns.held.clock,
                columns.held.maybe_year,
                columns.products.year,
                columns.members.year,
            ):
                stated = table[table > 0]
                if len(stated):
                    years.append(int(stated.min()))
            for cover in columns.cover.values():
                years += cover.years
            self._memo["first_year"] = min(years)
        return int(self._memo["first_year"])

    def kinds_of_standards(self) -> list[tuple[str, ...]]:
        """Every list of subject kinds of standards that fits a subject here."""
        return list(self._signatures())

    def is_loose(self, fact: Fact) -> bool:
        """Are there records without a year that the selection, rule or level could count?"""
        key = ("loose", fact)
        if key not in self._memo:
            self._memo[key] = bool(self._loose(fact).any())
        return bool(self._memo[key])

    def _loose(self, fact: Fact) -> Bools:
        columns = self.columns
        if fact.name == "held":
            return (self._held_fit(fact.about) > 0) & self._undated_held()
        if fact.name == "produced":
            loose: Bools = (self._product_fit(fact.about) > 0) & (columns.products.year == 0)
            return loose
        marked: Bools = columns.marks.anytime | (self._years_of_marks() > 1)
        return marked

    # -- helpers ---------------------------------------------------------------------------------

    def _hits(self, who: Ints) -> Bools:
        hit = np.zeros(self.count, bool)
        hit[who] = True
        return hit

    def _sum(self, who: Ints, weights: Ints | None = None) -> Ints:
        if weights is None or (len(weights) and weights.min() == weights.max() == 1):
            return np.bincount(who, minlength=self.count)
        return np.bincount(who, weights, self.count).astype(np.int64)

    def _covered(self, ledger: str, year: int) -> Bools:
        key = ("covered", ledger, year)
        if key not in self._memo:
            self._memo[key] = self.columns.cover[ledger].covers(year)
        found: Bools = self._memo[key]
        return found

    def _slice(self, name: str, years: Ints, year: int) -> Ints:
        """The rows of a table in a year, by one sort of the table."""
        key = ("order", name)
        if key not in self._memo:
            order = np.argsort(years.astype(np.uint16), kind="stable")
            self._memo[key] = order, years[order]
        order, ordered = self._memo[key]
        return equal_range(order, ordered, year)

    def _open(self, ledger: str, year: int) -> Pair:
        return Pair(np.zeros(self.count, bool), ~self._covered(ledger, year))

    def _open_ever(self, ledger: str) -> Pair:
        return Pair(np.zeros(self.count, bool), ~self.columns.cover[ledger].everything)

    def _signatures(self) -> dict[tuple[str, ...], Bools]:
        """Subjects by their list of subject kinds of standards."""
        if "signatures" in self._memo:
            found: dict[tuple[str, ...], Bools] = self._memo["signatures"]
            return found
        found = {}
        columns, names = self.columns, self.columns.words.get("kind", [""])
        extras = [term.extra for term in self.vocabulary.words("subject_kinds").values()]
        listed = [extra.get("classes") for extra in extras]
        wanted = [frozenset(classes) for classes in listed if isinstance(classes, list)]
        none = np.zeros(self.count, bool)
        member = [
            np.logical_or.reduce([columns.classes.get(word, none) for word in sorted(one)])
            for one in wanted
        ]
        code = columns.kind.astype(np.int64)
        for index, hit in enumerate(member):
            code = code | (hit.astype(np.int64) << (8 + index))
        for value in np.unique(code):
            classes = {
                word
                for index, one in enumerate(wanted)
                if (int(value) >> (8 + index)) & 1
                for word in one
            }
            exact = [
                word
                for index, one in enumerate(wanted)
                if not (int(value) >> (8 + index)) & 1
                for word in one
            ]
            kinds = tuple(
                self.vocabulary.standard_kinds(
                    names[int(value) & 255], frozenset(classes) - frozenset(exact)
                )
            )
            hit = code == value
            found[kinds] = found[kinds] | hit if kinds in found else hit
        self._memo["signatures"] = found
        return found

    def _kinds(self, kinds: tuple[str, ...]) -> Pair:
        hit = self._signatures()[kinds]
        return Pair(hit, hit)

    # -- ratings ---------------------------------------------------------------------------------

    def _rated(self, level: int, year: int) -> Pair:
        ratings = self.columns.ratings
        row = year - ratings.first
        if not 0 <= row < len(ratings.least):
            return Pair(np.zeros(self.count, bool), np.ones(self.count, bool))
        return Pair(ratings.least[row] >= level, ratings.most[row] >= level)

    # -- awards held -----------------------------------------------------------------------------

    def _held_fit(self, which: Selection) -> Ints:
        """For each record: 0 does not count, 1 may count, 2 counts."""
        key = ("fit", which)
        if key not in self._memo:
            held, columns = self.columns.held, self.columns
            fit = columns.has_word("award", which.awards)[held.award].astype(np.int8) * np.int8(2)
            if which.stream:
                asked = columns.has_word("award", which.stated)[held.award]
                good = columns.has_word("stream", which.stream)[held.stream]
                fit[asked & ~good & (held.stream != 0)] = 0
                fit[asked & (held.stream == 0) & (fit > 0)] = 1
            if which.issuer:
                good = columns.has_word("issuer", which.issuer)[held.issuer]
                fit[~good & (held.issuer != 0)] = 0
                fit[(held.issuer == 0) & (fit > 0)] = 1
            self._memo[key] = fit
        found: Ints = self._memo[key]
        return found

    def _undated_held(self) -> Bools:
        undated: Bools = self.columns.held.year == 0
        return undated

    def _possible_in(self, table: str, first: int | None, last: int) -> tuple[Bools, Bools]:
        """For each record with a list of possible years: are all of them, is one, in the window?"""
        key = ("possible", table, first, last)
        if key not in self._memo:
            source = self.columns.held if table == "held" else self.columns.marks
            inside = source.maybe_year <= last
            if first is not None:
                inside &= source.maybe_year >= first
            size = len(source.who)
            hits = np.bincount(source.maybe_record[inside], minlength=size)
            total = np.bincount(source.maybe_record, minlength=size)
            self._memo[key] = (hits == total) & (total > 0), hits > 0
        found: tuple[Bools, Bools] = self._memo[key]
        return found

    def _held(self, which: Selection, year: int) -> Pair:
        held, fit = self.columns.held, self._held_fit(which)
        rows = self._slice("held", held.year, year)
        certain = self._hits(held.who[rows[fit[rows] == 2]])
        possible = ~self._covered("awards", year) | self._hits(held.who[rows[fit[rows] > 0]])
        loose = self._undated_held() & (fit > 0)
        if loose.any():
            _, maybe = self._possible_in("held", year, year)
            possible |= self._hits(held.who[loose & (maybe | held.anytime)])
        return Pair(certain, possible)

    def _before(self, which: Selection, year: int) -> Pair:
        held, fit = self.columns.held, self._held_fit(which)
        early = held.clock < year
        certain = self._hits(held.who[(fit == 2) & early & (held.clock > 0)])
        possible = self._hits(held.who[(fit > 0) & early])
        return Pair(certain, possible | ~self.columns.cover["awards"].everything)

    def _held_times(self, which: Selection, year: int) -> Counts:
        held, fit = self.columns.held, self._held_fit(which)
        rows = self._slice("held", held.year, year)
        sure, maybe = rows[fit[rows] == 2], rows[fit[rows] > 0]
        certain = self._sum(held.who[sure], held.times[sure])
        possible = self._sum(held.who[maybe], held.times[maybe])
        possible += (certain == 0) & ~self._covered("awards", year)
        return Counts(certain, possible)

    def _held_loose(self, about: tuple[Selection, int, int]) -> Counts:
        which, first, last = about
        held, fit = self.columns.held, self._held_fit(which)
        within, touching = self._possible_in("held", first, last)
        undated = self._undated_held()
        sure = undated & (fit == 2) & within
        maybe = undated & (fit > 0) & (touching | held.anytime)
        return Counts(
            self._sum(held.who[sure], held.times[sure]),
            self._sum(held.who[maybe], held.times[maybe]),
        )

    def _held_ever(self, about: tuple[Selection, int]) -> Counts:
        which, last = about
        held, fit = self.columns.held, self._held_fit(which)
        within, touching = self._possible_in("held", None, last)
        undated = self._undated_held()
        dated = ~undated & (held.year <= last)
        sure = (fit == 2) & (dated | (undated & (within | held.anytime)))
        maybe = (fit > 0) & (dated | (undated & (touching | held.anytime)))
        return Counts(
            self._sum(held.who[sure], held.times[sure]),
            self._sum(held.who[maybe], held.times[maybe]),
        )

    # -- products --------------------------------------------------------------------------------

    def _product_fit(self, rule: Produced) -> Ints:
        key = ("fit", rule)
        if key not in self._memo:
            products, columns = self.columns.products, self.columns
            fit = columns.has_word("product", rule.kinds)[products.kind].astype(np.int8)
            fit *= np.int8(2)
            for asked, said in (
                (rule.reaches, products.reach),
                (rule.recognised, products.recognised),
            ):
                if asked:
                    good = columns.has_word("reach", asked)[said]
                    fit[~good & (said != 0)] = 0
                    fit[~good & (said == 0) & (fit > 0)] = 1
            if rule.applied:
                fit = np.minimum(fit, products.applied).astype(np.int8)
            if rule.accepted:
                fit = np.minimum(fit, products.accepted).astype(np.int8)
            if rule.blocked_by:
                blocking = [
                    award for award, family in rule.families.items() if family in rule.blocked_by
                ]
                uses = columns.has_word("award", blocking)[products.use_award]
                fit[~products.used_stated & (fit > 0)] = 1
                fit[products.use_record[uses]] = 0
            self._memo[key] = fit
        found: Ints = self._memo[key]
        return found

    def _produced(self, rule: Produced, year: int) -> Counts:
        products, fit = self.columns.products, self._product_fit(rule)
        rows = self._slice("products", products.year, year)
        return Counts(
            self._sum(products.who[rows[fit[rows] == 2]]),
            self._sum(products.who[rows[fit[rows] > 0]]),
        )

    def _produced_loose(self, rule: Produced) -> Counts:
        products, fit = self.columns.products, self._product_fit(rule)
        maybe = self._sum(products.who[(products.year == 0) & (fit > 0)])
        return Counts(np.zeros(self.count, np.int64), maybe)

    def _produced_ever(self, about: tuple[Produced, int]) -> Counts:
        rule, last = about
        products, fit = self.columns.products, self._product_fit(rule)
        inside = products.year <= last
        return Counts(
            self._sum(products.who[inside & (fit == 2)]),
            self._sum(products.who[inside & (fit > 0)]),
        )

    # -- discipline ------------------------------------------------------------------------------

    def _years_of_marks(self) -> Ints:
        """How many years each mark may belong to."""
        marks = self.columns.marks
        return np.bincount(marks.maybe_record, minlength=len(marks.who))

    def _marked(self, level: int, year: int) -> Pair:
        marks = self.columns.marks
        single = (self._years_of_marks() == 1)[marks.maybe_record] & (marks.maybe_year == year)
        rows = marks.maybe_record[single]
        return Pair(
            self._hits(marks.who[rows[marks.least[rows] >= level]]),
            self._hits(marks.who[rows[marks.most[rows] >= level]]),
        )

    def _mark_hits(self, level: int, rows: Bools, first: int | None, last: int) -> Pair:
        marks = self.columns.marks
        within, touching = self._possible_in("marks", first, last)
        certain = rows & within & (marks.least >= level)
        possible = rows & (touching | marks.anytime) & (marks.most >= level)
        return Pair(self._hits(marks.who[certain & possible]), self._hits(marks.who[possible]))

    def _marked_loose(self, about: tuple[int, int, int]) -> Pair:
        level, first, last = about
        return self._mark_hits(level, self._years_of_marks() != 1, first, last)

    def _marked_ever(self, about: tuple[int, int]) -> Pair:
        level, last = about
        return self._mark_hits(level, np.ones(len(self.columns.marks.who), bool), None, last)

    def _members_marked(self, word: str, year: int) -> Pair:
        _, least, most = packing_other.member_counts(self.columns, "discipline", word, year)
        return Pair(least > 0, most > 0)

    # -- every other kind ------------------------------------------------------------------------

    def _condition(self, about: tuple[Any, int]) -> Pair:
        condition, year = about
        days = packing_other.Days(
            year, _number(self.frame.period_end), _number(self.frame.decided_on)
        )
        return Pair(*packing_other.ASK[type(condition)](self.columns, condition, days))


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day
