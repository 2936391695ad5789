"""The schedule: what is due is queued, once; one scheduler at a time."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any

import yaml
from django.db import transaction

from thidua.audit import services as audit
from thidua.jobs.lifecycle import Rule, RuleKind, is_monday_to_friday, next_run
from thidua.jobs.models import Schedule, SchedulerLease
from thidua.jobs.services.queueing import add_job
from thidua.statutes.errors import YearNotCovered
from thidua.statutes.selectors import get_calendar
from thidua.support.actor import Actor, system

logger = logging.getLogger("thidua.jobs")
LEASE = timedelta(seconds=30)


def rule_of(schedule: Schedule) -> Rule:
    """When a schedule runs, as a value."""
    return Rule(
        RuleKind(schedule.kind), schedule.seconds, schedule.at or time(0, 0), schedule.weekday
    )


def next_run_of(schedule: Schedule, after: datetime) -> datetime:
    """The first run of a schedule after an instant; working days are those of the calendar.

    In a year whose holidays are not known yet, Monday to Friday.
    """
    rule = rule_of(schedule)
    if rule.kind is not RuleKind.WORKDAYS:
        return next_run(rule, after)
    calendar = get_calendar()

    def is_workday(day: date) -> bool:
        try:
            return calendar.is_working(day)
        except YearNotCovered:
            return is_monday_to_friday(day)

    return next_run(rule, after, is_workday)


@cache
def _declared() -> list[dict[str, Any]]:
    text = (resources.files("thidua.jobs") / "schedules.yaml").read_text("utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return rows


def ensure_schedules(*, at: datetime) -> None:
    """Rows for the schedules of schedules.yaml; what a keeper changed in one that exists stays."""
    known = set(Schedule.objects.values_list("name", flat=True))
    for row in _declared():
        if row["name"] in known:
            continue
        schedule = Schedule(
            name=row["name"],
            label=row["label"],
            task=row["task"],
            kind=row["kind"],
            seconds=row.get("seconds", 0),
            at=time.fromisoformat(row["at"]) if "at" in row else None,
            weekday=row.get("weekday", 1),
            next_run_at=at,
        )
        if schedule.kind != RuleKind.EVERY:
            schedule.next_run_at = next_run_of(schedule, at)
        schedule.save()


def hold_lease(holder: str, *, at: datetime) -> bool:
    """Be the scheduler, or stay it; False when another one is and gave a sign of life lately."""
    SchedulerLease.objects.get_or_create(pk=1, defaults={"until": at})
    lease = SchedulerLease.objects.filter(pk=1)
    if lease.filter(holder=holder).update(until=at + LEASE):
        return True
    return bool(lease.filter(until__lte=at).update(holder=holder, until=at + LEASE))


def release_lease(holder: str, *, at: datetime) -> None:
    """Let another one take over at once."""
    SchedulerLease.objects.filter(pk=1, holder=holder).update(holder="", until=at)


def tick(*, at: datetime) -> list[int]:
    """Queue what is due; the ids of the jobs. However many runs were missed, there is one."""
    jobs = []
    for one in Schedule.objects.filter(next_run_at__lte=at, paused_at__isnull=True):
        try:
            job = _run_due(one.pk, at)
        except ValueError:  # its task is gone with an upgrade: the others go on
            logger.exception("schedule %s", one.name)
            Schedule.objects.filter(pk=one.pk).update(next_run_at=at + timedelta(hours=1))
            continue
        if job is not None:
            jobs.append(job)
    return jobs


@transaction.atomic
def _run_due(pk: int, at: datetime) -> int | None:
    schedule = Schedule.objects.select_for_update().get(pk=pk)
    if schedule.next_run_at > at or schedule.paused_at:
        return None
    job = _queue(schedule, system(f"schedule:{schedule.name}"))
    Schedule.objects.filter(pk=pk).update(last_run_at=at, next_run_at=next_run_of(schedule, at))
    return job


def _queue(schedule: Schedule, actor: Actor) -> int:
    return add_job(
        task=schedule.task,
        key=f"schedule:{schedule.name}",
        actor=actor,
        after=None,
        args={},
        schedule=schedule,
    )


@transaction.atomic
def run_now(*, schedule: Schedule, actor: Actor, at: datetime) -> int:
    """Queue the work of a schedule now, by hand; its next run stays. The id of the job."""
    job = _queue(schedule, actor)
    audit.note(
        audit.stream_of(schedule), actor=actor, at=at, action="schedule.run", facts={"job": job}
    )
    return job
