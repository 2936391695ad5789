"""Do an act and take it back at once: what it would do, or why it cannot, before anything is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

T = TypeVar("T")


def rehearse(act: Callable[[], T]) -> T:
    """What `act` returns or raises; nothing that it wrote stays."""
    with transaction.atomic():
        result = act()
        transaction.set_rollback(True)
    return result
