"""A workbook of units, row by row: what each row says, and why it cannot be taken. Pure.

A workbook founds units; it never changes one that is there. A row whose unit is there as it says is
accepted and does nothing, so that the same workbook read twice doubles nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from thidua.organizations.lifecycle.tree import Span
from thidua.support.text import clean, fold

COLUMNS: Mapping[str, str] = {
    "code": "Mã đơn vị",
    "name": "Tên đơn vị",
    "short_name": "Tên viết tắt",
    "kind": "Loại",
    "parent": "Mã cấp trên",
    "on": "Từ ngày",
    "until": "Đến hết ngày",
    "old_names": "Tên cũ",
    "decision": "Quyết định",
}
_NEEDED = ("code", "name", "kind", "parent")
_LONGEST = {"code": 40, "name": 300, "short_name": 60, "decision": 200}
_OLD_NAME = re.compile(r"^(?P<name>.+?)\s*\(\s*đến(?: hết)?(?: ngày)?\s+(?P<day>[\d/.\-]+)\s*\)$")
_DAY = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
_HEADER_ROWS = 10
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class State(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"
    REJECTED = "rejected"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Known:
    """A unit that is there already, or its kind."""

    name: str
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is rejected, at which cell («C7»), in a sentence with its fix."""

    cell: str
    reason: str


@dataclass(slots=True)
class Row:
    """One row of the workbook, counted as Excel counts. `old_names`: (name, last day), oldest first."""

    number: int
    state: State = State.NEW
    code: str = ""
    name: str = ""
    short_name: str = ""
    kind: str = ""
    parent: str = ""
    on: date | None = None
    until: date | None = None
    old_names: list[tuple[str, date]] = field(default_factory=list)
    decision: str = ""
    raw: tuple[Any, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """The unit's life."""
        return Span(self.on, self.until)


@dataclass(slots=True)
class Plan:
    """All rows below the header; `header_problem` says why none could be read."""

    rows: list[Row] = field(default_factory=list)
    header_problem: str = ""

    def count(self, *states: State) -> int:
        """How many rows are in these states."""
        return sum(row.state in states for row in self.rows)

    @property
    def accepted(self) -> int:
        """Rows that are taken: new ones and those that are there as they say."""
        return self.count(State.NEW, State.SAME)

    def new_rows(self) -> list[Row]:
        """Rows to found, each after the row of the unit above it."""
        waiting = [row for row in self.rows if row.state is State.NEW]
        own = {row.code.casefold() for row in waiting}
        ordered: list[Row] = []
        placed: set[str] = set()
        while waiting:
            ready = [
                row
                for row in waiting
                if row.parent.casefold() not in own or row.parent.casefold() in placed
            ]
            if not ready:
                break
            ordered += ready
            placed |= {row.code.casefold() for row in ready}
            waiting = [row for row in waiting if row not in ready]
        return ordered


def plan_rows(
    cells: Sequence[Sequence[Any]],
    units: Mapping[str, Known],
    kinds: Mapping[str, str],
    *,
    has_root: bool,
) -> Plan:
    """Read a sheet. `units`: by code, `kinds`: code by folded code and by folded name.

    `has_root`: there is a root organisation already, so that each row must name a unit above.
    """
    found = _find_header(cells)
    if found is None:
        needed = ", ".join(f"«{COLUMNS[key]}»" for key in _NEEDED)
        return Plan(
            header_problem=(
                f"Không thấy dòng tiêu đề có các cột {needed} trong {_HEADER_ROWS} dòng đầu. "
                "Tải tệp mẫu, chép số liệu vào rồi nhập lại."
            )
        )
    at, places = found
    known = {code.casefold(): unit for code, unit in units.items()}
    reader = _Reader(places, known, kinds)
    plan = Plan(
        [reader.read(number, cells[number - 1]) for number in range(at + 1, len(cells) + 1)]
    )
    _refuse_repeats(plan.rows, places)
    _judge_parents(plan.rows, places, known, has_root=has_root)
    return plan


def _find_header(cells: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    """The header's row number, and the column (from 0) of each key."""
    titles = {fold(title): key for key, title in COLUMNS.items()}
    for number, row in enumerate(cells[:_HEADER_ROWS], start=1):
        places: dict[str, int] = {}
        for column, cell in enumerate(row):
            key = titles.get(fold(clean(str(cell)))) if isinstance(cell, str) else None
            if key:
                places.setdefault(key, column)
        if all(key in places for key in _NEEDED):
            return number, places
    return None


@dataclass
class _Reader:
    places: Mapping[str, int]
    known: Mapping[str, Known]
    kinds: Mapping[str, str]

    def read(self, number: int, cells: Sequence[Any]) -> Row:
        """One row with all that is wrong in itself."""
        row = Row(number, raw=tuple(cells))
        if all(cell is None or (isinstance(cell, str) and not clean(cell)) for cell in cells):
            row.state = State.BLANK
            return row
        for key in ("code", "name", "short_name", "parent", "decision"):
            setattr(row, key, self.text(row, key))
        for key in ("code", "name"):
            if not getattr(row, key):
                self.fault(row, key, f"Thiếu {COLUMNS[key].lower()}.")
        row.on, row.until = self.day(row, "on"), self.day(row, "until")
        row.kind = self.kind(row)
        row.old_names = self.names(row)
        if row.on and row.until and row.until < row.on:
            self.fault(row, "until", "Ngày kết thúc nằm trước ngày bắt đầu.")
        self.compare(row)
        if row.problems:
            row.state = State.REJECTED
        return row

    def compare(self, row: Row) -> None:
        """A code that is taken: by just this unit, or by another."""
        there = self.known.get(row.code.casefold())
        if there is None:
            return
        if (there.name, there.span) == (row.name, row.span):
            row.state = State.SAME
            return
        self.fault(
            row,
            "code",
            f"Mã đã dùng cho «{there.name}», khác tên hoặc ngày với dòng này. Bảng tính chỉ thêm "
            "đơn vị mới; đổi tên, đính chính ở trang của đơn vị.",
        )

    def text(self, row: Row, key: str) -> str:
        """A cell as one line of text; numbers are taken for codes."""
        cell = self.cell(row, key)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        if cell is None:
            return ""
        if not isinstance(cell, str | int) or isinstance(cell, bool):
            self.fault(row, key, f"Ô này phải là chữ, đang là «{cell}».")
            return ""
        text = clean(str(cell))
        most = _LONGEST.get(key)
        if most and len(text) > most:
            self.fault(row, key, f"Dài {len(text)} chữ, nhiều nhất {most}.")
        return text

    def day(self, row: Row, key: str) -> date | None:
        """A day: a date of the workbook, or text dd/mm/yyyy; nothing for an empty cell."""
        cell = self.cell(row, key)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date) or cell is None:
            return cell
        text = clean(str(cell))
        if not text:
            return None
        day = read_day(text)
        if day is None:
            self.fault(row, key, f"Ngày «{text}» không có trong lịch. Viết ngày/tháng/năm.")
        return day

    def kind(self, row: Row) -> str:
        """The code of a kind, named by its code or its name."""
        text = self.text(row, "kind")
        code = self.kinds.get(fold(text), "")
        if not text:
            self.fault(row, "kind", "Thiếu loại đơn vị.")
        elif not code:
            self.fault(row, "kind", f"Chưa có loại «{text}». Thêm loại trước, hoặc sửa tên loại.")
        return code

    def names(self, row: Row) -> list[tuple[str, date]]:
        """«Cục Tin học hóa (đến 30/09/2022); …», oldest first, within the unit's life."""
        found = []
        for part in filter(None, map(clean, self.text(row, "old_names").split(";"))):
            match = _OLD_NAME.match(part)
            day = read_day(match["day"]) if match else None
            if match is None or day is None:
                self.fault(
                    row, "old_names", f"Không hiểu «{part}». Viết: Tên cũ (đến 30/09/2022); …"
                )
                return []
            found.append((match["name"], day))
        found.sort(key=lambda pair: pair[1])
        days = [day for _name, day in found]
        if len(set(days)) != len(days):
            self.fault(row, "old_names", "Hai tên cũ cùng một ngày cuối.")
        if days and ((row.on and days[0] < row.on) or (row.until and days[-1] >= row.until)):
            self.fault(row, "old_names", "Tên cũ nằm ngoài thời gian hoạt động của đơn vị.")
        return found

    def cell(self, row: Row, key: str) -> Any:
        """The cell of a column; None where the row or the column ends before."""
        column = self.places.get(key)
        return row.raw[column] if column is not None and column < len(row.raw) else None

    def fault(self, row: Row, key: str, reason: str) -> None:
        """Something wrong at a cell of the row."""
        row.problems.append(Problem(cell_name(self.places.get(key, 0), row.number), reason))


def read_day(text: str) -> date | None:
    """30/09/2022, or None for what is no day."""
    match = _DAY.match(text)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def cell_name(column: int, row: int) -> str:
    """«C7» for column 2 and row 7."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = LETTERS[rest] + name
    return f"{name}{row}"


def name_spans(row: Row) -> list[tuple[str, Span]]:
    """The names of a unit with their days: the old ones, then the one of the row."""
    spans, first = [], row.on
    for name, last in row.old_names:
        spans.append((name, Span(first, last)))
        first = last + timedelta(days=1)
    return [*spans, (row.name, Span(first, row.until))]


def _reject(row: Row, places: Mapping[str, int], key: str, reason: str) -> None:
    row.state = State.REJECTED
    row.problems.append(Problem(cell_name(places[key], row.number), reason))


def _refuse_repeats(rows: Iterable[Row], places: Mapping[str, int]) -> None:
    """One code stands in one row; the second is rejected and names the first."""
    first: dict[str, Row] = {}
    for row in rows:
        if row.state is State.BLANK or not row.code:
            continue
        other = first.setdefault(row.code.casefold(), row)
        if other is not row:
            _reject(row, places, "code", f"Mã «{row.code}» đã có ở dòng {other.number}.")


def _judge_parents(
    rows: Sequence[Row],
    places: Mapping[str, int],
    known: Mapping[str, Known],
    *,
    has_root: bool,
) -> None:
    """The unit above is there or in a good row, lives long enough, and the rows form no ring."""
    own: dict[str, Row] = {}
    for row in rows:
        own.setdefault(row.code.casefold(), row)
    roots = 0
    for row in rows:
        if row.state is not State.NEW:
            continue
        if not row.parent:
            roots += 1
            if has_root or roots > 1:
                _reject(row, places, "parent", "Đã có tổ chức gốc. Ghi mã đơn vị cấp trên.")
        elif row.parent.casefold() not in own and row.parent.casefold() not in known:
            _reject(row, places, "parent", f"Không có đơn vị mã «{row.parent}».")
    changed = True
    while changed:
        changed = False
        for row in rows:
            if row.state is State.NEW and row.parent:
                reason = _parent_fault(row, own, known)
                if reason:
                    _reject(row, places, "parent", reason)
                    changed = True


def _parent_fault(row: Row, own: Mapping[str, Row], known: Mapping[str, Known]) -> str:
    code = row.parent.casefold()
    above = own.get(code)
    if above is not None and above.state is State.REJECTED and code not in known:
        return f"Đơn vị cấp trên ở dòng {above.number} bị loại. Sửa dòng đó trước."
    life = known[code].span if code in known else own[code].span
    if row.span.first < life.first or row.span.last > life.last:
        first = f"{life.valid_from:%d/%m/%Y}" if life.valid_from else "từ đầu"
        last = f"{life.valid_until:%d/%m/%Y}" if life.valid_until else "nay"
        return (
            f"«{row.parent}» hoạt động {first} – {last}, không suốt thời gian của đơn vị này. "
            "Sửa ngày hoặc mã cấp trên."
        )
    seen, at = {row.code.casefold()}, code
    while at in own and own[at].state is State.NEW:
        if at in seen:
            return "Các dòng đứng dưới nhau thành vòng. Sửa mã cấp trên."
        seen.add(at)
        at = own[at].parent.casefold()
    return ""
