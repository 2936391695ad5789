"""The two workbooks of the demonstration, with the traps of real lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from thidua.demo.season import Demonstration, Entry
from thidua.screening.sheets.history_writing import write_history
from thidua.screening.sheets.writing import write_atomically

SHEET, CATALOGUE = "Danh sách đề nghị", "Danh mục"
_HEAD = (
    ("STT", 6),
    ("Họ và tên /\nTên tập thể", 30),
    ("Ngày, tháng, năm sinh", 13),
    ("", 13),
    ("Đối tượng", 11),
    ("Đơn vị", 38),
    ("Danh hiệu, hình thức đề nghị", 36),
)
_BIRTH, _LAST = 2, len(_HEAD) - 1
_TITLES = (
    "BỘ THÔNG TIN VÀ TRUYỀN THÔNG (số liệu trình diễn)",
    "DANH SÁCH ĐỀ NGHỊ XÉT TẶNG DANH HIỆU, HÌNH THỨC KHEN THƯỞNG",
)
# Where blank rows stand: after so many people, and what each of them holds.
_BLANKS = {3: "nothing", 9: "number", 15: "space"}
# Rows that name nobody: two headings, the total, place and date, the signature.
ASIDE = 5
BLANK = len(_BLANKS) + ASIDE


@dataclass(slots=True)
class _Sheet:
    """A list while it is written: the sheet, its styles, the next row, the next number."""

    sheet: Any
    bold: Any
    day: Any
    row: int = 0
    number: int = 0

    def heading(self, mark: str, text: str) -> None:
        self.sheet.write_string(self.row, 0, mark, self.bold)
        self.sheet.merge_range(self.row, 1, self.row, _LAST, text, self.bold)
        self.row += 1

    def blank(self, what: str) -> None:
        if what == "number":
            self.number += 1
            self.sheet.write_number(self.row, 0, self.number)
        elif what == "space":
            self.sheet.write_string(self.row, 1, " ")
        self.row += 1

    def entry(self, entry: Entry) -> None:
        self.number += 1
        if "blank_number" not in entry.traps:
            self.sheet.write_number(self.row, 0, self.number)
        name = unicodedata.normalize("NFD", entry.written) if entry.nfd else entry.written
        self.sheet.write_string(self.row, 1, name)
        column = _BIRTH + (entry.sex == "female")
        if isinstance(entry.birth, date):
            whole = datetime(entry.birth.year, entry.birth.month, entry.birth.day)  # noqa: DTZ001
            self.sheet.write_datetime(self.row, column, whole, self.day)
        elif isinstance(entry.birth, int):
            self.sheet.write_number(self.row, column, entry.birth)
        elif entry.birth:
            self.sheet.write_string(self.row, column, str(entry.birth))
        kind = "Tập thể" if entry.kind == "collective" else "Cá nhân"
        self.sheet.write_string(self.row, 4, kind)
        self.sheet.write_string(self.row, 5, entry.unit)
        self.sheet.write_string(self.row, 6, entry.award)
        self.row += 1


def write_list(path: Path, demonstration: Demonstration) -> None:
    """The list as an officer keeps it, with the traps that `season.yaml` names."""

    def fill(book: Any) -> None:
        centred = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"}
        head = book.add_format({**centred, "border": 1})
        sheet = book.add_worksheet(SHEET)
        writing = _Sheet(
            sheet,
            book.add_format({"bold": True}),
            book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        )
        _head(writing, head)
        writing.heading("I", "CÁ NHÂN")
        for count, entry in enumerate((*demonstration.people, *demonstration.rejected), 1):
            writing.entry(entry)
            if count in _BLANKS:
                writing.blank(_BLANKS[count])
        writing.heading("II", "TẬP THỂ")
        for entry in demonstration.collectives:
            writing.entry(entry)
        total = len(demonstration.entries) + len(demonstration.rejected)
        sheet.write_string(writing.row, 1, f"Tổng cộng: {total}", writing.bold)
        sheet.write_string(writing.row + 1, 5, "Hà Nội, ngày 15 tháng 12 năm 2017")
        sheet.write_string(writing.row + 2, 5, "NGƯỜI LẬP BIỂU", writing.bold)
        catalogue = book.add_worksheet(CATALOGUE)
        catalogue.write_column(0, 0, ["LĐTT", "CSTĐCS", "BK Bộ", "TTLĐTT"])
        catalogue.hide()

    write_atomically(path, fill)


def _head(writing: _Sheet, style: Any) -> None:
    """Two titles, a two-level header from row 4 on, and the row that numbers the columns."""
    sheet = writing.sheet
    for row, title in enumerate(_TITLES):
        sheet.write_string(row, 0, title, writing.bold)
    for column, (title, width) in enumerate(_HEAD):
        sheet.set_column(column, column, width)
        if column == _BIRTH:
            sheet.merge_range(3, column, 3, column + 1, title, style)
            sheet.write_row(4, column, ["Nam", "Nữ"], style)
        elif title:
            sheet.merge_range(3, column, 4, column, title, style)
        sheet.write_number(5, column, column + 1, style)
    sheet.set_row(3, 30)
    sheet.freeze_panes(6, 2)
    writing.row = 6


def write_known(path: Path, entries: Sequence[Entry]) -> None:
    """The history workbook: what is known of those of whom anything is known."""
    write_history(
        path,
        [
            {
                "id": entry.name,
                "kind": entry.kind,
                "name": entry.name,
                "unit": entry.unit,
                **entry.facts,
            }
            for entry in entries
            if entry.facts
        ],
    )
