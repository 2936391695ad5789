"""What can go wrong with people, in words for the person who typed."""

from __future__ import annotations


class PeopleError(Exception):
    """Something about people that cannot be done; `field` names the input to mend, if one does."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(PeopleError):
    """Whoever acts has no right to it."""


class BadDate(PeopleError):
    """A date that the calendar does not have, or two dates in the wrong order.

    Raised where nothing is translated: `template` and `parts` are the same sentence for pages.
    """

    def __init__(self, template: str, field: str = "", **parts: str) -> None:
        super().__init__(template % parts, field)
        self.template = template
        self.parts = parts


class PostsOverlap(PeopleError):
    """Two main posts at one time."""


class RepeatedCode(PeopleError):
    """Somebody else of the organisation has the employee code."""


class ConflictUndecided(PeopleError):
    """Two records that cannot both be one person's; somebody must choose first."""


class MergeRefused(PeopleError):
    """The two cannot be merged, or the merge cannot be undone."""
