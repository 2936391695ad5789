"""States of a job, pauses between its tries, the next run of a schedule. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from thidua.support.actor import Role
from thidua.support.clock import VIETNAM

KEEPERS = (Role.ADMINISTRATOR,)
READERS = (Role.ADMINISTRATOR, Role.AUDITOR)
MOST_TRIES = 5
# A worker says every BEAT that it lives; a job that nobody vouched for during LEASE is queued
# again, which stays below the five minutes that are promised.
BEAT = timedelta(seconds=20)
LEASE = timedelta(minutes=3)


class JobState(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    PARKED = "parked"


LIVE = (JobState.WAITING, JobState.RUNNING)


class RuleKind(StrEnum):
    """How often a schedule runs."""

    EVERY = "every"
    DAILY = "daily"
    WEEKLY = "weekly"
    WORKDAYS = "workdays"


@dataclass(frozen=True)
class Rule:
    """When to run: every `seconds`, or at `at` (Vietnamese time) each day, weekday or working day.

    `weekday`: 1 is Monday, as people count.
    """

    kind: RuleKind
    seconds: int = 0
    at: time = time(0, 0)
    weekday: int = 1


def pause_after(tries: int) -> timedelta:
    """How long to wait after the try of that number: 10 s, 40 s, 2 min 40 s, 10 min 40 s."""
    return timedelta(seconds=10 * 4 ** (min(tries, MOST_TRIES) - 1))


def is_monday_to_friday(day: date) -> bool:
    """A working day where no calendar says otherwise."""
    return day.isoweekday() <= 5


def next_run(
    rule: Rule, after: datetime, is_workday: Callable[[date], bool] = is_monday_to_friday
) -> datetime:
    """The first run strictly after an instant.

    Runs that were missed meanwhile are not counted up: whoever finds a schedule late runs it once
    and asks for the next run after now.
    """
    if rule.kind is RuleKind.EVERY:
        return after + timedelta(seconds=rule.seconds)
    fits: dict[RuleKind, Callable[[date], bool]] = {
        RuleKind.DAILY: lambda _: True,
        RuleKind.WEEKLY: lambda day: day.isoweekday() == rule.weekday,
        RuleKind.WORKDAYS: is_workday,
    }
    day = after.astimezone(VIETNAM).date()
    for _ in range(60):  # the longest run of holidays is far shorter
        at = datetime.combine(day, rule.at, VIETNAM)
        if at > after and fits[rule.kind](day):
            return at
        day += timedelta(days=1)
    raise ValueError("no working day in two months: the calendar is wrong")
