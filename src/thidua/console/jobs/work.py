"""What waits for the keeper of jobs."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from thidua.console.home.work import Pile, Work
from thidua.jobs.lifecycle import JobState
from thidua.jobs.permissions import can_keep_jobs
from thidua.jobs.selectors import list_jobs_for
from thidua.support.actor import Actor


def count_parked(actor: Actor, at: datetime) -> Pile:  # noqa: ARG001 - shape of counts
    """Jobs that gave up."""
    if not can_keep_jobs(actor):
        return Pile(0)
    return Pile(list_jobs_for(actor).filter(state=JobState.PARKED).count())


WORK = (
    Work(_("Việc nền tạm gác"), "console:job-list", count_parked, "?state=parked", tone="gach"),
)
