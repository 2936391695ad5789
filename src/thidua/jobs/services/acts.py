"""What people do with jobs and schedules; each act leaves an event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit import services as audit
from thidua.jobs.errors import JobFault
from thidua.jobs.lifecycle import LIVE, JobState
from thidua.jobs.models import Job, Schedule
from thidua.jobs.services.queueing import dispatch
from thidua.jobs.services.scheduling import next_run_of
from thidua.support.actor import Actor


@transaction.atomic
def cancel_job(*, job: Job, actor: Actor, at: datetime) -> Job:
    """End a job: at once when it waits or is parked, at its next step when it runs."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state in {JobState.DONE, JobState.CANCELLED}:
        raise JobFault(_("Việc này đã kết thúc từ trước, không còn gì để dừng."))
    job.cancel_asked_at = at
    if job.state != JobState.RUNNING:
        job.state = JobState.CANCELLED
        job.ended_at = at
    job.save(update_fields=["cancel_asked_at", "state", "ended_at"])
    audit.note(audit.stream_of(job), actor=actor, at=at, action="job.cancel")
    return job


@transaction.atomic
def retry_job(*, job: Job, actor: Actor, at: datetime) -> Job:
    """Queue a parked or cancelled job anew, with five tries."""
    job = Job.objects.select_for_update(of=("self",)).select_related("schedule").get(pk=job.pk)
    if job.state not in {JobState.PARKED, JobState.CANCELLED}:
        raise JobFault(_("Chỉ chạy lại được việc đã tạm gác hoặc đã dừng."))
    if Job.objects.filter(key=job.key, state__in=LIVE).exists():
        raise JobFault(_("Một việc giống hệt đang chờ hoặc đang chạy. Chờ việc đó kết thúc."))
    job.state = JobState.WAITING
    job.tries = job.done = job.total = 0
    job.words = ""
    job.next_try_at = at
    job.cancel_asked_at = job.ended_at = None
    job.save()
    dispatch(job)
    audit.note(audit.stream_of(job), actor=actor, at=at, action="job.retry")
    return job


@transaction.atomic
def pause_schedule(*, schedule: Schedule, actor: Actor, at: datetime) -> None:
    """Queue nothing more from a schedule until it is resumed."""
    paused = Schedule.objects.filter(pk=schedule.pk, paused_at__isnull=True).update(
        paused_at=at, paused_by_name=actor.name
    )
    if paused:
        audit.note(audit.stream_of(schedule), actor=actor, at=at, action="schedule.pause")


@transaction.atomic
def resume_schedule(*, schedule: Schedule, actor: Actor, at: datetime) -> None:
    """Go on with a paused schedule from its next run after now; paused runs are not caught up."""
    resumed = Schedule.objects.filter(pk=schedule.pk, paused_at__isnull=False).update(
        paused_at=None, paused_by_name="", next_run_at=next_run_of(schedule, at)
    )
    if resumed:
        audit.note(audit.stream_of(schedule), actor=actor, at=at, action="schedule.resume")
