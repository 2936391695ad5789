"""Verdicts from the live database: facts gathered in one pass, judged by the book of the day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lawbook import fault_sentence
from lawengine.book import Book
from lawengine.explain import Judge, Verdict
from lawengine.facts import CaseFrame, Facts, make_frame, read_subject
from lawengine.reading import Fault, Node
from thidua.merits.selectors import (
    list_authorships,
    list_facts_of_households,
    list_facts_of_people,
    list_facts_of_units,
    list_general_scopes,
)
from thidua.organizations.models import Unit, UnitClosure
from thidua.people.models import Household, Person, Post
from thidua.people.selectors import get_standings
from thidua.register.selectors import (
    list_honours_of_households,
    list_honours_of_people,
    list_honours_of_units,
)
from thidua.screening.gathering import Gathered, Records, add_fact, add_honour, document_of
from thidua.statutes.selectors import get_book, get_judge_words
from thidua.support.clock import local_date

__all__ = [
    "Assessment",
    "CaseFrame",
    "assess_households",
    "assess_people",
    "assess_records",
    "assess_units",
    "gather_households",
    "gather_people",
    "gather_units",
    "list_awards",
    "make_judge",
    "read_records",
]
# So many people are gathered at once: parameters of one query stay under every database's limit.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the law says of one subject and award. verdict is None where the records contradict each
    other: `fault` says where, in words.
    """

    subject: int
    award: str
    verdict: Verdict | None
    facts: Facts | None
    fault: str = ""


def make_judge(
    at: datetime,
    case: CaseFrame | None = None,
    *,
    provisional: bool = False,
    book: Book | None = None,
) -> Judge:
    """The judge of a case: by default decided today, for the last full year (this one in December).

    The book is that of now, with the organisation's own rules; `book` where another one is tried.
    """
    frame = make_frame(case or CaseFrame(), local_date(at))
    law = book or get_book()
    return Judge(law, frame, get_judge_words(law), provisional=provisional)


def list_awards(judge: Judge, kind: str, classes: frozenset[str] = frozenset()) -> list[str]:
    """Awards that have a standard for this kind of subject, in the order of the book."""
    words = judge.book.vocabulary
    kinds = set(words.standard_kinds(kind, classes))
    return [award.id for award in words.awards.values() if kinds & set(award.subjects)]


def assess_people(
    people: Sequence[int], judge: Judge, at: datetime, awards: Sequence[str] = ()
) -> Iterator[Assessment]:
    """Judge people for the awards (none: all that have a standard for them), person by person.

    The number of queries grows with every 500 people only.
    """
    for start in range(0, len(people), _AT_ONCE):
        records = read_records(people[start : start + _AT_ONCE], at)
        yield from assess_records(records, judge, at, awards)


def assess_records(
    records: Mapping[int, Records], judge: Judge, at: datetime, awards: Sequence[str] = ()
) -> Iterator[Assessment]:
    """Judge people whose records were read already."""
    documents = {pk: document_of(one) for pk, one in records.items()}
    yield from _assess(documents, judge, at, awards)


def assess_units(
    units: Sequence[int], judge: Judge, at: datetime, awards: Sequence[str] = ()
) -> Iterator[Assessment]:
    """Judge units as collectives."""
    yield from _assess(gather_units(units), judge, at, awards)


def assess_households(
    households: Sequence[int], judge: Judge, at: datetime, awards: Sequence[str] = ()
) -> Iterator[Assessment]:
    """Judge households."""
    yield from _assess(gather_households(households), judge, at, awards)


def _assess(
    gathered: dict[int, dict[str, Any]], judge: Judge, at: datetime, awards: Sequence[str]
) -> Iterator[Assessment]:
    today = local_date(at)
    for key, document in gathered.items():
        classes = frozenset(document.get("classes", ()))
        asked = awards or list_awards(judge, document["kind"], classes)
        try:
            facts = read_subject(Node(document), judge.book.vocabulary, judge.frame, today)
        except Fault as fault:
            sentence = fault_sentence(fault)
            yield from (Assessment(key, award, None, None, sentence) for award in asked)
        else:
            yield from (Assessment(key, award, judge.judge(award, facts), facts) for award in asked)


def gather_people(people: Collection[int], at: datetime) -> dict[int, dict[str, Any]]:
    """Facts documents of people in the order asked for; the same few queries for any number."""
    return {pk: document_of(one) for pk, one in read_records(people, at).items()}


def read_records(people: Collection[int], at: datetime) -> dict[int, Records]:
    """All that is stored of people, in the order asked for; the same few queries for any number."""
    rows = Person.objects.in_bulk(list(people))
    standings = get_standings(rows, local_date(at))
    found = {pk: Records(rows[pk], standings.get(pk)) for pk in people}
    for fact in list_facts_of_people(found):
        found[_of_person(fact)].facts.append(fact)
    for author in list_authorships(found):
        found[author.person_id].authorships.append(author)
    for pk, honours in list_honours_of_people(found).items():
        found[pk].honours.extend(honours)
    posts = Post.objects.filter(person__in=found).select_related(
        "unit", "position", "category", "source", "source__file"
    )
    for post in posts.prefetch_related("unit__names").order_by("valid_from", "id"):
        found[post.person_id].posts.append(post)
    _add_general_scopes(found)
    return found


def _of_person(fact: Any) -> int:
    return int(fact.person_id)


def _add_general_scopes(found: Mapping[int, Records]) -> None:
    """What was said of everybody in a subtree holds for those who stand in it."""
    units = {pk: one.standing.post.unit_id for pk, one in found.items() if one.standing}
    above: dict[int, set[int]] = {}
    rows = UnitClosure.objects.filter(descendant__in=set(units.values()))
    for descendant, ancestor in rows.values_list("descendant_id", "ancestor_id"):
        above.setdefault(descendant, set()).add(ancestor)
    scopes = list(list_general_scopes(set().union(*above.values())))
    for pk, unit in units.items():
        found[pk].facts += [one for one in scopes if one.everybody_in_id in above.get(unit, ())]


def gather_units(units: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Facts documents of units as collectives."""
    found = {}
    for unit in Unit.objects.filter(pk__in=list(units)).select_related("kind"):
        facts: dict[str, Any] = {"id": f"u{unit.pk}", "kind": "collective", "name": unit.name}
        if unit.founded_on:
            facts["founded_on"] = unit.founded_on.isoformat()
        found[unit.pk] = Gathered(facts)
    for fact in list_facts_of_units(found):
        add_fact(found[fact.unit_id], fact)  # type: ignore[attr-defined]
    for pk, honours in list_honours_of_units(found).items():
        for honour in honours:
            add_honour(found[pk], honour)
    return {pk: one.document() for pk, one in found.items()}


def gather_households(households: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Facts documents of households."""
    found = {}
    for one in Household.objects.filter(pk__in=list(households)):
        facts: dict[str, Any] = {"id": f"h{one.pk}", "kind": "household", "name": one.name}
        found[one.pk] = Gathered(facts)
    for fact in list_facts_of_households(found):
        add_fact(found[fact.household_id], fact)  # type: ignore[attr-defined]
    for pk, honours in list_honours_of_households(found).items():
        for honour in honours:
            add_honour(found[pk], honour)
    return {pk: gathered.document() for pk, gathered in found.items()}
