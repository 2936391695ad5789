"""An assessment in words: what a page shows of it, without a word about how it looks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lawengine.explain import Finding, Judge, Verdict
from lawengine.terms import Truth
from thidua.screening.judging import group_of, notes
from thidua.screening.selectors import Assessment


class Condition(NamedTuple):
    """One condition of a standard. `needs_attestation`: a named person must judge it."""

    id: str
    words: str
    sentence: str
    citations: tuple[str, ...]
    is_verified: bool
    is_met: bool
    needs_attestation: bool
    evidence: tuple[str, ...]


class Said(NamedTuple):
    """One award. `word`: yes, no, unknown, refused; `group` as in the lists of a screening.

    `has_ground`: a record of work speaks for it; without one there is only what people may judge.
    """

    award: str
    name: str
    word: str
    group: str
    earliest_year: int | None
    year: int
    met: tuple[Condition, ...]
    missing: tuple[Condition, ...]
    notes: tuple[str, ...]
    is_verified: bool
    has_ground: bool


def provisional_note(judge: Judge, name: str) -> str:
    """What must stand over a provisional reading, with the name of who asked; "" for another."""
    return judge.wording.say["note.provisional"](name=name) if judge.provisional else ""


_NEAREST = ("eligible", "one_short", "awaiting", "unknown", "not_eligible", "refused")


def say_assessments(found: Iterable[Assessment], judge: Judge) -> list[Said]:
    """Awards, the nearest first: what may be had, then what lacks least and may come soonest."""
    said = [_say(one, judge) for one in found]
    order = {award: rank for rank, award in enumerate(judge.book.vocabulary.awards)}
    far = 9999
    said.sort(
        key=lambda one: (
            one.word != "yes" and not one.has_ground,
            _NEAREST.index(one.group),
            one.earliest_year or far,
            len(one.missing),
            order[one.award],
        )
    )
    return said


def _say(one: Assessment, judge: Judge) -> Said:
    verdict = one.verdict
    name = judge.book.vocabulary.award_label(one.award)
    year = judge.frame.year
    if verdict is None:
        fault = (one.fault,)
        return Said(one.award, name, "unknown", "unknown", None, year, (), (), fault, True, True)
    remarks = [sentence for _, sentence in notes(verdict, judge)]
    if verdict.refusal:
        remarks.insert(0, judge.wording.refusal(verdict.refusal))
    met, missing = _conditions(verdict, judge)
    return Said(
        one.award,
        name,
        verdict.word,
        group_of(verdict),
        verdict.earliest_year if verdict.truth is Truth.NO else None,
        year,
        met,
        missing,
        tuple(remarks),
        verdict.confidence != "recalled" if verdict.finding else True,
        _has_ground(verdict),
    )


# Conditions that a record of work meets; what is left are bars, subjects and human judgements.
_WORK = frozenset(
    ("rated", "held", "streak", "produced", "served", "placed", "composed", "meets", "existed")
)


def _has_ground(verdict: Verdict) -> bool:
    if verdict.finding is None:
        return False
    return any(one.kind in _WORK and one.truth is Truth.YES for one in _leaves(verdict.finding))


def _conditions(
    verdict: Verdict, judge: Judge
) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
    """What is met, and what stands in the way on the shortest way."""
    if verdict.finding is None:
        return (), ()
    met = [one for one in _leaves(verdict.finding) if one.truth is Truth.YES and one.text]
    seen: set[str] = set()
    kept = []
    for one in met:
        if one.text not in seen:
            seen.add(one.text)
            kept.append(_condition(one, judge))
    return tuple(kept), tuple(_condition(one, judge) for one in verdict.missing)


def _leaves(finding: Finding) -> Iterable[Finding]:
    if not finding.children or finding.kind not in ("all", "any"):
        yield finding
        return
    for child in finding.children:
        yield from _leaves(child)


def _condition(finding: Finding, judge: Judge) -> Condition:
    places = []
    for record in finding.evidence:
        origin = getattr(record, "origin", None)
        parts = [origin.file, origin.text] if origin is not None else []
        if origin is not None and origin.page:
            parts.insert(1, f"trang {origin.page}")
        if origin is not None and origin.row:
            parts.insert(1, f"dòng {origin.row}")
        place = ", ".join(part for part in parts if part)
        if place and place not in places:
            places.append(place)
    return Condition(
        finding.id,
        finding.vi,
        finding.text,
        tuple(judge.wording.citation(one, judge.book.instruments) for one in finding.cites),
        finding.confidence != "recalled",
        finding.truth is Truth.YES,
        finding.kind == "attested",
        tuple(places),
    )
