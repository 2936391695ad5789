"""Which sheet of a workbook is the list: a visible one, unless the clerk names another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thidua.screening.sheets.aliases import Aliases
from thidua.screening.sheets.cells import Sheet, Workbook
from thidua.screening.sheets.headers import Header, find_header, missing_columns
from thidua.screening.sheets.reading import listed, require_sheet
from thidua.screening.sheets.unreadable import Unreadable
from thidua.support.text import fold

_GUIDES = re.compile(r"huong dan|danh muc|^dm\b|mau|vi du|ghi chu|catalog|tham khao|help|readme")


@dataclass(frozen=True, slots=True)
class Offer:
    """A sheet that could have been meant and was not taken. why: hidden, guide, other_list."""

    name: str
    why: str

    @property
    def words(self) -> str:
        """The offer as a clerk reads it."""
        reasons = {
            "hidden": "trang ẩn",
            "guide": "trang hướng dẫn hoặc danh mục",
            "other_list": "trang này cũng là danh sách",
        }
        return f"«{self.name}» ({reasons[self.why]})"


@dataclass(frozen=True, slots=True)
class Choice:
    """The sheet taken, its header, and the sheets offered."""

    sheet: Sheet
    header: Header
    offers: tuple[Offer, ...]


def is_guide(sheet: Sheet) -> bool:
    """Does the name say that the sheet explains or lists words, and is no list to be screened?"""
    return bool(_GUIDES.search(fold(sheet.name)))


def choose_sheet(workbook: Workbook, aliases: Aliases, name: str | None = None) -> Choice:
    """Find the list. name: the sheet that the clerk asked for.

    Raises Unreadable: sheet_missing, no_list, column_missing (with the headers that were found).
    """
    asked = require_sheet(workbook, name) if name is not None else None
    headers = {
        sheet.name: find_header(sheet, aliases)
        for sheet in workbook.sheets
        if asked is None or sheet is asked
    }
    if asked is not None:
        header = headers[asked.name]
        if header is None or missing_columns(header):
            raise _no_list(workbook, [asked], headers, offers=())
        return Choice(asked, header, ())
    lists = [
        sheet
        for sheet in workbook.sheets
        if (found := headers[sheet.name]) is not None and not missing_columns(found)
    ]
    open_lists = [sheet for sheet in lists if sheet.visibility == "visible" and not is_guide(sheet)]
    offers = tuple(
        Offer(
            sheet.name,
            "hidden"
            if sheet.visibility != "visible"
            else "guide"
            if is_guide(sheet)
            else "other_list",
        )
        for sheet in lists
        if sheet not in open_lists[:1]
    )
    if not open_lists:
        looked = [
            sheet
            for sheet in workbook.sheets
            if sheet.visibility == "visible" and not is_guide(sheet)
        ]
        raise _no_list(workbook, looked or list(workbook.sheets), headers, offers)
    taken = open_lists[0]
    header = headers[taken.name]
    assert header is not None  # noqa: S101 - lists have one
    return Choice(taken, header, offers)


def _no_list(
    workbook: Workbook,
    looked: list[Sheet],
    headers: dict[str, Header | None],
    offers: tuple[Offer, ...],
) -> Unreadable:
    """The error of a workbook in which no list was found: what is nearest to one is named."""
    also = ""
    if offers:
        names = ", ".join(offer.words for offer in offers)
        also = f" Hoặc chọn trang khác bằng --sheet: {names}."
    for sheet in looked:
        header = headers[sheet.name]
        if header is not None:
            lacks = ", ".join(f"«{label}»" for label in missing_columns(header))
            found = ", ".join(f"«{title}»" for title in header.found)
            return Unreadable(
                "column_missing",
                f"Danh sách thiếu cột {lacks}. Các cột thấy được: {found}.",
                f"Thêm cột {lacks} vào dòng tiêu đề.{also}",
                file=workbook.file,
                sheet=sheet.name,
                row=header.first_row,
            )
    empty = all(not sheet.rows for sheet in looked)
    reason = (
        "Trang tính không có chữ nào."
        if empty
        else (
            "Không thấy dòng tiêu đề của một danh sách (cần cột họ tên hoặc tên tập thể, và cột danh "
            "hiệu hoặc hình thức khen thưởng)."
        )
    )
    return Unreadable(
        "no_list",
        reason,
        f"Thêm dòng tiêu đề, hoặc chọn trang tính bằng --sheet trong: {listed(workbook.sheets)}.{also}",
        file=workbook.file,
        sheet=looked[0].name if len(looked) == 1 else "",
    )
