"""A row of a list while it is read, and the candidate that it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from thidua.screening.sheets.aliases import Aliases
from thidua.screening.sheets.cells import Cell, ErrorCell, column_letters, is_blank, shown
from thidua.screening.sheets.headers import Column, Header
from thidua.screening.sheets.ledger import Problem
from thidua.screening.sheets.values import BadValue, read_date, refuse_error
from thidua.support.text import clean, match_key, one_line


@dataclass(slots=True)
class Context:
    """What reading a row needs beside the row. codes: of the catalogues. unit: of the rows below a
    heading, or of the whole list.
    """

    sheet: str
    header: Header
    aliases: Aliases
    today: date
    dates_1904: bool
    codes: dict[str, str]
    unit: str


@dataclass(slots=True)
class Candidate:
    """A row accepted: one person, collective or household proposed for awards (ids).

    birth: as exact as written (`1980`, `1980-05`, `1980-05-01`) or "". cells: meaning → the cell
    where it stands. yearly: (ledger, year or None, text, cell) for ratings, initiatives and
    discipline written in the list itself. failed_lookups: cells that show #N/A, taken as blank.
    """

    row: int
    kind: str
    name: str
    unit: str
    awards: tuple[str, ...]
    sex: str = ""
    birth: str = ""
    position: str = ""
    subunit: str = ""
    code: str = ""
    founded_on: str = ""
    stream: str = ""
    year: int | None = None
    cells: dict[str, str] = field(default_factory=dict)
    yearly: list[tuple[str, int | None, str, str]] = field(default_factory=list)
    failed_lookups: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """Who it is, however it is spelled: kind, name, unit."""
        return self.kind, match_key(self.name), match_key(self.unit)


class Row:
    """The cells of a row by meaning, and the problems met so far."""

    def __init__(self, row: int, cells: Sequence[Cell], context: Context) -> None:
        self.row, self.cells, self.context = row, cells, context
        self.problems: list[Problem] = []
        self.places: dict[str, str] = {}
        self.failed_lookups: list[str] = []

    def value(self, column: Column) -> Cell:
        return self.cells[column.index - 1] if column.index <= len(self.cells) else None

    def place(self, column: Column) -> str:
        return f"{column_letters(column.index)}{self.row}"

    def refuse(self, column: Column | None, reason: str, fix: str) -> None:
        cell = self.place(column) if column else ""
        value = clean(shown(self.value(column))) if column else ""
        self.problems.append(Problem(self.context.sheet, self.row, cell, value, reason, fix))

    def text(self, meaning: str) -> str:
        """The text of the first filled column of a meaning, on one line; error cells are refused."""
        for column in self.context.header.all(meaning):
            value = self.value(column)
            if is_blank(value):
                continue
            self.places.setdefault(meaning, self.place(column))
            try:
                refuse_error(value)
            except BadValue as bad:
                self.refuse(column, bad.reason, bad.fix)
                return ""
            return one_line(shown(value))
        return ""

    def optional(self, column: Column) -> Cell:
        """A cell that may be blank: a failed look-up (#N/A) is, and is noted; other errors are refused."""
        value = self.value(column)
        if isinstance(value, ErrorCell | str) and str(value).strip() == "#N/A":
            self.failed_lookups.append(self.place(column))
            return None
        try:
            refuse_error(value)
        except BadValue as bad:
            self.refuse(column, bad.reason, bad.fix)
            return None
        return value

    def day(self, meaning: str) -> str:
        """The first date of a meaning, as exact as written; «không rõ» is blank."""
        for column in self.context.header.all(meaning):
            value = self.optional(column)
            try:
                found = read_date(
                    value, dates_1904=self.context.dates_1904, today=self.context.today
                )
            except BadValue as bad:
                if not self.context.aliases.says("unknown", shown(value)):
                    self.refuse(column, bad.reason, bad.fix)
                continue
            if found:
                self.places.setdefault(meaning, self.place(column))
                return found
        return ""
