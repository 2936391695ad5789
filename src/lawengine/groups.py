"""The second pass, over a group: how many, never two together, and who first.

A standard says who may receive an award; these rules choose among those who may. They are data
(a share of a denominator or a number, a set of awards that exclude each other, an ordered list of
preferences) and know no award and no language. Every cut says its reason. What is not known stays
unknown: a decision is certain only when nothing that is still open could turn it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lawengine.records import MANY, Span
from lawengine.terms import Threshold, Truth, between

YES, NO, MAYBE = Truth.YES, Truth.NO, Truth.UNKNOWN
_Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject proposed for an award.

    truth: does it meet the standard? year: the achievement year. traits: what preferences ask,
    a trait that is not listed is not known. votes: None before a vote. achievements, products:
    ids of what the proposal rests on. stream: "" where the award knows none.
    """

    subject: str
    award: str
    year: int
    unit: str = ""
    truth: Truth = YES
    traits: Mapping[str, Truth] = field(default_factory=dict)
    votes: int | None = None
    achievements: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    stream: str = ""


class Decision(NamedTuple):
    """What becomes of a candidate: YES proposed, NO cut, UNKNOWN open. reason: a code, with parts.

    Reasons: "standard" (the standard is not met, or not known to be), "free" (no limit),
    "within", "beyond" (a limit; parts say place, limit, unit and `by`: "votes", a trait, or
    "order" where nothing but the order of the list decides), "open" (what is unknown decides),
    "excluded" (parts say rule, award and year of what stands in the way).
    """

    candidate: Candidate
    truth: Truth
    reason: str
    parts: Mapping[str, Any]


# ------------------------------------------------------------------------------------- quota


@dataclass(frozen=True, slots=True)
class Quota:
    """At most a share of a denominator, rounded down, or at most a number, for each unit.

    share: a Threshold `<=` or `<`. Both None: no limit.
    """

    share: Threshold | None = None
    count: int | None = None

    def limit(self, denominator: Span | None) -> Span | None:
        """How many places, as bounds; None = no limit. denominator None: not known."""
        limits: list[Span] = []
        if self.count is not None:
            limits.append(Span(self.count, self.count))
        if self.share is not None:
            least, most = denominator or Span(0, MANY)
            limits.append(Span(places(self.share, least), places(self.share, most)))
        if not limits:
            return None
        return Span(min(one.least for one in limits), min(one.most for one in limits))


def places(share: Threshold, denominator: int) -> int:
    """The largest whole number whose share of the denominator holds (`<=` or `<`).

    Raises ValueError for a share that sets no upper bound.
    """
    if share.op not in ("<=", "<"):
        raise ValueError(f"{share} is no upper bound")
    exact = share.value * denominator
    whole = exact.numerator // exact.denominator
    return max(0, whole - 1 if share.op == "<" and whole == exact else whole)


def within_quota(
    candidates: Sequence[Candidate],
    quota: Quota,
    denominators: Mapping[str, Span],
    preferences: Sequence[str] = (),
) -> list[Decision]:
    """Who is within the limit of its unit: by votes, then by preferences, then by the order given.

    denominators: by unit; a unit that is not listed is not known. One decision per candidate, in
    the order given.
    """
    decisions: list[Decision | None] = [None] * len(candidates)
    units: dict[str, list[int]] = {}
    for index, one in enumerate(candidates):
        if one.truth is NO:
            decisions[index] = Decision(one, NO, "standard", {})
        else:
            units.setdefault(one.unit, []).append(index)
    for unit, members in units.items():
        limit = quota.limit(denominators.get(unit))
        group = [candidates[index] for index in members]
        found = _in_unit(group, limit, preferences)
        for index, decision in zip(members, found, strict=True):
            decisions[index] = decision
    return [one for one in decisions if one is not None]


def _in_unit(
    group: Sequence[Candidate], limit: Span | None, preferences: Sequence[str]
) -> list[Decision]:
    if limit is None:
        return [
            Decision(one, one.truth, "free" if one.truth is YES else "standard", {})
            for one in group
        ]
    best, worst = _keys(group, preferences)
    # Who is certainly ahead: certain of the standard, and even at worst before the other at best.
    sure = sorted(key for key, one in zip(worst, group, strict=True) if one.truth is YES)
    maybe = sorted(best)
    ranked = sorted(range(len(group)), key=best.__getitem__)
    decisions = []
    for index, one in enumerate(group):
        ahead_least = bisect_left(sure, best[index])
        # Its own best key stands before its worst one and must not count.
        ahead_most = bisect_left(maybe, worst[index]) - (best[index] < worst[index])
        inside = between(ahead_most < limit.least, ahead_least < limit.most)
        parts: dict[str, Any] = {"unit": one.unit, "limit": limit, "place": ahead_least + 1}
        if inside is NO:
            last = ranked[limit.most - 1] if 0 < limit.most <= len(ranked) else None
            by = _separator(best[last], worst[index], preferences) if last is not None else ""
            decisions.append(Decision(one, NO, "beyond", {**parts, "by": by}))
        elif inside is MAYBE:
            decisions.append(Decision(one, MAYBE, "open", parts))
        else:
            reason = "within" if one.truth is YES else "standard"
            decisions.append(Decision(one, one.truth, reason, parts))
    return decisions


def _keys(group: Sequence[Candidate], preferences: Sequence[str]) -> tuple[list[_Key], list[_Key]]:
    """The best and the worst sort key that each candidate may have; smaller comes first."""
    voted = any(one.votes is not None for one in group)
    best, worst = [], []
    for index, one in enumerate(group):
        if one.votes is not None:
            low = high = -one.votes
        else:
            low, high = (-MANY, 0) if voted else (0, 0)
        traits = [one.traits.get(name, MAYBE) for name in preferences]
        best.append((low, *(int(trait is NO) for trait in traits), index))
        worst.append((high, *(int(trait is not YES) for trait in traits), index))
    return best, worst


def _separator(kept: _Key, cut: _Key, preferences: Sequence[str]) -> str:
    """What first tells the last one kept from the one cut."""
    for name, left, right in zip(("votes", *preferences), kept, cut, strict=False):
        if left != right:
            return name
    return "order"


def within_limits(
    unit: npt.NDArray[np.integer[Any]],
    eligible: npt.NDArray[np.bool_],
    keys: Sequence[npt.NDArray[Any]],
    limits: npt.NDArray[np.integer[Any]],
) -> npt.NDArray[np.bool_]:
    """The quota for many subjects whose facts are certain: who is within the limit of the unit.

    unit: code per subject, shape (count,). eligible: who meets the standard. keys: what decides,
    the strongest first, smaller is better, each of shape (count,); then the order given.
    limits: places by unit code.
    """
    rows = np.flatnonzero(eligible)
    order = rows[np.lexsort([*(key[rows] for key in reversed(keys)), unit[rows]])]
    ordered = unit[order]
    starts = np.searchsorted(ordered, ordered)
    inside = np.zeros(len(unit), bool)
    inside[order[np.arange(len(order)) - starts < limits[ordered]]] = True
    return inside


# -------------------------------------------------------------------------------- exclusivity


@dataclass(frozen=True, slots=True)
class Exclusion:
    """At most so many of a set of awards for one subject, achievement or product.

    over: "subject", "achievement" (of a subject) or "product" (whoever uses it). awards: those
    that may be cut; empty = all. beside: those that count; empty = as awards. years: how many
    years, ending with that of the candidate, count together; None = all. excepted: streams that
    are neither cut nor counted. order: awards, the one that stays first; the rest come after, in
    the order given.
    """

    id: str
    over: str
    awards: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    most: int = 1
    years: int | None = None
    excepted: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()

    def keys(self, one: Candidate) -> tuple[tuple[str, str], ...]:
        """What may not be rewarded twice."""
        if self.over == "subject":
            return ((one.subject, ""),)
        if self.over == "achievement":
            return tuple((one.subject, name) for name in one.achievements)
        if self.over == "product":
            return tuple(("", name) for name in one.products)
        raise ValueError(f"{self.over!r} is not subject, achievement or product")

    def _counts(self, one: Candidate) -> bool:
        wanted = self.beside or self.awards
        return (not wanted or one.award in wanted) and one.stream not in self.excepted

    def _cuts(self, one: Candidate) -> bool:
        return (not self.awards or one.award in self.awards) and one.stream not in self.excepted

    def _near(self, one: Candidate, other: Candidate) -> bool:
        if self.years is None:
            return True
        return one.year - self.years < other.year <= one.year

    def apply(
        self, candidates: Sequence[Candidate], granted: Iterable[Candidate] = ()
    ) -> list[Decision]:
        """One decision per candidate, in the order given. granted: awards that stand already.

        A candidate that is only possible makes what it would cut unknown, not cut.
        """
        taken: dict[tuple[str, str], list[Candidate]] = {}
        for one in granted:
            if self._counts(one):
                for key in self.keys(one):
                    taken.setdefault(key, []).append(one)
        rank = {award: place for place, award in enumerate(self.order)}
        turns = sorted(
            range(len(candidates)),
            key=lambda index: (
                candidates[index].year,
                rank.get(candidates[index].award, len(rank)),
                index,
            ),
        )
        decisions: dict[int, Decision] = {}
        for index in turns:
            one = candidates[index]
            decision = self._decide(one, taken)
            decisions[index] = decision
            if decision.truth is not NO and self._counts(one):
                for key in self.keys(one):
                    taken.setdefault(key, []).append(replace(one, truth=decision.truth))
        return [decisions[index] for index in range(len(candidates))]

    def _decide(self, one: Candidate, taken: Mapping[tuple[str, str], list[Candidate]]) -> Decision:
        if one.truth is NO:
            return Decision(one, NO, "standard", {})
        worst: tuple[Truth, Candidate] | None = None
        if self._cuts(one):
            for key in self.keys(one):
                near = [other for other in taken.get(key, ()) if self._near(one, other)]
                certain = [other for other in near if other.truth is YES]
                if len(near) < self.most:
                    continue
                free = between(certain=False, possible=len(certain) < self.most)
                if worst is None or free < worst[0]:
                    worst = free, (certain or near)[0]
        if worst is None:
            return Decision(one, one.truth, "free" if one.truth is YES else "standard", {})
        truth, other = worst
        parts = {"rule": self.id, "award": other.award, "year": other.year}
        return Decision(one, truth, "excluded" if truth is NO else "open", parts)
