"""Who reads the trail. Pure."""

from __future__ import annotations

from thidua.audit.lifecycle.readers import READERS, SEEING
from thidua.support.actor import Actor


def can_read_trail(actor: Actor) -> bool:
    """May read events, without the personal values in them."""
    return actor.has(*READERS)


def can_see_hidden(actor: Actor) -> bool:
    """May look at the personal values of an event; each look is an event itself."""
    return actor.has(*SEEING)
