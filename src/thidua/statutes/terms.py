"""Values of the law that every room may speak: dates in force, citations, truth. No Django here."""

from lawengine.terms import (
    Citation,
    Frame,
    Period,
    Threshold,
    Truth,
    parse_citation,
    parse_period,
    parse_threshold,
)

__all__ = [
    "Citation",
    "Frame",
    "Period",
    "Threshold",
    "Truth",
    "parse_citation",
    "parse_period",
    "parse_threshold",
]
