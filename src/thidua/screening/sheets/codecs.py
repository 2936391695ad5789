"""How one value of a fact is written in a cell, both ways: text that a clerk writes ↔ plain data.

A codec has `read(cell, aliases, today)` and `write(value, aliases)`. A blank cell never reaches
`read`; «chưa rõ» is read as "unknown" by every codec. Errors are values.BadValue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Word(Base):
    """A word of a list of facts.yaml. ranked: «từ … trở lên» and «không quá …» are allowed."""

    vocabulary: str
    ranked: bool = False

    @property
    def hint(self) -> str:  # type: ignore[override]
        """What may stand there."""
        return (
            "«từ … trở lên», «đến … trở xuống» cũng được" if self.ranked else "chọn trong danh sách"
        )

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """The word's id, `{at_least: id}` or `{at_most: id}`."""
        text = clean(shown(cell))
        if self.ranked:
            for key, pattern in (
                ("at_least", r"từ\s+(.+?)\s+trở lên"),
                ("at_most", r"đến\s+(.+?)\s+trở xuống|không quá\s+(.+)"),
            ):
                match = re.fullmatch(pattern, text, re.IGNORECASE)
                if match:
                    inner = next(group for group in match.groups() if group)
                    return {key: self._id(inner, aliases)}
        return self._id(text, aliases)

    def _id(self, text: str, aliases: Aliases) -> str:
        labels = aliases.word_labels.get(self.vocabulary, {})
        found = text if text in labels else aliases.word(self.vocabulary, text)
        if found is None:
            allowed = ", ".join(f"«{label}»" for label in list(labels.values())[:8])
            raise BadValue(f"Không nhận ra «{text}».", f"Ghi một trong: {allowed}.")
        return found

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """The word's name in the book."""
        if isinstance(value, Mapping):
            if "at_least" in value:
                return f"từ {self._label(value['at_least'], aliases)} trở lên"
            return f"đến {self._label(value['at_most'], aliases)} trở xuống"
        return self._label(value, aliases)

    def _label(self, word: Any, aliases: Aliases) -> str:
        label = aliases.word_labels[self.vocabulary][str(word)]
        return label if aliases.word(self.vocabulary, label) == word else str(word)

    def choices(self, aliases: Aliases) -> list[str]:
        """All names of the list."""
        return [self._label(word, aliases) for word in aliases.word_labels.get(self.vocabulary, {})]


class Rating(Word):
    """A yearly rating; «không xếp loại» is the year without one."""

    def __init__(self) -> None:
        """The ratings of facts.yaml."""
        super().__init__("ratings", ranked=True)

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """As a word, or "none"."""
        return "none" if aliases.says("none", shown(cell)) else super().read(cell, aliases, today)

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """As a word."""
        return "không xếp loại" if value == "none" else super().write(value, aliases)

    def choices(self, aliases: Aliases) -> list[str]:
        """All ratings, and none."""
        return [*super().choices(aliases), "không xếp loại"]


@dataclass(frozen=True)
class Words(Base):
    """Several words of a list, split by semicolons."""

    vocabulary: str
    hint = "một hay nhiều, cách nhau bằng dấu chấm phẩy"

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """A list of ids."""
        word = Word(self.vocabulary)
        return [
            word.read(part, aliases, today)
            for part in re.split(r"[;\n]", shown(cell))
            if part.strip()
        ]

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """The names."""
        return "; ".join(str(Word(self.vocabulary).write(word, aliases)) for word in value)


@dataclass(frozen=True)
class Plain(Base):
    """One of a few meanings that are no word of facts.yaml; labels: id → what is written."""

    labels: Mapping[str, str]

    @property
    def hint(self) -> str:  # type: ignore[override]
        """The words allowed."""
        return ", ".join(self.labels.values())

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """The meaning's id."""
        text = clean(shown(cell))
        found = aliases.choose(self.labels, text)
        if found is None:
            allowed = ", ".join(f"«{label}»" for label in self.labels.values())
            raise BadValue(f"Không nhận ra «{text}».", f"Ghi một trong: {allowed}.")
        return found

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """The word."""
        return self.labels[str(value)]

    def choices(self, aliases: Aliases) -> list[str]:
        """All words."""
        return list(self.labels.values())


@dataclass(frozen=True)
class Awards(Base):
    """One award, or several. one: exactly one."""

    one: bool = False

    @property
    def hint(self) -> str:  # type: ignore[override]
        """What may stand there."""
        return (
            "tên hoặc chữ viết tắt"
            if self.one
            else "tên hoặc chữ viết tắt, cách nhau dấu chấm phẩy"
        )

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """An id, a list of ids, "none" or "unstated"."""
        text = shown(cell)
        if not self.one:
            said = aliases.choose(("none", "unstated"), text)
            if said:
                return said
        found = aliases.read_awards(text)
        for piece, fix in found.unknown:
            raise BadValue(f"Không nhận ra danh hiệu «{piece}».", fix)
        if self.one and len(found.awards) != 1:
            raise BadValue(
                f"Ô ghi {len(found.awards)} danh hiệu, cần đúng một.",
                "Ghi mỗi danh hiệu trên một dòng.",
            )
        return found.awards[0] if self.one else list(found.awards)

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """The names in the book."""
        if value == "none":
            return "không"
        if value == "unstated":
            return "không ghi"
        many = [value] if isinstance(value, str) else value
        return "; ".join(aliases.labels[award] for award in many)


class Texts(Base):
    """Several short texts, split by semicolons."""

    hint = "một hay nhiều, cách nhau bằng dấu chấm phẩy"

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """A list of texts."""
        return [clean(part) for part in re.split(r"[;\n]", shown(cell)) if part.strip()]

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """The texts."""
        return "; ".join(str(part) for part in value)


class AwardCounts(Base):
    """How many members hold which award: «Lao động tiên tiến: 15; Chiến sĩ thi đua cơ sở: 2»."""

    hint = "tên danh hiệu: số người; …"

    def read(self, cell: Cell, aliases: Aliases, today: date) -> Any:
        """Award id → number or bounds."""
        counts = {}
        for part in re.split(r"[;\n]", shown(cell)):
            if part.strip():
                name, _, number = part.rpartition(":")
                award = Awards(one=True).read(name, aliases, today)
                counts[award] = Span().read(number.strip(), aliases, today)
        return counts

    def write(self, value: Any, aliases: Aliases) -> str | int:
        """The counts in words."""
        return "; ".join(
            f"{aliases.labels[award]}: {UNKNOWN if number == 'unknown' else Span().write(number, aliases)}"
            for award, number in value.items()
        )
