"""Jobs with their progress; the schedule with its last and next runs."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from thidua.console.acting import act
from thidua.console.jobs.tables import JOB_CHIPS, JobFilters, JobTable
from thidua.jobs import services
from thidua.jobs.errors import JobFault
from thidua.jobs.lifecycle import LIVE, JobState, RuleKind
from thidua.jobs.models import Job, Schedule
from thidua.jobs.permissions import can_keep_jobs
from thidua.jobs.selectors import (
    get_job_for,
    get_schedule_for,
    list_jobs_for,
    list_schedules_for,
)
from thidua.support.clock import now
from thidua.web.doors import StaffRequest
from thidua.web.listing import Empty, Listing
from thidua.web.words import WEEKDAYS, say_moment

FAULTS = (JobFault,)


class JobList(Listing):
    """All jobs, newest first; work that repeats every few seconds has only its last day."""

    title = gettext_lazy("Việc nền")
    about = gettext_lazy("Việc tạm gác đã thử năm lần không xong: mở ra xem lý do rồi chạy lại.")
    table_class = JobTable
    filters_class = JobFilters
    empty = Empty(gettext_lazy("Chưa có việc nền nào"))
    acts = (("console:schedule-list", gettext_lazy("Lịch chạy"), "calendar-clock"),)

    def get_rows(self) -> QuerySet[Job]:
        """What the actor may see."""
        return list_jobs_for(self.request.actor)


def _job(request: StaffRequest, pk: int) -> Job:
    try:
        return get_job_for(request.actor, pk)
    except Job.DoesNotExist:
        raise Http404 from None


def _schedule(request: StaffRequest, name: str) -> Schedule:
    try:
        return get_schedule_for(request.actor, name)
    except Schedule.DoesNotExist:
        raise Http404 from None


@require_safe
def job_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One job: how far, how often tried, what it said."""
    job = _job(request, pk)
    keeps = can_keep_jobs(request.actor)
    rows = [
        (_("Người yêu cầu"), job.actor_name),
        (_("Lúc xếp"), say_moment(job.created_at)),
        (_("Lúc bắt đầu"), say_moment(job.started_at)),
        (_("Lúc xong"), say_moment(job.ended_at)),
        (_("Số lần thử"), job.tries),
        (_("Kết quả"), job.outcome or "–"),
    ]
    if job.state == JobState.WAITING:
        rows.append((_("Lần thử tới"), say_moment(job.next_try_at)))
    context = {
        "title": job.label,
        "job": job,
        "chip_of": JOB_CHIPS[job.state],
        "rows": rows,
        "may_cancel": keeps and (job.state in LIVE or job.state == JobState.PARKED),
        "may_retry": keeps and job.state in {JobState.PARKED, JobState.CANCELLED},
    }
    return render(request, "console/jobs/job.html", context)


@require_POST
def job_cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """End it."""
    job = _job(request, pk)
    said = _("Đã yêu cầu dừng. Việc đang chạy dừng ở bước kế tiếp.")
    return act(
        request,
        lambda: services.cancel_job(job=job, actor=request.actor, at=now()),
        FAULTS,
        said,
        reverse("console:job-detail", args=[pk]),
    )


@require_POST
def job_retry(request: StaffRequest, pk: int) -> HttpResponse:
    """Try it anew."""
    job = _job(request, pk)
    return act(
        request,
        lambda: services.retry_job(job=job, actor=request.actor, at=now()),
        FAULTS,
        _("Đã xếp lại vào hàng đợi."),
        reverse("console:job-detail", args=[pk]),
    )


@require_safe
def schedule_list(request: StaffRequest) -> HttpResponse:
    """What repeats, when it ran, when it runs next."""
    context = {
        "title": _("Lịch chạy"),
        "schedules": [(one, _rule(one)) for one in list_schedules_for(request.actor)],
        "keeps": can_keep_jobs(request.actor),
    }
    return render(request, "console/jobs/schedules.html", context)


def _rule(schedule: Schedule) -> str:
    if schedule.kind == RuleKind.EVERY:
        return _("mỗi %(number)s giây") % {"number": schedule.seconds}
    words = {
        RuleKind.DAILY.value: _("hằng ngày lúc %(at)s"),
        RuleKind.WEEKLY.value: _("%(day)s hằng tuần lúc %(at)s"),
        RuleKind.WORKDAYS.value: _("mỗi ngày làm việc lúc %(at)s"),
    }[schedule.kind]
    return words % {"at": f"{schedule.at:%H:%M}", "day": WEEKDAYS[schedule.weekday - 1]}


@require_POST
def schedule_pause(request: StaffRequest, name: str) -> HttpResponse:
    """Queue nothing more."""
    one = _schedule(request, name)
    return act(
        request,
        lambda: services.pause_schedule(schedule=one, actor=request.actor, at=now()),
        FAULTS,
        _("Đã tạm dừng «%(label)s».") % {"label": one.label},
        reverse("console:schedule-list"),
    )


@require_POST
def schedule_resume(request: StaffRequest, name: str) -> HttpResponse:
    """Go on."""
    one = _schedule(request, name)
    return act(
        request,
        lambda: services.resume_schedule(schedule=one, actor=request.actor, at=now()),
        FAULTS,
        _("«%(label)s» chạy tiếp từ lần tới.") % {"label": one.label},
        reverse("console:schedule-list"),
    )


@require_POST
def schedule_run(request: StaffRequest, name: str) -> HttpResponse:
    """Once, now."""
    one = _schedule(request, name)
    return act(
        request,
        lambda: services.run_now(schedule=one, actor=request.actor, at=now()),
        FAULTS,
        _("Đã xếp «%(label)s» vào hàng đợi.") % {"label": one.label},
        reverse("console:schedule-list"),
    )
