"""The result workbook: a summary, one sheet per group of results, and what happened to the input."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from thidua.screening.sheets.cells import Cell
from thidua.screening.sheets.results import (
    GROUP_SHEETS,
    RECALLED,
    VERDICTS,
    Group,
    Report,
    ResultRow,
    count_groups,
    in_order,
)
from thidua.screening.sheets.writing import printed_landscape, put, write_atomically
from thidua.support.text import REPAIRS

_KINDS = {"person": "cá nhân", "collective": "tập thể", "household": "hộ gia đình"}
_COLUMNS = (
    ("STT", 5),
    ("Họ và tên / Tên tập thể", 28),
    ("Đơn vị", 28),
    ("Đối tượng", 11),
    ("Danh hiệu, hình thức đề nghị", 26),
    ("Kết quả", 12),
    ("Lý do", 60),
    ("Còn thiếu", 50),
    ("Sớm nhất vào năm", 10),
    ("Căn cứ", 30),
    ("Độ tin cậy", 16),
    ("Dòng trong danh sách", 10),
)


def write_results(path: Path, report: Report) -> None:
    """Write the result workbook; the old file stays until the new one is whole. Raises OSError."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        style = _Styles(workbook)
        _summary(workbook, report, style)
        for group, title in GROUP_SHEETS.items():
            rows = in_order(row for row in report.results if row.group == group)
            _table(
                workbook,
                title,
                _COLUMNS,
                [_line(n, row) for n, row in enumerate(rows, 1)],
                style,
                report.provisional,
            )
        _table(
            workbook,
            "Sửa chữ",
            _REPAIR_COLUMNS,
            [
                (
                    one.sheet,
                    one.row,
                    one.cell,
                    REPAIRS.get(one.kind, one.kind),
                    _visible(one.old),
                    one.new,
                )
                for one in report.repairs
            ],
            style,
        )
        _table(
            workbook,
            "Nghi vấn",
            _DOUBT_COLUMNS,
            [(one.sheet, ", ".join(map(str, one.rows[:50])), one.text) for one in report.doubts],
            style,
        )
        _table(
            workbook,
            "Loại",
            _PROBLEM_COLUMNS,
            [
                (one.sheet, one.row, one.cell, one.value, one.reason, one.fix)
                for one in report.problems
            ],
            style,
        )

    write_atomically(path, fill)


_REPAIR_COLUMNS = (
    ("Trang tính", 18),
    ("Dòng", 8),
    ("Ô", 8),
    ("Đã sửa gì", 44),
    ("Trước", 44),
    ("Sau", 44),
)
_DOUBT_COLUMNS = (("Trang tính", 18), ("Dòng", 24), ("Nghi vấn", 110))
_PROBLEM_COLUMNS = (
    ("Trang tính", 18),
    ("Dòng", 8),
    ("Ô", 8),
    ("Nội dung ô", 30),
    ("Lý do loại", 60),
    ("Cách sửa", 60),
)


class _Styles:
    """The formats of one workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        border = {"border": 1, "border_color": "#B8C2CC", "valign": "top"}
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.bold = workbook.add_format({"bold": True, "valign": "top"})
        self.wrap = workbook.add_format({"text_wrap": True, "valign": "top", "align": "left"})
        self.mark = workbook.add_format(
            {"bold": True, "font_color": "#9C2B00", "text_wrap": True, "valign": "top"}
        )
        self.head = workbook.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "bg_color": "#E8EEF4",
                "border": 1,
            }
        )
        self.cell = workbook.add_format({**border, "text_wrap": True})


def _line(number: int, row: ResultRow) -> tuple[Cell, ...]:
    confidence = (
        RECALLED
        if row.confidence == "recalled"
        else ("đã đối chiếu" if row.confidence == "verified" else row.confidence)
    )
    return (
        number,
        row.name,
        row.unit,
        _KINDS.get(row.subject_kind, row.subject_kind),
        row.award_vi,
        VERDICTS.get(row.verdict, row.verdict),
        "\n".join(row.reasons),
        "\n".join(row.missing),
        row.earliest_year,
        "\n".join(row.citations),
        confidence,
        row.source_row,
    )


def _summary(workbook: xlsxwriter.Workbook, report: Report, style: _Styles) -> None:
    sheet = workbook.add_worksheet("Tóm tắt")
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, 1, 90)
    put(sheet, 0, 0, "Kết quả xét danh hiệu thi đua, hình thức khen thưởng", style.title)
    line = 1
    if report.provisional:
        put(sheet, line, 0, report.provisional, style.mark)
        line += 1
    lines: list[tuple[str, Cell]] = [("Danh sách", str(report.ledger))]
    if report.history_ledger is not None:
        lines.append(("Sổ dữ kiện", str(report.history_ledger)))
    lines += list(report.facts)
    counts = count_groups(report.results)
    lines += [(GROUP_SHEETS[group], count) for group, count in counts.items()]
    lines.append(("Cộng kết quả (mỗi người, mỗi danh hiệu)", len(report.results)))
    lines += [
        ("Sửa chữ", len(report.repairs)),
        ("Nghi vấn", len(report.doubts)),
        ("Dòng bị loại", len({(one.sheet, one.row) for one in report.problems})),
    ]
    by_kind: dict[str, int] = {}
    for repair in report.repairs:
        by_kind[repair.kind] = by_kind.get(repair.kind, 0) + 1
    lines += [(f"  {REPAIRS.get(kind, kind)}", count) for kind, count in by_kind.items()]
    lines += [("Lưu ý", note) for note in report.notes]
    if any(row.confidence == "recalled" for row in report.results):
        lines.append(
            (
                "Lưu ý",
                (
                    f"Kết quả ghi «{RECALLED}» dựa vào số liệu chưa được so với văn bản "
                    "ban hành; phải đối chiếu trước khi trình."
                ),
            )
        )
    for label, value in lines:
        line += 1
        put(sheet, line, 0, label, style.bold)
        put(sheet, line, 1, value, style.wrap)
    printed_landscape(sheet)


def _table(
    workbook: xlsxwriter.Workbook,
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Cell]],
    style: _Styles,
    provisional: str = "",
) -> Worksheet:
    sheet: Worksheet = workbook.add_worksheet(title)
    top = 0
    if provisional:
        put(sheet, 0, 0, provisional, _no_wrap(workbook))
        top = 1
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        put(sheet, top, column, name, style.head)
    sheet.set_row(top, 32)
    for line, row in enumerate(rows, top + 1):
        for column, value in enumerate(row):
            put(sheet, line, column, value, style.cell)
        sheet.set_row(line, _height(row, columns))
    sheet.freeze_panes(top + 1, 2 if len(columns) > 6 else 0)
    sheet.autofilter(top, 0, top + max(1, len(rows)), len(columns) - 1)
    printed_landscape(sheet, top)
    return sheet


def _no_wrap(workbook: xlsxwriter.Workbook) -> Any:
    return workbook.add_format({"bold": True, "font_color": "#9C2B00"})


def _height(row: Sequence[Cell], columns: Sequence[tuple[str, int]]) -> float:
    """A row tall enough for its longest cell, as programs that do not measure need it told."""
    lines = 1
    for value, (_, width) in zip(row, columns, strict=True):
        text = str(value) if value is not None else ""
        lines = max(lines, sum(1 + len(part) // max(1, width - 1) for part in text.split("\n")))
    return min(409.0, 15.0 * lines)


def _visible(text: str) -> str:
    """The text with its spaces shown, so that a clerk sees what was mended."""
    shown = text.replace("\u00a0", "⍽").replace("\t", "⇥")
    lead = len(shown) - len(shown.lstrip(" "))
    trail = len(shown) - len(shown.rstrip(" ")) if shown.strip(" ") else 0
    middle = shown[lead : len(shown) - trail or None].replace("  ", "··")
    return "·" * lead + middle + "·" * trail


__all__ = [
    "GROUP_SHEETS",
    "RECALLED",
    "VERDICTS",
    "Group",
    "Report",
    "ResultRow",
    "count_groups",
    "in_order",
    "write_results",
]
