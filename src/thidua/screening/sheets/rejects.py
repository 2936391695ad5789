"""The workbook of failed rows: the same columns and the reason, to be corrected and read again."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from thidua.screening.sheets.aliases import load_aliases
from thidua.screening.sheets.cells import Cell, ErrorCell
from thidua.screening.sheets.headers import Column
from thidua.screening.sheets.staging import Staged
from thidua.screening.sheets.writing import printed_landscape, put, write_atomically

REASON_COLUMN = "Ghi chú: lý do loại, cách sửa"
ROW_COLUMN = "Ghi chú: dòng trong tệp gốc"
CODES_SHEET = "Danh mục"
_KIND_WORDS = {"person": "cá nhân", "collective": "tập thể", "household": "hộ gia đình"}


def write_rejects(path: Path, staged: Staged) -> int:
    """Write the rejected rows of a list under its own headers; return how many there are.

    The file is a list again: whoever corrects the cells can screen it as it is. What the original
    said outside the columns (a unit's heading, the title's award, codes) gets a column or a sheet.
    It is written even when nothing was rejected, so that an old file cannot be taken for a new one.
    Raises OSError.
    """
    columns = [
        column
        for column in staged.header.columns
        if column.title and column.title not in (REASON_COLUMN, ROW_COLUMN)
    ]
    added = _added(staged)
    reasons: dict[int, list[str]] = {}
    for one in staged.remarks.problems:
        where = f"Ô {one.cell}: " if one.cell else ""
        reasons.setdefault(one.row, []).append(f"{where}{one.reason} {one.fix}")

    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet: Worksheet = workbook.add_worksheet(staged.sheet)
        head = workbook.add_format(
            {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E8EEF4"}
        )
        text = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        plain = workbook.add_format({"text_wrap": True, "valign": "top"})
        top = _headers(sheet, columns, [*added, REASON_COLUMN, ROW_COLUMN], head)
        for line, row in enumerate(staged.rejected_rows, top):
            one = staged.rejected[row]
            values: list[Cell] = [
                one.cells[column.index - 1] if column.index <= len(one.cells) else None
                for column in columns
            ]
            values += [value if value is not None else one.unit for value in added.values()]
            values += ["\n".join(reasons[row]), row]
            for place, value in enumerate(values):
                if isinstance(value, ErrorCell):
                    value = value.code or None  # noqa: PLW2901 - an error is shown by its code
                put(sheet, line, place, value, text if isinstance(value, str) else plain)
        sheet.set_column(0, len(columns) + len(added) - 1, 22)
        sheet.set_column(len(columns) + len(added), len(columns) + len(added), 70)
        sheet.freeze_panes(top, 0)
        sheet.autofilter(
            top - 1, 0, top + max(0, len(staged.rejected) - 1), len(columns) + len(added) + 1
        )
        printed_landscape(sheet, top - 1)
        if staged.codes:
            _codes(workbook.add_worksheet(CODES_SHEET), staged.codes)

    write_atomically(path, fill)
    return len(staged.rejected)


def _added(staged: Staged) -> dict[str, str | None]:
    """Columns that the original had no need of: title → value, None for the row's own unit."""
    header = staged.header
    added: dict[str, str | None] = {}
    if not {"unit", "position_unit"} & header.meanings and any(
        one.unit for one in staged.rejected.values()
    ):
        added["Đơn vị công tác"] = None
    if header.named and "kind" not in header.meanings:
        added["Phân loại khen thưởng"] = _KIND_WORDS[header.named]
    if header.title_award:
        added["Danh hiệu đề nghị"] = load_aliases().labels[header.title_award]
    return added


def _headers(sheet: Worksheet, columns: list[Column], more: list[str], head: object) -> int:
    """Write the header, on two rows when the original had levels; return the first data row."""
    depth = max((min(2, len(column.levels)) for column in columns), default=1)
    for place, column in enumerate(columns):
        upper = " ".join(column.levels[:-1]) if len(column.levels) > 1 else column.title
        put(sheet, 0, place, upper, head)
        if depth == 2:
            put(sheet, 1, place, column.levels[-1] if len(column.levels) > 1 else None, head)
    for place, title in enumerate(more, len(columns)):
        put(sheet, 0, place, title, head)
    return depth


def _codes(sheet: Worksheet, codes: dict[str, str]) -> None:
    put(sheet, 0, 0, "Mã số")
    put(sheet, 0, 1, "Danh hiệu thi đua, hình thức khen thưởng")
    for line, (code, name) in enumerate(sorted(codes.items()), 1):
        put(sheet, line, 0, code)
        put(sheet, line, 1, name)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 60)
