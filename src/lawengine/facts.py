"""The facts of a subject, indexed for judging; and how they are read from plain data.

Three things are kept apart for every kind of fact and every year: a value, "there is none"
(the list is complete for that year and holds nothing), and not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from lawengine import facts_reading as read
from lawengine.facts_reading import closed_period
from lawengine.reading import Fault, Node
from lawengine.records import (
    MANY,
    UNKNOWN,
    Absence,
    Attestation,
    Coverage,
    Held,
    Mark,
    Members,
    PartialDate,
    Pending,
    Placement,
    Product,
    Rating,
    Registration,
    Service,
)
from lawengine.terms import Frame, Truth
from lawengine.vocabulary import Vocabulary

SCHEMA = "thidua/facts/1"
KINDS = ("person", "collective", "household")
_ATTRIBUTES = (
    "sex",
    "birth_year",
    "leader",
    "direct_worker",
    "category",
    "serving",
    "region",
    "position",
    "level",
    "inside_province",
    "has_party_organisation",
    "women_share",
    "code",
)
LEDGERS = (
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


@dataclass(slots=True)
class Facts:
    """One subject. `coverage[ledger]` says for which years a list is complete.

    year: the achievement year for which they were read (the horizon of `complete: all`).
    """

    id: str
    kind: str
    name: str
    unit: str
    year: int
    classes: frozenset[str] = frozenset()
    classes_stated: bool = False
    attributes: dict[str, object] = field(default_factory=dict)
    founded_on: PartialDate | None = None
    ratings: dict[int, Rating] = field(default_factory=dict)
    held: dict[str, list[Held]] = field(default_factory=dict)
    products: list[Product] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    attestations: dict[str, list[Attestation]] = field(default_factory=dict)
    placements: list[Placement] = field(default_factory=list)
    service: dict[str, list[Service]] = field(default_factory=dict)
    absences: list[Absence] = field(default_factory=list)
    registrations: dict[int, Registration] = field(default_factory=dict)
    members: dict[int, Members] = field(default_factory=dict)
    coverage: dict[str, Coverage] = field(default_factory=dict)
    _first_year: int | None = None

    def covers(self, ledger: str, year: int) -> bool:
        """Is a missing record of this kind in that year a real absence?"""
        found = self.coverage.get(ledger)
        return found is not None and found.covers(year)

    @property
    def first_year(self) -> int:
        """The earliest year of which anything is said (the case year when nothing is)."""
        if self._first_year is None:
            years = [self.year, *self.ratings, *self.members]
            for held in self.held.values():
                years += [one.clock for one in held if one.clock is not None]
                years += [min(one.years) for one in held if one.years]
            years += [one.year for one in self.products if one.year is not None]
            for coverage in self.coverage.values():
                years += [*coverage.years, *coverage.unknown]
            self._first_year = min(years)
        return self._first_year


def read_subject(node: Node, vocabulary: Vocabulary, frame: Frame, today: date) -> Facts:
    """Read one subject of a facts document.

    today: the clock's date; a fact of a later year is refused unless it is marked a hypothesis.
    Faults name the place, e.g. unknown_key, not_a_choice, impossible date, contradiction.
    """
    node.mapping(("id", "kind"), ("name", "unit", "classes", "founded_on", *_ATTRIBUTES, *LEDGERS))
    kind = node.child("kind").choice(KINDS)
    identity = node.child("id")
    facts = Facts(
        id=str(identity.value) if isinstance(identity.value, int) else identity.text(),
        kind=kind,
        name=node.child("name").text() if node.has("name") else str(identity.value),
        unit=node.child("unit").text() if node.has("unit") else "",
        year=frame.year,
    )
    if node.has("classes"):
        words = vocabulary.words("classes")
        facts.classes_stated = True
        facts.classes = frozenset(item.choice(words) for item in node.child("classes").items())
    if node.has("founded_on"):
        facts.founded_on = read.partial_date(node.child("founded_on"), today)
    for name in _ATTRIBUTES:
        if node.has(name):
            facts.attributes[name] = _attribute(name, node.child(name), vocabulary, today)
    context = read.Context(vocabulary, frame, today)
    for ledger in LEDGERS:
        _read_ledger(facts, ledger, node.child(ledger) if node.has(ledger) else None, context)
    _forget_later_years(facts)
    return facts


def _forget_later_years(facts: Facts) -> None:
    """Judge as on that day: what happened in later years was not known then."""
    last = facts.year

    def known(one: Held | Product | Attestation | Placement | Absence) -> bool:
        return one.year is None or one.year <= last

    facts.ratings = {year: one for year, one in facts.ratings.items() if year <= last}
    facts.registrations = {year: one for year, one in facts.registrations.items() if year <= last}
    facts.members = {year: one for year, one in facts.members.items() if year <= last}
    facts.held = {
        award: [one for one in held if known(one) and (one.years is None or min(one.years) <= last)]
        for award, held in facts.held.items()
    }
    facts.attestations = {
        what: [one for one in found if known(one)] for what, found in facts.attestations.items()
    }
    facts.products = [one for one in facts.products if known(one)]
    facts.placements = [one for one in facts.placements if known(one)]
    facts.absences = [one for one in facts.absences if known(one)]
    facts.marks = [one for one in facts.marks if one.years is None or min(one.years) <= last]
    facts.coverage = {
        ledger: one._replace(
            years=frozenset(year for year in one.years if year <= last),
            unknown=frozenset(year for year in one.unknown if year <= last),
        )
        for ledger, one in facts.coverage.items()
    }


def _attribute(name: str, node: Node, vocabulary: Vocabulary, today: date) -> object:
    if node.value == "unknown":
        return None
    if name == "sex":
        return node.choice(("female", "male"))
    if name == "birth_year":
        return node.integer(1880, today.year)
    if name == "category":
        return node.choice(vocabulary.words("categories"))
    if name == "region":
        return node.choice(vocabulary.words("regions"))
    if name in ("position", "level", "code"):
        return node.text()
    if name == "women_share":
        return node.value
    return node.boolean()


def _read_ledger(facts: Facts, ledger: str, node: Node | None, context: read.Context) -> None:
    vocabulary, horizon = context.vocabulary, facts.year
    assumed = vocabulary.absent_means_none(ledger)
    nothing: frozenset[int] = frozenset()
    if node is None or node.value == "unknown":
        everything = assumed and node is None
        facts.coverage[ledger] = Coverage(everything, nothing, nothing, horizon)
        return
    if node.value == "none":
        facts.coverage[ledger] = Coverage(True, nothing, nothing, horizon)
        return
    everything, complete, none, unknown = assumed, set[int](), set[int](), set[int]()
    records = node
    if isinstance(node.value, Mapping):
        node.mapping((), ("complete", "none", "unknown", "records"))
        if node.has("complete"):
            if node.child("complete").value == "all":
                everything = True
            else:
                complete = read.years(node.child("complete"), context.today)
        none = read.years(node.child("none"), context.today) if node.has("none") else none
        unknown = (
            read.years(node.child("unknown"), context.today) if node.has("unknown") else unknown
        )
        records = node.child("records")
    facts.coverage[ledger] = Coverage(
        everything, frozenset(complete | none), frozenset(unknown), horizon
    )
    if records.value is None and isinstance(node.value, Mapping):
        return
    add = _ADDERS[ledger]
    for item in records.items():
        year = add(facts, item, context)
        if year is not None and year in none:
            raise item.fault("contradiction", year=year, ledger=ledger, reason="stated_none")


def _add_rating(facts: Facts, item: Node, context: read.Context) -> int | None:
    record = read.rating(item, context)
    before = facts.ratings.get(record.year)
    if before and (before.least, before.most) != (record.least, record.most):
        raise item.fault(
            "contradiction",
            year=record.year,
            ledger="ratings",
            reason="two_values",
            other_line=before.origin.line,
        )
    facts.ratings[record.year] = record
    return record.year


def _add_held(facts: Facts, item: Node, context: read.Context) -> int | None:
    record = read.held(item, context)
    if record is None:
        return None
    facts.held.setdefault(record.award, []).append(record)
    return record.year


def _add_product(facts: Facts, item: Node, context: read.Context) -> int | None:
    record = read.product(item, context)
    facts.products.append(record)
    return record.year


def _add_mark(facts: Facts, item: Node, context: read.Context) -> int | None:
    record = read.mark(item, context)
    facts.marks.append(record)
    return next(iter(record.years)) if record.years and len(record.years) == 1 else None


def _add_pending(facts: Facts, item: Node, context: read.Context) -> int | None:
    facts.pending.append(read.pending(item, context))
    return None


def _add_attestation(facts: Facts, item: Node, context: read.Context) -> int | None:
    record = read.attestation(item, context)
    same = facts.attestations.setdefault(record.what, [])
    for before in same:
        if (before.year, before.reach) == (record.year, record.reach) and {
            before.verdict,
            record.verdict,
        } == {Truth.YES, Truth.NO}:
            raise item.fault(
                "contradiction",
                year=record.year,
                ledger="attestations",
                reason="two_values",
                other_line=before.origin.line,
            )
    same.append(record)
    return record.year


def _add_placement(facts: Facts, item: Node, context: read.Context) -> int | None:
    record = read.placement(item, context)
    facts.placements.append(record)
    return record.year


def _add_service(facts: Facts, item: Node, context: read.Context) -> int | None:
    record = read.service(item, context)
    facts.service.setdefault(record.role, []).append(record)
    return None


def _add_absence(facts: Facts, item: Node, context: read.Context) -> int | None:
    record = read.absence(item, context)
    facts.absences.append(record)
    return record.year


def _add_registration(facts: Facts, item: Node, context: read.Context) -> int | None:
    record = read.registration(item, context)
    facts.registrations[record.year] = record
    return record.year


def _add_members(facts: Facts, item: Node, context: read.Context) -> int | None:
    record = read.members(item, context)
    if record.year in facts.members:
        raise item.fault(
            "contradiction",
            year=record.year,
            ledger="members",
            reason="two_values",
            other_line=facts.members[record.year].origin.line,
        )
    facts.members[record.year] = record
    return record.year


_ADDERS = {
    "ratings": _add_rating,
    "awards": _add_held,
    "initiatives": _add_product,
    "discipline": _add_mark,
    "pending": _add_pending,
    "attestations": _add_attestation,
    "placements": _add_placement,
    "service": _add_service,
    "posts": _add_service,
    "absences": _add_absence,
    "registrations": _add_registration,
    "members": _add_members,
}


@dataclass(frozen=True, slots=True)
class CaseFrame:
    """The dates that a facts document states; each may be None. awards: those asked for.

    grounds: the alternatives (leaf ids) that are claimed; the others are then not considered.
    """

    year: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    decided_on: date | None = None
    received_on: date | None = None
    meeting_on: date | None = None
    awards: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()


def read_case(node: Node, vocabulary: Vocabulary) -> CaseFrame:
    """Read the `case` of a facts document."""
    node.mapping(
        (),
        (
            "year",
            "period",
            "decided_on",
            "received_on",
            "meeting_on",
            "awards",
            "ground",
            "complete",
        ),
    )
    start = end = None
    if node.has("period"):
        start, end = node.child("period").parsed(closed_period)
    dates = {
        key: node.child(key).day() if node.has(key) else None
        for key in ("decided_on", "received_on", "meeting_on")
    }
    awards: tuple[str, ...] = ()
    if node.has("awards"):
        awards = tuple(one.choice(vocabulary.awards) for one in node.child("awards").one_or_many())
    year = node.child("year").integer(1945, 2200) if node.has("year") else None
    if year is not None and end is not None and end.year != year:
        raise node.child("year").fault("contradiction", year=year, ledger="case", reason="period")
    grounds: tuple[str, ...] = ()
    if node.has("ground"):
        grounds = tuple(one.text() for one in node.child("ground").one_or_many())
    return CaseFrame(year, start, end, awards=awards, grounds=grounds, **dates)


def make_frame(case: CaseFrame, today: date) -> Frame:
    """Fill in what a case leaves open: decided today, received and met on the decision date,
    the calendar year before the decision's (the decision's own in December).
    """
    decided = case.decided_on or today
    year = case.year or (decided.year if decided.month == 12 else decided.year - 1)
    start = case.period_start or date(year, 1, 1)
    end = case.period_end or date(year, 12, 31)
    received = case.received_on or decided
    return Frame(start, end, decided, received, case.meeting_on or decided)


def read_document(node: Node, vocabulary: Vocabulary) -> tuple[CaseFrame, Iterator[Node]]:
    """Check the head of a facts document; return its case and the nodes of its subjects."""
    node.mapping(("subjects",), ("schema", "case"))
    if node.has("schema") and node.child("schema").value != SCHEMA:
        raise node.child("schema").fault(
            "not_a_choice", found=node.child("schema").value, near=SCHEMA, allowed=[SCHEMA]
        )
    case = read_case(node.child("case"), vocabulary) if node.has("case") else CaseFrame()
    return case, node.child("subjects").items()


__all__ = [
    "MANY",
    "UNKNOWN",
    "CaseFrame",
    "Facts",
    "Fault",
    "closed_period",
    "make_frame",
    "read_case",
    "read_document",
    "read_subject",
]
