"""Ctrl K: find a person, a unit, a page."""
