"""What can go wrong with the register, in words for the person who typed."""

from __future__ import annotations


class RegisterError(Exception):
    """Something that cannot be entered; `field` names the input to mend, if one does."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(RegisterError):
    """Whoever acts has no right to it."""


class AlreadyEntered(RegisterError):
    """The register has this holder, award and decision."""


class EntryClosed(RegisterError):
    """The entry was revoked: nothing more is entered about it."""
