"""Whole procedures through a real browser."""
