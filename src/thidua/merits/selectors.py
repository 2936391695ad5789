"""Reads of facts: all that is known of some people, units or households, table by table."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from thidua.merits.models import (
    Absence,
    AnnualRating,
    Attestation,
    BlocStanding,
    Composition,
    Discipline,
    Fact,
    Initiative,
    InitiativeAuthor,
    Investigation,
    LedgerScope,
    MovementResult,
    Registration,
    ServicePeriod,
)

# What is kept of one subject, by the name that addresses and forms use.
KINDS: dict[str, type[Fact]] = {
    "xep-loai": AnnualRating,
    "dang-ky": Registration,
    "ky-luat": Discipline,
    "vu-viec": Investigation,
    "xac-nhan": Attestation,
    "phong-trao": MovementResult,
    "cum-khoi": BlocStanding,
    "nghi": Absence,
    "cong-tac": ServicePeriod,
    "pham-vi": LedgerScope,
}
SENSITIVE: tuple[type[Fact], ...] = (Discipline, Investigation)
_OF_ANYBODY = (
    AnnualRating,
    Registration,
    Discipline,
    Investigation,
    Attestation,
    MovementResult,
    BlocStanding,
    LedgerScope,
)
_OF_PEOPLE = (Absence, ServicePeriod)


def list_facts_of_people(people: Collection[int]) -> Iterator[Fact]:
    """Every record of the people, one query for each kind; initiatives are not among them."""
    for model in (*_OF_ANYBODY, *_OF_PEOPLE):
        yield from _with_source(model).filter(person__in=people)


def list_facts_of_units(units: Collection[int]) -> Iterator[Fact]:
    """Every record of the units as collectives, one query for each kind."""
    for model in (*_OF_ANYBODY, Composition):
        yield from _with_source(model).filter(unit__in=units)


def list_facts_of_households(households: Collection[int]) -> Iterator[Fact]:
    """Every record of the households, one query for each kind."""
    for model in _OF_ANYBODY:
        yield from _with_source(model).filter(household__in=households)


def _with_source(model: type[Fact]) -> QuerySet[Any]:
    return model._base_manager.select_related("source", "source__file").order_by("id")


def list_authorships(people: Collection[int]) -> QuerySet[InitiativeAuthor]:
    """Initiatives of the people, by way of their authorship, the oldest first."""
    return (
        InitiativeAuthor.objects.filter(person__in=people)
        .select_related("initiative", "initiative__source", "initiative__source__file")
        .order_by("initiative__year", "initiative_id")
    )


def list_general_scopes(units: Collection[int]) -> QuerySet[LedgerScope]:
    """Statements that hold for everybody in the subtrees of units."""
    return LedgerScope.objects.filter(everybody_in__in=units).order_by("id")


def get_fact_of_person(kind: str, person: int, pk: int) -> Fact:
    """One record of a person whom the caller was allowed to open. Raises Http404, KeyError."""
    found: Fact = get_object_or_404(_with_source(KINDS[kind]), person=person, pk=pk)
    return found


def get_authorship(person: int, initiative: int) -> InitiativeAuthor:
    """An initiative of a person whom the caller was allowed to open. Raises Http404."""
    return get_object_or_404(list_authorships([person]), initiative=initiative)


def list_initiatives() -> QuerySet[Initiative]:
    """All initiatives, the newest first."""
    return Initiative.objects.order_by("-year", "-id")


def list_co_authors(initiative: int) -> QuerySet[InitiativeAuthor]:
    """Authors of an initiative, the main one first."""
    authors = InitiativeAuthor.objects.filter(initiative=initiative)
    return authors.select_related("person", "initiative").order_by("-is_main", "id")
