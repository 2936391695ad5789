"""Reads of blocs and clusters."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from thidua.organizations.models import Bloc, BlocLead, BlocMembership, Unit
from thidua.organizations.selectors.units import in_force
from thidua.support.actor import Actor


def list_blocs(day: date) -> QuerySet[Bloc]:
    """All blocs with `size`, the number of their members on a day; those still at work first."""
    return Bloc.objects.annotate(
        size=Count("memberships", filter=in_force(day, "memberships__"), distinct=True),
        is_over=Q(valid_until__isnull=False, valid_until__lt=day),
    ).order_by("is_over", "sort_key")


def get_bloc_for(actor: Actor, bloc_id: int) -> Bloc | None:
    """A bloc, for whoever has an account, or None."""
    return Bloc.objects.filter(pk=bloc_id).first() if actor.is_known else None


def list_bloc_members(bloc: Bloc, day: date | None = None) -> list[BlocMembership]:
    """Memberships of a bloc, in force on a day or of all time, in Vietnamese order of the units."""
    rows = bloc.memberships.select_related("unit")
    if day is not None:
        rows = rows.filter(in_force(day))
    return list(rows.order_by("unit__sort_key", "valid_from"))


def list_leads(bloc: Bloc) -> list[BlocLead]:
    """Who leads in which year, the newest first, the head before the deputy."""
    return list(bloc.leads.select_related("unit").order_by("-year", "-place"))


def list_memberships(unit: Unit) -> list[BlocMembership]:
    """The blocs that a unit is and was in, the newest first."""
    return list(unit.memberships.select_related("bloc").order_by("-valid_from"))


def get_membership_for(actor: Actor, bloc: Bloc, membership_id: int) -> BlocMembership | None:
    """One membership of a bloc, for whoever has an account, or None."""
    rows = bloc.memberships.select_related("unit", "bloc")
    return rows.filter(pk=membership_id).first() if actor.is_known else None
