"""Jobs enter the queue: a row of ours, which people see, and a ticket for a worker to take.

The ticket is a row of django-tasks-db; both are written in the caller's transaction, so a worker
sees them when the caller's own writes are seen, or never.
"""

from __future__ import annotations

import importlib
import json
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from thidua.jobs.lifecycle import LIVE, JobState
from thidua.jobs.models import Job, Schedule
from thidua.support.actor import Actor
from thidua.support.clock import now

# Short work that repeats every few seconds has workers of its own: an import of twenty minutes
# never keeps mail or the trail waiting.
QUICK = "quick"
SLOW = "default"


def find_task(name: str) -> Callable[..., str | None]:
    """The task of a dotted name. Raises ValueError when there is none, or it is no task."""
    module, _, function = name.rpartition(".")
    try:
        found = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError):
        raise ValueError(f"{name}: no such task") from None
    if not hasattr(found, "task_label"):
        raise ValueError(f"{name}: not marked with @task")
    task: Callable[..., str | None] = found
    return task


def add_job(
    *,
    task: str,
    key: str,
    actor: Actor,
    after: datetime | None,
    args: Mapping[str, Any],
    schedule: Schedule | None = None,
) -> int:
    """`support.queue.enqueue`: the id of the new job, or of the live one that has this key."""
    at = now()
    label = find_task(task).task_label  # type: ignore[attr-defined]
    for _ in range(3):
        if key and (live := Job.objects.filter(key=key, state__in=LIVE).first()):
            return live.pk
        try:
            with transaction.atomic():
                job = Job.objects.create(
                    task=task,
                    label=schedule.label if schedule else label,
                    args=json.loads(json.dumps(args)),
                    key=key or f"{task}:{uuid.uuid4()}",
                    schedule=schedule,
                    user_id=actor.user_id,
                    actor_name=actor.name,
                    next_try_at=after or at,
                    created_at=at,
                )
                dispatch(job)
                return job.pk
        except IntegrityError:  # somebody queued the same at this very moment
            continue
    raise RuntimeError(f"{key}: live and not live in turns")


def dispatch(job: Job) -> None:
    """Give a waiting job a new ticket; an older one, if a worker meets it, finds nothing to do."""
    from thidua.jobs.services.running import run_job_ticket  # noqa: PLC0415 - they call each other

    is_quick = job.schedule is not None and job.schedule.kind == "every"
    ticket = run_job_ticket.using(
        run_after=job.next_try_at, queue_name=QUICK if is_quick else SLOW
    ).enqueue(job.pk)
    job.ticket = uuid.UUID(ticket.id)
    Job.objects.filter(pk=job.pk).update(ticket=job.ticket, state=JobState.WAITING)
