"""The years that a condition looks at."""

from __future__ import annotations

from typing import NamedTuple

WORDS = ("this_year", "previous_year", "ever", "streak")
SIZED = ("last", "preceding")


class Window(NamedTuple):
    """`this_year` (Y), `previous_year`, `last` N years ending with Y, `preceding` N years before Y,
    `ever` (open past up to Y), `streak` (the years of the enclosing streak).
    """

    word: str
    size: int = 1

    def bounds(self, year: int, streak_start: int | None) -> tuple[int | None, int]:
        """First and last year; the first is None for an open past."""
        word = self.word
        if word == "this_year":
            return year, year
        if word == "last":
            return year - self.size + 1, year
        if word == "ever":
            return None, year
        if word == "streak":
            return streak_start, year
        if word == "previous_year":
            return year - 1, year - 1
        return year - self.size, year - 1


THIS_YEAR = Window("this_year")
EVER = Window("ever")
