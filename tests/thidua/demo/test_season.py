"""`season.yaml`: each row is drawn from a golden case or a trap, and the list holds each trap."""

import unicodedata
from datetime import datetime

import openpyxl
import pytest

from lawbook import FOLDER, load_book
from lawengine.cases import read_cases
from thidua.demo.season import read_season

DEMONSTRATION = read_season()
ROWS = (*DEMONSTRATION.entries, *DEMONSTRATION.rejected)


@pytest.fixture(scope="module")
def cases():
    return {f"{one.award}/{one.id}": one for one in read_cases(FOLDER / "cases", load_book())}


def test_each_row_names_the_golden_case_or_the_trap_that_it_shows(cases):
    for entry in ROWS:
        assert entry.cases or entry.traps, entry.name
        assert entry.shows, entry.name
        for case in entry.cases:
            assert case in cases, (entry.name, case)
            assert cases[case].subject.startswith(("person", "worker", "collective")), case


def test_every_trap_is_known_and_shown():
    shown = {trap for entry in ROWS for trap in entry.traps} | set(DEMONSTRATION.sheet)
    assert shown == set(DEMONSTRATION.traps)


def test_every_row_has_an_answer_for_every_season():
    for entry in DEMONSTRATION.entries:
        awards = {tuple(season.expected(entry)) for season in DEMONSTRATION.seasons}
        assert len(awards) == 1, entry.name


def test_people_stand_in_the_units_of_the_ministry():
    assert len(DEMONSTRATION.people) >= 26
    assert len(DEMONSTRATION.collectives) >= 6
    assert len({entry.unit for entry in DEMONSTRATION.people}) == 7
    assert len({entry.who for entry in ROWS}) == len(ROWS)
    assert len({entry.name for entry in ROWS}) == len(ROWS) - 1  # the namesakes


@pytest.fixture(scope="module")
def book(folder):
    return openpyxl.load_workbook(folder / "danh-sach.xlsx")


def texts(sheet):
    return [cell.value for line in sheet.iter_rows() for cell in line if cell.value is not None]


def blank(sheet, row):
    return [value for (value,) in sheet.iter_cols(1, 7, row, row, values_only=True) if value]


HOLDS = {
    "header_lower": lambda sheet: sheet["A4"].value == "STT",
    "two_level_header": lambda sheet: (
        "C4:D4" in map(str, sheet.merged_cells.ranges)
        and (sheet["C5"].value, sheet["D5"].value) == ("Nam", "Nữ")
    ),
    "line_break_header": lambda sheet: "\n" in sheet["B4"].value,
    "numbering_row": lambda sheet: [cell.value for cell in sheet[6]] == [1, 2, 3, 4, 5, 6, 7],
    "hidden_catalogue": lambda sheet: sheet.parent["Danh mục"].sheet_state == "hidden",
    "headings_and_signatures": lambda sheet: (
        {"CÁ NHÂN", "TẬP THỂ", "NGƯỜI LẬP BIỂU"} <= set(texts(sheet))
    ),
    "blank_rows": lambda sheet: (
        [
            what
            for what in (blank(sheet, row) for row in range(7, sheet.max_row))
            if what in ([], [" "]) or (len(what) == 1 and isinstance(what[0], int))
        ]
        == [[], [10], [" "]]
    ),
    "blank_number": lambda sheet: any(
        sheet.cell(row, 1).value is None and sheet.cell(row, 7).value for row in range(8, 40)
    ),
    "birth_datetime": lambda sheet: any(isinstance(one, datetime) for one in texts(sheet)),
    "birth_text": lambda sheet: "12/03/1986" in texts(sheet),
    "birth_year": lambda sheet: 1990 in texts(sheet),
    "birth_space": lambda sheet: any(
        sheet.cell(row, 3).value == " " for row in range(7, sheet.max_row)
    ),
    "nfd": lambda sheet: unicodedata.normalize("NFD", "Lê Hoàng Yến") in texts(sheet),
    "eth": lambda sheet: any("\u00d0" in str(one) for one in texts(sheet)),
    "spaces": lambda sheet: "  Trần  Văn \u00d0ức " in texts(sheet),
    "several_awards": lambda sheet: {"LĐTT, CSTĐCS", "LĐTT\nGiấy khen"} <= set(texts(sheet)),
    "abbreviations": lambda sheet: {"CSTĐCS", "BK Bộ", "HCLĐ hạng Ba"} <= set(texts(sheet)),
    "sy_si": lambda sheet: {"Chiến sỹ thi đua Bộ", "Chiến sĩ thi đua cơ sở"} <= set(texts(sheet)),
    "capitals": lambda sheet: "CHIẾN SỸ THI ĐUA CƠ SỞ" in texts(sheet),
    "namesakes": lambda sheet: texts(sheet).count("Nguyễn Văn An") == 2,
    "no_history": lambda sheet: "Trịnh Công Thành" in texts(sheet),
    "impossible_date": lambda sheet: "31/02/1985" in texts(sheet),
    "unknown_award": lambda sheet: "Chiến sĩ xuất sắc ngành" in texts(sheet),
    "ambiguous_award": lambda sheet: "Bằng khen" in texts(sheet),
}


@pytest.mark.parametrize("trap", DEMONSTRATION.traps)
def test_the_list_holds_the_trap(book, trap):
    assert HOLDS[trap](book["Danh sách đề nghị"])


def test_who_is_not_in_the_history_is_not_there(folder):
    history = openpyxl.load_workbook(folder / "so-du-kien.xlsx")
    named = {text for sheet in history.worksheets for text in texts(sheet)}
    for entry in DEMONSTRATION.entries:
        assert (entry.name in named) == ("no_history" not in entry.traps), entry.name
