"""The demonstration as its user meets it: what it says, what it leaves, the site that it serves."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

THIDUA = str(Path(sys.executable).with_name("thidua"))
FILES = {
    "danh-sach.xlsx",
    "so-du-kien.xlsx",
    *(
        f"ket-qua-{name}{kind}.xlsx"
        for name in ("2017", "2025", "2026", "2026-doc-tam", "2026-nhan-truoc-moc")
        for kind in ("", "-dong-loai")
    ),
    "luat",
    "thidua.sqlite3",
    "secret-key",
}
# What SQLite and the web server keep beside.
BESIDE = {"thidua.sqlite3-wal", "thidua.sqlite3-shm", "static"}


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [THIDUA, "demo", "--people", "60", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_summary_says_what_an_officer_asks(folder):
    said = (folder / "said.txt").read_text(encoding="utf-8")
    assert "đọc 45 = nhận 34 + loại 3 + trống 8" in said
    assert "37 đề nghị của 34 người và tập thể" in said
    assert "Nguyễn Thị Hồng Minh, Chiến sĩ thi đua cơ sở: 2017 không đủ, 2025 đủ" in said
    assert "Không có sáng kiến được cơ sở công nhận năm 2017; cần 1." in said
    assert "Phòng An toàn hạ tầng, Tập thể lao động tiên tiến: 2017 đủ, 2025 không đủ" in said
    assert "là khen theo loại hình đột xuất" in said
    assert "đã dùng để xét" in said
    assert "do Lê Hoài Thương yêu cầu; không dùng để trình" in said
    assert "chưa thấy Luật 06/2026/QH16" in said


def test_the_summary_counts_every_proposal_of_every_season(folder):
    said = (folder / "said.txt").read_text(encoding="utf-8")
    dates = r"\d\d/\d\d/\d{4}"
    found = re.findall(rf"^  Mùa .*?  {dates}  {dates}((?: +[\d·]+){{6}})$", said, re.MULTILINE)
    counts = [[int(one.replace("·", "0")) for one in line.split()] for line in found]
    assert len(counts) == 5
    assert {sum(line) for line in counts} == {37}
    assert counts[2] == [0, 0, 0, 0, 0, 37]


def test_the_summary_tells_the_money_of_two_dates(folder):
    said = " ".join((folder / "said.txt").read_text(encoding="utf-8").split())
    # 0.3 and 1.0 of 1,300,000; 0.3 of 2,340,000 rounded up to ten thousand, 1.5 of it.
    assert "Lao động tiên tiến 390.000 710.000" in said
    assert "Bằng khen của bộ, ban, ngành, tỉnh 1.300.000 3.510.000" in said


def test_each_season_has_its_progress_line(folder):
    watched = (folder / "watched.txt").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("Đang xét: Mùa") for line in watched) == 5


def test_each_step_of_building_is_seen(folder):
    watched = (folder / "watched.txt").read_text(encoding="utf-8")
    for what in ("đơn vị", "người", "xếp loại hằng năm", "lượt khen thưởng trong sổ", "tài khoản"):
        assert re.search(rf"^ +\d+ giây +[\d.]+ {what}$", watched, re.MULTILINE), what


def test_the_logins_of_all_roles_are_told(folder):
    said = (folder / "said.txt").read_text(encoding="utf-8")
    assert "mật khẩu chung: thi-dua-trinh-dien" in said
    assert re.search(r"^  quantri@thidua.example +Quản trị hệ thống, BTTTT$", said, re.MULTILINE)
    assert len(re.findall(r"@thidua\.example", said)) == 18


def test_what_is_left_and_that_a_second_run_leaves_the_same(folder):
    def left():
        return {
            one.name: one.stat().st_size
            for one in folder.iterdir()
            if one.name not in {"said.txt", "watched.txt", "luat"} | BESIDE
        }

    before = left()
    assert set(before) | {"luat"} == FILES
    assert (folder / "luat" / "index.html").exists()
    again = run("--no-serve", "--folder", str(folder))
    assert again.returncode == 0, again.stderr
    assert "đơn vị đã có từ lần trước" in again.stderr
    assert again.stdout == (folder / "said.txt").read_text(encoding="utf-8")
    assert set(left()) == set(before)


def get(port: int, path: str = ""):
    for _ in range(600):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=2)
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nobody answers")


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_system_is_served_on_this_machine_and_stops(folder, end):
    port = free_port()
    child = subprocess.Popen(
        [THIDUA, "demo", "--folder", str(folder), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        with get(port) as answer:
            assert answer.status == 200
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
            assert "Đăng nhập" in answer.read().decode()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(port, "../danh-sach.xlsx")
    finally:
        if end == signal.SIGINT:  # a terminal tells the whole group
            os.killpg(child.pid, end)
        else:
            child.send_signal(end)
        said, _ = child.communicate(timeout=40)
    assert child.returncode == 0
    assert f"http://127.0.0.1:{port}" in said
    assert said.endswith("Đã dừng.\n")
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_taken_port_is_said_before_anything_is_built(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("--folder", str(tmp_path), "--port", str(port))
    assert done.returncode == 2
    assert f"bin/thidua demo --port {port + 1}" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path):
    (tmp_path / "tep").write_text("x", encoding="utf-8")
    done = run("--no-serve", "--folder", str(tmp_path / "tep" / "demo"))
    assert done.returncode == 2
    assert "Không ghi được" in done.stderr
    assert "--folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_of_the_law_that_holds_other_things_is_left_alone(tmp_path):
    (tmp_path / "luat").mkdir()
    (tmp_path / "luat" / "cua-toi.txt").write_text("x", encoding="utf-8")
    done = run("--no-serve", "--folder", str(tmp_path))
    assert done.returncode == 2
    assert "thư mục đã có nội dung khác" in done.stderr
    assert [one.name for one in (tmp_path / "luat").iterdir()] == ["cua-toi.txt"]
