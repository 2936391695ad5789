"""What the book can answer for which dates: judged, left to another body, or text not seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from lawengine.book import Book, Leaf, Standard, Tree, Version
from lawengine.conditions_more import External
from lawengine.terms import Period

JUDGED, DELEGATED, UNSEEN = "judged", "delegated", "unseen"


class Span(NamedTuple):
    """Dates with one state."""

    period: Period
    state: str


class Row(NamedTuple):
    """Kinds of subject that share the same spans."""

    subjects: tuple[str, ...]
    spans: tuple[Span, ...]


class Bar(NamedTuple):
    """A rectangle of the strip that draws spans; positions in thousandths."""

    start: int
    width: int
    state: str


def state(version: Version) -> str:
    """Can a verdict be given by this version, does another body set it, or was no text seen?"""
    if version.when is None:
        return UNSEEN
    return JUDGED if _judgeable(version.when) else DELEGATED


def _judgeable(tree: Tree) -> bool:
    if isinstance(tree, Leaf):
        return not isinstance(tree.condition, External)
    if tree.word == "any":
        return any(_judgeable(part) for part in tree.parts)
    return tree.word == "not" or all(_judgeable(part) for part in tree.parts)


def spans(standard: Standard) -> tuple[Span, ...]:
    """The versions of a standard, neighbours with one state joined."""
    found: list[Span] = []
    for version in standard.versions:
        one = Span(version.in_force, state(version))
        if found and found[-1].state == one.state:
            one = Span(Period(found[-1].period.start, one.period.end), one.state)
            found.pop()
        found.append(one)
    return tuple(found)


def rows(standards: Iterable[Standard]) -> list[Row]:
    """One row for all kinds of subject that share their spans."""
    by_spans: dict[tuple[Span, ...], list[str]] = {}
    for standard in standards:
        by_spans.setdefault(spans(standard), []).append(standard.subject)
    return [Row(tuple(subjects), found) for found, subjects in by_spans.items()]


def periods(book: Book) -> list[Period]:
    """The stretches of time between any two changes of any standard, the newest first."""
    starts = sorted(
        {
            version.in_force.start
            for standard in book.standards.values()
            for version in standard.versions
            if version.in_force.start
        }
    )
    ends = [start - timedelta(1) for start in starts[1:]]
    return [Period(start, end) for start, end in zip(starts, [*ends, None], strict=True)][::-1]


class Scale:
    """Draws spans on one line of time, the same for every award."""

    def __init__(self, book: Book) -> None:
        found = periods(book)
        starts = [one.start for one in found if one.start]
        self.first = min(starts, default=date(2004, 1, 1))
        self.last = max(starts, default=date(2026, 1, 1)) + timedelta(450)

    def bars(self, found: Iterable[Span]) -> list[Bar]:
        """The rectangles of a strip."""
        whole = (self.last - self.first).days
        bars = []
        for span in found:
            start = max(span.period.start or self.first, self.first)
            end = min(span.period.end or self.last, self.last)
            left = (start - self.first).days * 1000 // whole
            right = ((end - self.first).days + 1) * 1000 // whole
            bars.append(Bar(left, max(1, right - left), span.state))
        return bars
