"""Reads of queued work."""

from __future__ import annotations

from django.db.models import QuerySet

from thidua.jobs.lifecycle import READERS
from thidua.jobs.models import Job, Schedule
from thidua.support.actor import Actor


def list_jobs_for(actor: Actor) -> QuerySet[Job]:
    """All jobs for the keeper; for others those that they asked for."""
    jobs = Job.objects.select_related("schedule")
    if actor.has(*READERS):
        return jobs
    if actor.user_id is None:
        return jobs.none()
    return jobs.filter(user_id=actor.user_id)


def get_job_for(actor: Actor, job_id: int) -> Job:
    """One of those. Raises Job.DoesNotExist."""
    return list_jobs_for(actor).get(pk=job_id)


def list_schedules_for(actor: Actor) -> QuerySet[Schedule]:
    """The schedule, for its keeper."""
    return Schedule.objects.all() if actor.has(*READERS) else Schedule.objects.none()


def get_schedule_for(actor: Actor, name: str) -> Schedule:
    """One of those. Raises Schedule.DoesNotExist."""
    return list_schedules_for(actor).get(name=name)
