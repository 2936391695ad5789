"""Cells of a workbook as plain values, and the names of their places as Excel shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, TypeAlias

Visibility: TypeAlias = Literal["visible", "hidden", "very_hidden"]


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell whose formula failed (`#N/A`, `#DIV/0!` …) or was never computed (code «»)."""

    code: str

    def __str__(self) -> str:
        """What Excel shows in the cell."""
        return self.code or "(công thức chưa tính)"


Cell: TypeAlias = str | int | float | bool | date | datetime | time | ErrorCell | None
"""Text as written, whole numbers as int, empty as None; a date without time is a date."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, rows and columns counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows[0]` is Excel's row 1; rows may differ in length."""

    name: str
    visibility: Visibility
    rows: Sequence[Sequence[Cell]]
    merges: tuple[Merge, ...] = ()
    kind: str = "worksheet"

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a row and column counted from 1; outside the used range None."""
        if not 1 <= row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        return cells[column - 1] if 1 <= column <= len(cells) else None

    @property
    def width(self) -> int:
        """The number of columns of the longest row."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that has been read. file: its name without folders. dates_1904: Mac serials."""

    file: str
    sheets: tuple[Sheet, ...]
    dates_1904: bool = False
    digest: str = ""

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def column_letters(column: int) -> str:
    """The letters of a column counted from 1: 1 → A, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def is_blank(cell: Cell) -> bool:
    """Is there nothing in the cell? Spaces and hidden signs are nothing; an error is something."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell.strip(" \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff")
    return False


def shown(cell: Cell) -> str:
    """The cell as text for a message: dates dd/mm/yyyy, whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y %H:%M")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, float):
        return repr(cell)
    return str(cell)
