"""Writes of this room."""

from thidua.statutes.services.books import pin_book
from thidua.statutes.services.calendars import (
    announce_year,
    remove_calendar_day,
    set_calendar_day,
    unannounce_year,
)
from thidua.statutes.services.overlays import (
    change_overlay,
    draft_overlay,
    propose_overlay,
    release_overlay,
    return_overlay,
    withdraw_overlay,
)

__all__ = [
    "announce_year",
    "change_overlay",
    "draft_overlay",
    "pin_book",
    "propose_overlay",
    "release_overlay",
    "remove_calendar_day",
    "return_overlay",
    "set_calendar_day",
    "unannounce_year",
    "withdraw_overlay",
]
