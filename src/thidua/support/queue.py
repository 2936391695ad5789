"""Work for later: queued in the caller's transaction, done by a worker after it is committed.

A room writes its work in its own `tasks.py`:

    @task(gettext_noop("Gửi thư trong hộp thư đi"))
    def deliver(run: Run) -> str:
        for count, one in enumerate(due):
            run.progress(count, len(due))
            ...
        return "Đã gửi 12 thư."

and whoever needs it (a flow, a screen, another task) queues it by name:

    enqueue("thidua.outbox.tasks.deliver", key="outbox.deliver", actor=actor)

Work is done at least once: a worker may die after the work and before its mark. Each step must
therefore be harmless when it is done again (keyed, or a change that is already there). A task that
raises is tried again after a pause, five times in all, then parked until somebody looks at it.

The `jobs` room registers the one implementation when the application starts; nothing here knows
the database.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

from thidua.support.actor import Actor

TASK_NAME = re.compile(r"thidua\.[a-z_]+\.tasks(\.[a-z_]+)*\.[a-z][a-z0-9_]*")

F = TypeVar("F", bound=Callable[..., str | None])


class Cancelled(Exception):
    """Somebody asked for the end of this run: raised by `Run.progress`, let it pass."""


class NoUseTrying(Exception):
    """A task says that it will not succeed by itself: parked at once; `str()` is the sentence."""


class Run(Protocol):
    """What a task is told: for whom, when this try began, which try it is."""

    @property
    def actor(self) -> Actor:
        """Who asked, with the roles in force now (none when the account was closed meanwhile)."""

    @property
    def at(self) -> datetime:
        """The instant at which this try began."""

    @property
    def attempt(self) -> int:
        """1 for the first try."""

    def progress(self, done: int, total: int = 0, words: str = "") -> None:
        """Say how far the work is. Raises Cancelled when it is to end; call it between steps."""


class Queue(Protocol):
    """The implementation that `jobs` registers."""

    def __call__(
        self,
        *,
        task: str,
        key: str,
        actor: Actor,
        after: datetime | None,
        args: Mapping[str, Any],
    ) -> int: ...


_registered: list[Queue] = []


def register(queue: Queue) -> None:
    """Make `queue` the one that `enqueue` hands its work to."""
    _registered[:] = [queue]


def task(label: str) -> Callable[[F], F]:
    """Mark a function as work that may be queued; `label` is its name for people."""

    def mark(function: F) -> F:
        function.task_label = label  # type: ignore[attr-defined]
        return function

    return mark


def enqueue(
    name: str, *, actor: Actor, key: str = "", after: datetime | None = None, **args: Any
) -> int:
    """Queue the task of that dotted name; the id of its job.

    `key`: while a job with this key waits or runs, no second one is made and its id is given back.
    `after`: not before that instant. `args` are handed to the task and must fit into JSON.
    Raises ValueError for a name that is no task's, RuntimeError when no queue is registered.
    """
    if not TASK_NAME.fullmatch(name):
        raise ValueError(f"{name}: not the dotted name of a task (thidua.<room>.tasks.<name>)")
    if not _registered:
        raise RuntimeError("no queue is registered: thidua.jobs is not installed")
    return _registered[0](task=name, key=key, actor=actor, after=after, args=args)
