"""Who may add to the register. `over`: the units of the holder and all that stand above them."""

from __future__ import annotations

from collections.abc import Collection

from thidua.people.permissions import can_edit_people, can_see_people
from thidua.support.actor import Actor, Role


def can_see_entry(actor: Actor, over: Collection[int]) -> bool:
    """Sees the honours of a holder in the console."""
    return can_see_people(actor, over)


def can_enter_decision(actor: Actor, over: Collection[int]) -> bool:
    """Takes in an honour that an outside decision gave."""
    return can_edit_people(actor, over)


def can_change_entry(actor: Actor, over: Collection[int]) -> bool:
    """Enters a correction, a revocation or a reissue."""
    return actor.is_system or actor.has(Role.MINISTRY_OFFICER, over=over)


def can_change_any_entry(actor: Actor) -> bool:
    """Is one of those who change entries at all; whose, the service asks."""
    return actor.is_system or actor.has(Role.MINISTRY_OFFICER)
