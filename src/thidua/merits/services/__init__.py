"""Writes of facts: each leaves its event, and asks whether the actor may."""

from thidua.merits.services.facts import (
    clear_discipline,
    close_investigation,
    correct_fact,
    record_fact,
    record_facts,
    withdraw_fact,
)
from thidua.merits.services.initiatives import (
    add_author,
    change_share,
    draft_initiative,
    initiative_values,
    record_initiative,
    record_initiatives,
    remove_author,
    withdraw_initiative,
)

__all__ = [
    "add_author",
    "change_share",
    "clear_discipline",
    "close_investigation",
    "correct_fact",
    "draft_initiative",
    "initiative_values",
    "record_fact",
    "record_facts",
    "record_initiative",
    "record_initiatives",
    "remove_author",
    "withdraw_fact",
    "withdraw_initiative",
]
