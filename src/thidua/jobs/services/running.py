"""One try of a job, from the claim to its outcome."""

from __future__ import annotations

import logging
import os
import socket
import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django_tasks import task as ticket

from thidua.accounts.selectors import get_actor
from thidua.jobs.lifecycle import MOST_TRIES, JobState, pause_after
from thidua.jobs.models import Job
from thidua.jobs.services.queueing import dispatch, find_task
from thidua.support.actor import Actor
from thidua.support.clock import now
from thidua.support.queue import Cancelled, NoUseTrying

logger = logging.getLogger("thidua.jobs")


class Stopping(BaseException):
    """The worker was told to end: the job goes back to the queue and this try does not count."""


class _Worker:
    """What this process is: its name in the rows of jobs, the run (job, token) that it is busy with,
    and whether it was told to end.
    """

    def __init__(self) -> None:
        self.is_stopping = False
        self.run: tuple[int, uuid.UUID | None] | None = None

    @property
    def name(self) -> str:
        """`host:pid`: a scheduler on the same host sees at once that the process is gone."""
        return f"{socket.gethostname()}:{os.getpid()}"


WORKER = _Worker()


class JobRun:
    """`support.queue.Run` of one try."""

    def __init__(self, job: Job, actor: Actor, at: datetime) -> None:
        self.job = job
        self.actor = actor
        self.at = at
        self.attempt = job.tries

    def progress(self, done: int, total: int = 0, words: str = "") -> None:
        """See `support.queue.Run`."""
        if WORKER.is_stopping:
            raise Stopping
        mine = Job.objects.filter(pk=self.job.pk, token=self.job.token, state=JobState.RUNNING)
        mine.update(done=done, total=total, words=words[:300], seen_at=now())
        if not mine.filter(cancel_asked_at__isnull=True).exists():
            raise Cancelled


@ticket()
def run_job_ticket(job_id: int) -> None:
    """What django-tasks-db calls: the one task that it knows."""
    run_job(job_id)


def run_job(job_id: int) -> None:
    """Try a job that waits and is due; anything else (an old ticket) is left alone."""
    job = _claim(job_id)
    if job is None:
        return
    WORKER.run = (job.pk, job.token)
    try:
        _try(job)
    finally:
        WORKER.run = None


def _try(job: Job) -> None:
    try:
        outcome = _call(job)
    except Cancelled:
        _end(job, JobState.CANCELLED, outcome="Đã dừng theo yêu cầu.")
    except NoUseTrying as fault:
        _end(job, JobState.PARKED, error=str(fault))
    except MemoryError:
        # Once more would take the same memory; others go on.
        _end(
            job,
            JobState.PARKED,
            error="Việc này cần nhiều bộ nhớ hơn mức cho phép. Chia nhỏ dữ liệu, hoặc tăng bộ nhớ "
            "của tiến trình rồi chạy lại.",
        )
    except Exception as fault:
        logger.exception("job %s (%s), try %s", job.pk, job.task, job.tries)
        _fail(job, fault)
    except BaseException:
        _give_back(job)
        raise
    else:
        _end(job, JobState.DONE, outcome=outcome or "")


def _claim(job_id: int) -> Job | None:
    at = now()
    with transaction.atomic():
        claimed = Job.objects.filter(
            pk=job_id, state=JobState.WAITING, next_try_at__lte=at, cancel_asked_at__isnull=True
        ).update(
            state=JobState.RUNNING,
            tries=F("tries") + 1,
            started_at=at,
            seen_at=at,
            worker=WORKER.name,
            token=uuid.uuid4(),
            error="",
        )
        return Job.objects.select_related("user", "schedule").get(pk=job_id) if claimed else None


def _call(job: Job) -> str | None:
    at = now()
    actor = Actor(None, job.actor_name)
    if job.user is not None and job.user.is_active:
        actor = get_actor(job.user, at)
    elif job.user is not None:
        actor = Actor(job.user.pk, job.user.full_name)
    try:
        function = find_task(job.task)
    except ValueError as fault:
        raise NoUseTrying(
            f"Bản cài đặt này không có việc «{job.task}» (có thể đã bỏ khi nâng cấp). Dừng việc này."
        ) from fault
    arguments: dict[str, Any] = job.args
    return function(JobRun(job, actor, at), **arguments)


def _mine(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, token=job.token, state=JobState.RUNNING)


def _end(job: Job, state: JobState, *, outcome: str = "", error: str = "") -> None:
    ended = _mine(job).update(
        state=state, outcome=outcome[:500], error=error, ended_at=now(), token=None
    )
    if not ended:
        logger.warning("job %s: another run took its place, this outcome is dropped", job.pk)


def _fail(job: Job, fault: Exception) -> None:
    said = f"{type(fault).__name__}: {fault}"
    if job.tries >= MOST_TRIES:
        _end(job, JobState.PARKED, error=said)
        return
    with transaction.atomic():
        job.next_try_at = now() + pause_after(job.tries)
        if _mine(job).update(
            state=JobState.WAITING, error=said, next_try_at=job.next_try_at, token=None
        ):
            dispatch(job)


def _give_back(job: Job) -> None:
    with transaction.atomic():
        if _mine(job).update(state=JobState.WAITING, tries=F("tries") - 1, token=None):
            dispatch(job)
