"""One process tree: children are started, started again when they die, ended together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import click

# A child that lived this long was well: its next restart is at once again.
WELL_SECONDS = 60
LONGEST_PAUSE = 30
_PR_SET_PDEATHSIG = 1


def environment(*, local: bool) -> dict[str, str]:
    """What children run with: the settings that are asked for, production's when none are."""
    chosen = "thidua.config.settings.local" if local else "thidua.config.settings.prod"
    return {**os.environ, "DJANGO_SETTINGS_MODULE": _asked() or chosen}


def _asked() -> str:
    return os.environ.get("DJANGO_SETTINGS_MODULE", "")


def manage(*words: str) -> list[str]:
    """A management command."""
    return [sys.executable, "-m", "thidua.config", *words]


def run_to_end(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run a child in the foreground; its exit status. Ctrl C reaches it by the terminal itself."""
    child = subprocess.Popen(command, env=env)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


def _die_with_parent() -> None:
    """A tree whose root was killed outright leaves nothing behind (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process of the tree, in a process group of its own: Ctrl C comes to it through us."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    start_at: float = field(default=0.0)

    def start(self) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            self.command,
            env=self.env,
            start_new_session=True,
            # The root of the tree has one thread only, so nothing can be held here.
            preexec_fn=_die_with_parent,  # noqa: PLW1509
        )
        self.started_at = time.monotonic()

    def look_after(self) -> None:
        """Start it when it is due; when it is found dead, say so and set the time of its restart."""
        at = time.monotonic()
        if self.process is None:
            if at >= self.start_at:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        self.kill()  # what it started itself and left behind
        self.deaths = 1 if at - self.started_at > WELL_SECONDS else self.deaths + 1
        pause = 0 if self.deaths == 1 else min(2 ** (self.deaths - 2), LONGEST_PAUSE)
        said = f"tín hiệu {-status}" if status < 0 else f"mã {status}"
        click.echo(f"{self.name} đã dừng ({said}); chạy lại sau {pause} giây.", err=True)
        self.process = None
        self.start_at = at + pause

    def ask_to_end(self) -> None:
        """SIGTERM to the process itself; it ends its own children."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """SIGKILL to its whole group."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def keep(children: Sequence[Child], *, grace: float, tell: Callable[[], bool]) -> None:
    """Keep the children alive until SIGTERM or Ctrl C, then end them all within `grace` seconds.

    `tell` is called now and then until it says True: it tells the user when all is up.
    """
    ending: list[int] = []
    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(one, lambda number, _: ending.append(number))
    told = False
    while not ending:
        for child in children:
            child.look_after()
        told = told or tell()
        time.sleep(0.2)
    _end(children, grace)


def _end(children: Sequence[Child], grace: float) -> None:
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + grace
    while time.monotonic() < until and any(
        child.process is not None and child.process.poll() is None for child in children
    ):
        time.sleep(0.05)
    for child in children:
        child.kill()
        if child.process is not None:
            child.process.wait()
