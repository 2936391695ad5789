"""Who may do what with accounts. Pure: an actor, ids and lines of units.

A *line* is the ids of a unit and of all units above it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from thidua.accounts.lifecycle import MANAGERS, READERS
from thidua.support.actor import Actor, Role
from thidua.support.roles import GUARDED, LENDABLE, STAFF


def can_open_users(actor: Actor) -> bool:
    """May see the list of accounts of their units."""
    return actor.has(*READERS)


def can_manage_users(actor: Actor) -> bool:
    """May invite people and give roles somewhere."""
    return actor.has(*MANAGERS)


def can_manage(actor: Actor, lines: Iterable[Collection[int]]) -> bool:
    """May change this account: keeps every unit in which it holds a role.

    An account without any role is in the hands of every keeper: somebody must give it the first.
    """
    return can_manage_users(actor) and all(actor.has(*MANAGERS, over=line) for line in lines)


def can_grant(actor: Actor, user_id: int, line: Collection[int]) -> bool:
    """May give or end a role of that account there. Nobody gives a role to themselves."""
    if actor.is_system:
        return True
    return actor.user_id != user_id and actor.has(*MANAGERS, over=line)


def can_lend(actor: Actor, owner_id: int, role: Role, line: Collection[int]) -> bool:
    """May lend, or take back, that role: its owner, or the keeper of accounts for the owner."""
    if role not in LENDABLE:
        return False
    return actor.is_system or actor.user_id == owner_id or actor.has(*MANAGERS, over=line)


def can_have_profile(actor: Actor) -> bool:
    """Has an account."""
    return actor.user_id is not None


def must_have_second_factor(actor: Actor) -> bool:
    """Works inside, in a role of their own or a lent one."""
    return actor.has(*STAFF)


def is_guarded(actor: Actor) -> bool:
    """Counts ballots or administers: sessions are short."""
    return actor.has(*GUARDED)
