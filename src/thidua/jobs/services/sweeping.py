"""What died is found and queued again; what is long over is taken away."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from thidua.jobs.lifecycle import LEASE, LIVE, MOST_TRIES, JobState
from thidua.jobs.models import Job
from thidua.jobs.services.queueing import dispatch

_DIED = (
    "Tiến trình chạy việc này đã chết giữa chừng {tries} lần (bị hệ điều hành dừng vì thiếu bộ nhớ, "
    "hoặc máy tắt). Xem nhật ký máy chủ, chia nhỏ dữ liệu rồi chạy lại."
)


def sweep(*, at: datetime) -> int:
    """Queue again each running job whose worker is gone; how many there were.

    A worker is gone when its process is no more (on this host) or when it was silent for LEASE. A
    job whose worker died for the fifth time is parked: it may be the job that kills.
    """
    found = 0
    for job in Job.objects.filter(state=JobState.RUNNING).select_related("schedule"):
        if job.seen_at and job.seen_at >= at - LEASE and not _is_dead(job.worker):
            continue
        found += 1
        with transaction.atomic():
            mine = Job.objects.filter(pk=job.pk, token=job.token, state=JobState.RUNNING)
            if job.cancel_asked_at:
                mine.update(state=JobState.CANCELLED, ended_at=at, token=None)
            elif job.tries >= MOST_TRIES:
                said = _DIED.format(tries=job.tries)
                mine.update(state=JobState.PARKED, ended_at=at, token=None, error=said)
            elif mine.update(state=JobState.WAITING, next_try_at=at, token=None):
                job.next_try_at = at
                dispatch(job)
    _replace_lost_tickets(at)
    return found


def _is_dead(worker: str) -> bool:
    """Its process ran on this host and is no more."""
    host, _, pid = worker.rpartition(":")
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _replace_lost_tickets(at: datetime) -> None:
    """A job that is due for a minute, and whose ticket nobody can take any more, gets a new one."""
    late = Job.objects.filter(state=JobState.WAITING, next_try_at__lt=at - timedelta(minutes=1))
    takeable = DBTaskResult.objects.filter(status__in=("READY", "RUNNING")).values("pk")
    for job in late.exclude(ticket__in=takeable).select_related("schedule"):
        dispatch(job)


def prune(*, at: datetime) -> int:
    """Take away jobs and tickets that are long over; how many jobs there were."""
    DBTaskResult.objects.filter(
        status__in=("SUCCESSFUL", "FAILED"), finished_at__lt=at - timedelta(hours=1)
    ).delete()
    # What a worker that died was doing: the job itself was queued again.
    DBTaskResult.objects.filter(status="RUNNING", started_at__lt=at - timedelta(days=2)).delete()
    over = Job.objects.exclude(state__in=[*LIVE, JobState.PARKED])
    often = over.filter(schedule__kind="every", ended_at__lt=at - timedelta(days=1))
    count = often.delete()[0]
    return count + over.filter(ended_at__lt=at - timedelta(days=90)).delete()[0]
