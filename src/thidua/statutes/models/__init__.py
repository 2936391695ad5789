"""Tables of the organisation's own rules, of digests of the book, and of its own days."""

from thidua.statutes.models.books import BookDigest
from thidua.statutes.models.calendars import CalendarDay, CalendarYear
from thidua.statutes.models.overlays import OverlayRule

__all__ = ["BookDigest", "CalendarDay", "CalendarYear", "OverlayRule"]
