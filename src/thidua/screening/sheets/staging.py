"""The rows of a list become candidates: every row read is accepted, rejected or blank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from thidua.screening.sheets import row_reading
from thidua.screening.sheets.aliases import Aliases
from thidua.screening.sheets.candidates import Candidate, Context
from thidua.screening.sheets.catalogues import award_codes
from thidua.screening.sheets.cells import Cell, Sheet, Workbook, column_letters, is_blank, shown
from thidua.screening.sheets.choosing import Offer, choose_sheet
from thidua.screening.sheets.doubts import find_doubts
from thidua.screening.sheets.headers import Header
from thidua.screening.sheets.ledger import Doubt, Ledger, Remarks, Repair
from thidua.support.text import clean, fold, repair

_ROMAN = re.compile(r"^[IVXLC]{1,6}[.)]?$|^[A-ZĐ][.)]?$")
_FOOTER = re.compile(
    r"^(tong( cong| so)?|cong)[\s:]*\d*( (nguoi|tap the|ca nhan))?$"
    r"|^(tong cong|tong so)\b.*|^(nguoi lap|lap bieu|thu truong|hieu truong|giam doc|ke toan|xac nhan)\b"
    r"|^(danh sach|an dinh).*\b(co|gom)\b.*\d|.*\bngay\b.*\bthang\b.*\bnam\b|^\(?(ky|da ky)\b"
    r"|^(ghi chu|noi nhan)\b"
)
_TOTAL = re.compile(r"^(tong|cong)\b")
_NO_CHECK = {"note", "held", "other", "number", "award_code", "honorific", ""}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A rejected row as it was read (text repaired, merged cells filled), and its unit's heading."""

    cells: Sequence[Cell]
    unit: str


@dataclass(slots=True)
class Staged:
    """A list that has been read. offers: sheets that could have been meant."""

    file: str
    sheet: str
    header: Header
    candidates: list[Candidate]
    ledger: Ledger
    remarks: Remarks
    offers: tuple[Offer, ...] = ()
    digest: str = ""
    notes: list[str] = field(default_factory=list)
    rejected: dict[int, Rejected] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def rejected_rows(self) -> list[int]:
        """The rows rejected, in order."""
        return sorted(self.rejected)


def stage_list(
    workbook: Workbook, aliases: Aliases, today: date, *, sheet: str | None = None
) -> Staged:
    """Read the list of a workbook. Raises Unreadable when there is no list to read."""
    choice = choose_sheet(workbook, aliases, sheet)
    table, header = choice.sheet, choice.header
    remarks = Remarks()
    codes = award_codes(workbook, aliases) if header.first("award_code") else {}
    context = Context(
        table.name,
        header,
        aliases,
        today,
        workbook.dates_1904,
        codes,
        _stated_unit(header),
    )
    filled = _merged_values(table, header)
    candidates: list[Candidate] = []
    rejected: dict[int, Rejected] = {}
    blank = 0
    signed = False  # has the block of date and signatures begun?
    first = header.last_row + 1
    for row in range(first, len(table.rows) + 1):
        raw = table.rows[row - 1]
        if _is_blank_row(raw, header):
            blank += 1
            continue
        cells = _repaired(table, row, raw, filled.get(row, {}), remarks)
        aside = _aside(table, row, cells, header, signed=signed)
        if aside:
            signed = signed or (
                aside == "footer" and not _TOTAL.match(fold(_first_text(cells, header)))
            )
            blank += 1
            remarks.doubts.append(
                Doubt(
                    aside,
                    table.name,
                    (row,),
                    f"Dòng {row} «{_first_text(cells, header)}» được hiểu là dòng nhóm hoặc dòng cuối biểu, "
                    "không phải người hay tập thể được đề nghị.",
                )
            )
            if aside == "heading" and "unit" not in header.meanings:
                context.unit = clean(_heading_name(cells, header))
            continue
        candidate, problems = row_reading.read_row(row, cells, context)
        if candidate is None:
            rejected[row] = Rejected(cells, context.unit)
            remarks.problems += problems
        else:
            candidates.append(candidate)
    remarks.doubts += find_doubts(table.name, candidates)
    read = max(0, len(table.rows) - header.last_row)
    ledger = Ledger(read, len(candidates), len(rejected), blank)
    staged = Staged(
        workbook.file,
        table.name,
        header,
        candidates,
        ledger,
        remarks,
        choice.offers,
        workbook.digest,
        rejected=rejected,
        codes=context.codes,
    )
    if header.title_award:
        staged.notes.append(
            f"Danh sách không có cột danh hiệu; lấy «{aliases.labels[header.title_award]}» theo tiêu đề."
        )
    if not candidates and not rejected:
        staged.notes.append("Danh sách chưa có dòng dữ liệu.")
    return staged


def _stated_unit(header: Header) -> str:
    """The unit named above the header («Đơn vị: Sở Y tế»), if any."""
    for line in header.title.split("\n"):
        found = re.match(r"\s*(?:tên\s+)?(?:đơn vị|cơ quan)\s*:\s*(.+)", line, re.IGNORECASE)
        if found and not re.fullmatch(r"[.\s…_]*", found[1]):
            return clean(found[1])
    return ""


def _merged_values(table: Sheet, header: Header) -> dict[int, dict[int, Cell]]:
    """What the rows under the first row of a merged cell hold, by row and column."""
    filled: dict[int, dict[int, Cell]] = {}
    for merge in table.merges:
        if merge.top <= header.last_row or merge.bottom == merge.top:
            continue
        for row in range(merge.top + 1, min(merge.bottom, len(table.rows)) + 1):
            filled.setdefault(row, {})[merge.left] = table.cell(merge.top, merge.left)
    return filled


def _is_blank_row(cells: Sequence[Cell], header: Header) -> bool:
    """Only a number, codes, notes, or failed look-ups: nothing that names or proposes anybody."""
    ignored = {column.index for column in header.columns if column.meaning in _NO_CHECK}
    return all(
        is_blank(cell) or column in ignored or column > len(header.columns)
        for column, cell in enumerate(cells, 1)
    )


def _repaired(
    table: Sheet, row: int, raw: Sequence[Cell], filled: dict[int, Cell], remarks: Remarks
) -> list[Cell]:
    cells: list[Cell] = []
    for column, cell in enumerate(raw, 1):
        value = cell
        if isinstance(cell, str):
            value, steps = repair(cell)
            if value == "":
                value = None
            else:
                name = f"{column_letters(column)}{row}"
                remarks.repairs += [
                    Repair(table.name, row, name, step.kind, step.old, step.new) for step in steps
                ]
        if value is None and column in filled:
            above = filled[column]
            value = clean(above) if isinstance(above, str) else above
        cells.append(value)
    return cells


def _aside(table: Sheet, row: int, cells: Sequence[Cell], header: Header, *, signed: bool) -> str:
    """Say "heading" or "footer" for a row that names no candidate, else ""."""
    texts = [cell for cell in cells if not is_blank(cell)]
    awards = [
        column
        for column in header.columns
        if column.meaning in ("award", "award_tick", "award_code")
    ]
    if any(
        column.index <= len(cells) and not is_blank(cells[column.index - 1]) for column in awards
    ):
        return ""
    first = fold(_first_text(cells, header)).strip()
    if len(texts) <= 3 and (signed or _FOOTER.match(first)):
        return "footer"
    wide = any(merge.top == row and merge.right - merge.left >= 2 for merge in table.merges)
    number = header.first("number")
    mark = shown(cells[number.index - 1]).strip() if number and number.index <= len(cells) else ""
    if len(texts) == 1 and wide:
        return "heading"
    return "heading" if len(texts) <= 2 and _ROMAN.match(mark) else ""


def _first_text(cells: Sequence[Cell], header: Header) -> str:
    births = {column.index for column in header.columns if column.meaning.startswith("birth")}
    texts = [
        clean(cell)
        for column, cell in enumerate(cells, 1)
        if isinstance(cell, str) and not is_blank(cell) and column not in births
    ]
    return max(texts, key=len, default="")


def _heading_name(cells: Sequence[Cell], header: Header) -> str:
    text = _first_text(cells, header)
    return re.sub(r"^\s*(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,2})[.)/-]\s*", "", text)
