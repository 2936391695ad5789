"""A staged list and its history, judged by the book: one result per candidate and award."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from lawbook import fault_sentence
from lawengine.explain import Finding, Judge, Verdict
from lawengine.facts import Facts, read_subject
from lawengine.reading import Fault, Node
from lawengine.terms import Truth
from thidua.screening.sheets.facts import Subject
from thidua.screening.sheets.output import Group, ResultRow


@dataclass(frozen=True, slots=True)
class Judged:
    """One candidate and one award. verdict, facts: None where the facts contradict each other."""

    subject: Subject
    row: ResultRow
    verdict: Verdict | None
    facts: Facts | None


def judge_subjects(
    subjects: list[Subject],
    awards: tuple[str, ...],
    judge: Judge,
    today: date,
    step: Callable[[], object] | None = None,
) -> Iterator[Judged]:
    """Judge each candidate for the awards asked for (none: those that the list proposes).

    step is called after each candidate.
    """
    for subject in subjects:
        asked = awards or subject.awards
        try:
            node = Node(subject.facts)
            facts = read_subject(node, judge.book.vocabulary, judge.frame, today)
        except Fault as fault:
            yield from (_contradicting(subject, award, judge, fault) for award in asked)
        else:
            for award in asked:
                verdict = judge.judge(award, facts)
                yield Judged(subject, _row(subject, verdict, judge), verdict, facts)
        if step:
            step()


def group_of(verdict: Verdict) -> Group:
    """The list that a verdict belongs to.

    One condition short: a single certain no, all else certain. Awaiting attestation: nothing but
    human judgements stands between the subject and a yes.
    """
    if verdict.truth is None:
        return "refused"
    if verdict.truth is Truth.YES:
        return "eligible"
    if verdict.truth is Truth.NO:
        certain = [one.truth is Truth.NO for one in verdict.missing]
        return "one_short" if certain == [True] else "not_eligible"
    if all(_awaits_a_person(one) for one in verdict.missing):
        return "awaiting"
    return "unknown"


def _awaits_a_person(finding: Finding) -> bool:
    return finding.kind == "attested"


def _row(subject: Subject, verdict: Verdict, judge: Judge) -> ResultRow:
    wording, book = judge.wording, judge.book
    reasons, citations = [], []
    if verdict.refusal:
        reasons.append(wording.refusal(verdict.refusal))
    reasons += _provisional_text(verdict, judge)
    reasons += [note for _, note in notes(verdict, judge)]
    shown = _deciding(verdict)
    reasons += [one.text for one in shown]
    for one in shown:
        for cite in one.cites:
            said = wording.citation(cite, book.instruments)
            if said not in citations:
                citations.append(said)
    return ResultRow(
        name=subject.candidate.name,
        unit=subject.candidate.unit,
        subject_kind=subject.candidate.kind,
        award_id=verdict.award,
        award_vi=book.vocabulary.award_label(verdict.award),
        verdict=verdict.word,
        group=group_of(verdict),
        reasons=reasons,
        missing=[one.text for one in verdict.missing],
        earliest_year=verdict.earliest_year if verdict.truth is Truth.NO else None,
        citations=citations,
        confidence=verdict.confidence if verdict.finding else "",
        source_row=subject.row,
    )


def _provisional_text(verdict: Verdict, judge: Judge) -> list[str]:
    """By which text a provisional reading was made: the last known one may be an older law."""
    version = verdict.choice.version
    if not verdict.choice.provisional or version is None or version.in_force.end is None:
        return []
    return [
        judge.wording.say["note.provisional_text"](
            instrument=judge.book.instruments[version.instrument].short_vi,
            end=judge.wording.day(version.in_force.end),
        )
    ]


def _deciding(verdict: Verdict) -> list[Finding]:
    """The findings worth reading: what holds for a yes, what stands in the way otherwise."""
    if verdict.finding is None:
        return []
    if verdict.truth is not Truth.YES:
        return list(verdict.missing)
    return [one for one in _holding(verdict.finding) if one.text]


def _holding(finding: Finding) -> Iterator[Finding]:
    if finding.kind == "any":
        yield from _holding(next(one for one in finding.children if one.truth is Truth.YES))
    elif finding.kind in ("all", "not"):
        for one in finding.children:
            yield from _holding(one)
    else:
        yield finding


def notes(verdict: Verdict, judge: Judge) -> list[tuple[str, str]]:
    """What must be said beside a verdict, as (code, sentence): the favourable-rule question."""
    wording = judge.wording
    return [
        (
            one.instrument,
            wording.say["note.favourable"](
                pivot=wording.day(one.pivot),
                instrument=judge.book.instruments[one.instrument].short_vi,
            ),
        )
        for one in verdict.choice.favourable
    ]


def _contradicting(subject: Subject, award: str, judge: Judge, fault: Fault) -> Judged:
    row = ResultRow(
        name=subject.candidate.name,
        unit=subject.candidate.unit,
        subject_kind=subject.candidate.kind,
        award_id=award,
        award_vi=judge.book.vocabulary.award_label(award),
        verdict="unknown",
        group="unknown",
        reasons=[fault_sentence(fault)],
        missing=[fault_sentence(fault)],
        earliest_year=None,
        citations=[],
        confidence="",
        source_row=subject.row,
    )
    return Judged(subject, row, None, None)
