"""How one value of a fact is written in a cell, both ways: text that a clerk writes ↔ plain data.

A codec has `read(cell, aliases, today)` and `write(value, aliases)`. A blank cell never reaches
`read`; «chưa rõ» is read as "unknown" by every codec. Errors are values.BadValue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from thidua.screening.sheets.aliases import Aliases
from thidua.screening.sheets.cells import Cell, shown
from thidua.screening.sheets.values import BadValue, read_code, read_date, read_whole, read_years
from thidua.support.text import clean, fold

UNKNOWN = "chưa rõ"
_BOUND_WORDS = {"at_least": "ít nhất", "at_most": "nhiều nhất", "under": "dưới", "over": "trên"}
_BOUND = re.compile(
    r"(it nhat|toi thieu|tu|nhieu nhat|toi da|khong qua|duoi|tren|hon)\s+(\d+)"
    r"(?:\s*(?:ngay|thang|nam|nguoi))?(\s+tro len)?"
)
_BOUND_KEYS = {
    "it nhat": "at_least",
    "toi thieu": "at_least",
    "tu": "at_least",
    "nhieu nhat": "at_most",
    "toi da": "at_most",
    "khong qua": "at_most",
    "duoi": "under",
    "tren": "over",
    "hon": "over",
}


class Codec(Protocol):
    """Reads and writes one kind of value. hint: what may stand in the cell, for the guide."""

    @property
    def hint(self) -> str: ...

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any: ...

    def write(self, value: Any, aliases: Aliases) -> str | int: ...

    def choices(self, aliases: Aliases) -> list[str]: ...


class Base:
    """What codecs share: no list of choices, values written as text."""

    hint = "chữ"

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """The cell's text on one line."""
        return clean(shown(cell))

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """The value as text."""
        return str(value)

    def choices(self, aliases: Aliases) -> list[str]:
        """The words of a drop-down list; none here."""
        return []


class Text(Base):
    """Free text."""


class Code(Base):
    """A code kept as text (decision number, staff number)."""

    hint = "mã, số hiệu (định dạng ô là Văn bản)"

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """The code as written; raises BadValue for one that Excel cut."""
        return read_code(cell)


class Year(Base):
    """One year, or several (then the row stands for each of them)."""

    hint = "năm, ví dụ 2024; có thể ghi nhiều năm: 2021, 2022 hoặc 2019-2023"

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """A list of years."""
        return read_years(cell, today, ranges=True)

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """A year as a number."""
        return int(value)


class Day(Base):
    """A date as exact as known, or bounds {not_before, not_later_than}."""

    hint = "ngày 31/12/2024, tháng 12/2024 hoặc năm 2024; «không sớm hơn …», «không muộn hơn …»"
    future = False

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """`2024-12-31`, `2024-12`, 2024 or bounds."""
        limit = None if self.future else today
        bounds = {}
        if isinstance(cell, str):
            for part in re.split(r"[,;]", cell):
                match = re.match(
                    r"\s*không (sớm|trước|muộn|sau) ?(?:hơn)?\s+(.+)", part, re.IGNORECASE
                )
                if match:
                    early = match[1].lower() in ("sớm", "trước")
                    key = "not_before" if early else "not_later_than"
                    bounds[key] = date.fromisoformat(
                        _whole_day(read_date(match[2]), last=not early)
                    )
        if bounds:
            return bounds
        found = read_date(cell, today=limit)
        return int(found) if found and len(found) == 4 else found

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """dd/mm/yyyy, mm/yyyy or the year."""
        if isinstance(value, Mapping):
            words = {"not_before": "không sớm hơn", "not_later_than": "không muộn hơn"}
            return ", ".join(f"{words[key]} {_vi_day(str(day))}" for key, day in value.items())
        text = value.isoformat() if isinstance(value, date) else str(value)
        return int(text) if len(text) == 4 else _vi_day(text)


class FutureDay(Day):
    """A date that may lie ahead (in force until)."""

    future = True


def _vi_day(text: str) -> str:
    return "/".join(reversed(text.split("-")))


def _whole_day(text: str | None, *, last: bool) -> str:
    found = text or "1900"
    if len(found) == 4:
        return f"{found}-12-31" if last else f"{found}-01-01"
    if len(found) == 7:
        import calendar  # noqa: PLC0415 - one rare use

        end = calendar.monthrange(int(found[:4]), int(found[5:]))[1]
        return f"{found}-{end if last else 1:02}"
    return found


class Whole(Base):
    """A whole number."""

    hint = "số"

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """The number."""
        return read_whole(cell)

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """The number."""
        return int(value)


class Span(Base):
    """A whole number or bounds {at_least, at_most, under, over}."""

    hint = "số; hoặc «ít nhất 3», «nhiều nhất 5», «dưới 12», «trên 40»"

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """The number or the bounds."""
        bounds: dict[str, int] = {}
        if isinstance(cell, str):
            for part in re.split(r"[,;]", fold(cell)):
                match = _BOUND.fullmatch(part.strip())
                if match:
                    bounds[_BOUND_KEYS[match[1]]] = int(match[2])
        return bounds or read_whole(cell)

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """The number or the bounds in words."""
        if isinstance(value, Mapping):
            return ", ".join(f"{_BOUND_WORDS[key]} {number}" for key, number in value.items())
        return int(value)


class Truth(Base):
    """Yes or no."""

    hint = "có, không"

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """True or False."""
        if isinstance(cell, bool):
            return cell
        said = aliases.choose(("true", "false"), shown(cell))
        if said is None:
            raise BadValue(
                f"«{shown(cell)}» không phải «có» hay «không».", "Ghi «có» hoặc «không»."
            )
        return said == "true"

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """«có» or «không»."""
        return "có" if value else "không"

    def choices(self, aliases: Aliases) -> list[str]:
        """The two words."""
        return ["có", "không", UNKNOWN]
