"""Files that are no list: one clear message each, from a child that cannot take the parent down."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from thidua.screening.sheets.reading import DEFAULT, read_workbook
from thidua.screening.sheets.unreadable import Unreadable


def refused(path: Path, **limits: int) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_workbook(path, DEFAULT._replace(**limits))
    error = caught.value
    assert error.reason
    assert error.fix
    assert path.name in str(error)
    return error


def test_missing_file(tmp_path):
    refused(tmp_path / "khong-co.xlsx")


def test_empty_file(tmp_path):
    path = tmp_path / "trong.xlsx"
    path.write_bytes(b"")
    refused(path)


def test_folder(tmp_path):
    path = tmp_path / "thu-muc.xlsx"
    path.mkdir()
    refused(path)


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7 not a workbook",
        b"<html><table><tr><td>a</td></tr></table></html>",
        b"STT,Ho ten\n1,An\n",
        bytes(range(256)) * 8,
    ],
)
def test_not_a_workbook(tmp_path, raw):
    path = tmp_path / "khac.xlsx"
    path.write_bytes(raw)
    refused(path)


def test_truncated_workbook_is_an_error_never_zero_rows(book, tmp_path):
    whole = book([["STT", "Họ và tên", "Đơn vị", "Danh hiệu"], [1, "An", "A", "LĐTT"]])
    raw = whole.read_bytes()
    for part in (len(raw) // 3, len(raw) // 2, len(raw) - 30):
        path = tmp_path / f"cat-{part}.xlsx"
        path.write_bytes(raw[:part])
        refused(path)


def without(path: Path, part: str, out: Path) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            if not item.filename.startswith(part):
                new.writestr(item, old.read(item.filename))
    return out


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_missing_part_is_an_error_never_zero_rows(book, tmp_path, part):
    whole = book([["STT", "Họ và tên", "Đơn vị", "Danh hiệu"], [1, "An", "A", "LĐTT"]])
    refused(without(whole, part, tmp_path / "thieu.xlsx"))


def test_zip_bomb_is_refused_and_the_parent_lives(book, tmp_path):
    whole = book([["STT", "Họ và tên"]])
    out = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            raw = old.read(item.filename)
            if item.filename == "xl/worksheets/sheet1.xml":
                raw = raw[:-20] + b" " * 400_000_000 + raw[-20:]
            new.writestr(item.filename, raw)
    assert out.stat().st_size < 1_000_000
    refused(out)


def test_the_memory_limit_is_what_stops_a_large_sheet(tmp_path):
    """Negative control: the same file is read when the limit is not in the way."""
    path = tmp_path / "lon.xlsx"
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for row in range(20_000):
            for column in range(10):
                sheet.write_string(row, column, f"{row} {column} " + "chữ dài " * 40)
    assert len(read_workbook(path).sheets[0].rows) == 20_000
    refused(path, memory=96 * 2**20)


def test_doctype_in_a_part_is_refused(book, tmp_path):
    whole = book([["STT", "Họ và tên"], [1, "An"]])
    out = tmp_path / "dtd.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            raw = old.read(item.filename)
            if item.filename == "xl/sharedStrings.xml":
                head, _, tail = raw.partition(b"?>")
                raw = head + b'?><!DOCTYPE a [<!ENTITY b "c">]>' + tail
            new.writestr(item.filename, raw)
    assert io.BytesIO(out.read_bytes()).getbuffer().nbytes
    refused(out)
