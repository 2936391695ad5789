"""Who may do what with files. Pure: an actor and plain values."""

from __future__ import annotations

from thidua.support.actor import Actor, Role

KEEPERS = (Role.MINISTRY_OFFICER, Role.ADMINISTRATOR)
READERS = (Role.MINISTRY_OFFICER, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER)


def can_read_file(actor: Actor, uploaded_by_id: int | None) -> bool:
    """May fetch a file by itself: whoever sent it, and those who answer for all files.

    Everybody else meets a file by way of the record that it proves, whose own view asks.
    """
    is_own = actor.user_id is not None and actor.user_id == uploaded_by_id
    return is_own or actor.has(*READERS)


def can_read_all_files(actor: Actor) -> bool:
    """May see the list of all files."""
    return actor.has(*READERS)
