"""Who reads the trail. Pure."""

from __future__ import annotations

from thidua.support.actor import Actor, Role

READERS = (Role.AUDITOR, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR)
# Administrators keep the machine: what the trail hides is none of their business.
SEEING = (Role.AUDITOR, Role.DATA_PROTECTION_OFFICER)


def can_read_trail(actor: Actor) -> bool:
    """May read events, without the personal values in them."""
    return actor.has(*READERS)


def can_see_hidden(actor: Actor) -> bool:
    """May look at the personal values of an event; each look is an event itself."""
    return actor.has(*SEEING)
