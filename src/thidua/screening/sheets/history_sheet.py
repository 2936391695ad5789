"""One sheet of a history workbook: its header by the layout, its rows into records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from thidua.screening.sheets import layout
from thidua.screening.sheets.aliases import Aliases
from thidua.screening.sheets.cells import Cell, Sheet, Workbook, column_letters, is_blank, shown
from thidua.screening.sheets.columns import header_key, meaning_of
from thidua.screening.sheets.known import History, HistoryRow, Identity, Scope
from thidua.screening.sheets.layout import Field, Layout
from thidua.screening.sheets.ledger import Doubt, Ledger, Problem, Repair
from thidua.screening.sheets.record_keys import (
    NONE,
    by_year,
    nested,
    plain_key,
    prefixed,
    record_key,
)
from thidua.screening.sheets.unreadable import Unreadable
from thidua.screening.sheets.values import BadValue, refuse_error
from thidua.support.text import clean, repair

_HEADER_DEPTH = 15


class Reader:
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
            else (*layout.IDENTITY, *(prefixed(each.fields)), *layout.CLOSING)
        )

    def read(self) -> None:
        """Add the sheet's rows, remarks and ledger to the history."""
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
                "Thêm cột còn thiếu theo mẫu (bin/thidua screen --template TỆP.xlsx).",
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
        if field_.key == record_key(self.layout.says_none) and self.aliases.says("none", text):
            return NONE
        is_identity = field_ in layout.IDENTITY or self.layout.ledger == "scope"
        if not is_identity and self.aliases.says("unknown", text):
            return "unknown"
        return field_.codec.read(cell, self.aliases, self.today)

    def _check_filled(self, row: int, values: dict[str, Any], problems: list[Problem]) -> None:
        stated_none = NONE in values.values()
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
            plain_key(key): value
            for key, value in values.items()
            if key not in ("note", "confirmed_by", "confirmed_on", "hypothesis")
        }
        record = nested(record)
        if values.get("confirmed_by"):
            record["confirmed_by"] = {"name": values["confirmed_by"]}
            if values.get("confirmed_on"):
                record["confirmed_by"]["on"] = str(values["confirmed_on"])
        if values.get("hypothesis") is True:
            record["hypothesis"] = True
        record["source"] = source
        for one, states_none, years in by_year(record):
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
