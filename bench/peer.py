"""What every engine does in a measurement, and how a peer learns which facts the rules ask for."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from bench.cases import Case
from lawengine.book import Book
from lawengine.planes.columns import Columns
from lawengine.planes.packing import Fact, Packing
from lawengine.planes.walking import Walker
from lawengine.terms import Truth

# A yearly fact as a bit mask holds the years from this one on.
BASE = 1990
Truths = dict[tuple[str, str], np.ndarray]


class Engine(Protocol):
    """One engine with one set of people.

    `pack` brings the facts into the engine's own memory form, `judge` answers all awards there;
    `answers` hands the last answers over for comparison (0 no, 1 unknown, 2 yes; not timed).
    """

    name: str
    version: str
    threads: str

    def pack(self, book: Book, cases: Sequence[Case], columns: Columns) -> None:
        """Translate the rules and load the facts."""

    def forget(self) -> None:
        """Drop what a repeated run could answer from memory (not timed)."""

    def judge(self) -> None:
        """Judge everybody by every award."""

    def answers(self) -> Truths:
        """By case and award, shape (count,)."""


class Pair(NamedTuple):
    """A three-valued answer as two expressions of an engine: certain, possible."""

    certain: Any
    possible: Any


def walk(book: Book, packing: Packing, algebra: Any, awards: Sequence[str]) -> dict[str, Any]:
    """The answer of each award in the engine's own terms: the one walk over the loaded trees."""
    walker = Walker(book, packing, algebra)
    found = {}
    for award in awards:
        values = []
        for option in walker.award(award):
            if option.node is None:
                raise ValueError(f"{award} is refused for {option.choice.subject}")
            values.append(algebra.all([option.mask, option.node.value]))
        found[award] = algebra.any(values)
    return found


class Columnar:
    """Algebra of engines with one column per fact: bit masks over the years.

    A subclass says what `and`, `or`, `not` and a masked test look like. A yearly fact has the
    columns N_c and N_p (certain, possible); a yearly count has N_1_c … N_k_c (at least 1 … at
    least k in the year) and the same for possible; a count that is not by year has small integers.
    """

    def __init__(self, packing: Packing, prefix: str) -> None:
        self.packing, self.prefix = packing, prefix
        self.columns: dict[str, np.ndarray] = {}
        self._names: dict[tuple[str, Fact], str] = {}
        self._years: dict[tuple[str, int, int], None] = {}

    # -- what a subclass says ------------------------------------------------------------------

    def both(self, left: Any, right: Any) -> Any:
        raise NotImplementedError

    def either(self, left: Any, right: Any) -> Any:
        raise NotImplementedError

    def inverse(self, one: Any) -> Any:
        raise NotImplementedError

    def literal(self, value: bool) -> Any:
        raise NotImplementedError

    def column(self, name: str) -> Any:
        raise NotImplementedError

    def has_all(self, name: str, mask: int) -> Any:
        raise NotImplementedError

    def has_any(self, name: str, mask: int) -> Any:
        raise NotImplementedError

    def enough(self, masked: list[tuple[str, int]], numbers: list[str], least: int) -> Any:
        """Bits set under the masks, plus small integers, at least so many."""
        raise NotImplementedError

    # -- the algebra ---------------------------------------------------------------------------

    def _name(self, shape: str, fact: Fact) -> str:
        return self._names.setdefault((shape, fact), f"{self.prefix}{len(self._names)}")

    def _bits(self, name: str, year: int, hit: np.ndarray) -> None:
        if (name, year, 0) not in self._years:
            self._years[name, year, 0] = None
            if name not in self.columns:
                self.columns[name] = np.zeros(self.packing.count, np.uint64)
            self.columns[name] |= hit.astype(np.uint64) << np.uint64(year - BASE)

    def _yearly(self, fact: Fact, years: range) -> tuple[str, int]:
        name = self._name("yearly", fact)
        for year in years:
            if (f"{name}_p", year, 0) not in self._years:
                certain, possible = self.packing.pair(fact, year)
                self._bits(f"{name}_c", year, certain)
                self._bits(f"{name}_p", year, possible)
        return name, sum(1 << (year - BASE) for year in years)

    def constant(self, truth: Truth) -> Pair:
        return Pair(self.literal(truth is Truth.YES), self.literal(truth is not Truth.NO))

    def fact(self, fact: Fact) -> Pair:
        name = self._name("fact", fact)
        if f"{name}_c" not in self.columns:
            self.columns[f"{name}_c"], self.columns[f"{name}_p"] = self.packing.pair(fact)
        return Pair(self.column(f"{name}_c"), self.column(f"{name}_p"))

    def every(self, fact: Fact, years: range) -> Pair:
        if not years:
            return self.constant(Truth.YES)
        name, mask = self._yearly(fact, years)
        return Pair(self.has_all(f"{name}_c", mask), self.has_all(f"{name}_p", mask))

    def some(self, fact: Fact, years: range) -> Pair:
        name, mask = self._yearly(fact, years)
        return Pair(self.has_any(f"{name}_c", mask), self.has_any(f"{name}_p", mask))

    def at_least(self, least: int, yearly: Fact, years: range, once: Sequence[Fact]) -> Pair:
        found = []
        for side, word in enumerate("cp"):
            masked: dict[str, int] = {}
            for year in years:
                if yearly.name == "rated":
                    name, mask = self._yearly(yearly, range(year, year + 1))
                    masked[f"{name}_{word}"] = masked.get(f"{name}_{word}", 0) | mask
                    continue
                name = self._name("count", yearly)
                numbers = self.packing.counts(yearly, year)[side]
                for step in range(1, min(least, int(numbers.max(initial=0))) + 1):
                    column = f"{name}_{step}_{word}"
                    self._bits(column, year, numbers >= step)
                    masked[column] = masked.get(column, 0) | (1 << (year - BASE))
            small = []
            for fact in once:
                column = f"{self._name('number', fact)}_{word}"
                if column not in self.columns:
                    numbers = self.packing.counts(fact)[side]
                    self.columns[column] = np.minimum(numbers, 100).astype(np.uint8)
                small.append(column)
            found.append(self.enough(list(masked.items()), small, least))
        return Pair(*found)

    def all(self, parts: Sequence[Pair]) -> Pair:
        return self._join(self.both, parts, Truth.YES)

    def any(self, parts: Sequence[Pair]) -> Pair:
        return self._join(self.either, parts, Truth.NO)

    def _join(self, act: Any, parts: Sequence[Pair], nothing: Truth) -> Pair:
        if not parts:
            return self.constant(nothing)
        certain, possible = parts[0]
        for part in parts[1:]:
            certain, possible = act(certain, part.certain), act(possible, part.possible)
        return Pair(certain, possible)

    def negated(self, part: Pair) -> Pair:
        return Pair(self.inverse(part.possible), self.inverse(part.certain))
