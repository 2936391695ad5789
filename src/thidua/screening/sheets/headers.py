"""Where the header of a list stands, and which column means what.

Headers are met in any row, on one level or two, with merged cells, line breaks and notes, and with
a row `1 2 3 …` beneath.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from thidua.screening.sheets.aliases import Aliases
from thidua.screening.sheets.cells import Cell, Sheet, is_blank, shown
from thidua.screening.sheets.columns import LABELS, header_key, meaning_of, year_in
from thidua.support.text import clean, fold, match_key

DEEPEST = 60  # rows searched for a header
_LEVELS = 3
_NUMBERING = re.compile(r"^\(?\d{1,2}\)?$|^[A-Za-z]$|^\(?\d{1,2}\)?\s*=.*$")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. index: from 1. title: its header on one line, levels joined by « / ».

    meaning: a key of columns.LABELS or "". award: of a column that is ticked. year: named in it.
    """

    index: int
    title: str
    meaning: str = ""
    award: str = ""
    year: int | None = None
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a list: its rows (from 1, both included, numbering row too) and columns.

    title: the text above it. named: whom it lists (person, collective, household) or "".
    title_award: the one award that the title proposes, for a list without a column of awards.
    """

    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    title: str = ""
    named: str = ""
    title_award: str = ""

    def all(self, meaning: str) -> list[Column]:
        """The columns of a meaning, from left to right."""
        return [column for column in self.columns if column.meaning == meaning]

    def first(self, meaning: str) -> Column | None:
        """The first column of a meaning."""
        return next((column for column in self.columns if column.meaning == meaning), None)

    @property
    def meanings(self) -> set[str]:
        """All meanings that are there."""
        return {column.meaning for column in self.columns if column.meaning}

    @property
    def has_name(self) -> bool:
        """Is there a column of names, whole or in two parts?"""
        return "name" in self.meanings or {"family_name", "given_name"} <= self.meanings

    @property
    def has_award(self) -> bool:
        """Is there a column that says what is proposed?"""
        return bool(self.title_award or {"award", "award_code", "award_tick"} & self.meanings)

    @property
    def found(self) -> list[str]:
        """The headers as written, for a message."""
        return [column.title for column in self.columns if column.title]


def find_header(sheet: Sheet, aliases: Aliases) -> Header | None:
    """The most telling header of a sheet: at least two known columns, a name or an award."""
    best: Header | None = None
    best_score = 0
    for row in range(1, min(DEEPEST, len(sheet.rows)) + 1):
        if not _worth_trying(sheet.rows[row - 1]):
            continue
        header = _header_at(sheet, row, aliases)
        known = header.meanings - {"other", "note"}
        awards = bool({"award", "award_code", "award_tick"} & known)
        score = len(known) + 3 * header.has_name + 2 * awards
        if len(known) >= 2 and (header.has_name or header.has_award) and score > best_score:
            best, best_score = header, score
    return best


def _worth_trying(cells: object) -> bool:
    assert isinstance(cells, tuple)  # noqa: S101 - sheets are read into tuples
    texts = [cell for cell in cells if isinstance(cell, str) and not is_blank(cell)]
    return len(texts) >= 2 and any(meaning_of(text) for text in texts)


def _header_at(sheet: Sheet, row: int, aliases: Aliases) -> Header:
    last = _last_level(sheet, row, aliases)
    columns = []
    for index in range(1, sheet.width + 1):
        texts = list(
            dict.fromkeys(
                clean(text) for text in _levels(sheet, row, last, index) if not is_blank(text)
            )
        )
        columns.append(replace(_column(index, texts, aliases), levels=tuple(texts)))
    columns = _settle(columns)
    if last < len(sheet.rows) and _is_numbering(sheet.rows[last]):
        last += 1
    title = "\n".join(
        clean(cell)
        for above in sheet.rows[: row - 1]
        for cell in above
        if isinstance(cell, str) and not is_blank(cell)
    )
    name = next((column for column in columns if column.meaning in ("name", "family_name")), None)
    award = ""
    if not {"award", "award_code", "award_tick"} & {column.meaning for column in columns}:
        award = _title_award(title, aliases)
    return Header(row, last, tuple(columns), title, _named(name, title), award)


def _title_award(title: str, aliases: Aliases) -> str:
    """The one award that the title of a list names in full («DANH SÁCH … CHIẾN SĨ THI ĐUA CƠ SỞ»)."""
    text = f" {match_key(title)} "
    said = {
        key: award
        for key, award in aliases.awards.exact.items()
        if key.count(" ") >= 2 and f" {key} " in text
    }
    longest = {
        award
        for key, award in said.items()
        if not any(key != other and f" {key} " in f" {other} " for other in said)
    }
    return longest.pop() if len(longest) == 1 else ""


def _last_level(sheet: Sheet, row: int, aliases: Aliases) -> int:
    """The last row of a header that begins at a row: what merged cells and sub-headers say."""
    last = row
    for merge in sheet.merges:
        if merge.top == row:
            last = max(last, min(merge.bottom, row + _LEVELS - 1))
            if merge.right > merge.left and _is_sublevel(sheet, merge.bottom + 1, aliases):
                last = max(last, merge.bottom + 1)
    if last == row and _spreads(sheet, row) and _is_sublevel(sheet, row + 1, aliases):
        last = row + 1
    return min(last, len(sheet.rows))


def _spreads(sheet: Sheet, row: int) -> bool:
    """Without merged cells: does the row below split a header that is followed by a blank or itself?

    Under a full header even a lone «LĐTT» is a row of data that lacks its name, never a header.
    """
    return any(
        not is_blank(sheet.cell(row, column - 1))
        and (is_blank(cell := sheet.cell(row, column)) or cell == sheet.cell(row, column - 1))
        and not is_blank(sheet.cell(row + 1, column - 1))
        and not is_blank(sheet.cell(row + 1, column))
        for column in range(2, sheet.width + 1)
    )


def _is_sublevel(sheet: Sheet, row: int, aliases: Aliases) -> bool:
    """Does a row hold the second level of a header: no number, a few texts that headers use?"""
    if not 1 < row <= len(sheet.rows):
        return False
    cells = [cell for cell in sheet.rows[row - 1] if not is_blank(cell)]
    if not cells or not all(isinstance(cell, str) or _like_year(cell) for cell in cells):
        return False
    first = sheet.cell(row, 1)
    above = sheet.cell(row - 1, 1)
    if not is_blank(first) and not is_blank(above):
        return False
    known = [
        cell
        for cell in cells
        if _like_year(cell)
        or header_key(shown(cell)) == "nam"
        or meaning_of(shown(cell))
        or aliases.award(shown(cell))
    ]
    return len(known) >= 1 and len(known) * 2 >= len(cells)


def _like_year(cell: Cell) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool) and 1990 <= cell <= 2100


def _levels(sheet: Sheet, first: int, last: int, column: int) -> Iterator[str]:
    for row in range(first, last + 1):
        cell = sheet.cell(row, column)
        if is_blank(cell):
            for merge in sheet.merges:
                inside = merge.top <= row <= merge.bottom and merge.left <= column <= merge.right
                if inside and merge.top >= first:
                    cell = sheet.cell(merge.top, merge.left)
        if not is_blank(cell):
            yield shown(cell)


def _column(index: int, texts: list[str], aliases: Aliases) -> Column:
    """What one column means: its lowest header decides, in the light of those above it."""
    if not texts:
        return Column(index, "")
    title = " / ".join(texts)
    child, parents = texts[-1], texts[:-1]
    parent = meaning_of(" ".join(parents)) if parents else ""
    key = header_key(child)
    own = meaning_of(child)
    year = year_in(child) or (year_in(title))
    if key in ("nam", "nu") and (parents or key == "nu" or child.strip() == "Nam"):
        of_people = parent in ("birth", "sex") or key == "nu"
        if of_people:
            prefix = "birth" if parent == "birth" else "sex"
            return Column(index, title, f"{prefix}_{'male' if key == 'nam' else 'female'}")
    if parent == "held":
        return Column(index, title, "held")
    if own in ("", "award"):
        award = aliases.award(child)
        if award and own == "":
            return Column(index, title, "award_tick", award)
    if own in ("", "number", "year", "given_name") and parent and own != "number":
        return Column(index, title, parent, year=year)
    return Column(index, title, own or meaning_of(title), year=year)


def _settle(columns: list[Column]) -> list[Column]:
    """Decide what depends on the other columns: Nam beside Nữ, «Tên đơn vị» in a list of units."""
    meanings = {column.meaning for column in columns}
    settled = []
    for column in columns:
        meaning = column.meaning
        if meaning == "year" and "sex_female" in meanings and column.title.strip() == "Nam":
            meaning = "sex_male"
        if meaning == "given_name" and "family_name" not in meanings and "name" not in meanings:
            meaning = "name"
        settled.append(replace(column, meaning=meaning))
    if not {"name", "family_name"} & {column.meaning for column in settled}:
        units = [column for column in settled if column.meaning == "unit"]
        tells = [column for column in units if header_key(column.title).startswith("ten ")]
        chosen = tells[0] if tells else None
        if chosen:
            place = settled.index(chosen)
            settled[place] = replace(chosen, meaning="name")
    return settled


def _is_numbering(cells: object) -> bool:
    """Is this the row `1 2 3 …` (or `(1) (2) …`, `A B 1 2`) under a header?"""
    assert isinstance(cells, tuple)  # noqa: S101 - as above
    texts = [shown(cell) for cell in cells if not is_blank(cell)]
    if len(texts) < 3 or not all(_NUMBERING.match(text.strip()) for text in texts):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.search(r"\d+", text.split("=")[0]))]
    return len(numbers) >= 2 and numbers == sorted(set(numbers))


def _named(column: Column | None, title: str) -> str:
    """Whom a list names: "person", "collective", "household", or "" when it may be any."""
    said = header_key(column.title) if column else ""
    if column and column.meaning == "family_name":
        return "person"
    words = [
        kind
        for kind, word in (
            ("person", r"ca nhan|ho va ten|ho ten"),
            ("collective", r"tap the|don vi"),
            ("household", r"ho gia dinh"),
        )
        if re.search(word, said)
    ]
    if len(words) == 1:
        return words[0]
    above = fold(title)
    heads = [
        kind
        for kind, word in (
            ("person", r"danh sach (cac )?(ca nhan|can bo)"),
            ("collective", r"danh sach (cac )?tap the"),
            ("household", r"danh sach (cac )?ho gia dinh"),
        )
        if re.search(word, above)
    ]
    return heads[0] if len(heads) == 1 and not words else ""


def missing_columns(header: Header) -> list[str]:
    """The needed columns that a header lacks, as a clerk calls them."""
    lacks = [] if header.has_name else [LABELS["name"]]
    return lacks if header.has_award else [*lacks, LABELS["award"]]
