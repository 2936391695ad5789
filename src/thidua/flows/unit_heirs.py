"""What follows a unit that ends: its people and its roles. Part of merging, splitting, dissolving."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from thidua.accounts.models import RoleGrant
from thidua.accounts.services import carry_grants, end_grants
from thidua.organizations.models import Unit
from thidua.organizations.services import Founding, create_unit
from thidua.people.models import Post
from thidua.support.actor import Actor


class Roles(StrEnum):
    """What becomes of the roles held for a unit that ends.

    They end unless somebody chose otherwise: a role carried over holds for the whole of the unit
    that succeeds.
    """

    END = "end"
    CARRY = "carry"


@dataclass
class Followed:
    """What an act on units did, for its preview and for the answer after it."""

    ended: list[Unit] = field(default_factory=list)
    heirs: list[Unit] = field(default_factory=list)
    moved_units: list[Unit] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    roles_ended: list[RoleGrant] = field(default_factory=list)
    roles_carried: list[RoleGrant] = field(default_factory=list)


def found_heir(heir: Unit | Founding, *, actor: Actor, at: datetime) -> Unit:
    """The unit itself, or the new one that the decision founds."""
    if isinstance(heir, Unit):
        return heir
    return create_unit(
        actor=actor,
        at=at,
        code=heir.code,
        kind=heir.kind,
        name=heir.name,
        parent=heir.parent,
        short_name=heir.short_name,
        on=heir.on,
        decision=heir.decision,
    )


def settle_roles(
    done: Followed,
    unit: Unit,
    heir: Unit | None,
    roles: Roles,
    *,
    on: date,
    decision: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Roles of a unit end, or go on for its heir."""
    if roles is Roles.CARRY and heir is not None:
        done.roles_carried += carry_grants(
            from_unit=unit, to_unit=heir, on=on, decision=decision, actor=actor, at=at
        )
    else:
        done.roles_ended += end_grants(unit=unit, on=on, decision=decision, actor=actor, at=at)
