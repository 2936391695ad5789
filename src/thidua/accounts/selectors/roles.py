"""Roles that an account holds, held or will hold, and loans of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from thidua.accounts.lifecycle import MANAGERS, READERS, Phase, phase_on
from thidua.accounts.models import Delegation, RoleGrant, User
from thidua.organizations.models import Unit
from thidua.organizations.selectors import in_force, list_units_under
from thidua.support.actor import Actor, Role
from thidua.support.roles import LENDABLE, ROLES


@dataclass(frozen=True)
class Held:
    """A role of an account on a day."""

    grant: RoleGrant
    phase: Phase

    @property
    def label(self) -> str:
        """The role in words, to be translated."""
        return ROLES[Role(self.grant.role)].label


@dataclass(frozen=True)
class Lent:
    """A loan on a day."""

    loan: Delegation
    phase: Phase
    is_held: bool

    @property
    def label(self) -> str:
        """The role in words, to be translated."""
        return ROLES[Role(self.loan.grant.role)].label


def list_grants_of(user: User, day: date, *, seen_by: Actor | None = None) -> list[Held]:
    """Roles of an account: in force, coming, past; of another's account only in one's own units."""
    grants = user.grants.select_related("unit")
    if seen_by is not None and seen_by.user_id != user.pk:
        inside = list_units_under(seen_by.units(*READERS)).values("pk")
        grants = grants.filter(unit__in=inside)
    order = {Phase.NOW: 0, Phase.COMING: 1, Phase.PAST: 2}
    held = [Held(one, phase_on(day, one.valid_from, one.valid_until)) for one in grants]
    return sorted(held, key=lambda one: (order[one.phase], one.grant.unit.sort_key, one.grant.pk))


def list_last_days(user: User, since: date, until: date) -> list[date]:
    """The last days, between two days, of the roles of an account and of those lent to it."""
    own = user.grants.filter(valid_from__lte=since, valid_until__range=(since, until))
    lent = user.delegations_held.filter(
        revoked_at__isnull=True, valid_from__lte=since, valid_until__range=(since, until)
    )
    days = [*own.values_list("valid_until", flat=True), *lent.values_list("valid_until", flat=True)]
    return sorted(day for day in days if day is not None)


def list_loans_of(user: User, day: date, *, seen_by: Actor | None = None) -> list[Lent]:
    """Loans that an account gave or holds, the newest first; `is_held`: holds."""
    loans = Delegation.objects.filter(Q(grant__user=user) | Q(to_user=user))
    if seen_by is not None and seen_by.user_id != user.pk:
        inside = list_units_under(seen_by.units(*READERS)).values("pk")
        loans = loans.filter(grant__unit__in=inside)
    loans = loans.select_related("grant__unit", "grant__user", "to_user").order_by("-pk")
    return [
        Lent(
            one,
            Phase.PAST if one.revoked_at else phase_on(day, one.valid_from, one.valid_until),
            one.to_user_id == user.pk,
        )
        for one in loans
    ]


def list_lendable_of(user: User, day: date) -> QuerySet[RoleGrant]:
    """Roles of an account that it may lend: in force or coming, and no vote, count or watch."""
    ends = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    rows = user.grants.filter(ends, role__in=LENDABLE).select_related("unit")
    return rows.order_by("unit__sort_key", "role")


def list_borrowers(owner: User, actor: Actor, day: date) -> QuerySet[User]:
    """Who may borrow: open accounts with a role in the units where the owner has one to lend."""
    tops = list_lendable_of(owner, day).values_list("unit_id", flat=True)
    inside = list_units_under(set(tops) | actor.units(*MANAGERS)).values("pk")
    holders = RoleGrant.objects.filter(in_force(day), unit__in=inside).values("user_id")
    rows = User.objects.filter(pk__in=holders, is_active=True).exclude(pk=owner.pk)
    return rows.order_by("sort_key")


def list_units_to_grant(actor: Actor) -> QuerySet[Unit]:
    """Units for which the actor may give a role: theirs, as far as they still are."""
    rows = list_units_under(actor.units(*MANAGERS)).filter(dissolved_on__isnull=True)
    return rows.order_by("sort_key")


def get_grant_for(actor: Actor, grant_id: int) -> RoleGrant | None:
    """A role in the units that the actor keeps, or one of their own; else None."""
    inside = list_units_under(actor.units(*READERS)).values("pk")
    rows = RoleGrant.objects.filter(Q(unit__in=inside) | Q(user_id=actor.user_id))
    return rows.select_related("user", "unit").filter(pk=grant_id).first()


def get_loan_for(actor: Actor, loan_id: int) -> Delegation | None:
    """A loan in the units that the actor keeps, or one that they gave; else None."""
    inside = list_units_under(actor.units(*READERS)).values("pk")
    rows = Delegation.objects.filter(Q(grant__unit__in=inside) | Q(grant__user_id=actor.user_id))
    return rows.select_related("grant__user", "grant__unit", "to_user").filter(pk=loan_id).first()


def list_role_holders(unit: int, day: date) -> list[RoleGrant]:
    """Roles given for just this unit, in force on a day, in the order of the holders' given names."""
    rows = RoleGrant.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day), unit=unit, valid_from__lte=day
    )
    return list(rows.select_related("user").order_by("user__sort_key", "role"))
