"""What a facts document says of a person, unit or household → records of the rooms that keep it.

The way back of `screening.gathering`: what goes in here is judged there as it is judged from the
document. Values that no table can hold (bounds of a number, a hypothesis) raise KeyError or
TypeError: nothing is taken in half.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from thidua.documents.models import Location
from thidua.merits import services as merits
from thidua.merits.models import (
    Absence,
    AnnualRating,
    Attestation,
    BlocStanding,
    Composition,
    Discipline,
    Fact,
    InitiativeAuthor,
    Investigation,
    LedgerScope,
    MovementResult,
    Registration,
    ServicePeriod,
)
from thidua.organizations.models import Unit
from thidua.people.models import Household, Person
from thidua.register import services as register
from thidua.register.models import DecisionRecord, RegisterEntry
from thidua.support.actor import Actor

Record = Mapping[str, Any]
Subject = Person | Unit | Household
_LEDGERS = (
    "ratings",
    "awards",
    "initiatives",
    "discipline",
    "pending",
    "attestations",
    "placements",
    "service",
    "posts",
    "absences",
    "registrations",
    "members",
)


@transaction.atomic
def record_facts_document(
    *, subject: Subject, document: Record, source: Location, actor: Actor, at: datetime
) -> None:
    """Record every ledger of the document. Raises what the rooms raise, and as the module says."""
    holder = {_holder(subject): subject}
    facts: list[Fact] = []
    for ledger in _LEDGERS:
        if ledger not in document:
            continue
        facts += _scopes(ledger, document[ledger], holder)
        for record in _records(document[ledger]):
            if ledger == "awards":
                _enter(record, subject, holder, source, actor, at)
            elif ledger == "initiatives":
                _initiative(record, subject, source, actor, at)
            elif ledger == "members":
                facts.append(_composition(record, subject))
            else:
                facts.append(_READERS[ledger](record, holder))
    for fact in facts:
        fact.source = source
        merits.record_fact(fact, actor=actor, at=at)


def _holder(subject: Subject) -> str:
    return {Person: "person", Unit: "unit", Household: "household"}[type(subject)]


def _records(ledger: Any) -> list[Record]:
    if isinstance(ledger, Mapping):
        return list(ledger.get("records") or ())
    return ledger if isinstance(ledger, list) else []


def _scopes(ledger: str, said: Any, holder: dict[str, Any]) -> Iterator[LedgerScope]:
    states = {said: "all"} if isinstance(said, str) else said if isinstance(said, Mapping) else {}
    for state in ("complete", "none", "unknown"):
        if state not in states:
            continue
        for first, last in _spans(states[state]):
            yield LedgerScope(
                ledger=ledger, state=state, year_from=first, year_until=last, **holder
            )


def _spans(years: Any) -> Iterator[tuple[int | None, int | None]]:
    """`all`, or years and ranges of years."""
    if years == "all":
        yield None, None
        return
    for one in years if isinstance(years, list) else [years]:
        first, _, last = str(one).partition("..")
        yield int(first), int(last or first)


def _rating(record: Record, holder: dict[str, Any]) -> Fact:
    level = record["level"]
    bound = isinstance(level, Mapping)
    return AnnualRating(
        year=record["year"],
        level=level["at_least"] if bound else level,
        at_least=bound,
        **holder,
    )


def _discipline(record: Record, holder: dict[str, Any]) -> Fact:
    level = record["level"]
    return Discipline(
        level="" if level == "unknown" else level,
        year=record.get("year"),
        decided_on=_text(record, "decided_on"),
        ends_on=_text(record, "until"),
        cleared_on=_text(record, "cleared_on"),
        decision=_text(record, "decision"),
        **holder,
    )


def _pending(record: Record, holder: dict[str, Any]) -> Fact:
    status = {"open": True, "closed": False}.get(record.get("status", ""))
    return Investigation(
        kind=record["kind"],
        opened_on=_text(record, "opened_on"),
        closed_on=_text(record, "closed_on"),
        is_open=status,
        **holder,
    )


def _attestation(record: Record, holder: dict[str, Any]) -> Fact:
    return Attestation(
        what=record["what"],
        reach=_text(record, "reach"),
        year=record["year"],
        verdict=record["verdict"],
        attested_by=_text(record, "by"),
        attested_on=_text(record, "on"),
        text=_text(record, "text"),
        **holder,
    )


def _placement(record: Record, holder: dict[str, Any]) -> Fact:
    by = _text(record, "organised_by") or _text(record, "launched_by")
    more = {"year": record["year"], "name": _text(record, "name"), **holder}
    if record["in"] == "bloc":
        return BlocStanding(organised_by=by, result=_text(record, "result"), **more)
    return MovementResult(
        launched_by=by,
        duration_years=_number(record, "duration_years"),
        result=_text(record, "result"),
        review=_text(record, "at"),
        **more,
    )


def _service(record: Record, holder: dict[str, Any]) -> Fact:
    until = _text(record, "until")
    return ServicePeriod(
        role=record["role"],
        title=_text(record, "title"),
        started_on=_text(record, "from"),
        ended_on="" if until == "unknown" else until,
        has_ended=bool(until),
        months=_number(record, "months"),
        is_continuous=record.get("continuous"),
        is_first_recruitment=record.get("first_recruitment"),
        **holder,
    )


def _absence(record: Record, holder: dict[str, Any]) -> Fact:
    return Absence(
        year=record["year"],
        kind=record["kind"],
        days=_number(record, "days"),
        in_calendar_days=record.get("unit") == "calendar",
        months=_number(record, "months"),
        result=_text(record, "result"),
        **holder,
    )


def _registration(record: Record, holder: dict[str, Any]) -> Fact:
    awards = record.get("awards")
    listed = awards if isinstance(awards, list) else [awards] if awards else []
    return Registration(
        year=record["year"],
        is_registered=awards != "none",
        awards=[] if awards == "none" else listed,
        **holder,
    )


_READERS = {
    "ratings": _rating,
    "discipline": _discipline,
    "pending": _pending,
    "attestations": _attestation,
    "placements": _placement,
    "service": _service,
    "posts": _service,
    "absences": _absence,
    "registrations": _registration,
}


def _composition(record: Record, subject: Subject) -> Fact:
    if not isinstance(subject, Unit):
        raise KeyError("members")
    return Composition(
        unit=subject,
        year=record["year"],
        total=_number(record, "total"),
        women=_number(record, "women"),
        ratings=dict(record.get("rating", {})),
        awards=dict(record.get("awards", {})),
        discipline=dict(record.get("discipline", {})),
    )


def _initiative(
    record: Record, subject: Subject, source: Location, actor: Actor, at: datetime
) -> None:
    if not isinstance(subject, Person):
        raise KeyError("initiatives")
    used = record.get("used_for")
    uses = [] if used == "none" else None if used in (None, "unstated", "unknown") else list(used)
    draft = merits.draft_initiative(
        kind=record["kind"],
        name=str(record.get("name") or record.get("id") or record["kind"]),
        code=_text(record, "id"),
        year=record.get("year"),
        reach=_text(record, "reach"),
        recognised_by=_text(record, "recognised_by"),
        is_applied=record.get("applied"),
        is_accepted=record.get("accepted"),
        used_for=uses,
        decision=_text(record, "decision"),
        source=source,
    )
    merits.record_initiative(draft, [InitiativeAuthor(person=subject)], actor=actor, at=at)


def _enter(
    record: Record,
    subject: Subject,
    holder: dict[str, Any],
    source: Location,
    actor: Actor,
    at: datetime,
) -> None:
    name = subject.full_name if isinstance(subject, Person) else subject.name
    first, _, last = _text(record, "period").partition("..")
    entry = RegisterEntry(
        award=record["award"],
        decision=_decision(record, source, actor, at),
        year=record.get("year"),
        period_from=date.fromisoformat(first) if first else None,
        period_until=date.fromisoformat(last) if last else None,
        times=record.get("times", 1),
        stream=_text(record, "stream"),
        ground=_text(record, "ground"),
        consumed=list(record.get("consumed", ())),
        holder_name=name,
        source=source,
        **holder,
    )
    register.enter_honour(entry, actor=actor, at=at)


def _decision(
    record: Record, source: Location, actor: Actor, at: datetime
) -> DecisionRecord | None:
    level = _text(record, "issuer")
    if not (level or "decided_on" in record or "decision" in record):
        return None
    draft = register.draft_decision(
        number=_text(record, "decision"),
        decided_on=_text(record, "decided_on"),
        issuer=level or "không rõ",
        issuer_level=level,
        abstract="" if "decision" in record or "decided_on" in record else "không rõ số, ngày",
        source=source,
    )
    return register.record_decision(draft, actor=actor, at=at)


def _text(record: Record, key: str) -> str:
    """A word or date as text; `unknown` and absent are nothing said."""
    value = record.get(key)
    if isinstance(value, Mapping | list):
        raise TypeError(f"{key}: {value!r} cannot be kept")
    if value is None or (value == "unknown" and key != "until"):
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(record: Record, key: str) -> int | None:
    """A whole number; `unknown` and absent are nothing said."""
    value = record.get(key)
    if isinstance(value, Mapping):
        raise TypeError(f"{key}: {value!r} cannot be kept")
    return None if value in (None, "unknown") else int(value)
