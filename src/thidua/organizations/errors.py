"""What can go wrong with units, in the words of a clerk."""

from __future__ import annotations


class UnitError(Exception):
    """An act on a unit that cannot be done; the text says why and what to do."""


class RootTaken(UnitError):
    """A second unit without a parent: one installation serves one root organisation (ADR 0002)."""


class CycleFound(UnitError):
    """The unit would stand under itself on some day."""


class DatesOverlap(UnitError):
    """The day lies before what is already recorded for this unit."""


class UnitNotAlive(UnitError):
    """The unit does not exist on that day."""


class UnitStillHolds(UnitError):
    """The unit cannot end: other units still stand under it."""


class CodeTaken(UnitError):
    """Another unit has this code."""
