"""Reads of households."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from thidua.organizations.selectors import list_units_under
from thidua.people.lifecycle import READERS
from thidua.people.models import Household, HouseholdMember
from thidua.support.actor import Actor


def list_households(actor: Actor) -> QuerySet[Household]:
    """Households that the actor may see, by name."""
    found = Household.objects.select_related("unit").order_by("sort_key", "id")
    if actor.is_system:
        return found
    return found.filter(unit__in=list_units_under(actor.units(*READERS)))


def get_household_for(actor: Actor, pk: int) -> Household:
    """A household that the actor may see; raises Http404 outside their scope."""
    return get_object_or_404(list_households(actor), pk=pk)


def list_household_members(household: int) -> QuerySet[HouseholdMember]:
    """Members of a household, those of today first, its head before the others."""
    members = HouseholdMember.objects.filter(household=household).select_related("person")
    return members.order_by(F("valid_until").desc(nulls_first=True), "-is_head", "person__sort_key")
