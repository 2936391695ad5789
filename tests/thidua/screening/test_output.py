"""The result workbook, reopened by another reader: groups, order, no formula, nothing half-written."""

from __future__ import annotations

import openpyxl
import pytest

from thidua.screening.sheets.ledger import Ledger
from thidua.screening.sheets.output import GROUP_SHEETS, Report, ResultRow, write_results

TRAPS = ["=1+1", "+84", "-5", "@x", "\tA", "\rA", "＝1", "＋1", "－1", "＠a", "=cmd|'/c calc'!A1"]


def row(name: str, group: str = "eligible", unit: str = "Cục A", **more: object) -> ResultRow:
    values: dict[str, object] = {
        "name": name,
        "unit": unit,
        "subject_kind": "person",
        "award_id": "advanced-worker",
        "award_vi": "Lao động tiên tiến",
        "verdict": "yes",
        "group": group,
        "reasons": ["Đủ."],
        "missing": [],
        "earliest_year": None,
        "citations": ["Điều 24"],
        "confidence": "verified",
        "source_row": 2,
        **more,
    }
    return ResultRow(**values)


@pytest.fixture
def written(tmp_path):
    def make(rows):
        path = tmp_path / "ket-qua.xlsx"
        ledger = Ledger(len(rows), len(rows), 0, 0)
        write_results(path, Report(results=rows, ledger=ledger, facts=[("Ngày", "10/03/2026")]))
        return openpyxl.load_workbook(path)

    return make


def values(sheet):
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


def test_each_group_has_its_sheet_with_frozen_header_and_filter(written):
    book = written([row("Nguyễn An", group) for group in GROUP_SHEETS])
    for title in GROUP_SHEETS.values():
        sheet = book[title]
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert any("Nguyễn An" in line for line in values(sheet))


def test_people_stand_by_given_name_in_vietnamese_order(written):
    names = ["Trần Đức", "Lê Dung", "Phạm Ánh", "Vũ An", "Hồ Ân", "Đỗ Ăn"]
    book = written([row(name) for name in names])
    found = [line[1] for line in values(book["Đủ điều kiện"]) if line[1] in names]
    assert found == ["Vũ An", "Phạm Ánh", "Đỗ Ăn", "Hồ Ân", "Lê Dung", "Trần Đức"]


def test_no_cell_ever_starts_a_formula(written):
    book = written([row(trap, unit=trap, reasons=[trap], missing=[trap]) for trap in TRAPS])
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f", (sheet.title, cell.coordinate, cell.value)
    seen = {str(line[1]) for line in values(book["Đủ điều kiện"])}
    assert {"=1+1", "=cmd|'/c calc'!A1"} <= seen


def test_a_recalled_rule_is_marked(written):
    book = written([row("Nguyễn An", confidence="recalled")])
    text = " ".join(str(one) for line in values(book["Đủ điều kiện"]) for one in line)
    assert "chưa đối chiếu văn bản gốc" in text


def test_the_old_file_stays_when_writing_fails(tmp_path, monkeypatch):
    path = tmp_path / "ket-qua.xlsx"
    path.write_text("bản cũ", encoding="utf-8")
    monkeypatch.setattr("thidua.screening.sheets.output._summary", _fail)
    with pytest.raises(RuntimeError):
        write_results(path, Report(results=[], ledger=Ledger(0, 0, 0, 0)))
    assert path.read_text(encoding="utf-8") == "bản cũ"
    assert list(tmp_path.iterdir()) == [path]


def _fail(*_: object) -> None:
    raise RuntimeError("the disk is full")
