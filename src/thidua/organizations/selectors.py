"""Reads of units."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from thidua.organizations.models import Unit, UnitClosure


def list_units_under(tops: Collection[int]) -> QuerySet[Unit]:
    """Units in the subtrees of `tops` today, the tops and the units they succeeded included."""
    inside = UnitClosure.objects.filter(ancestor_id__in=tops).values("descendant_id")
    return Unit.objects.filter(pk__in=inside)


def get_line(unit_id: int) -> frozenset[int]:
    """The ids of a unit and of all that stand above it today: what `Actor.has(over=…)` asks for."""
    rows = UnitClosure.objects.filter(descendant_id=unit_id)
    return frozenset(rows.values_list("ancestor_id", flat=True))
