"""Conditions and trees → elementary facts joined by Kleene's and, or, not, and by counting.

This is the one place that says what each condition kind asks in bulk. What "and" means is left to
an `Algebra`: bit-planes here, SQL or data frames where the engine is measured against others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from lawengine.book import Book, Choice, Group, Leaf, Tree
from lawengine.conditions import (
    LONGEST_RUN,
    Condition,
    HeldAward,
    Produced,
    Rated,
    Streak,
    Unmarked,
)
from lawengine.conditions_more import Either, Every, External, Meets
from lawengine.explain import only_claimed
from lawengine.planes.packing import Fact, Packing, without_window
from lawengine.terms import Frame, Truth
from lawengine.windows import Window

T = TypeVar("T")
_NO_GROUNDS: Mapping[str, frozenset[str]] = {}


class Algebra(Protocol[T]):
    """What an engine must be able to do with three-valued answers of many subjects."""

    def constant(self, truth: Truth) -> T:
        """The same answer for everybody."""

    def fact(self, fact: Fact) -> T:
        """A fact."""

    def every(self, fact: Fact, years: range) -> T:
        """A yearly fact in all of the years (yes when there are none)."""

    def some(self, fact: Fact, years: range) -> T:
        """A yearly fact in one of the years."""

    def at_least(self, least: int, yearly: Fact, years: range, once: Sequence[Fact]) -> T:
        """Is a yearly count (or how often a yearly fact holds) over the years, with the counts
        that are not by year, at least so much?
        """

    def all(self, parts: Sequence[T]) -> T:
        """The lowest answer."""

    def any(self, parts: Sequence[T]) -> T:
        """The highest answer."""

    def negated(self, part: T) -> T:
        """Yes for no; unknown stays."""


class Node(NamedTuple, Generic[T]):
    """An answer with its parts, shaped as the finding of `explain`: kind is all | any | not or
    the kind of a condition; id names it. parts: of a group, or the standards met by reference.
    """

    id: str
    kind: str
    value: T
    parts: tuple[Node[T], ...]


class Option(NamedTuple, Generic[T]):
    """The standard of the subjects of some kinds: mask says who they are; node None = refused."""

    choice: Choice
    mask: T
    node: Node[T] | None


class Walker(Generic[T]):
    """Walks conditions and trees of a book for one case, each condition once."""

    def __init__(
        self,
        book: Book,
        packing: Packing,
        algebra: Algebra[T],
        *,
        provisional: bool = False,
        grounds: Mapping[str, frozenset[str]] = _NO_GROUNDS,
    ) -> None:
        self.book, self.packing, self.algebra = book, packing, algebra
        self.frame: Frame = packing.frame
        self.provisional, self.grounds = provisional, grounds
        self.year = self.frame.year
        self._text = book.text_date(self.frame)
        self._known: dict[tuple[Condition, int | None], T] = {}
        self._walking: list[str] = []

    # -- awards and trees ------------------------------------------------------------------------

    def award(self, award: str, *, gates: bool = True) -> list[Option[T]]:
        """The standards of an award for all kinds of subject that occur.

        gates: as at the top; a standard met by reference has neither gates nor claimed grounds.
        """
        if award in self._walking:
            raise ValueError(f"the standards of {', '.join(self._walking)} refer to each other")
        self._walking.append(award)
        by_version: dict[tuple[int, bool], list[tuple[Choice, T]]] = {}
        for kinds in self.packing.kinds_of_standards():
            choice = self.book.choose_on(
                award, list(kinds), *self._text, provisional=self.provisional
            )
            mask = self.algebra.fact(Fact("kinds", kinds))
            by_version.setdefault((id(choice.version), choice.version is None), []).append(
                (choice, mask)
            )
        options = []
        for found in by_version.values():
            choice, mask = found[0][0], self.algebra.any([mask for _, mask in found])
            node = None
            if choice.version is not None and choice.version.when is not None:
                node = self._standard(choice, gates=gates)
            options.append(Option(choice, mask, node))
        self._walking.pop()
        return options

    def _standard(self, choice: Choice, *, gates: bool) -> Node[T]:
        version = choice.version
        assert version is not None and version.when is not None  # noqa: S101, PT018 - chosen
        tree = version.when
        if gates and choice.award in self.grounds:
            tree = only_claimed(tree, self.grounds[choice.award])
        node = self.tree(tree)
        if not gates or not version.gates:
            return node
        day = choice.text_on if not choice.provisional else version.in_force.end
        leaves = self.book.gate_leaves(day) if day else ()
        if not leaves:
            return node
        front = [self.tree(leaf) for leaf in leaves]
        return self._group("all", "", [*front, *(node.parts if node.kind == "all" else (node,))])

    def tree(self, tree: Tree) -> Node[T]:
        """A group or leaf."""
        if isinstance(tree, Leaf):
            condition = tree.condition
            if isinstance(condition, Meets):
                return self._meets(tree.id, tree.kind, condition)
            return Node(tree.id, tree.kind, self.condition(condition, None), ())
        assert isinstance(tree, Group)  # noqa: S101 - the only other shape
        return self._group(tree.word, tree.id, [self.tree(part) for part in tree.parts])

    def _group(self, word: str, id_: str, parts: list[Node[T]]) -> Node[T]:
        values = [part.value for part in parts]
        if word == "all":
            value = self.algebra.all(values)
        elif word == "any":
            value = self.algebra.any(values)
        else:
            value = self.algebra.negated(values[0])
        return Node(id_, word, value, tuple(parts))

    def _meets(self, id_: str, kind: str, condition: Meets) -> Node[T]:
        values, parts = [], []
        for award in condition.awards:
            for choice, mask, node in self.award(award, gates=False):
                truth = self.algebra.constant(Truth.UNKNOWN) if node is None else node.value
                values.append(self.algebra.all([mask, truth]))
                if node is not None:
                    parts.append(Node(choice.subject, "standard", mask, (node,)))
        return Node(id_, kind, self.algebra.any(values), tuple(parts))

    # -- conditions ------------------------------------------------------------------------------

    def condition(self, condition: Condition, begin: int | None) -> T:
        """The answer to a condition; begin: the first year of the enclosing streak."""
        key = condition, begin
        if key not in self._known:
            ask = _ASK.get(type(condition))
            if ask is not None:
                self._known[key] = ask(self, condition, begin)
            else:
                self._known[key] = self.algebra.fact(Fact("condition", (condition, self.year)))
        return self._known[key]

    def _years(self, window: Window, begin: int | None) -> tuple[range, bool]:
        """The years of a window; for an open past, those from the first known, and True."""
        first, last = window.bounds(self.year, begin)
        if first is None:
            return range(min(last, self.packing.first_rated), last + 1), True
        return range(first, last + 1), False

    def rated(self, condition: Rated, begin: int | None) -> T:
        """All years, or so many."""
        fact, algebra = Fact("rated", condition.level), self.algebra
        years, ever = self._years(condition.window, begin)
        if condition.times is None or (condition.times == len(years) and not ever):
            return algebra.every(fact, years)
        enough = algebra.at_least(condition.times, fact, years, ())
        if ever:
            return algebra.any([enough, algebra.constant(Truth.UNKNOWN)])
        return enough

    def held(self, condition: HeldAward, begin: int | None) -> T:
        """A run of years, or a count."""
        algebra, which, times = self.algebra, condition.which, condition.times
        if condition.consecutive:
            ends = [self.year] if condition.ending != "previous_year" else []
            ends += [self.year - 1] if condition.ending != "this_year" else []
            fact = Fact("held", which)
            return algebra.any([algebra.every(fact, range(e - times + 1, e + 1)) for e in ends])
        first, last = condition.window.bounds(self.year, begin)
        if first is None:
            ever = Fact("held_ever", (which, last))
            enough = algebra.at_least(times, Fact("held_times", which), range(0), [ever])
            return algebra.any([enough, algebra.fact(Fact("open_ever", "awards"))])
        loose = []
        if self.packing.is_loose(Fact("held", which)):
            loose = [Fact("held_loose", (which, first, last))]
        return algebra.at_least(times, Fact("held_times", which), range(first, last + 1), loose)

    def streak(self, condition: Streak, begin: int | None) -> T:  # noqa: ARG002 - one shape
        """Some starting year: rated throughout, the award before it, the conditions within."""
        year, algebra = self.year, self.algebra
        start = year - condition.years + 1
        first = max(
            year - LONGEST_RUN + 1,
            min(start, self.packing.first_year() - condition.reach_back),
        )
        # "In some starting year: rated since, and what is asked" is nested from the earliest start
        # on: rated this year, and (what is asked from here, or the same from a year before).
        whole = algebra.constant(Truth.NO)
        for begin_year in range(first, start + 1):
            parts = []
            if condition.since is not None:
                before = Fact("before", condition.since)
                parts.append(algebra.every(before, range(begin_year, begin_year + 1)))
            parts += [self.condition(one, begin_year) for one in condition.including]
            whole = algebra.any([algebra.all(parts), whole])
            if condition.level is not None:
                rated = Fact("rated", condition.level)
                last = year if begin_year == start else begin_year
                whole = algebra.all([algebra.every(rated, range(begin_year, last + 1)), whole])
        return whole

    def produced(self, condition: Produced, begin: int | None) -> T:
        """A count of products."""
        algebra, rule = self.algebra, without_window(condition)
        first, last = condition.window.bounds(self.year, begin)
        yearly = Fact("produced", rule)
        if first is None:
            ever = Fact("produced_ever", (rule, last))
            enough = algebra.at_least(condition.count, yearly, range(0), [ever])
            return algebra.any([enough, algebra.fact(Fact("open_ever", "initiatives"))])
        years = range(first, last + 1)
        loose = [Fact("produced_loose", rule)] if self.packing.is_loose(yearly) else []
        enough = algebra.at_least(condition.count, yearly, years, loose)
        return algebra.any([enough, algebra.some(Fact("open", "initiatives"), years)])

    def unmarked(self, condition: Unmarked, begin: int | None) -> T:
        """No mark, certain or possible, and every year covered."""
        algebra = self.algebra
        first, last = condition.window.bounds(self.year, begin)
        if condition.members:
            years = range(last if first is None else first, last + 1)
            return algebra.negated(
                algebra.some(Fact("members_marked", condition.level_word), years)
            )
        level = condition.level
        if first is None:
            marked = [
                algebra.fact(Fact("marked_ever", (level, last))),
                algebra.fact(Fact("open_ever", "discipline")),
            ]
        else:
            years = range(first, last + 1)
            marked = [
                algebra.some(Fact("marked", level), years),
                algebra.some(Fact("open", "discipline"), years),
            ]
            if self.packing.is_loose(Fact("marked", level)):
                marked.append(algebra.fact(Fact("marked_loose", (level, first, last))))
        return algebra.negated(algebra.any(marked))

    def every(self, condition: Every, begin: int | None) -> T:
        """All of several (inside a streak)."""
        return self.algebra.all([self.condition(one, begin) for one in condition.parts])

    def either(self, condition: Either, begin: int | None) -> T:
        """Any of several (inside a streak)."""
        return self.algebra.any([self.condition(one, begin) for one in condition.parts])

    def external(self, condition: External, begin: int | None) -> T:  # noqa: ARG002 - one shape
        """A standard that another body sets."""
        return self.algebra.constant(Truth.UNKNOWN)

    def meets(self, condition: Meets, begin: int | None) -> T:  # noqa: ARG002 - one shape
        """The standard of another award (inside a streak)."""
        return self._meets("", "meets", condition).value


_ASK: dict[type, Callable[[Any, Any, int | None], Any]] = {
    Rated: Walker.rated,
    HeldAward: Walker.held,
    Streak: Walker.streak,
    Produced: Walker.produced,
    Unmarked: Walker.unmarked,
    Every: Walker.every,
    Either: Walker.either,
    External: Walker.external,
    Meets: Walker.meets,
}


def known_kinds() -> Iterable[type]:
    """The condition kinds that are walked into; all others are facts of their own."""
    return _ASK.keys()
