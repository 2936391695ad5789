"""Roles held for a unit that ends: they end with it, or go on for the unit that succeeds it.

Whoever may end the unit may do this: the act on the unit has asked already. What was done in a role
until yesterday was done in it, so a role never ends before that, whatever the day of the decision.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from thidua.accounts.lifecycle import do_overlap
from thidua.accounts.models import Delegation, RoleGrant
from thidua.audit import services as audit
from thidua.organizations.models import Unit
from thidua.support.actor import Actor
from thidua.support.clock import local_date

_DAY = timedelta(days=1)


@transaction.atomic
def end_grants(
    *, unit: Unit, on: date, decision: str, actor: Actor, at: datetime
) -> list[RoleGrant]:
    """Roles of a unit end the day before `on`, not earlier than yesterday; loans end with them."""
    return [old for old, _new in _end(unit, None, on, decision, actor, at)]


@transaction.atomic
def carry_grants(
    *, from_unit: Unit, to_unit: Unit, on: date, decision: str, actor: Actor, at: datetime
) -> list[RoleGrant]:
    """Roles go on for another unit from `on` (not earlier than today), with what was lent of them.

    Who holds the same role there already does not get it twice.
    """
    pairs = _end(from_unit, to_unit, on, decision, actor, at)
    return [new for _old, new in pairs if new is not None]


def _end(
    unit: Unit, to_unit: Unit | None, on: date, decision: str, actor: Actor, at: datetime
) -> list[tuple[RoleGrant, RoleGrant | None]]:
    last_day = max(on, local_date(at)) - _DAY
    held = RoleGrant.objects.select_for_update(of=("self",)).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=last_day), unit=unit
    )
    pairs = []
    for old in held.order_by("pk"):
        new = _begin(old, to_unit, last_day + _DAY, decision, actor, at) if to_unit else None
        if old.valid_from > last_day:
            for loan in old.delegations.all():
                audit.remove(loan, actor=actor, at=at, action="delegation.cancel", reason=decision)
            audit.remove(old, actor=actor, at=at, action="role.cancel", reason=decision)
        else:
            audit.change(
                old, actor=actor, at=at, action="role.end", reason=decision, valid_until=last_day
            )
        pairs.append((old, new))
    return pairs


def _begin(
    old: RoleGrant, to_unit: Unit, first: date, decision: str, actor: Actor, at: datetime
) -> RoleGrant | None:
    first = max(first, old.valid_from)
    for other in RoleGrant.objects.filter(user=old.user_id, role=old.role, unit=to_unit):
        if do_overlap(first, old.valid_until, other.valid_from, other.valid_until):
            return None
    new = RoleGrant(
        user_id=old.user_id,
        role=old.role,
        unit=to_unit,
        valid_from=first,
        valid_until=old.valid_until,
        decision=decision,
    )
    audit.create(new, actor=actor, at=at, action="role.carry")
    lent = old.delegations.filter(revoked_at__isnull=True, valid_until__gte=first)
    audit.create_many(
        [
            Delegation(
                grant=new,
                to_user_id=loan.to_user_id,
                valid_from=max(loan.valid_from, first),
                valid_until=loan.valid_until,
                decision=loan.decision,
            )
            for loan in lent
        ],
        actor=actor,
        at=at,
        action="delegation.carry",
    )
    return new
