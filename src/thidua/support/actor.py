"""Who acts: a value that is handed to every write and every question of right.

It is made once, at the door (`accounts.selectors.get_actor`), and holds what may be asked of it
without looking anything up: permissions are pure functions of an actor and an object.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What a person may do, for a unit with all that stands under it, for a time."""

    CITIZEN = "citizen"
    JOURNALIST = "journalist"
    EMPLOYEE = "employee"
    UNIT_CLERK = "unit_clerk"
    UNIT_HEAD = "unit_head"
    UNION_OFFICER = "union_officer"
    MINISTRY_OFFICER = "ministry_officer"
    COUNCIL_MEMBER = "council_member"
    COUNCIL_SECRETARY = "council_secretary"
    TELLER = "teller"
    SIGNER = "signer"
    FINANCE_OFFICER = "finance_officer"
    EDITOR = "editor"
    PRESS_OFFICER = "press_officer"
    TRAINER = "trainer"
    AUDITOR = "auditor"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Grant:
    """A role for the subtree of one unit, in force now; `delegated_by` lent it, if anybody."""

    role: Role
    unit_id: int
    delegated_by: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts, with the roles in force at this moment.

    `person_id` is the person whose account this is, if the register knows them. `request_id` ties
    the events of one request together; `ip` is kept for events of security only.
    """

    user_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()
    person_id: int | None = None
    request_id: str = ""
    ip: str = ""

    @property
    def is_known(self) -> bool:
        """Has an account, or is the system itself."""
        return self.user_id is not None or self.is_system

    @property
    def is_system(self) -> bool:
        """Is no person: a scheduled job, the first set-up, the demonstration."""
        return self.user_id is None and self.name.startswith("system:")

    def has(self, *roles: Role, over: Collection[int] | None = None) -> bool:
        """Holds one of the roles; `over`, for a unit: the ids of it and of all units above it."""
        return any(
            grant.role in roles and (over is None or grant.unit_id in over) for grant in self.grants
        )

    def units(self, *roles: Role) -> frozenset[int]:
        """Tops of the subtrees in which one of the roles is held."""
        return frozenset(grant.unit_id for grant in self.grants if grant.role in roles)

    def without(self, *roles: Role) -> Actor:
        """The same without some roles."""
        return replace(self, grants=tuple(g for g in self.grants if g.role not in roles))


ANONYMOUS = Actor(user_id=None, name="")


def system(name: str) -> Actor:
    """The system itself, acting as `name` (a job, the set-up): it has no role, only a name."""
    return Actor(user_id=None, name=f"system:{name}")
