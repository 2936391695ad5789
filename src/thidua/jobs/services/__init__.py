"""Writes of this room."""

from thidua.jobs.services.acts import cancel_job, pause_schedule, resume_schedule, retry_job
from thidua.jobs.services.queueing import add_job
from thidua.jobs.services.running import run_job
from thidua.jobs.services.scheduling import ensure_schedules, run_now, tick
from thidua.jobs.services.sweeping import sweep

__all__ = [
    "add_job",
    "cancel_job",
    "ensure_schedules",
    "pause_schedule",
    "resume_schedule",
    "retry_job",
    "run_job",
    "run_now",
    "sweep",
    "tick",
]
