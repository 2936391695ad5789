"""Writes of the register: lines are added; nothing is changed."""

from thidua.register.services.decisions import (
    correct_decision,
    draft_decision,
    record_decision,
    record_decisions,
)
from thidua.register.services.entries import (
    correct_entry,
    enter_honour,
    enter_honours,
    reissue_entry,
    revoke_entry,
)

__all__ = [
    "correct_decision",
    "correct_entry",
    "draft_decision",
    "enter_honour",
    "enter_honours",
    "record_decision",
    "record_decisions",
    "reissue_entry",
    "revoke_entry",
]
