"""`python -m thidua.config work`: takes jobs from the queue until it is told to end."""

from __future__ import annotations

import resource
import signal
import sys
import threading
from argparse import ArgumentParser
from types import FrameType

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django_tasks_db.management.commands.db_worker import Worker

from thidua.jobs.lifecycle import BEAT, JobState
from thidua.jobs.models import Job
from thidua.jobs.services.queueing import QUICK, SLOW
from thidua.jobs.services.running import WORKER
from thidua.support.clock import now


class GentleWorker(Worker):
    """Told to end, it lets a job end or stop at its next step; told twice, it drops the job.

    Either way the job is back in the queue before the process ends.
    """

    def shutdown(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Answer SIGTERM and SIGINT."""
        again, WORKER.is_stopping, self.running = WORKER.is_stopping, True, False
        if again or not self.running_task:
            sys.exit(0)


def _beat() -> None:
    """Vouch for the run that this process is busy with, and for no other."""
    while True:
        try:
            if run := WORKER.run:
                mine = Job.objects.filter(pk=run[0], token=run[1], state=JobState.RUNNING)
                mine.update(seen_at=now())
        except DatabaseError:  # the next beat may come through; a lease holds nine of them
            pass
        finally:
            connection.close()
        threading.Event().wait(BEAT.total_seconds())


class Command(BaseCommand):
    help = "Làm các việc trong hàng đợi cho đến khi được yêu cầu dừng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--quick", action="store_true", help="chỉ những việc ngắn, lặp lại")
        parser.add_argument("--batch", action="store_true", help="hết việc thì thôi")
        parser.add_argument("--interval", type=float, default=0.5)
        parser.add_argument(
            "--memory", type=int, default=0, help="MiB bộ nhớ nhiều nhất; 0: không hạn chế"
        )

    def handle(
        self, *, quick: bool, batch: bool, interval: float, memory: int, **_: object
    ) -> None:
        """Work."""
        if memory:
            most = memory * 2**20
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
        worker = GentleWorker(
            queue_names=[QUICK] if quick else [SLOW] if not batch else ["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=WORKER.name[-64:],
        )
        if not batch:
            signal.signal(signal.SIGTERM, worker.shutdown)
            signal.signal(signal.SIGINT, worker.shutdown)
            threading.Thread(target=_beat, daemon=True).start()
        worker.run()
