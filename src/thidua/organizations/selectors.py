"""Reads of units."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from thidua.organizations.models import Unit, UnitClosure, UnitName


def get_root_id() -> int | None:
    """The id of the root organisation, or None before the set-up."""
    return Unit.objects.filter(is_root=True).values_list("pk", flat=True).first()


def get_root_name() -> str:
    """The name of the root organisation today; empty before the set-up."""
    return Unit.objects.filter(is_root=True).values_list("name", flat=True).first() or ""


def list_units_under(tops: Collection[int]) -> QuerySet[Unit]:
    """Units in the subtrees of `tops` today, the tops and the units they succeeded included."""
    inside = UnitClosure.objects.filter(ancestor_id__in=tops).values("descendant_id")
    return Unit.objects.filter(pk__in=inside)


def get_line(unit_id: int) -> frozenset[int]:
    """The ids of a unit and of all that stand above it today: what `Actor.has(over=…)` asks for."""
    rows = UnitClosure.objects.filter(descendant_id=unit_id)
    return frozenset(rows.values_list("ancestor_id", flat=True))


def in_force(day: date, prefix: str = "") -> Q:
    """Rows with `valid_from` and `valid_until` that hold on a day; `prefix` leads to them."""
    return (Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": day})
    )


def name_on(unit: Unit, day: date) -> UnitName:
    """The name that a unit bears on a day; before its founding the first, after its end the last."""
    rows = sorted(unit.names.all(), key=lambda one: one.valid_from or date.min)
    begun = [one for one in rows if (one.valid_from or date.min) <= day]
    return begun[-1] if begun else rows[0]
