"""Everybody against several awards: the bulk reading of the book.

`screen` answers what `explain.Judge` answers for each subject, as planes of bits: yes, unknown,
refused; and, on request, who is short of exactly one condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt

from lawengine.book import Book, Choice
from lawengine.planes import bits
from lawengine.planes.bits import ONE, ZERO, Circuit, Plane
from lawengine.planes.columns import Columns
from lawengine.planes.packing import Fact, Packing
from lawengine.planes.walking import Node, Option, Walker
from lawengine.terms import Frame, Truth

# Certain and possible: two nodes of a circuit.
Answer = tuple[int, int]
# Up to this number, counting by steps takes fewer operations than binary digits.
SMALL = 3
_NO_GROUNDS: Mapping[str, frozenset[str]] = {}


class PlaneAlgebra:
    """Kleene's logic and counting on pairs of nodes of a circuit."""

    def __init__(self, packing: Packing) -> None:
        self.packing = packing
        self.circuit = Circuit(packing.count)
        self._facts: dict[tuple[Fact, int | None], Answer] = {}
        # Nodes of counts by fact, year, side, and step (above 0) or digit (below 0).
        self._inputs: dict[tuple[Fact, int | None, int, int], int] = {}
        self._most: dict[tuple[Fact, int | None], tuple[int, int]] = {}

    def constant(self, truth: Truth) -> Answer:
        """The same answer for everybody."""
        return (ONE if truth is Truth.YES else ZERO), (ZERO if truth is Truth.NO else ONE)

    def fact(self, fact: Fact) -> Answer:
        """A fact."""
        return self._fact(fact, None)

    def _fact(self, fact: Fact, year: int | None) -> Answer:
        key = fact, year
        if key not in self._facts:
            certain, possible = self.packing.pair(fact, year)
            low = bits.pack(certain)
            high = low if certain is possible else bits.pack(possible)
            node = self.circuit.add_input(low)
            same = low is high or np.array_equal(low, high)
            self._facts[key] = (node, node) if same else (node, self.circuit.add_input(high))
        return self._facts[key]

    def every(self, fact: Fact, years: range) -> Answer:
        """A yearly fact in all of the years, the latest first so that windows share their end."""
        return self.all([self._fact(fact, year) for year in reversed(years)])

    def some(self, fact: Fact, years: range) -> Answer:
        """A yearly fact in one of the years."""
        return self.any([self._fact(fact, year) for year in reversed(years)])

    def at_least(self, least: int, yearly: Fact, years: range, once: Sequence[Fact]) -> Answer:
        """Count over the years, the latest first, so that longer windows go on where shorter end.

        What is the same for every window comes before the years, what is not after them.
        """
        keys: list[tuple[Fact, int | None]] = [
            (fact, None) for fact in once if fact.name == "produced_loose"
        ]
        keys += [(yearly, year) for year in reversed(years)]
        keys += [(fact, None) for fact in once if fact.name != "produced_loose"]
        enough = self._reached if least <= SMALL else self._summed
        return enough(keys, 0, least), enough(keys, 1, least)

    def _reached(self, keys: list[tuple[Fact, int | None]], side: int, least: int) -> int:
        """For small numbers: keep a plane for "one at least", one for "two at least", …"""
        circuit = self.circuit
        total: list[int] = []
        for fact, year in keys:
            steps = self._steps(fact, year, side, least)
            joined = []
            for wanted in range(1, min(least, len(total) + len(steps)) + 1):
                reached = ZERO
                for mine in range(wanted + 1):
                    theirs = wanted - mine
                    if mine <= len(total) and theirs <= len(steps):
                        left = total[mine - 1] if mine else ONE
                        right = steps[theirs - 1] if theirs else ONE
                        reached = circuit.either(reached, circuit.both(left, right))
                joined.append(reached)
            total = joined
        return total[least - 1] if least <= len(total) else ZERO

    def _steps(self, fact: Fact, year: int | None, side: int, most: int) -> list[int]:
        """Nodes for "at least 1", "at least 2", … of a count, no more than anybody reaches."""
        if fact.name == "rated":
            return [self._fact(fact, year)[side]]
        numbers = self.packing.counts(fact, year)[side]
        found = []
        for step in range(1, min(most, self._largest(fact, year)[side]) + 1):
            key = fact, year, side, step
            if key not in self._inputs:
                self._inputs[key] = self.circuit.add_input(bits.pack(numbers >= step))
            found.append(self._inputs[key])
        return found

    def _largest(self, fact: Fact, year: int | None) -> tuple[int, int]:
        """The largest certain and possible count of anybody."""
        key = fact, year
        if key not in self._most:
            counts = self.packing.counts(fact, year)
            self._most[key] = (
                int(counts.certain.max(initial=0)),
                int(counts.possible.max(initial=0)),
            )
        return self._most[key]

    def _summed(self, keys: list[tuple[Fact, int | None]], side: int, least: int) -> int:
        """Bit-sliced: add the numbers digit by digit, then compare."""
        total: list[int] = []
        for fact, year in keys:
            total = self.circuit.add(total, self._digits(fact, year, side))
        return self.circuit.at_least(total, least)

    def _digits(self, fact: Fact, year: int | None, side: int) -> list[int]:
        """A count as nodes, one per binary digit, the lowest first."""
        if fact.name == "rated":
            return [self._fact(fact, year)[side]]
        numbers = self.packing.counts(fact, year)[side]
        found = []
        for digit in range(self._largest(fact, year)[side].bit_length()):
            key = fact, year, side, -1 - digit
            if key not in self._inputs:
                self._inputs[key] = self.circuit.add_input(bits.pack((numbers >> digit) & 1 == 1))
            found.append(self._inputs[key])
        return found

    def all(self, parts: Sequence[Answer]) -> Answer:
        """The lowest answer."""
        both = self.circuit.both
        return reduce(both, (p[0] for p in parts), ONE), reduce(both, (p[1] for p in parts), ONE)

    def any(self, parts: Sequence[Answer]) -> Answer:
        """The highest answer."""
        either = self.circuit.either
        return (
            reduce(either, (p[0] for p in parts), ZERO),
            reduce(either, (p[1] for p in parts), ZERO),
        )

    def negated(self, part: Answer) -> Answer:
        """Yes for no; unknown stays."""
        return self.circuit.negated(part[1]), self.circuit.negated(part[0])


class Planes:
    """The answers for one award: `yes`, `unknown`, `refused`, one bit per subject; the rest is no.

    choices: the standards used (or refused), one per group of subject kinds.
    """

    def __init__(
        self,
        circuit: Circuit,
        options: Sequence[Option[Answer]],
        planes: tuple[Plane, Plane, Plane],
    ) -> None:
        self.count = circuit.count
        self.yes, self.unknown, self.refused = planes
        self.choices: tuple[Choice, ...] = tuple(option.choice for option in options)
        self._circuit, self._options = circuit, options
        self._short: Mapping[str, Plane] | None = None

    def truth_of(self, index: int) -> Truth | None:
        """The answer for one subject; None when refused."""
        if bits.bit(self.refused, index):
            return None
        if bits.bit(self.yes, index):
            return Truth.YES
        return Truth.UNKNOWN if bits.bit(self.unknown, index) else Truth.NO

    def truths(self) -> npt.NDArray[np.int8]:
        """The answers of all subjects: 0 no, 1 unknown, 2 yes, -1 refused. Shape (count,)."""
        found = bits.unpack(self.yes, self.count).astype(np.int8) * np.int8(2)
        found += bits.unpack(self.unknown, self.count)
        found[bits.unpack(self.refused, self.count)] = -1
        return found

    @property
    def no(self) -> Plane:
        """Who may certainly not receive the award."""
        plane = ~(self.yes | self.unknown | self.refused)
        if len(plane):
            plane[-1] &= self._circuit.tail()
        return plane

    @property
    def short(self) -> Mapping[str, Plane]:
        """By condition: who is short of this one alone, a certain no, with nothing else unknown.

        Where alternatives are all a no, it is the first that one condition would complete, as in
        the `missing` of explain. A condition inside a standard met by reference is named
        `outer/inner`; a `not` by its own id, or that of its first condition.
        """
        if self._short is None:
            found: dict[str, int] = {}
            for _, mask, node in self._options:
                if node is None:
                    continue
                for key, one in _short(self._circuit, node).items():
                    inside = self._circuit.both(mask[0], one)
                    found[key] = self._circuit.either(found.get(key, ZERO), inside)
            planes = self._circuit.run(list(found.values()))
            self._short = {
                key: plane for key, plane in zip(found, planes, strict=True) if plane.any()
            }
        return self._short

    def counts(self) -> dict[str, int]:
        """How many yes, unknown, no, refused."""
        yes, unknown, refused = (bits.tally(one) for one in (self.yes, self.unknown, self.refused))
        return {
            "yes": yes,
            "unknown": unknown,
            "no": self.count - yes - unknown - refused,
            "refused": refused,
        }


def _short(circuit: Circuit, node: Node[Answer]) -> dict[str, int]:
    """Who has exactly one finding to change, a certain no: by the id of that finding."""
    no = circuit.negated(node.value[1])
    if node.kind == "all":
        return _short_of_all(circuit, node.parts)
    if node.kind == "any":
        return _first_short(circuit, no, [(ONE, _short(circuit, part)) for part in node.parts])
    if node.kind == "meets":
        ways = [
            (
                part.value[0],
                {f"{node.id}/{key}": one for key, one in _short(circuit, part.parts[0]).items()},
            )
            for part in node.parts
        ]
        return _first_short(circuit, no, ways)
    return {_name(node): no}


def _first_short(
    circuit: Circuit, no: int, ways: Sequence[tuple[int, dict[str, int]]]
) -> dict[str, int]:
    """All ways are a no, and this is the first that one finding would complete.

    ways: whose way it is, with who is short of which finding there.
    """
    found: dict[str, int] = {}
    free = no
    for mask, inner in ways:
        taken = ZERO
        for key, one in inner.items():
            mine = circuit.both(mask, one)
            taken = circuit.either(taken, mine)
            found[key] = circuit.either(found.get(key, ZERO), circuit.both(free, mine))
        free = circuit.both(free, circuit.negated(taken))
    return found


def _short_of_all(circuit: Circuit, parts: Sequence[Node[Answer]]) -> dict[str, int]:
    """One part is short of one finding and every other part is a yes."""
    before, after = [ONE], [ONE]
    for part in parts:
        before.append(circuit.both(before[-1], part.value[0]))
    for part in reversed(parts):
        after.append(circuit.both(after[-1], part.value[0]))
    found: dict[str, int] = {}
    for index, part in enumerate(parts):
        others = circuit.both(before[index], after[len(parts) - 1 - index])
        for key, one in _short(circuit, part).items():
            found[key] = circuit.either(found.get(key, ZERO), circuit.both(others, one))
    return found


def _name(node: Node[Answer]) -> str:
    while not node.id and node.parts:
        node = node.parts[0]
    return node.id


class Screening:
    """A case prepared for many subjects: facts packed, circuit built; `run` gives the planes."""

    def __init__(
        self,
        book: Book,
        frame: Frame,
        columns: Columns,
        awards: Iterable[str],
        *,
        provisional: bool = False,
        grounds: Mapping[str, frozenset[str]] = _NO_GROUNDS,
    ) -> None:
        self.book, self.awards = book, tuple(awards)
        self.provisional, self.grounds = provisional, grounds
        self.algebra = PlaneAlgebra(Packing(columns, frame, book.vocabulary))
        self.options: dict[str, list[Option[Answer]]] = {}
        self.walk()

    def walk(self) -> None:
        """Build the circuit of the standards in force; facts are packed where first met."""
        walker: Walker[Answer] = Walker(
            self.book,
            self.algebra.packing,
            self.algebra,
            provisional=self.provisional,
            grounds=self.grounds,
        )
        self.options = {award: walker.award(award) for award in self.awards}
        self.algebra.circuit.steps(self._wanted())

    def _wanted(self) -> list[int]:
        """The nodes of yes, unknown and refused of every award."""
        circuit, algebra = self.algebra.circuit, self.algebra
        wanted: list[int] = []
        for options in self.options.values():
            value = algebra.any(
                [algebra.all([mask, node.value]) for _, mask, node in options if node is not None]
            )
            refused = algebra.any([mask for _, mask, node in options if node is None])
            unknown = circuit.both(value[1], circuit.negated(value[0]))
            wanted += [value[0], unknown, refused[0]]
        return wanted

    def run(self) -> dict[str, Planes]:
        """The planes of every award."""
        circuit, wanted = self.algebra.circuit, self._wanted()
        planes = circuit.run(wanted)
        return {
            award: Planes(
                circuit,
                options,
                (planes[3 * index], planes[3 * index + 1], planes[3 * index + 2]),
            )
            for index, (award, options) in enumerate(self.options.items())
        }


def screen(
    book: Book,
    frame: Frame,
    columns: Columns,
    awards: Iterable[str],
    *,
    provisional: bool = False,
    grounds: Mapping[str, frozenset[str]] = _NO_GROUNDS,
) -> dict[str, Planes]:
    """The answers for all subjects and awards; the same as `explain.Judge` gives one by one.

    provisional, grounds: as for `explain.Judge`.
    """
    prepared = Screening(book, frame, columns, awards, provisional=provisional, grounds=grounds)
    return prepared.run()
