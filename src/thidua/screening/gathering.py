"""Stored records as plain-data facts: what a facts document says of a person, unit or household.

The same words as `screening.sheets.facts` writes from workbooks, so that both are judged alike. Pure
functions of rows that `screening.selectors` has read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from thidua.documents.models import Location
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
from thidua.people.models import Person, Post
from thidua.people.selectors import Standing
from thidua.register.lifecycle import Status
from thidua.register.selectors import Honour

Record = dict[str, Any]


@dataclass(slots=True)
class Ledger:
    """One kind of fact of one subject while it is put together."""

    records: list[Record] = field(default_factory=list)
    states: dict[str, set[int] | None] = field(default_factory=dict)

    def state(self, scope: LedgerScope) -> None:
        """Add what a statement says: for some years, or for all."""
        before = self.states.get(scope.state, set())
        if scope.year_from is None or scope.year_until is None or before is None:
            self.states[scope.state] = None
        else:
            self.states[scope.state] = before | set(range(scope.year_from, scope.year_until + 1))

    def value(self) -> Any:
        """`none`, `unknown`, a list of records, or a mapping; None where nothing is said.

        A statement «không có» gives way to a record of that year.
        """
        states = dict(self.states)
        if "none" in states and states["none"] is None:
            if not self.records:
                return "none"
            del states["none"]
            states["complete"] = None
        if "unknown" in states and states["unknown"] is None:
            del states["unknown"]
            if not self.records and not states:
                return "unknown"
        none = states.get("none")
        if none is not None:
            states["none"] = none - {record.get("year") for record in self.records}
        said: dict[str, Any] = {
            state: "all" if years is None else sorted(years)
            for state, years in states.items()
            if years is None or years
        }
        if not said:
            return self.records or None
        return said | ({"records": self.records} if self.records else {})


@dataclass(slots=True)
class Gathered:
    """All that is known of one subject, ledger by ledger."""

    facts: dict[str, Any]
    ledgers: dict[str, Ledger] = field(default_factory=dict)

    def ledger(self, name: str) -> Ledger:
        """The ledger of that name, new if nothing was said in it."""
        return self.ledgers.setdefault(name, Ledger())

    def document(self) -> dict[str, Any]:
        """The subject as in a facts document."""
        values = {name: ledger.value() for name, ledger in self.ledgers.items()}
        return self.facts | {name: value for name, value in values.items() if value is not None}


@dataclass(slots=True)
class Records:
    """All that is stored of a person. standing: the main post of that day and what it makes them."""

    person: Person
    standing: Standing | None
    facts: list[Fact] = field(default_factory=list)
    authorships: list[InitiativeAuthor] = field(default_factory=list)
    honours: list[Honour] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)


def document_of(records: Records) -> dict[str, Any]:
    """A person as in a facts document."""
    person, standing = records.person, records.standing
    facts: dict[str, Any] = {"id": f"p{person.pk}", "kind": "person", "name": person.full_name}
    _put(facts, sex=person.sex, birth_year=person.birth_year)
    classes = set(person.classes)
    if standing is not None:
        category = standing.post.category
        classes |= set(category.law_classes)
        _put(
            facts,
            unit=standing.post.unit.name,
            position=standing.post.position.name,
            leader=standing.is_leader,
            direct_worker=standing.is_direct_worker,
            category=category.law_category,
            region=standing.post.region,
            serving=True,
        )
    _put(facts, classes=sorted(classes))
    into = Gathered(facts)
    for fact in records.facts:
        add_fact(into, fact)
    for author in records.authorships:
        add_authorship(into, author)
    for honour in records.honours:
        add_honour(into, honour)
    add_posts(into, records.posts)
    return into.document()


def add_fact(into: Gathered, fact: Fact) -> None:
    """Put a stored fact where it belongs."""
    if isinstance(fact, LedgerScope):
        into.ledger(fact.ledger).state(fact)
        return
    ledger, record = _WRITERS[type(fact)](fact)
    into.ledger(ledger).records.append(_origin(record, fact))


def add_authorship(into: Gathered, author: InitiativeAuthor) -> None:
    """Put an initiative where it belongs."""
    one = author.initiative
    record: Record = {"id": one.code or f"i{one.pk}", "kind": one.kind, "name": one.name}
    record["used_for"] = "unstated" if one.used_for is None else one.used_for or "none"
    _put(
        record,
        year=one.year,
        reach=one.reach,
        recognised_by=one.recognised_by,
        applied=one.is_applied,
        accepted=one.is_accepted,
        decision=one.decision,
    )
    into.ledger("initiatives").records.append(_origin(record, one))


def add_honour(into: Gathered, honour: Honour) -> None:
    """Put an honour where it belongs: by its last correction; what was revoked is withdrawn."""
    said = honour.said
    record: Record = {"award": said.award}
    decision = said.decision
    _put(
        record,
        year=said.year,
        times=said.times if said.times != 1 else None,
        stream=said.stream,
        ground=said.ground,
        consumed=list(said.consumed),
        wording=said.wording,
        withdrawn=True if honour.status is Status.REVOKED else None,
    )
    if said.period_from and said.period_until:
        record["period"] = f"{said.period_from.isoformat()}..{said.period_until.isoformat()}"
    if decision is not None:
        _put(
            record,
            decided_on=decision.decided_on,
            decision=decision.number,
            issuer=decision.issuer_level,
            signer=decision.signer,
        )
    _source(record, said.source or (decision.source if decision else None))
    into.ledger("awards").records.append(record)


def add_posts(into: Gathered, posts: Iterable[Post]) -> None:
    """Posts that serve as a role of the law; and work here at least since the first of them."""
    first: Post | None = None
    for post in posts:
        if post.is_main and (first is None or post.valid_from < first.valid_from):
            first = post
        if not post.position.law_role:
            continue
        record: Record = {
            "role": post.position.law_role,
            "from": post.valid_from.isoformat(),
            "title": post.position.name,
        }
        _put(record, until=post.valid_until.isoformat() if post.valid_until else None)
        _source(record, post.source)
        into.ledger("posts").records.append(record)
    service = into.ledger("service")
    told = any(record["role"] == "employment" for record in service.records)
    if first is not None and not told:
        since = {"not_later_than": first.valid_from}
        record = {"role": "employment", "from": since}
        _source(record, first.source)
        service.records.append(record)


def _rating(fact: AnnualRating) -> tuple[str, Record]:
    level: Any = {"at_least": fact.level} if fact.at_least else fact.level
    return "ratings", {"year": fact.year, "level": level}


def _registration(fact: Registration) -> tuple[str, Record]:
    record: Record = {"year": fact.year}
    _put(record, awards=list(fact.awards) if fact.is_registered else "none")
    return "registrations", record


def _absence(fact: Absence) -> tuple[str, Record]:
    record: Record = {"year": fact.year, "kind": fact.kind}
    _put(
        record,
        days=fact.days,
        unit="calendar" if fact.in_calendar_days else None,
        months=fact.months,
        result=fact.result,
    )
    return "absences", record


def _service(fact: ServicePeriod) -> tuple[str, Record]:
    record: Record = {"role": fact.role}
    _put(
        record,
        title=fact.title,
        months=fact.months,
        until=fact.ended_on or ("unknown" if fact.has_ended else None),
        continuous=fact.is_continuous,
        first_recruitment=fact.is_first_recruitment,
    )
    _put(record, **{"from": fact.started_on})
    return "service", record


def _discipline(fact: Discipline) -> tuple[str, Record]:
    record: Record = {"level": fact.level or "unknown"}
    _put(
        record,
        year=fact.year,
        decided_on=fact.decided_on,
        until=fact.ends_on,
        cleared_on=fact.cleared_on,
        decision=fact.decision,
    )
    return "discipline", record


def _investigation(fact: Investigation) -> tuple[str, Record]:
    record: Record = {"kind": fact.kind}
    status = {True: "open", False: "closed", None: None}[fact.is_open]
    _put(record, opened_on=fact.opened_on, closed_on=fact.closed_on, status=status)
    return "pending", record


def _attestation(fact: Attestation) -> tuple[str, Record]:
    record: Record = {"what": fact.what, "year": fact.year, "verdict": fact.verdict}
    _put(record, reach=fact.reach, by=fact.attested_by, on=fact.attested_on, text=fact.text)
    return "attestations", record


def _movement(fact: MovementResult) -> tuple[str, Record]:
    record: Record = {"in": "movement", "year": fact.year}
    _put(
        record,
        name=fact.name,
        launched_by=fact.launched_by,
        duration_years=fact.duration_years,
        result=fact.result,
        at=fact.review,
    )
    return "placements", record


def _bloc(fact: BlocStanding) -> tuple[str, Record]:
    record: Record = {"in": "bloc", "year": fact.year}
    _put(record, name=fact.name, organised_by=fact.organised_by, result=fact.result)
    return "placements", record


def _composition(fact: Composition) -> tuple[str, Record]:
    record: Record = {"year": fact.year}
    _put(record, total=fact.total, women=fact.women)
    _put(record, rating=fact.ratings, awards=fact.awards, discipline=fact.discipline)
    return "members", record


_WRITERS: Mapping[type[Fact], Any] = {
    AnnualRating: _rating,
    Registration: _registration,
    Absence: _absence,
    ServicePeriod: _service,
    Discipline: _discipline,
    Investigation: _investigation,
    Attestation: _attestation,
    MovementResult: _movement,
    BlocStanding: _bloc,
    Composition: _composition,
}


def _put(record: Record, **values: Any) -> None:
    """What is known goes in; what is blank stays out."""
    record.update({key: value for key, value in values.items() if value not in (None, "", [], {})})


def _origin(record: Record, fact: Fact) -> Record:
    _source(record, fact.source)
    if fact.confirmed_by:
        by = {"name": fact.confirmed_by}
        if fact.confirmed_on:
            by["on"] = fact.confirmed_on.isoformat()
        record["confirmed_by"] = by
    return record


def _source(record: Record, place: Location | None) -> None:
    if place is None:
        return
    source: Record = {}
    _put(
        source,
        file=place.file.name if place.file else None,
        page=place.page,
        sheet=place.sheet,
        row=place.row,
        cell=place.cell,
        text=place.note,
    )
    record["source"] = source
