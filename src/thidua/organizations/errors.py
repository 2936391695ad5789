"""What can go wrong with units, in the words of a clerk."""

from __future__ import annotations


class UnitError(Exception):
    """An act on a unit that cannot be done; the text says why and what to do."""


class NotYours(UnitError):
    """The actor may not change the tree."""


class RootTaken(UnitError):
    """A second unit without a parent: one installation serves one root organisation (ADR 0002)."""


class CycleFound(UnitError):
    """The unit would stand under itself on some day."""


class DatesOverlap(UnitError):
    """The day does not fit what is already recorded for this unit."""


class UnitNotAlive(UnitError):
    """The unit does not exist on that day."""


class UnitStillHolds(UnitError):
    """The unit cannot end: other units still stand under it."""


class UnitInUse(UnitError):
    """The unit cannot be removed: something else is recorded with it."""


class CodeTaken(UnitError):
    """Another unit, kind or bloc has this code."""


class WordsMissing(UnitError):
    """A name, a code or a reason is empty."""


class BlocError(UnitError):
    """An act on a bloc that cannot be done."""
