"""`thidua screen` through the door that the user takes: real lists, results, bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from documented import ROOT

LISTS = ROOT.parent / "shared" / "data" / "lists"
DATES = ("--year", "2024", "--on", "2025-03-31")


def thidua(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("thidua")), *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=cwd, timeout=120
    )


def sample(name: str) -> Path:
    path = LISTS / name
    if not path.exists():
        pytest.skip(f"chưa có danh sách mẫu shared/data/lists/{name} bên cạnh kho mã")
    return path


def test_the_real_list_of_386_collectives(tmp_path):
    out = tmp_path / "ket-qua.xlsx"
    path = sample("lifesoft_MauTDKT-TTLDTT-chuan.xlsx")
    done = thidua("screen", path, *DATES, "-o", out, "--json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["sheet"] == "file nhận"
    assert data["ledger"] == {"read": 552, "accepted": 386, "rejected": 0, "blank": 166}
    assert data["groups"]["unknown"] == 386
    assert {one["award"] for one in data["verdicts"]} == {"advanced-collective"}
    assert {one["verdict"] for one in data["verdicts"]} == {"unknown"}
    assert all(one["missing"] for one in data["verdicts"])
    assert any(sorted(one["rows"]) == [11, 16] for one in data["doubts"])
    units = {
        one["unit"]
        for one in data["verdicts"]
        if "Lệ Thủy" in one["unit"] and "đa khoa" in one["unit"]
    }
    assert units == {"Bệnh viện đa khoa huyện Lệ Thủy"}
    book = openpyxl.load_workbook(out)
    assert sum(1 for _ in book["Chưa đủ dữ liệu"].iter_rows()) >= 386
    assert (tmp_path / "ket-qua-dong-loai.xlsx").exists()


@pytest.mark.parametrize(
    ("name", "blank"),
    [
        ("lifesoft_MauTDKT.xlsx", 552),
        ("lifesoft_CANHAN_template.xlsx", 0),
        ("lifesoft_TAPTHE_template.xlsx", 0),
    ],
)
def test_lists_without_rows_say_so_and_end_well(name, blank):
    done = thidua("screen", sample(name), *DATES)
    assert done.returncode == 0, done.stderr
    assert f"nhận 0 + loại 0 + trống {blank}" in done.stdout
    assert "chưa có dòng dữ liệu" in done.stdout


def test_the_guide_is_offered_never_taken():
    done = thidua("screen", sample("lifesoft_MauTDKT.xlsx"), *DATES)
    assert "«Hướng dẫn»" in done.stdout
    assert "trang «file nhận»" in done.stdout


@pytest.mark.parametrize("raw", [None, b"", b"khong phai Excel"])
def test_bad_files_end_with_2_and_write_nothing(tmp_path, raw):
    path, out = tmp_path / "xau.xlsx", tmp_path / "kq.xlsx"
    if raw is not None:
        path.write_bytes(raw)
    done = thidua("screen", path, *DATES, "-o", out)
    assert done.returncode == 2
    assert "Không đọc được" in done.stderr
    assert "Cách sửa" in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_a_list_without_a_needed_column_names_what_it_found(tmp_path):
    path = tmp_path / "thieu-cot.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["STT", "Họ và tên", "Đơn vị"])
        sheet.write_row(1, 0, [1, "Nguyễn An", "Cục A"])
    done = thidua("screen", path, *DATES)
    assert done.returncode == 2
    assert "Họ và tên" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--on", "31/02/2025"), "không có trong lịch"),
        (("--on", "2025-03-31", "--received", "2025-05-01"), "sau ngày quyết định"),
        (("--on", "2025-03-31", "-o", "ket-qua.pdf"), ".xlsx hoặc .json"),
        (("--on", "2025-03-31", "--provisional", " "), "Cần tên người"),
        (("--on", "2025-03-31", "--award", "chien-si"), "Không có danh hiệu"),
    ],
)
def test_bad_options_end_with_2_in_vietnamese(tmp_path, words, said):
    done = thidua("screen", ROOT / "docs/examples/danh-sach.xlsx", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr


def test_rejected_rows_can_be_corrected_and_screened_again(tmp_path):
    out = tmp_path / "kq.xlsx"
    thidua(
        "screen",
        ROOT / "docs/examples/danh-sach.xlsx",
        "--year",
        "2025",
        "--on",
        "2026-03-10",
        "-o",
        out,
    )
    rejects = tmp_path / "kq-dong-loai.xlsx"
    book = openpyxl.load_workbook(rejects)
    mended = False
    for line in book.worksheets[0].iter_rows():
        for cell in line:
            if cell.value == "Giấy khen cụm":
                cell.value, mended = "Giấy khen", True
    assert mended
    book.save(rejects)
    done = thidua("screen", rejects, "--year", "2025", "--on", "2026-03-10", "--json")
    data = json.loads(done.stdout)
    assert data["ledger"]["accepted"] == 1
    assert data["verdicts"][0]["name"] == "Ngô Thị Sen"
