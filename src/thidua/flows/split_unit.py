"""A unit is split: each of its people goes on in one of the parts from that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from thidua.flows.unit_heirs import Followed, Roles, found_heir, settle_roles
from thidua.organizations import services
from thidua.organizations.models import Unit
from thidua.organizations.selectors import is_split
from thidua.organizations.services import Founding
from thidua.people.services import move_posts
from thidua.support.actor import Actor


@dataclass(frozen=True)
class Part:
    """A part of a unit that is split, new or there already, with the ids of the people it takes."""

    unit: Unit | Founding
    people: Sequence[int] = ()


@transaction.atomic
def split_unit(
    *,
    unit: Unit,
    parts: Sequence[Part],
    on: date,
    decision: str,
    actor: Actor,
    at: datetime,
    roles: Roles = Roles.END,
) -> Followed:
    """The unit ends the day before `on`; its parts succeed it.

    Whoever no part names goes to the first; roles that are carried go to the first too. Asked for
    twice, it is done once. Raises UnitError, PeopleError.
    """
    heirs = [found_heir(part.unit, actor=actor, at=at) for part in parts]
    if is_split(unit, heirs, on):
        return Followed(heirs=heirs)
    services.split_unit(actor=actor, at=at, unit=unit, into=heirs, on=on, decision=decision)
    done = Followed(ended=[unit], heirs=heirs)
    for heir, part in zip(heirs[1:], parts[1:], strict=True):
        done.posts += move_posts(
            from_unit=unit,
            to_unit=heir,
            on=on,
            decision=decision,
            actor=actor,
            at=at,
            people=part.people,
        )
    done.posts += move_posts(
        from_unit=unit, to_unit=heirs[0], on=on, decision=decision, actor=actor, at=at
    )
    settle_roles(done, unit, heirs[0], roles, on=on, decision=decision, actor=actor, at=at)
    return done
