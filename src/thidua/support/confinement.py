"""A child process that reads what strangers sent: bounded, and with every door closed.

The child limits itself (`limit`), reads its input, gives up the right to open anything more
(`close_doors`), and only then parses. Nothing of it can take the parent down.
"""

from __future__ import annotations

import codecs
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_SOURCE = Path(__file__).resolve().parents[2]


class Limits(NamedTuple):
    """What one answer may cost: memory, processor and clock time, bytes of the answer."""

    memory: int = 2**30
    cpu_seconds: int = 30
    wall_seconds: float = 35.0
    answer_bytes: int = 400 * 2**20


class ChildFailed(Exception):
    """No answer. code: too_slow, too_much_memory, too_large_inside (with its size), child_failed."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(code, detail)


def limit(memory: int, seconds: int) -> None:
    """Bound this process's memory and processor time, and forbid it to write files."""
    try:
        import resource  # noqa: PLC0415 - not on every system; the parent's clock still holds
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def close_doors() -> None:
    """From here on nothing can be opened: no file, no socket."""
    for name in ("cp437", "ascii", "latin-1", "utf-16-le", "utf-8-sig", "unicode_escape"):
        codecs.lookup(name)  # modules that would be looked for later, when no file opens
    try:
        import resource  # noqa: PLC0415 - as above
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def ask_child(module: str, *arguments: str, given: bytes = b"", limits: Limits) -> bytes:
    """Run a module of ours with `given` on its standard input; what it printed. Raises ChildFailed."""
    child = subprocess.Popen(
        [sys.executable, "-s", "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(_SOURCE), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    try:
        out, _ = child.communicate(given, timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired:
        raise ChildFailed("too_slow") from None
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()
    if child.returncode != 0:
        raise ChildFailed(_death(child.returncode))
    if len(out) > limits.answer_bytes:
        raise ChildFailed("too_large_inside", f"{len(out) // 2**20} MiB")
    return out


def _death(code: int) -> str:
    """Why the child died: memory ends it by abort, kill or a crash, time by its own signal."""
    if code == -signal.SIGXCPU:
        return "too_slow"
    if code in (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV):
        return "too_much_memory"
    return "child_failed"
