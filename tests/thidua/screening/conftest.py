from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from thidua.screening.sheets.aliases import load_aliases
from thidua.screening.sheets.reading import read_workbook
from thidua.screening.sheets.staging import stage_list

LISTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "lists"
TODAY = date(2026, 3, 10)


@pytest.fixture(scope="session")
def aliases():
    return load_aliases()


@pytest.fixture
def real_list():
    """The path of a sample list; the test is skipped where the samples are not there."""

    def find(name):
        path = LISTS / name
        if not path.exists():
            pytest.skip(f"chưa có danh sách mẫu shared/data/lists/{name} bên cạnh kho mã")
        return path

    return find


@pytest.fixture
def book(tmp_path):
    """Makes a workbook: book(rows) or book({sheet: rows}, hidden=[…], merges={sheet: [(…)]})."""

    def make(sheets, *, hidden=(), merges=(), name="danh-sach.xlsx", date_1904=False, formats=None):
        path = tmp_path / name
        options = {
            "strings_to_formulas": False,
            "date_1904": date_1904,
            "default_date_format": "dd/mm/yyyy",
        }
        workbook = xlsxwriter.Workbook(path, options)
        if isinstance(sheets, list):
            sheets = {"Danh sách": sheets}
        for title, rows in sheets.items():
            sheet = workbook.add_worksheet(title)
            if title in hidden:
                sheet.hide()
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is None:
                        continue
                    if isinstance(value, str):
                        sheet.write_string(number, column, value)
                    elif callable(value):
                        value(sheet, number, column)
                    else:
                        sheet.write(number, column, value)
            for merge in merges if isinstance(merges, (list, tuple)) else merges.get(title, ()):
                sheet.merge_range(*merge)
        workbook.close()
        return path

    return make


@pytest.fixture
def stage(book, aliases):
    """Makes a workbook and reads its list."""

    def run(sheets, *, sheet=None, today=TODAY, **options):
        path = book(sheets, **options)
        return stage_list(read_workbook(path), aliases, today, sheet=sheet)

    return run
