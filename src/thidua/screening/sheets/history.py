"""A history workbook: what is known of people and collectives, sheet by sheet, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from thidua.screening.sheets import layout
from thidua.screening.sheets.aliases import Aliases
from thidua.screening.sheets.cells import Cell, Sheet, Workbook, column_letters, is_blank, shown
from thidua.screening.sheets.columns import header_key, meaning_of
from thidua.screening.sheets.layout import Field, Layout
from thidua.screening.sheets.ledger import Doubt, Ledger, Problem, Remarks, Repair
from thidua.screening.sheets.unreadable import Unreadable
from thidua.screening.sheets.values import BadValue, refuse_error
from thidua.support.text import clean, fold, repair

_HEADER_DEPTH = 15


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a row is about, as written there. birth, code: "" when not given."""

    name: str
    unit: str
    birth: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One fact of one subject. ledger: "" for attributes of the subject itself.

    record: plain data as in a facts document, with its `source`. states_none: the row says that
    there is nothing, in `none_years` or (empty) ever.
    """

    ledger: str
    sheet: str
    row: int
    cell: str
    who: Identity
    record: dict[str, Any]
    states_none: bool = False
    none_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """A statement about completeness. who: None for everybody; name "" for a whole unit.

    state: complete, none or unknown. years: None for all years.
    """

    ledger: str
    row: int
    who: Identity | None
    state: str
    years: tuple[int, ...] | None


@dataclass(slots=True)
class History:
    """A history workbook that has been read, not yet matched to anybody."""

    file: str
    rows: list[HistoryRow] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)
    ledger: Ledger = field(default_factory=lambda: Ledger(0, 0, 0, 0))
    digest: str = ""


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
        _Reader(workbook, sheet, each, history, aliases, today).read()
    if not known:
        names = ", ".join(f"«{each.sheet}»" for each in layout.LAYOUTS)
        raise Unreadable(
            "no_history",
            "Tệp không có trang tính nào của sổ lịch sử khen thưởng.",
            f"Đặt tên trang tính theo mẫu: {names}. Mẫu trống: thidua screen --template TỆP.xlsx.",
            file=workbook.file,
        )
    return history


class _Reader:
    """Reads one sheet into a history."""

    def __init__(
        self,
        workbook: Workbook,
        sheet: Sheet,
        each: Layout,
        history: History,
        aliases: Aliases,
        today: date,
    ) -> None:
        self.file, self.sheet, self.layout = workbook.file, sheet, each
        self.history, self.aliases, self.today = history, aliases, today
        self.dates_1904 = workbook.dates_1904
        is_scope = each.ledger == "scope"
        self.fields = (
            each.fields
            if is_scope
            else (*layout.IDENTITY, *(_prefixed(each.fields)), *layout.CLOSING)
        )

    def read(self) -> None:
        header_row, places = self._header()
        accepted = rejected = blank = 0
        for row in range(header_row + 1, len(self.sheet.rows) + 1):
            cells = self._repaired(row)
            if all(is_blank(cells[column - 1]) for column in places if column <= len(cells)):
                blank += 1
                continue
            problems: list[Problem] = []
            values, cell_of = self._values(row, cells, places, problems)
            if not problems:
                self._check_filled(row, values, problems)
            if not problems:
                self._add(row, values, cell_of, problems)
            rejected += bool(problems)
            accepted += not problems
            self.history.remarks.problems += problems
        read = max(0, len(self.sheet.rows) - header_row)
        self.history.ledger += Ledger(read, accepted, rejected, blank)

    def _header(self) -> tuple[int, dict[int, Field]]:
        """The header's row, and the field of each column that is used."""
        titles = {header_key(field.title): field for field in self.fields}
        best: tuple[int, dict[int, Field]] = (0, {})
        for row in range(1, min(_HEADER_DEPTH, len(self.sheet.rows)) + 1):
            places: dict[int, Field] = {}
            for column, cell in enumerate(self.sheet.rows[row - 1], 1):
                if not isinstance(cell, str) or is_blank(cell):
                    continue
                found = titles.get(header_key(cell)) or self._by_meaning(cell)
                if found and found not in places.values():
                    places[column] = found
            if len(places) > len(best[1]):
                best = row, places
        missing = [
            field.title for field in self.fields if field.needed and field not in best[1].values()
        ]
        if missing:
            found_titles = ", ".join(
                f"«{clean(shown(cell))}»"
                for cell in self.sheet.rows[max(best[0], 1) - 1]
                if not is_blank(cell)
            )
            raise Unreadable(
                "column_missing",
                f"Thiếu cột {', '.join(f'«{title}»' for title in missing)}. "
                f"Các cột thấy được: {found_titles or 'không có'}.",
                "Thêm cột còn thiếu theo mẫu (thidua screen --template TỆP.xlsx).",
                file=self.file,
                sheet=self.sheet.name,
                row=best[0],
            )
        self._name_unused(best[0], best[1])
        return best

    def _by_meaning(self, text: str) -> Field | None:
        meaning = meaning_of(text)
        return next(
            (
                field
                for field in self.fields[:4]
                if field.key == meaning and meaning in ("name", "unit", "birth", "code")
            ),
            None,
        )

    def _name_unused(self, row: int, places: dict[int, Field]) -> None:
        unused = [
            clean(shown(cell))
            for column, cell in enumerate(self.sheet.rows[row - 1], 1)
            if not is_blank(cell) and column not in places and meaning_of(shown(cell)) != "number"
        ]
        if unused:
            self.history.remarks.doubts.append(
                Doubt(
                    "column_unread",
                    self.sheet.name,
                    (row,),
                    f"Trang «{self.sheet.name}» có cột không dùng đến: "
                    + ", ".join(f"«{title}»" for title in unused)
                    + ".",
                )
            )

    def _repaired(self, row: int) -> list[Cell]:
        cells: list[Cell] = []
        for column, cell in enumerate(self.sheet.rows[row - 1], 1):
            value = cell
            if isinstance(cell, str):
                value, steps = repair(cell)
                name = f"{column_letters(column)}{row}"
                self.history.remarks.repairs += [
                    Repair(self.sheet.name, row, name, step.kind, step.old, step.new)
                    for step in steps
                    if value
                ]
            cells.append(value or None if isinstance(value, str) else value)
        return cells

    def _values(
        self, row: int, cells: Sequence[Cell], places: dict[int, Field], problems: list[Problem]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        values: dict[str, Any] = {}
        cell_of: dict[str, str] = {}
        for column, field_ in places.items():
            cell = cells[column - 1] if column <= len(cells) else None
            if is_blank(cell):
                continue
            name = cell_of[field_.key] = f"{column_letters(column)}{row}"
            try:
                refuse_error(cell)
                values[field_.key] = self._value(field_, cell)
            except BadValue as bad:
                problems.append(
                    Problem(
                        self.sheet.name,
                        row,
                        name,
                        clean(shown(cell)),
                        f"Cột «{field_.title}»: {bad.reason}",
                        bad.fix,
                    )
                )
        return values, cell_of

    def _value(self, field_: Field, cell: Cell) -> Any:
        text = shown(cell)
        if field_.key == _key(self.layout.says_none) and self.aliases.says("none", text):
            return _NONE
        is_identity = field_ in layout.IDENTITY or self.layout.ledger == "scope"
        if not is_identity and self.aliases.says("unknown", text):
            return "unknown"
        return field_.codec.read(cell, self.aliases, self.today)

    def _check_filled(self, row: int, values: dict[str, Any], problems: list[Problem]) -> None:
        stated_none = _NONE in values.values()
        for field_ in self.fields:
            scope_for_all = self.layout.ledger == "scope" and field_.key == "name"
            if field_.filled and field_.key not in values and not scope_for_all:
                if stated_none and field_.key != "name":
                    continue
                problems.append(
                    Problem(
                        self.sheet.name,
                        row,
                        "",
                        "",
                        f"Thiếu «{field_.title}».",
                        f"Ghi vào cột «{field_.title}», hoặc xóa cả dòng.",
                    )
                )

    def _add(
        self, row: int, values: dict[str, Any], cell_of: dict[str, str], problems: list[Problem]
    ) -> None:
        who = Identity(*(str(values.pop(key, "")) for key in ("name", "unit", "birth", "code")))
        if self.layout.ledger == "scope":
            self._add_scope(row, who, values, problems)
            return
        main = next(
            (
                cell_of[f.key]
                for f in self.fields
                if f.filled and f.key != "name" and f.key in cell_of and f.key != "year"
            ),
            f"A{row}",
        )
        source: dict[str, Any] = {
            "file": self.file,
            "sheet": self.sheet.name,
            "row": row,
            "cell": main,
        }
        if text := values.pop("source_text", ""):
            source["text"] = text
        record = {
            _unkey(key): value
            for key, value in values.items()
            if key not in ("note", "confirmed_by", "confirmed_on", "hypothesis")
        }
        record = _nested(record)
        if values.get("confirmed_by"):
            record["confirmed_by"] = {"name": values["confirmed_by"]}
            if values.get("confirmed_on"):
                record["confirmed_by"]["on"] = str(values["confirmed_on"])
        if values.get("hypothesis") is True:
            record["hypothesis"] = True
        record["source"] = source
        for one, states_none, years in _by_year(record):
            self.history.rows.append(
                HistoryRow(
                    self.layout.ledger, self.sheet.name, row, main, who, one, states_none, years
                )
            )

    def _add_scope(
        self, row: int, who: Identity, values: dict[str, Any], problems: list[Problem]
    ) -> None:
        first: int | None = values.get("first")
        last: int | None = values.get("last")
        if last is None and first is not None:
            last = self.today.year
        named = tuple(range(first, last + 1)) if first is not None and last is not None else None
        if (first is None) != (last is None) or (
            first is not None
            and last is not None
            and not 1900 <= first <= last <= self.today.year + 1
        ):
            problems.append(
                Problem(
                    self.sheet.name,
                    row,
                    "",
                    f"{first or ''}–{last or ''}",
                    "«Từ năm» và «Đến năm» không hợp nhau.",
                    f"Ghi năm bốn chữ số, «Từ năm» không sau «Đến năm», không sau năm {self.today.year}; "
                    "để trống cả hai nếu nói mọi năm.",
                )
            )
            return
        everybody = (
            not who.name and not who.code and (not who.unit or self.aliases.says("all", who.unit))
        )
        self.history.scopes.append(
            Scope(
                values["ledger"],
                row,
                None if everybody else who,
                values["state"],
                named,
            )
        )


_NONE = "\x00none"


def _prefixed(fields: Iterable[Field]) -> list[Field]:
    """Fields of a record whose keys do not collide with those of the identity."""
    return [
        Field(_key(each.key), each.title, each.codec, each.needed, each.filled) for each in fields
    ]


def _key(key: str) -> str:
    return f"r.{key}" if key in ("name", "unit", "code", "birth") else key


def _unkey(key: str) -> str:
    return key.removeprefix("r.")


def _nested(record: dict[str, Any]) -> dict[str, Any]:
    """`rating.good: 3` becomes `rating: {good: 3}`."""
    out: dict[str, Any] = {}
    for key, value in record.items():
        top, dot, below = key.partition(".")
        if dot:
            out.setdefault(top, {})[below] = value
        else:
            out[key] = value
    return out


def _by_year(record: dict[str, Any]) -> list[tuple[dict[str, Any], bool, tuple[int, ...]]]:
    """One record for each year that the row names; a row that states none names years only."""
    years = record.get("year")
    if _NONE in record.values():
        listed = tuple(years) if isinstance(years, list) else ()
        return [({"source": record["source"]}, True, listed)]
    if not isinstance(years, list):
        return [(record, False, ())]
    return [({**record, "year": year}, False, ()) for year in years]
