"""Who may do what with files. Pure: an actor and plain values."""

from __future__ import annotations

from thidua.documents.lifecycle import READERS
from thidua.support.actor import Actor


def can_read_all_files(actor: Actor) -> bool:
    """May see the list of all files."""
    return actor.has(*READERS)
