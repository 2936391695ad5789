"""What can go wrong with queued work. Each message names the fix."""

from __future__ import annotations


class JobFault(Exception):
    """An act on a job or on the schedule that is refused; `str()` is a sentence."""
