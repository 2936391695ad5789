"""Reads of the register: honours as they are after all that was entered about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from thidua.people.selectors import get_identity
from thidua.register.lifecycle import Status, last_said, number_key, read_status
from thidua.register.models import DecisionRecord, EntryKind, RegisterEntry


class Honour(NamedTuple):
    """One honour: the line that granted it, the line whose words hold, what it is, what came later."""

    grant: RegisterEntry
    said: RegisterEntry
    status: Status
    later: tuple[RegisterEntry, ...]


def list_honours_of_people(
    people: Iterable[int], at: datetime | None = None
) -> dict[int, list[Honour]]:
    """Honours of people, the oldest first; what was entered for a record that was merged into one
    of them is theirs. Two queries for any number of people. `at`: as it stood at that instant.
    """
    identity = get_identity(people)
    found: dict[int, list[Honour]] = {pk: [] for pk in identity.values()}
    for honour in _honours(Q(person__in=identity), at):
        if honour.grant.person_id is not None:
            found[identity[honour.grant.person_id]].append(honour)
    return found


def list_honours_of_units(
    units: Iterable[int], at: datetime | None = None
) -> dict[int, list[Honour]]:
    """Honours of units, the oldest first."""
    found: dict[int, list[Honour]] = {pk: [] for pk in units}
    for honour in _honours(Q(unit__in=list(found)), at):
        if honour.grant.unit_id is not None:
            found[honour.grant.unit_id].append(honour)
    return found


def list_honours_of_households(
    households: Iterable[int], at: datetime | None = None
) -> dict[int, list[Honour]]:
    """Honours of households, the oldest first."""
    found: dict[int, list[Honour]] = {pk: [] for pk in households}
    for honour in _honours(Q(household__in=list(found)), at):
        if honour.grant.household_id is not None:
            found[honour.grant.household_id].append(honour)
    return found


def _honours(held: Q, at: datetime | None) -> list[Honour]:
    entries = RegisterEntry.objects.filter(held).select_related(
        "decision", "source", "source__file"
    )
    if at is not None:
        entries = entries.filter(entered_at__lte=at)
    grants: list[RegisterEntry] = []
    later: dict[int, list[RegisterEntry]] = defaultdict(list)
    for entry in entries.order_by("id"):
        if entry.about_id is None:
            grants.append(entry)
        else:
            later[entry.about_id].append(entry)
    honours = [
        Honour(one, last_said(one, later[one.pk]), read_status(later[one.pk]), tuple(later[one.pk]))
        for one in grants
    ]
    return sorted(honours, key=_when)


def _when(honour: Honour) -> tuple[int, str, int]:
    said = honour.said
    decided = said.decision.decided_on if said.decision else ""
    until = said.period_until.year if said.period_until else None
    year = said.year or until or (int(decided[:4]) if decided else 0)
    return year, decided, honour.grant.pk


def find_decisions(number: str) -> QuerySet[DecisionRecord]:
    """Decisions with this number, in whatever spelling."""
    return DecisionRecord.objects.filter(number_key=number_key(number)).order_by("-decided_on")


def list_decisions() -> QuerySet[DecisionRecord]:
    """All decisions, the newest first."""
    return DecisionRecord.objects.order_by("-decided_on", "-id")


def list_grants(people: Collection[int], award: str) -> QuerySet[RegisterEntry]:
    """The lines that grant an award to people."""
    return RegisterEntry.objects.filter(kind=EntryKind.GRANT, award=award, person__in=people)
