"""Who may do what with units. Pure: an actor and ids of units.

The tree itself is public data of the organisation: whoever has an account sees it. Only those who
keep it for the whole organisation change it, so that no unit redraws its own place.
"""

from __future__ import annotations

from collections.abc import Collection

from thidua.support.actor import Actor, Role

KEEPERS = (Role.ADMINISTRATOR, Role.MINISTRY_OFFICER)
INSIDERS = (
    Role.UNIT_CLERK,
    Role.UNIT_HEAD,
    Role.MINISTRY_OFFICER,
    Role.COUNCIL_SECRETARY,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
)


def can_see_tree(actor: Actor) -> bool:
    """May see units, their names, their history and blocs."""
    return actor.is_known


def can_edit_tree(actor: Actor, root_id: int | None) -> bool:
    """May found, rename, move, merge, split, dissolve and correct units, and keep kinds and blocs.

    A role over the root is asked for; before there is a root, only the set-up (the system) acts.
    """
    return actor.is_system or (root_id is not None and actor.has(*KEEPERS, over={root_id}))


def can_see_inside(actor: Actor, line: Collection[int]) -> bool:
    """May see who works in a unit and who has a role there; `line`: it and all units above it."""
    return actor.has(*INSIDERS, over=line)
