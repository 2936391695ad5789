"""Work of this room that repeats."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from thidua.jobs.services.sweeping import prune as prune_jobs
from thidua.support.queue import Run, task


@task(gettext_noop("Dọn việc nền đã xong từ lâu"))
def prune(run: Run) -> str:
    """Take away jobs that are long over."""
    return f"Đã dọn {prune_jobs(at=run.at)} việc."
