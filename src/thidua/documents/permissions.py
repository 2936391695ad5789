"""Who may do what with files. Pure: an actor and plain values."""

from __future__ import annotations

from thidua.documents.lifecycle import KEEPERS, READERS
from thidua.support.actor import Actor


def can_fetch_files(actor: Actor) -> bool:
    """May fetch the files that they sent themselves: whoever has an account."""
    return actor.user_id is not None


def can_keep_number_books(actor: Actor) -> bool:
    """May open, change and close number books, and cancel numbers."""
    return actor.has(*KEEPERS)


def can_see_number_books(actor: Actor) -> bool:
    """May look into number books."""
    return actor.has(*KEEPERS, *READERS)


def can_keep_templates(actor: Actor) -> bool:
    """May add, publish and withdraw templates of papers."""
    return actor.has(*KEEPERS)
