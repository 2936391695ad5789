"""What can go wrong with accounts. Each message says what happened and what to do."""

from __future__ import annotations

from collections.abc import Sequence


class AccountFault(Exception):
    """A write that is refused; `str()` is a sentence for the person who asked for it."""


class MailTaken(AccountFault):
    """Another account has this mail address."""


class PeriodWrong(AccountFault):
    """Days in the wrong order, or outside what they must lie in."""


class RoleOverlaps(AccountFault):
    """The same role for the same unit is held on one of these days already."""


class NotLendable(AccountFault):
    """A role, or a loan of it, that may not be lent."""


class NotYours(AccountFault):
    """The actor may not do this to this account."""


class LinkSpent(AccountFault):
    """A link that was used, withdrawn, has expired or never was."""


class PasswordRefused(AccountFault):
    """A password that does not do; `reasons` are sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))
