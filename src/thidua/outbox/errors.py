"""What can go wrong with mail. Each message names the fix."""

from __future__ import annotations


class MailFault(Exception):
    """An act on mail that is refused; `str()` is a sentence for the person who asked for it."""
