"""What can go wrong with facts, in words for the person who typed."""

from __future__ import annotations


class MeritError(Exception):
    """A fact that cannot be recorded; `field` names the input to mend, if one does."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(MeritError):
    """Whoever acts has no right to it."""


class AlreadyRecorded(MeritError):
    """There is a record of this kind for this year already."""
