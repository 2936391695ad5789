"""Failed and good logins, as axes has written them down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from axes.models import AccessFailureLog, AccessLog


def count_failures(since: datetime, **where: Any) -> int:
    """Failures that were evaluated: of an account (`username`) or from an address (`ip_address`)."""
    return int(AccessFailureLog.objects.filter(attempt_time__gt=since, **where).count())


def has_come_from(account: str, address: str, since: datetime) -> bool:
    """Has somebody logged in to the account from that address since then."""
    rows = AccessLog.objects.filter(username=account, ip_address=address, attempt_time__gt=since)
    return bool(rows.exists())
