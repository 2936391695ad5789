"""The clock. Only the ways in (console, jobs, the command line) ask it; services are told `at`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The instant of asking, in UTC."""
    return datetime.now(UTC)


def local_date(at: datetime) -> date:
    """The day that it is in Vietnam at an instant; a deadline ends with its day there."""
    return at.astimezone(VIETNAM).date()
