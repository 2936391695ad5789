"""Who may do what with jobs. Pure: an actor and plain values."""

from __future__ import annotations

from thidua.jobs.lifecycle import KEEPERS, READERS
from thidua.support.actor import Actor


def can_see_jobs(actor: Actor) -> bool:
    """May see all jobs and the schedule."""
    return actor.has(*READERS)


def can_keep_jobs(actor: Actor) -> bool:
    """May cancel and retry jobs, pause schedules and run them by hand."""
    return actor.has(*KEEPERS)
