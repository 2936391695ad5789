"""Who may do what with the organisation's own rules and calendar. Pure."""

from __future__ import annotations

from thidua.statutes.lifecycle import KEEPERS, READERS
from thidua.support.actor import Actor


def can_read_law(actor: Actor) -> bool:
    """May read the law and the working days: whoever is logged in."""
    return actor.is_known


def can_read_overlays(actor: Actor) -> bool:
    """May read the organisation's own rules, drafts included."""
    return actor.has(*KEEPERS, *READERS)


def can_write_overlays(actor: Actor) -> bool:
    """May draft, propose, release and withdraw own rules; never propose and release the same one."""
    return actor.has(*KEEPERS)


def can_keep_calendar(actor: Actor) -> bool:
    """May write the organisation's own days into the calendar."""
    return actor.has(*KEEPERS)
