"""Tables of queued work."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import User
from thidua.jobs.lifecycle import LIVE, JobState, RuleKind


class Schedule(models.Model):
    """Work that repeats; `next_run_at` is when it is queued next."""

    KINDS = (
        (RuleKind.EVERY.value, _("sau mỗi số giây")),
        (RuleKind.DAILY.value, _("hằng ngày")),
        (RuleKind.WEEKLY.value, _("hằng tuần")),
        (RuleKind.WORKDAYS.value, _("mỗi ngày làm việc")),
    )

    name = models.SlugField(max_length=60, unique=True)
    label = models.CharField(max_length=200)
    task = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=KINDS)
    seconds = models.PositiveIntegerField(default=0)
    at = models.TimeField(null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(default=1)
    last_run_at = models.DateTimeField(null=True, blank=True)
    next_run_at = models.DateTimeField(db_index=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("label",)
        constraints = (
            models.CheckConstraint(
                name="schedule_says_when",
                condition=Q(kind=RuleKind.EVERY.value, seconds__gt=0)
                | (~Q(kind=RuleKind.EVERY.value) & Q(at__isnull=False)),
            ),
            models.CheckConstraint(
                name="schedule_weekday", condition=Q(weekday__gte=1, weekday__lte=7)
            ),
        )

    def __str__(self) -> str:
        return self.label


class Job(models.Model):
    """One piece of work: what, for whom, how far, how often tried.

    While it runs, `token` names the run: only the run that holds it may write the outcome, so that
    a run that was given up for dead cannot overwrite the one that took its place.
    """

    STATES = (
        (JobState.WAITING.value, _("Đang chờ")),
        (JobState.RUNNING.value, _("Đang chạy")),
        (JobState.DONE.value, _("Đã xong")),
        (JobState.CANCELLED.value, _("Đã dừng")),
        (JobState.PARKED.value, _("Tạm gác, cần xem")),
    )

    task = models.CharField(max_length=120)
    label = models.CharField(max_length=200)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=200)
    schedule = models.ForeignKey(
        Schedule, null=True, on_delete=models.SET_NULL, related_name="jobs"
    )
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="jobs")
    actor_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=STATES, default=JobState.WAITING.value)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    error = models.TextField(blank=True)
    cancel_asked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    seen_at = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    ticket = models.UUIDField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state__in=[str(one) for one in LIVE]),
                name="job_live_key",
            ),
            models.CheckConstraint(
                name="job_running_has_token",
                condition=~Q(state=JobState.RUNNING.value)
                | Q(token__isnull=False, seen_at__isnull=False, started_at__isnull=False),
            ),
            models.CheckConstraint(
                name="job_ended_has_time",
                condition=Q(state__in=[str(one) for one in LIVE]) | Q(ended_at__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=["state", "next_try_at"]),
            models.Index(F("created_at").desc(), name="job_newest_first"),
        )

    def __str__(self) -> str:
        return f"{self.label} ({self.pk})"


class SchedulerLease(models.Model):
    """One row: which process is the scheduler, and until when without a word from it."""

    holder = models.CharField(max_length=100, blank=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.holder} ≤ {self.until}"
