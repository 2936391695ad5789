"""Who may do what with mail. Pure: an actor and plain values."""

from __future__ import annotations

from thidua.outbox.lifecycle import KEEPERS, READERS, SENDERS, WRITERS
from thidua.support.actor import Actor


def can_keep_mail_server(actor: Actor) -> bool:
    """May set up the mail server and try it."""
    return actor.has(*KEEPERS)


def can_write_letters(actor: Actor) -> bool:
    """May change the words of letters."""
    return actor.has(*WRITERS)


def can_see_outbox(actor: Actor) -> bool:
    """May open the list of messages: all of them, or those that they made."""
    return actor.has(*READERS, *SENDERS)


def can_act_on_message(actor: Actor, created_by_id: int | None) -> bool:
    """May cancel or send again: the keeper, or whoever made the message."""
    is_own = actor.user_id is not None and actor.user_id == created_by_id
    return actor.has(*KEEPERS) or (is_own and actor.has(*SENDERS))
