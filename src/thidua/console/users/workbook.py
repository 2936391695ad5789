"""The workbook of people: the sheet to fill in, how it is read, the rows that were left."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from django.utils.translation import gettext as _

from thidua.accounts.models import UserImport
from thidua.accounts.services import RowRead
from thidua.organizations.models import Unit
from thidua.screening.sheets.cells import Cell, Sheet, column_letters, is_blank, shown
from thidua.screening.sheets.reading import Limits, read_workbook
from thidua.screening.sheets.unreadable import Unreadable
from thidua.screening.sheets.values import BadValue, read_date, refuse_error
from thidua.support.roles import ROLES
from thidua.support.text import clean, match_key, typed_like_formula

COLUMNS = (
    ("full_name", "Họ và tên"),
    ("email", "Địa chỉ thư"),
    ("phone", "Điện thoại"),
    ("role", "Vai trò"),
    ("unit", "Đơn vị"),
    ("valid_from", "Từ ngày"),
    ("valid_until", "Đến hết ngày"),
    ("decision", "Văn bản giao"),
)
_NEEDED = ("full_name", "email", "role", "unit")
_DAYS = frozenset({"valid_from", "valid_until"})
_KEYS = {match_key(title): key for key, title in COLUMNS} | {
    match_key("Email"): "email",
    match_key("Thư điện tử"): "email",
    match_key("Mã đơn vị"): "unit",
    match_key("Số điện thoại"): "phone",
}
_LIMITS = Limits(file_bytes=5 * 2**20, answer_bytes=50 * 2**20)
_LAST_HEADER_ROW = 20


def read_people(raw: bytes, name: str) -> tuple[list[RowRead], str]:
    """The rows under the header, and the hash of the file. Raises Unreadable.

    The bytes are parsed in a child process that is bounded and can open nothing else.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "tep.xlsx")
        path.write_bytes(raw)
        book = read_workbook(path, _LIMITS)
    for sheet in book.sheets:
        header = _find_header(sheet)
        if header is not None:
            row, columns = header
            rows = [
                _row(cells, number, columns, dates_1904=book.dates_1904)
                for number, cells in enumerate(sheet.rows[row:], start=row + 1)
            ]
            while rows and not any(rows[-1].values.values()) and not rows[-1].faults:
                rows.pop()
            return rows, book.digest
    wanted = ", ".join(f"«{title}»" for key, title in COLUMNS if key in _NEEDED)
    raise Unreadable(
        "no_header",
        _("Không thấy dòng tiêu đề có đủ các cột %(columns)s.") % {"columns": wanted},
        _("Tải tệp mẫu, chép dữ liệu vào đúng cột rồi tải lên lại."),
        file=name,
    )


def _find_header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The number of the row of headings, and columns by key (from 0)."""
    for number, cells in enumerate(sheet.rows[:_LAST_HEADER_ROW], start=1):
        columns: dict[str, int] = {}
        for index, cell in enumerate(cells):
            key = _KEYS.get(match_key(shown(cell))) if not is_blank(cell) else None
            if key is not None:
                columns.setdefault(key, index)
        if all(key in columns for key in _NEEDED):
            return number, columns
    return None


def _row(
    cells: Sequence[Cell], number: int, columns: dict[str, int], *, dates_1904: bool
) -> RowRead:
    values, places, raw, faults = {}, {}, {}, []
    for key, index in columns.items():
        cell = cells[index] if index < len(cells) else None
        places[key] = f"{column_letters(index + 1)}{number}"
        try:
            if key in _DAYS:
                values[key] = _day(cell, dates_1904=dates_1904)
            else:
                refuse_error(cell)
                values[key] = "" if is_blank(cell) else clean(shown(cell))
        except BadValue as bad:
            faults.append((places[key], f"{bad.reason} {bad.fix}"))
            values[key], raw[key] = "", shown(cell)
    return RowRead(number, values, places, faults, raw)


def _day(cell: Cell, *, dates_1904: bool) -> str:
    text = read_date(cell, dates_1904=dates_1904) or ""
    if text and len(text) != len("2020-01-31"):
        raise BadValue(
            _("«%(text)s» chưa đủ ngày, tháng, năm.") % {"text": shown(cell)},
            _("Ghi ngày theo dạng 31/12/2024."),
        )
    return text


def write_template(units: Iterable[Unit]) -> bytes:
    """The workbook to fill in: headings, the roles, the units of whoever asks."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    people = book.add_worksheet("Danh sách")
    people.write_row(0, 0, [title for _key, title in COLUMNS], bold)
    people.freeze_panes(1, 0)
    people.set_column(0, len(COLUMNS) - 1, 22, book.add_format({"num_format": "@"}))
    roles = book.add_worksheet("Vai trò")
    roles.write_row(0, 0, ["Vai trò", "Làm gì"], bold)
    for number, meaning in enumerate(ROLES.values(), start=1):
        roles.write_row(number, 0, [meaning.label, meaning.does])
    roles.set_column(0, 0, 40)
    roles.set_column(1, 1, 90)
    listed = book.add_worksheet("Đơn vị")
    listed.write_row(0, 0, ["Mã", "Tên đơn vị"], bold)
    count = 0
    for count, unit in enumerate(units, start=1):
        listed.write_string(count, 0, unit.code)
        listed.write_string(count, 1, unit.name)
    listed.set_column(0, 0, 14)
    listed.set_column(1, 1, 60)
    column = next(index for index, (key, _title) in enumerate(COLUMNS) if key == "role")
    people.data_validation(
        1,
        column,
        2000,
        column,
        {"validate": "list", "source": f"='Vai trò'!$A$2:$A${len(ROLES) + 1}"},
    )
    book.close()
    return target.getvalue()


def write_rejects(batch: UserImport) -> bytes:
    """The rows that were left, as they stood, each with its number and what to mend."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    quoted = book.add_format({"quote_prefix": True})
    sheet = book.add_worksheet("Danh sách")
    head = [title for _key, title in COLUMNS]
    sheet.write_row(0, 0, [*head, "Vì sao chưa nhận", "Dòng của tệp gốc"], bold)
    number = 0
    for row in batch.rows:
        if row["state"] not in {"fault", "same"}:
            continue
        number += 1
        for column, (key, _title) in enumerate(COLUMNS):
            text = row["raw"].get(key) or _said(row["values"].get(key, ""), key)
            sheet.write_string(number, column, text, quoted if typed_like_formula(text) else None)
        sheet.write_string(number, len(head), say_faults(row))
        sheet.write_number(number, len(head) + 1, row["number"])
    sheet.set_column(0, len(head) - 1, 22)
    sheet.set_column(len(head), len(head), 70)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def _said(text: str, key: str) -> str:
    """A day as people write it."""
    if key in _DAYS and text:
        year, month, day = text.split("-")
        return f"{day}/{month}/{year}"
    return text


def say_faults(row: dict[str, Any]) -> str:
    """«B4: Không phải địa chỉ thư…; E4: …»."""
    return " ".join(f"{cell}: {why}" if cell else why for cell, why in row["faults"])
