"""What a check of the trail found."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from json.encoder import encode_basestring_ascii as quote
from typing import Any

# Problems that are kept; the counts go on.
MOST = 1000


@dataclass(frozen=True)
class Problem:
    """One thing that is not as it was recorded.

    `seq` is the place in the order of all (of the event itself, or the first that could be meant),
    `detail` names the field or place, `found` is the beginning of a hash of what stands there now:
    a problem that was accepted when an epoch was closed is another one once it changes again.
    """

    kind: str
    seq: int | None
    stream: str
    detail: str = ""
    found: str = ""

    @property
    def key(self) -> str:
        """One line for the closing note of an epoch; a forged name breaks no line.

        What belongs to a stream is told by its number there: a place may be given to it later.
        """
        where = quote(self.stream) if self.stream else str(self.seq or 0)
        return " ".join((self.kind, where, quote(self.detail), self.found or "-"))

    @property
    def order(self) -> tuple[bool, int, str, str]:
        """The first in the order of all comes first; what has no place there, last."""
        return (self.seq is None, self.seq or 0, self.kind, self.stream)


@dataclass
class Report:
    """Counts, warnings and problems; good: no problem that was not accepted before."""

    events: int = 0
    streams: int = 0
    placed: int = 0
    waiting: int = 0
    epochs: int = 0
    checkpoints: int = 0
    outside: int = 0
    covered: int = 0
    rows: int = 0
    erased: int = 0
    backwards: int = 0
    first_backwards: int | None = None
    accepted: int = 0
    has_key: bool = True
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    known: frozenset[str] = frozenset()
    most: int = MOST

    def add(self, problem: Problem) -> None:
        """One more; those with the lowest places are kept."""
        if problem.key in self.known:
            self.accepted += 1
            return
        self.counts[problem.kind] = self.counts.get(problem.kind, 0) + 1
        self.problems.append(problem)
        if len(self.problems) > 2 * self.most:
            self.settle()

    def settle(self) -> None:
        """In order, and no more than are kept."""
        self.problems = sorted(self.problems, key=lambda one: one.order)[: self.most]

    @property
    def is_good(self) -> bool:
        """Nothing is other than recorded."""
        return not self.counts

    @property
    def first(self) -> Problem | None:
        """The first in the order of all."""
        return min(self.problems, key=lambda one: one.order, default=None)

    def as_json(self) -> dict[str, Any]:
        """For the database and for other programs."""
        words = {name: value for name, value in vars(self).items() if name not in _LEFT_OUT}
        return {
            "ok": self.is_good,
            **words,
            "first_bad": asdict(self.first) if self.first else None,
            "problems": [asdict(one) for one in self.problems],
        }

    @classmethod
    def from_json(cls, words: dict[str, Any]) -> Report:
        """What `as_json` wrote."""
        own = {one.name for one in fields(cls)} - {"problems"}
        report = cls(**{name: value for name, value in words.items() if name in own})
        report.problems = [Problem(**one) for one in words["problems"]]
        return report


_LEFT_OUT = {"known", "most", "problems"}
