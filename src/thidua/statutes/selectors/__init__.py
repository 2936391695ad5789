"""Reads of the law, of the organisation's own rules, and of working days."""

from thidua.statutes.selectors.books import (
    base_digest,
    check_text,
    get_book,
    get_book_with,
    get_book_without,
    get_judge_words,
    rebuild_book,
    released_now,
)
from thidua.statutes.selectors.calendars import get_calendar, list_days, list_years
from thidua.statutes.selectors.overlays import get_overlay_for, list_overlays_for

__all__ = [
    "base_digest",
    "check_text",
    "get_book",
    "get_book_with",
    "get_book_without",
    "get_calendar",
    "get_judge_words",
    "get_overlay_for",
    "list_days",
    "list_overlays_for",
    "list_years",
    "rebuild_book",
    "released_now",
]
