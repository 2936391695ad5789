"""A list as a workbook: all rows that match, in the order on screen. No cell is a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from thidua.support.text import typed_like_formula
from thidua.web import words

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 60


def write_workbook(
    title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> tuple[bytes, int]:
    """The workbook and its number of rows: one sheet with a head that stays.

    Numbers and days are typed, all else is text; rows are written as they come.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    book.set_properties({"title": title})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    # Text that Excel would take for a formula, were it typed again, keeps its mark of text.
    quoted = book.add_format({"quote_prefix": True})
    sheet = book.add_worksheet(_sheet_name(title))
    sheet.freeze_panes(1, 0)
    widths = [len(name) for name in header]
    for column, name in enumerate(header):
        sheet.write_string(0, column, name, bold)
    number = 0
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, bool) or value is None or value == words.NOTHING:
                sheet.write_blank(number, column, None)
            elif isinstance(value, int | float | Decimal):
                sheet.write_number(number, column, float(value))
            elif isinstance(value, date) and not isinstance(value, datetime):
                sheet.write_datetime(number, column, value, day)
            else:
                text = strip_tags(value).strip() if isinstance(value, SafeString) else str(value)
                widths[column] = max(widths[column], min(len(text), _WIDEST))
                sheet.write_string(
                    number, column, text, quoted if typed_like_formula(text) else None
                )
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width + 2)
    book.close()
    return target.getvalue(), number


def _sheet_name(title: str) -> str:
    """Excel allows 31 signs and refuses some."""
    return "".join(" " if char in "[]:*?/\\'" else char for char in title)[:31].strip() or "Sheet1"
