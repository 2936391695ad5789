"""The two workbooks of the demonstration, with the traps of real lists."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from thidua.demo.season import Demonstration, Entry
from thidua.screening.sheets.history_writing import write_history

_HEAD = [
    "STT",
    "Họ và tên /\nTên tập thể",
    "Ngày, tháng, năm sinh",
    "",
    "Đơn vị",
    "Danh hiệu đề nghị",
]


def write_list(path: Path, demonstration: Demonstration) -> None:
    """The list as an officer keeps it: title, two header rows, a numbering row, a hidden catalogue,
    a blank row, birth dates in three shapes under Nam and Nữ.
    """
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Danh sách đề nghị")
        bold = book.add_format({"bold": True, "text_wrap": True, "align": "center", "border": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_string(0, 0, "BỘ THÔNG TIN VÀ TRUYỀN THÔNG (số liệu trình diễn)")
        sheet.write_string(1, 0, "DANH SÁCH ĐỀ NGHỊ XÉT TẶNG DANH HIỆU, HÌNH THỨC KHEN THƯỞNG")
        for column, title in enumerate(_HEAD):
            if column in (2, 3):
                sheet.write_string(4, column, "Nam" if column == 2 else "Nữ", bold)
            elif title:
                sheet.merge_range(3, column, 4, column, title, bold)
        sheet.merge_range(3, 2, 3, 3, _HEAD[2], bold)
        for column in range(len(_HEAD)):
            sheet.write_number(5, column, column + 1, bold)
        row = 6
        for number, entry in enumerate([*demonstration.entries, *demonstration.rejected], 1):
            if number == 4:
                row += 1  # a blank row, as real lists have them
            _row(sheet, row, number, entry, day)
            row += 1
        sheet.set_column(1, 1, 30)
        sheet.set_column(2, 3, 13)
        sheet.set_column(4, 5, 36)
        catalogue = book.add_worksheet("Danh mục")
        catalogue.write_column(0, 0, ["LĐTT", "CSTĐCS", "BK Bộ", "TTLĐTT"])
        catalogue.hide()


def _row(sheet: Any, row: int, number: int, entry: Entry, day: Any) -> None:
    if number % 5:
        sheet.write_number(row, 0, number)
    name = unicodedata.normalize("NFD", entry.written) if entry.nfd else entry.written
    sheet.write_string(row, 1, name)
    column = 3 if entry.sex == "female" else 2
    if isinstance(entry.birth, date):
        sheet.write_datetime(row, column, entry.birth, day)
    elif isinstance(entry.birth, int):
        sheet.write_number(row, column, entry.birth)
    elif entry.birth:
        sheet.write_string(row, column, str(entry.birth))
    sheet.write_string(row, 4, entry.unit)
    sheet.write_string(row, 5, entry.award)


def write_known(path: Path, demonstration: Demonstration) -> None:
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
            for entry in demonstration.entries
            if entry.facts
        ],
    )
