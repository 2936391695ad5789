"""Periods of roles and loans, life of an invitation. Pure."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from enum import StrEnum

from thidua.support.actor import Role

MANAGERS = (Role.ADMINISTRATOR,)
READERS = (Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER)
INVITATION_DAYS = 7


class Phase(StrEnum):
    """Where a day stands against a period."""

    COMING = "coming"
    NOW = "now"
    PAST = "past"


def phase_on(day: date, valid_from: date, valid_until: date | None) -> Phase:
    """Is a period coming, in force or past on that day; the last day counts."""
    if day < valid_from:
        return Phase.COMING
    if valid_until is not None and day > valid_until:
        return Phase.PAST
    return Phase.NOW


def do_overlap(
    one_from: date, one_until: date | None, other_from: date, other_until: date | None
) -> bool:
    """Do two periods share a day; None is an open end."""
    return (other_until is None or one_from <= other_until) and (
        one_until is None or other_from <= one_until
    )


def lies_within(
    inner_from: date, inner_until: date, outer_from: date, outer_until: date | None
) -> bool:
    """Does the inner period stay inside the outer one."""
    return outer_from <= inner_from and (outer_until is None or inner_until <= outer_until)


def invitation_expiry(sent_at: datetime) -> datetime:
    """When an invitation stops opening anything."""
    return sent_at + timedelta(days=INVITATION_DAYS)


def token_digest(token: str) -> bytes:
    """What is kept of a token. Tokens are random, 256 bits: a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8")).digest()
