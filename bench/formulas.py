"""The standards as formulas over facts, read off the loaded tree: what each peer translates.

A formula is a nested tuple: ("const", bool), ("bit", fact), ("every"|"some", fact, years),
("count", least, fact, years, once), ("and"|"or", parts), ("not", part). Every answer is a pair of
formulas, certain and possible; a leaf names its side by a third member.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bench.cases import Case
from lawengine.book import Book
from lawengine.planes.columns import Columns
from lawengine.planes.packing import Fact, Packing
from lawengine.planes.walking import Walker
from lawengine.terms import Truth

Formula = tuple[Any, ...]
Answer = tuple[Formula, Formula]
YES: Formula = ("const", True)
NO: Formula = ("const", False)
SIDES = (0, 1)


def _join(word: str, parts: Sequence[Formula], stop: Formula, skip: Formula) -> Formula:
    found: list[Formula] = []
    for part in parts:
        if part == stop:
            return stop
        for one in part[1] if part[0] == word else (part,):
            if one != skip and one not in found:
                found.append(one)
    if not found:
        return skip
    return found[0] if len(found) == 1 else (word, tuple(found))


@dataclass
class Formulas:
    """An algebra that writes formulas down instead of computing them."""

    def constant(self, truth: Truth) -> Answer:
        return (YES if truth is Truth.YES else NO), (NO if truth is Truth.NO else YES)

    def fact(self, fact: Fact) -> Answer:
        return ("bit", fact, 0), ("bit", fact, 1)

    def every(self, fact: Fact, years: range) -> Answer:
        if not years:
            return YES, YES
        return ("every", fact, 0, years), ("every", fact, 1, years)

    def some(self, fact: Fact, years: range) -> Answer:
        if not years:
            return NO, NO
        return ("some", fact, 0, years), ("some", fact, 1, years)

    def at_least(self, least: int, yearly: Fact, years: range, once: Sequence[Fact]) -> Answer:
        pair = [("count", yearly, side, years, tuple(once), least) for side in SIDES]
        return pair[0], pair[1]

    def all(self, parts: Sequence[Answer]) -> Answer:
        low, high = (_join("and", [part[side] for part in parts], NO, YES) for side in SIDES)
        return low, high

    def any(self, parts: Sequence[Answer]) -> Answer:
        low, high = (_join("or", [part[side] for part in parts], YES, NO) for side in SIDES)
        return low, high

    def negated(self, part: Answer) -> Answer:
        def turned(one: Formula) -> Formula:
            return (NO if one == YES else YES) if one[0] == "const" else ("not", one)

        return turned(part[1]), turned(part[0])


@dataclass
class Inputs:
    """The facts that the formulas ask for, as arrays: once, by year, and counted.

    bits[fact, side]; yearly[fact, side, year]; counts[fact, side, year or None].
    """

    packing: Packing
    bits: dict[tuple[Fact, int], np.ndarray] = field(default_factory=dict)
    yearly: dict[tuple[Fact, int, int], np.ndarray] = field(default_factory=dict)
    counts: dict[tuple[Fact, int, int | None], np.ndarray] = field(default_factory=dict)

    def gather(self, formula: Formula) -> None:
        """Pack everything that a formula names."""
        word = formula[0]
        if word in ("and", "or"):
            for part in formula[1]:
                self.gather(part)
        elif word == "not":
            self.gather(formula[1])
        elif word == "bit":
            _, fact, side = formula
            self.bits[fact, side] = self.packing.pair(fact)[side]
        elif word in ("every", "some"):
            _, fact, side, years = formula
            for year in years:
                self.yearly[fact, side, year] = self.packing.pair(fact, year)[side]
        elif word == "count":
            _, fact, side, years, once, _least = formula
            for year in years:
                if fact.name == "rated":
                    self.yearly[fact, side, year] = self.packing.pair(fact, year)[side]
                else:
                    self.counts[fact, side, year] = self.packing.counts(fact, year)[side]
            for one in once:
                self.counts[one, side, None] = self.packing.counts(one)[side]


def formulas(book: Book, case: Case, columns: Columns) -> tuple[dict[str, Answer], Inputs]:
    """award → (certain, possible), and the facts that these ask for."""
    packing = Packing(columns, case.frame, book.vocabulary)
    algebra = Formulas()
    walker: Walker[Answer] = Walker(book, packing, algebra)
    found = {}
    inputs = Inputs(packing)
    for award in case.awards:
        options = walker.award(award)
        answer = algebra.any(
            [algebra.all([mask, node.value]) for _, mask, node in options if node is not None]
        )
        found[award] = answer
        for side in answer:
            inputs.gather(side)
    return found, inputs
