"""Codecs of words, awards and lists of them: names in the book ↔ ids. See `codecs`."""

# ruff: noqa: ARG002 - every codec has the same shape

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from thidua.screening.sheets.aliases import Aliases
from thidua.screening.sheets.cells import Cell, shown
from thidua.screening.sheets.codecs import UNKNOWN, Base, Span
from thidua.screening.sheets.values import BadValue
from thidua.support.text import clean


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
