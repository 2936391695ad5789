"""Pure decisions of the register: how a number is found again, what an honour is after its entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

from thidua.support.text import clean, fold


class Status(StrEnum):
    """What an honour is today."""

    VALID = "valid"
    CORRECTED = "corrected"
    REISSUED = "reissued"
    REVOKED = "revoked"


STATUS_WORDS = {
    Status.VALID: "còn hiệu lực",
    Status.CORRECTED: "đã đính chính",
    Status.REISSUED: "đã cấp lại",
    Status.REVOKED: "đã thu hồi",
}
_AFTER = {
    "correction": Status.CORRECTED,
    "reissue": Status.REISSUED,
    "revocation": Status.REVOKED,
}


class Entry(Protocol):
    """What is asked of an entry."""

    @property
    def kind(self) -> str:
        """grant, correction, revocation, reissue."""


E = TypeVar("E", bound=Entry)


def number_key(number: str) -> str:
    """A decision's number in one spelling: «Số 12 / QĐ–BTTTT» and «12/qd-bttt» meet as words.

    Leading zeros go: «05/QĐ» is «5/QĐ».
    """
    text = fold(clean(number)).replace("–", "-").replace("—", "-")
    text = re.sub(r"^(quyet dinh)?\s*(so)?\s*[:.]?\s*", "", text)
    text = re.sub(r"\s*([/-])\s*", r"\1", text)
    return re.sub(r"^0+(?=\d)", "", text)


def read_status(later: Sequence[E]) -> Status:
    """What an honour is after the entries about it, in the order in which they were made."""
    status = Status.VALID
    for entry in later:
        if entry.kind == "revocation":
            return Status.REVOKED
        status = _AFTER.get(entry.kind, status)
    return status


def last_said(grant: E, later: Sequence[E]) -> E:
    """The entry whose words hold: the newest correction, else the grant itself."""
    return next((one for one in reversed(later) if one.kind == "correction"), grant)
