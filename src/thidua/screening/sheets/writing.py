"""Writing workbooks safely: no cell starts a formula, nothing is left half-written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from thidua.screening.sheets.cells import Cell, shown

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
MOST_TEXT = 32_767  # characters that Excel keeps in a cell


def write_atomically(path: Path, fill: Callable[[xlsxwriter.Workbook], None]) -> None:
    """Write a workbook beside its place, then move it there: the old file or the new, never half.

    fill: puts sheets into the open workbook. Raises OSError as the file system says.
    """
    handle, name = tempfile.mkstemp(prefix=".thidua-", suffix=".xlsx.tmp", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        workbook = xlsxwriter.Workbook(name, dict(_OPTIONS))
        fill(workbook)
        workbook.close()
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def put(sheet: Worksheet, row: int, column: int, value: Cell, style: Any = None) -> None:
    """Write one value, rows and columns from 0. Text is always a typed string, whatever it begins
    with; numbers stay numbers; nothing is a blank cell with its style.
    """
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif (isinstance(value, int) and abs(value) < 10**15) or isinstance(value, float):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, date):
        sheet.write_string(row, column, shown(value), style)
    else:
        sheet.write_string(row, column, _legal(shown(value))[:MOST_TEXT], style)


def _legal(text: str) -> str:
    """Text without the control characters that XML does not know."""
    return "".join(char for char in text if char >= " " or char in "\t\n\r")


def printed_landscape(sheet: Worksheet, header_row: int = 0) -> None:
    """A4, landscape, one page wide, the header repeated, page numbers below."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header_row)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P/&N")
