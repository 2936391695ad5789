"""`python -m thidua.config schedule`: queues what is due, once a second, until it is told to end."""

from __future__ import annotations

import logging
import signal
import threading
import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from thidua.jobs.services import ensure_schedules, sweep, tick
from thidua.jobs.services.running import WORKER
from thidua.jobs.services.scheduling import hold_lease, release_lease
from thidua.support.clock import now

logger = logging.getLogger("thidua.jobs")
SWEEP_SECONDS = 15


class Command(BaseCommand):
    help = (
        "Xếp vào hàng đợi những việc đến giờ chạy; chỉ một tiến trình làm, các tiến trình khác chờ."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--interval", type=float, default=1.0)

    def handle(self, *, interval: float, **_: object) -> None:
        """Loop."""
        ended = threading.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: ended.set())
        swept = 0.0
        is_ready = False
        while not ended.wait(interval):
            close_old_connections()
            try:
                if not hold_lease(WORKER.name, at=now()):
                    continue
                if not is_ready:
                    ensure_schedules(at=now())
                    is_ready = True
                tick(at=now())
                if time.monotonic() - swept >= SWEEP_SECONDS:
                    sweep(at=now())
                    swept = time.monotonic()
            except DatabaseError:
                # The database restarts or is full: the next second tries again.
                logger.exception("schedule")
        release_lease(WORKER.name, at=now())
