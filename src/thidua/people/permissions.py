"""Who may do what with people. `over`: the units of the person and all that stand above them."""

from __future__ import annotations

from collections.abc import Collection

from thidua.people.lifecycle import EDITORS, READERS
from thidua.support.actor import Actor, Role


def can_see_people(actor: Actor, over: Collection[int] | None = None) -> bool:
    """Reads the records of the people of a subtree, the sensitive ones too."""
    return actor.is_system or actor.has(*READERS, over=over)


def can_edit_people(actor: Actor, over: Collection[int] | None = None) -> bool:
    """Adds and corrects records of the people of a subtree."""
    return actor.is_system or actor.has(*EDITORS, over=over)


def can_merge_people(actor: Actor, first: Collection[int], second: Collection[int]) -> bool:
    """Says of two records that they are one person, or that they are two: needs both of them."""
    return can_edit_people(actor, first) and can_edit_people(actor, second)


def can_keep_positions(actor: Actor) -> bool:
    """Keeps positions and categories, which hold for the whole organisation."""
    return actor.is_system or actor.has(Role.MINISTRY_OFFICER)


def can_see_self(actor: Actor) -> bool:
    """Has a record of their own."""
    return actor.person_id is not None
