"""Two books, the same live records: whose verdict would be another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lawengine.book import Book
from lawengine.explain import Judge, Verdict
from lawengine.facts import CaseFrame, read_subject
from lawengine.reading import Fault, Node
from thidua.screening.selectors import (
    gather_households,
    gather_people,
    gather_units,
    make_judge,
)
from thidua.support.clock import local_date

_AT_ONCE = 500


@dataclass(frozen=True)
class Difference:
    """A subject whose verdict is another, with what stands in the way by the second book."""

    subject: int
    name: str
    before: str
    after: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """All verdicts counted as (before, after), and the subjects that differ, in the order asked.

    contradicting: whose records contradict each other, so that no verdict is given.
    """

    counts: Mapping[tuple[str, str], int]
    differences: tuple[Difference, ...]
    contradicting: int

    @property
    def judged(self) -> int:
        """How many were judged."""
        return sum(self.counts.values())


def compare_books(
    kind: str,
    subjects: Sequence[int],
    award: str,
    books: tuple[Book, Book],
    year: int,
    at: datetime,
) -> Comparison:
    """Judge subjects for an award as in the season of a year, by both books.

    kind: person, collective or household. The case is decided and received on the last day of the
    year, so that the law of that year judges.
    """
    last = date(year, 12, 31)
    case = CaseFrame(year=year, decided_on=last, received_on=last)
    first, second = (make_judge(at, case, book=book) for book in books)
    counts: Counter[tuple[str, str]] = Counter()
    found, contradicting = [], 0
    for key, document in _documents(kind, subjects, at):
        verdicts = _both(document, award, first, second, at)
        if verdicts is None:
            contradicting += 1
            continue
        before, after = verdicts
        counts[before.word, after.word] += 1
        if before.word != after.word:
            reasons = tuple(dict.fromkeys(one.text for one in after.missing))
            found.append(Difference(key, document["name"], before.word, after.word, reasons))
    return Comparison(counts, tuple(found), contradicting)


def _documents(
    kind: str, subjects: Sequence[int], at: datetime
) -> Iterable[tuple[int, dict[str, Any]]]:
    for start in range(0, len(subjects), _AT_ONCE):
        some = subjects[start : start + _AT_ONCE]
        if kind == "collective":
            yield from gather_units(some).items()
        elif kind == "household":
            yield from gather_households(some).items()
        else:
            yield from gather_people(some, at).items()


def _both(
    document: dict[str, Any], award: str, first: Judge, second: Judge, at: datetime
) -> tuple[Verdict, Verdict] | None:
    try:
        facts = read_subject(Node(document), first.book.vocabulary, first.frame, local_date(at))
    except Fault:
        return None
    return first.explain(award, facts), second.explain(award, facts)
