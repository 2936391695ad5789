"""A history workbook: what is known of people and collectives, sheet by sheet, row by row."""

from __future__ import annotations

from datetime import date

from thidua.screening.sheets import layout
from thidua.screening.sheets.aliases import Aliases
from thidua.screening.sheets.cells import Workbook, is_blank
from thidua.screening.sheets.history_sheet import Reader
from thidua.screening.sheets.known import History
from thidua.screening.sheets.layout import Layout
from thidua.screening.sheets.ledger import Doubt
from thidua.screening.sheets.unreadable import Unreadable
from thidua.support.text import fold


def read_history(workbook: Workbook, aliases: Aliases, today: date) -> History:
    """Read every sheet that the layout knows; other sheets are named as a doubt.

    Raises Unreadable: no known sheet at all, or a known sheet without a needed column.
    """
    history = History(workbook.file, digest=workbook.digest)
    layouts = {fold(each.sheet): each for each in (*layout.LAYOUTS, layout.SUBJECTS)}
    known = False
    for sheet in workbook.sheets:
        name = fold(sheet.name).strip()
        if name == fold(layout.GUIDE_SHEET) or not any(
            not is_blank(cell) for row in sheet.rows for cell in row
        ):
            continue
        if sheet.visibility != "visible" or (
            name not in layouts and name != fold(layout.SCOPE_SHEET)
        ):
            history.remarks.doubts.append(
                Doubt(
                    "sheet_unread",
                    sheet.name,
                    (),
                    f"Trang tính «{sheet.name}» không được đọc: "
                    + (
                        "trang ẩn."
                        if sheet.visibility != "visible"
                        else "tên trang không có trong mẫu."
                    ),
                )
            )
            continue
        known = True
        each = layouts.get(name) or Layout("scope", layout.SCOPE_SHEET, layout.SCOPE_FIELDS)
        Reader(workbook, sheet, each, history, aliases, today).read()
    if not known:
        names = ", ".join(f"«{each.sheet}»" for each in layout.LAYOUTS)
        raise Unreadable(
            "no_history",
            "Tệp không có trang tính nào của sổ lịch sử khen thưởng.",
            f"Đặt tên trang tính theo mẫu: {names}. Mẫu trống: bin/thidua screen --template TỆP.xlsx.",
            file=workbook.file,
        )
    return history
