"""`thidua screen` loses nothing: what it may not write over, and where it cannot write."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from documented import ROOT

EXAMPLES = ROOT / "docs" / "examples"
DATES = ("--year", "2025", "--on", "2026-03-10")


def thidua(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("thidua")), *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=cwd, timeout=120
    )


@pytest.fixture
def folder(tmp_path):
    for name in ("danh-sach.xlsx", "so-du-kien.xlsx"):
        shutil.copy(EXAMPLES / name, tmp_path / name)
    (tmp_path / "thu-muc.xlsx").mkdir()
    return tmp_path


def contents(folder: Path) -> dict[str, str]:
    return {
        one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        if one.is_file()
        else ""
        for one in sorted(folder.rglob("*"))
    }


def refused(folder: Path, *words: object) -> str:
    """The one line that the command says while it leaves everything as it was."""
    before = contents(folder)
    done = thidua("screen", *words, cwd=folder)
    assert contents(folder) == before
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_template_is_written_where_nothing_is(folder):
    done = thidua("screen", "--template", "mau.xlsx", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Đã ghi sổ dữ kiện mẫu: mau.xlsx\n"
    read = thidua("screen", "danh-sach.xlsx", "--history", "mau.xlsx", *DATES, cwd=folder)
    assert read.returncode == 0, read.stderr
    assert "Sổ dữ kiện: đọc 0 = nhận 0 + loại 0 + trống 0" in read.stdout


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("khong-co/mau.xlsx", "không có thư mục này. Kiểm tra lại đường dẫn, hoặc tạo thư mục"),
        ("danh-sach.xlsx/mau.xlsx", "đường dẫn đi qua một tệp. Kiểm tra lại đường dẫn"),
        ("thu-muc.xlsx", "đây là một thư mục. Ghi thêm tên tệp"),
        ("so-du-kien.xlsx", "tệp này đã có, ghi vào sẽ mất dữ liệu. Chọn tên khác, hoặc tự xóa"),
        ("m" * 300 + ".xlsx", "tên quá dài. Chọn tên ngắn hơn"),
    ],
)
def test_a_template_is_refused_with_the_next_act(folder, path, said):
    assert refused(folder, "--template", path).startswith(f"Không ghi được: {path}: {said}")


def test_a_template_has_the_ending_of_a_workbook(folder):
    assert "tùy chọn --template: Sổ mẫu phải là tệp .xlsx." in refused(
        folder, "--template", "mau.txt"
    )


def test_a_template_is_asked_for_alone(folder):
    said = refused(folder, "danh-sach.xlsx", "--template", "mau.xlsx", *DATES)
    assert "--template chỉ ghi sổ mẫu, không xét." in said


@pytest.mark.parametrize(
    "output",
    ["danh-sach.xlsx", "./thu-muc.xlsx/../danh-sach.xlsx", "so-du-kien.xlsx", "noi.xlsx"],
)
def test_no_result_is_written_over_what_is_read(folder, output):
    (folder / "noi.xlsx").symlink_to("danh-sach.xlsx")
    said = refused(folder, "danh-sach.xlsx", "--history", "so-du-kien.xlsx", *DATES, "-o", output)
    assert said.startswith("Không ghi được: ")
    assert "đây là tệp đang được đọc, ghi vào sẽ mất dữ liệu. Chọn tên khác." in said


def test_corrected_rows_are_not_written_over_by_the_rows_rejected_next(folder):
    (folder / "danh-sach.xlsx").rename(folder / "kq-dong-loai.xlsx")
    said = refused(folder, "kq-dong-loai.xlsx", *DATES, "-o", "kq.xlsx")
    assert said.startswith("Không ghi được: kq-dong-loai.xlsx: đây là tệp đang được đọc")


@pytest.mark.parametrize("ending", [".xlsx", ".json"])
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("khong-co/kq", "không có thư mục này."),
        ("danh-sach.xlsx/kq", "đường dẫn đi qua một tệp."),
        ("k" * 300, "tên quá dài."),
        ("/sys/kq", "không có quyền ghi ở đây. Chọn thư mục khác."),
    ],
)
def test_a_place_that_cannot_take_the_result_is_said_before_any_work(folder, path, said, ending):
    line = refused(folder, "danh-sach.xlsx", *DATES, "-o", path + ending)
    assert line.startswith(f"Không ghi được: {path}{ending}: {said}")


def test_a_folder_in_the_place_of_either_file_leaves_the_other_unwritten(folder):
    line = refused(folder, "danh-sach.xlsx", *DATES, "-o", "thu-muc.xlsx")
    assert line == "Không ghi được: thu-muc.xlsx: đây là một thư mục. Ghi thêm tên tệp.\n"
    (folder / "kq-dong-loai.xlsx").mkdir()
    line = refused(folder, "danh-sach.xlsx", *DATES, "-o", "kq.xlsx")
    assert line.startswith("Không ghi được: kq-dong-loai.xlsx: đây là một thư mục.")


def test_a_result_may_be_made_anew_and_can_be_read_by_others(folder):
    old = os.umask(0o022)
    try:
        for name in ("kq.json", "kq.xlsx"):
            for _ in range(2):
                done = thidua("screen", "danh-sach.xlsx", *DATES, "-o", name, cwd=folder)
                assert done.returncode == 0, done.stderr
            assert (folder / name).stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(old)
    assert not [one for one in folder.iterdir() if one.name.startswith(".")]


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")

NO_WORKBOOK = (
    "Nội dung không phải bảng tính Excel hay LibreOffice, dù tên tệp có thể là .xlsx hoặc .xls."
)


@pytest.mark.parametrize("place", ["list", "history"])
@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("khoa.xlsx", LOCKED, "Tệp được đặt mật khẩu nên không đọc được."),
        ("bang.csv", "Họ và tên,Đơn vị\nAn,A\n".encode(), NO_WORKBOOK),
        ("khong-co.xlsx", None, "Không tìm thấy tệp."),
    ],
)
def test_input_that_is_no_workbook_is_said_in_one_line(folder, name, raw, said, place):
    if raw is not None:
        (folder / name).write_bytes(raw)
    read = (name,) if place == "list" else ("danh-sach.xlsx", "--history", name)
    line = refused(folder, *read, *DATES, "-o", "kq.xlsx")
    assert line.startswith(f"Không đọc được: tệp {name}: {said} Cách sửa: ")


def test_a_list_given_as_history_is_no_history(folder):
    line = refused(folder, "danh-sach.xlsx", "--history", "danh-sach.xlsx", *DATES, "-o", "kq.xlsx")
    assert "Mẫu trống: bin/thidua screen --template TỆP.xlsx." in line
