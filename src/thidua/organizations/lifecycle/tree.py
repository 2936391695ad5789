"""The tree through time as plain values: who stood under whom on which day. Pure.

A day that is None is open: since always, or still. An `until` is the last day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a last day, each open when None."""

    valid_from: date | None
    valid_until: date | None

    @property
    def first(self) -> date:
        """The first day, comparable."""
        return self.valid_from or date.min

    @property
    def last(self) -> date:
        """The last day, comparable."""
        return self.valid_until or date.max

    def holds_on(self, day: date) -> bool:
        """In force on that day."""
        return self.first <= day <= self.last

    def meets(self, other: Span) -> Span | None:
        """The days that both hold, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        if first > last:
            return None
        return Span(
            None if first == date.min else first,
            None if last == date.max else last,
        )


@dataclass(frozen=True, slots=True)
class Link:
    """`child` stands under `parent` for a span."""

    parent: int
    child: int
    span: Span


@dataclass(frozen=True, slots=True)
class Succession:
    """`successor` takes the place of `predecessor` on a day."""

    predecessor: int
    successor: int
    on: date


@dataclass(frozen=True)
class Forest:
    """All that is known of the tree: lives and names of units, links, successions."""

    lives: Mapping[int, Span]
    names: Mapping[int, Sequence[Span]]
    links: Sequence[Link]
    successions: Sequence[Succession]
    root: int | None

    def links_of(self) -> dict[int, list[Link]]:
        """Child → its links, oldest first."""
        found: dict[int, list[Link]] = defaultdict(list)
        for link in sorted(self.links, key=lambda one: one.span.first):
            found[link.child].append(link)
        return found


class Fault(StrEnum):
    """What a tree must never be."""

    CYCLE = "cycle"
    OVERLAP = "overlap"
    GAP = "gap"
    OUTSIDE_LIFE = "outside_life"
    PARENT_NOT_ALIVE = "parent_not_alive"
    HEIR_NOT_ALIVE = "heir_not_alive"


@dataclass(frozen=True, slots=True)
class Found:
    """A fault at a unit; `other` is the second unit that it concerns, `day` the first such day."""

    fault: Fault
    unit: int
    other: int | None = None
    day: date | None = None


def find_cycle(links_of: Mapping[int, Sequence[Link]], child: int, span: Span) -> date | None:
    """The first day within the span on which `child` stands under itself, or None.

    Walks up from the child; each step keeps only the days that all links of the path share.
    """
    front, seen, days = [(child, span)], set[tuple[int, Span]](), list[date]()
    while front:
        unit, when = front.pop()
        for link in links_of.get(unit, ()):
            shared = link.span.meets(when)
            if shared is None or (link.parent, shared) in seen:
                continue
            seen.add((link.parent, shared))
            if link.parent == child:
                days.append(shared.first)
            else:
                front.append((link.parent, shared))
    return min(days, default=None)


def find_fault(forest: Forest) -> Found | None:
    """The first thing that is wrong with a tree, or None.

    Names and links of a unit follow each other without gap or overlap over its whole life; the root
    alone has no link; a parent lives on each day of the link, an heir on the day it takes over.
    """
    links_of = forest.links_of()
    for unit, life in forest.lives.items():
        own = links_of.get(unit, [])
        found = _find_break(unit, life, forest.names.get(unit, ()))
        if unit != forest.root:
            found = found or _find_break(unit, life, [link.span for link in own])
        elif own:
            found = found or Found(Fault.CYCLE, unit, own[0].parent, own[0].span.first)
        if found:
            return found
        for link in own:
            above = forest.lives[link.parent]
            if link.span.first < above.first or link.span.last > above.last:
                day = link.span.first if link.span.first < above.first else above.last + DAY
                return Found(Fault.PARENT_NOT_ALIVE, unit, link.parent, day)
        day_of_cycle = find_cycle(links_of, unit, life)
        if day_of_cycle:
            return Found(Fault.CYCLE, unit, None, day_of_cycle)
    for one in forest.successions:
        ended = forest.lives[one.predecessor].valid_until
        if ended is None or ended + DAY != one.on:
            return Found(Fault.GAP, one.predecessor, one.successor, one.on)
        if not forest.lives[one.successor].holds_on(one.on):
            return Found(Fault.HEIR_NOT_ALIVE, one.predecessor, one.successor, one.on)
    return None


def _find_break(unit: int, life: Span, spans: Iterable[Span]) -> Found | None:
    """Spans that do not follow each other from the first to the last day of a life."""
    due: date | None = life.first
    for span in sorted(spans, key=lambda one: one.first):
        if due is None or span.first < due:
            fault = Fault.OVERLAP if due is None or due > life.first else Fault.OUTSIDE_LIFE
            return Found(fault, unit, day=span.first)
        if span.first > due:
            return Found(Fault.GAP, unit, day=due)
        if span.last > life.last:
            return Found(Fault.OUTSIDE_LIFE, unit, day=life.last)
        due = None if span.last == date.max else span.last + DAY
    if due is not None and due <= life.last:
        return Found(Fault.GAP, unit, day=due)
    return None


def parents_on(forest: Forest, day: date) -> dict[int, list[int]]:
    """Child → those above it on a day.

    A unit that is no more stands under its heirs, or where it stood last; one that is yet to come
    under its first parent.
    """
    heirs = defaultdict(list)
    for one in forest.successions:
        if one.on <= day:
            heirs[one.predecessor].append(one.successor)
    links_of = forest.links_of()
    above: dict[int, list[int]] = {}
    for unit, life in forest.lives.items():
        own = links_of.get(unit, [])
        held = [link.parent for link in own if link.span.holds_on(day)]
        if held or not own:
            above[unit] = held
        elif day > life.last:
            above[unit] = heirs.get(unit) or [own[-1].parent]
        else:
            above[unit] = [own[0].parent]
    return above


def close(units: Iterable[int], parents: Mapping[int, Sequence[int]]) -> list[tuple[int, int, int]]:
    """(ancestor, descendant, depth) for every pair, each unit with itself at depth 0.

    A unit may have several parents: one that was split stands under all that succeeded it.
    """
    rows = []
    for unit in units:
        depths, front, level = {unit: 0}, [unit], 0
        while front:
            level += 1
            above = dict.fromkeys(up for one in front for up in parents.get(one, ()))
            front = [up for up in above if up not in depths]
            depths.update(dict.fromkeys(front, level))
        rows += [(up, unit, depth) for up, depth in depths.items()]
    return rows
