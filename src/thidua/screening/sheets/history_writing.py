"""Writing a history workbook: the empty template, and known facts put into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from thidua.screening.sheets import layout
from thidua.screening.sheets.aliases import Aliases, load_aliases
from thidua.screening.sheets.cells import Cell
from thidua.screening.sheets.codecs import UNKNOWN
from thidua.screening.sheets.layout import Field, Layout
from thidua.screening.sheets.writing import printed_landscape, put, write_atomically

_Rows = dict[str, list[dict[str, Cell]]]
_GUIDE = (
    (
        "Mỗi dòng là một dữ kiện của một người hoặc một tập thể. Cột «Họ và tên / Tên tập thể» và cột "
        "«Đơn vị» ghi giống trong danh sách đề nghị; nếu có người trùng tên trong đơn vị thì ghi thêm "
        "ngày sinh hoặc mã số."
    ),
    (
        "Không có dòng nào nghĩa là CHƯA BIẾT, không phải là không có. Muốn nói không có thì ghi «không» "
        "vào cột chính của trang (ví dụ «Hình thức kỷ luật»: không), có thể kèm năm; hoặc ghi một dòng "
        "ở trang «Phạm vi»."
    ),
    (
        "Trang «Phạm vi» cho biết sổ ghi đầy đủ đến đâu: loại dữ kiện, đơn vị (để trống hoặc «tất cả» là "
        "mọi đơn vị), từ năm, đến năm, tình trạng (đầy đủ, không có, chưa rõ)."
    ),
    "Giá trị chưa biết thì để trống hoặc ghi «chưa rõ». Ngày chỉ biết năm thì ghi năm.",
    "Cột không dùng đến có thể xóa; tên trang tính và tên cột thì giữ nguyên.",
)


def write_template(path: Path) -> None:
    """Write an empty history workbook with its guide and drop-down lists."""
    write_history(path, ())


def write_history(path: Path, subjects: Iterable[Mapping[str, Any]]) -> None:
    """Write the facts of subjects (as in a facts document) as a history workbook.

    Reading it again gives the same facts, apart from the sources. Identity: name, unit, and
    `birth` (or birth_year) and code where given. Raises KeyError for a key that the layout lacks.
    """
    aliases = load_aliases()
    rows: _Rows = {}
    for subject in subjects:
        _put_subject(subject, rows, aliases)

    def fill(workbook: xlsxwriter.Workbook) -> None:
        _guide(workbook, aliases)
        scope = Layout("scope", layout.SCOPE_SHEET, layout.SCOPE_FIELDS)
        _table(workbook, scope, layout.SCOPE_FIELDS, rows.get("scope", []), aliases)
        for each in (layout.SUBJECTS, *layout.LAYOUTS):
            fields = (*layout.IDENTITY, *each.fields, *layout.CLOSING)
            _table(workbook, each, fields, rows.get(each.ledger, []), aliases)

    write_atomically(path, fill)


def _who(subject: Mapping[str, Any]) -> dict[str, Cell]:
    birth = subject.get("birth") or subject.get("birth_year")
    who: dict[str, Cell] = {"name": str(subject.get("name") or subject["id"])}
    if subject.get("unit"):
        who["unit"] = str(subject["unit"])
    if birth not in (None, "unknown"):
        who["birth"] = birth if isinstance(birth, int) else str(birth)
    if subject.get("code"):
        who["code"] = str(subject["code"])
    return who


def _put_subject(subject: Mapping[str, Any], rows: _Rows, aliases: Aliases) -> None:
    who = _who(subject)
    attributes = {
        each.title: _written(each, subject[each.key], aliases)
        for each in layout.SUBJECTS.fields
        if each.key in subject
    }
    if attributes:
        rows.setdefault("", []).append({**_titled(who), **attributes})
    for each in layout.LAYOUTS:
        if each.ledger not in subject:
            continue
        ledger = subject[each.ledger]
        records: Sequence[Mapping[str, Any]] = ()
        if ledger in ("none", "unknown"):
            _scope(rows, aliases, each.ledger, who, ledger, None)
        elif isinstance(ledger, Mapping):
            for state in ("complete", "none", "unknown"):
                if ledger.get(state) == "all":
                    _scope(rows, aliases, each.ledger, who, state, None)
                else:
                    for first, last in _spans(ledger.get(state) or ()):
                        _scope(rows, aliases, each.ledger, who, state, (first, last))
            records = ledger.get("records") or ()
        else:
            records = ledger or ()
        for record in records:
            rows.setdefault(each.ledger, []).append(
                {**_titled(who), **_record(each, record, aliases)}
            )


def _titled(who: Mapping[str, Cell]) -> dict[str, Cell]:
    return {each.title: who[each.key] for each in layout.IDENTITY if each.key in who}


def _record(each: Layout, record: Mapping[str, Any], aliases: Aliases) -> dict[str, Cell]:
    out: dict[str, Cell] = {}
    for key, value in _flat(each, record):
        if key == "source":
            text = value.get("text") if isinstance(value, Mapping) else value
            if text:
                out["Nguồn"] = str(text)
        elif key == "confirmed_by":
            out["Người đối chiếu"] = (
                str(value["name"]) if isinstance(value, Mapping) else str(value)
            )
            if isinstance(value, Mapping) and value.get("on"):
                out["Ngày đối chiếu"] = str(value["on"])
        elif key == "hypothesis":
            out["Giả định"] = "có" if value else "không"
        elif key == "note":
            out["Ghi chú"] = str(value)
        else:
            field = each.field(key)
            if field is None:
                raise KeyError(f"{each.ledger}.{key}")
            out[field.title] = _written(field, value, aliases)
    return out


def _flat(each: Layout, record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        nested = any(field.key.startswith(f"{key}.") for field in each.fields)
        if nested and isinstance(value, Mapping):
            for below, inner in value.items():
                yield f"{key}.{below}", inner
        else:
            yield key, value


def _written(field: Field, value: Any, aliases: Aliases) -> Cell:
    return UNKNOWN if value == "unknown" else field.codec.write(value, aliases)


def _spans(years: Any) -> Iterator[tuple[int, int]]:
    many = years if isinstance(years, list | tuple) else [years]
    for item in many:
        first, _, last = str(item).partition("..")
        yield int(first), int(last or first)


def _scope(
    rows: _Rows,
    aliases: Aliases,
    ledger: str,
    who: Mapping[str, Cell],
    state: str,
    years: tuple[int, int] | None,
) -> None:
    titles = {each.key: each for each in layout.SCOPE_FIELDS}
    row: dict[str, Cell] = {titles["ledger"].title: aliases.word_labels["ledgers"][ledger]}
    row |= {titles[key].title: value for key, value in who.items()}
    row[titles["state"].title] = titles["state"].codec.write(state, aliases)
    if years:
        row[titles["first"].title], row[titles["last"].title] = years
    rows.setdefault("scope", []).append(row)


def _guide(workbook: xlsxwriter.Workbook, aliases: Aliases) -> None:
    sheet = workbook.add_worksheet(layout.GUIDE_SHEET)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 2, 90)
    put(sheet, 0, 0, "Sổ lịch sử thi đua, khen thưởng", bold)
    line = 1
    for text in _GUIDE:
        sheet.merge_range(line, 0, line, 2, "", wrap)
        put(sheet, line, 0, text, wrap)
        sheet.set_row(line, 32)
        line += 1
    line += 1
    for column, title in enumerate(("Trang tính", "Cột", "Cách ghi")):
        put(sheet, line, column, title, bold)
    for each in (layout.SUBJECTS, *layout.LAYOUTS):
        for field in each.fields:
            line += 1
            words = field.codec.choices(aliases)
            hint = ", ".join(f"«{word}»" for word in words[:40]) or field.codec.hint
            for column, text in enumerate((each.sheet, field.title, hint)):
                put(sheet, line, column, text, wrap)
    printed_landscape(sheet)


def _table(
    workbook: xlsxwriter.Workbook,
    each: Layout,
    fields: Sequence[Field],
    rows: Sequence[Mapping[str, Cell]],
    aliases: Aliases,
) -> None:
    sheet: Worksheet = workbook.add_worksheet(each.sheet)
    head = workbook.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#E8EEF4"}
    )
    text = workbook.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    for column, field in enumerate(fields):
        put(sheet, 0, column, field.title, head)
        wide = 30 if field.key in ("name", "unit", "award", "what", "ledger") else 16
        sheet.set_column(column, column, wide, text)
        words = field.codec.choices(aliases)
        if words and len(",".join(words)) < 255 and not any("," in word for word in words):
            sheet.data_validation(
                1,
                column,
                5000,
                column,
                {
                    "validate": "list",
                    "source": words,
                    "error_type": "warning",
                    "error_title": "Chưa có trong danh sách",
                    "error_message": "Nên chọn một giá trị trong danh sách.",
                },
            )
    sheet.set_row(0, 34)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(rows)), len(fields) - 1)
    for line, row in enumerate(rows, 1):
        for column, field in enumerate(fields):
            if (value := row.get(field.title)) is not None:
                put(sheet, line, column, value, text)
    printed_landscape(sheet)
