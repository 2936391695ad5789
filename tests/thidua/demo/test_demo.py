"""The demonstration through the door that its user takes; every answer equal to what was written."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import openpyxl
import pytest

from thidua.demo.season import Demonstration, read_season

THIDUA = str(Path(sys.executable).with_name("thidua"))


@pytest.fixture(scope="module")
def demonstration() -> Demonstration:
    return read_season()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [THIDUA, "demo", "--no-serve", "--folder", str(here)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    (here / "said.txt").write_text(done.stdout, encoding="utf-8")
    return here


def verdicts(
    folder: Path, demonstration: Demonstration, key: str
) -> dict[tuple[str, str, str], dict]:
    season = next(one for one in demonstration.seasons if one.key == key)
    frame = season.frame
    words = [
        "--history",
        str(folder / "so-du-kien.xlsx"),
        "--year",
        str(frame.year),
        "--on",
        frame.decided_on.isoformat(),
        "--received",
        frame.received_on.isoformat(),
        "--json",
    ]
    if season.provisional:
        words += ["--provisional", season.provisional]
    done = subprocess.run(
        [THIDUA, "screen", str(folder / "danh-sach.xlsx"), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["ledger"]["read"] == sum(
        data["ledger"][key] for key in ("accepted", "rejected", "blank")
    )
    return {(one["name"], one["unit"], one["award"]): one for one in data["verdicts"]}


@pytest.mark.parametrize("key", ["2017", "2025"])
def test_every_answer_is_the_one_written_by_hand(folder, demonstration, key):
    found = verdicts(folder, demonstration, key)
    wrong = []
    for entry in demonstration.entries:
        for award, expected in entry.expect.get(key, {}).items():
            one = found[entry.name, entry.unit, award]
            said = (one["verdict"], one["earliest_year"] if one["verdict"] == "no" else None)
            if said != (expected.verdict, expected.earliest):
                wrong.append((entry.name, award, said, expected))
            missing = tuple(part["id"] for part in one["missing"])
            if expected.missing is None:
                # Nothing is written where all holds, or where nobody sent a history: then it is much.
                assert bool(missing) == (expected.verdict != "yes"), entry.name
            elif missing != expected.missing:
                wrong.append((entry.name, award, missing, expected.missing))
            if expected.group and one["group"] != expected.group:
                wrong.append((entry.name, award, one["group"], expected.group))
    assert wrong == []
    written = {
        (entry.name, entry.unit, award)
        for entry in demonstration.entries
        for award in entry.expect.get(key, {})
    }
    assert written <= set(found)
    if key == "2025":  # in 2017 some of the list stand only as company: their cases are of 2025
        assert written == set(found)


def test_the_result_workbook_says_the_same(folder, demonstration):
    book = openpyxl.load_workbook(folder / "ket-qua-2025.xlsx")
    names = {str(line[1].value) for line in book["Đủ điều kiện"].iter_rows(min_row=2)}
    for entry in demonstration.entries:
        answers = entry.expect.get("2025", {}).values()
        if answers and all(one.verdict == "yes" for one in answers):
            assert entry.name in names, entry.name


def test_2026_is_refused_with_its_reason(folder, demonstration):
    found = verdicts(folder, demonstration, "2026")
    assert len(found) >= len(demonstration.entries)
    assert {one["verdict"] for one in found.values()} == {"refused"}
    assert all("06/2026/QH16" in one["refusal"]["reason"] for one in found.values())


def test_the_provisional_reading_is_marked_on_every_answer(folder, demonstration):
    found = verdicts(folder, demonstration, "2026-provisional")
    assert len(found) >= len(demonstration.entries)
    assert all(one["provisional"] for one in found.values())
    assert all("refusal" in one for one in found.values())


def test_a_dossier_received_before_the_pivot_leaves_the_favourable_rule_open(folder, demonstration):
    found = verdicts(folder, demonstration, "2026-before")
    assert len(found) >= len(demonstration.entries)
    for one in found.values():
        assert one["text"]["instrument"] == "law-06-2022-qh15"
        assert not one["provisional"]
        notes = [note for note in one["notes"] if note["code"] == "favourable_rule"]
        assert notes[0]["verdict"] == "unknown"
        assert notes[0]["missing_text"] == "law-06-2026-qh16"


def test_rejected_rows_are_named(folder, demonstration):
    book = openpyxl.load_workbook(folder / "ket-qua-2025.xlsx")
    text = " ".join(str(cell.value) for line in book["Loại"].iter_rows() for cell in line)
    assert "31/02/1985" in text
    assert "Chiến sĩ xuất sắc ngành" in text
    assert len(demonstration.rejected) == 2


def test_repairs_are_listed(folder):
    book = openpyxl.load_workbook(folder / "ket-qua-2025.xlsx")
    text = " ".join(str(cell.value) for line in book["Sửa chữ"].iter_rows() for cell in line)
    assert "Trần Văn Đức" in text
    assert "Lê Hoàng Yến" in text


def test_the_summary_tells_the_two_laws_apart(folder):
    said = (folder / "said.txt").read_text(encoding="utf-8")
    assert "Nguyễn Thị Hồng Minh, Chiến sĩ thi đua cơ sở: năm 2017 không đủ, năm 2025 đủ" in said
    assert "đọc 21 = nhận 18 + loại 2 + trống 1" in said
    assert (folder / "luat" / "index.html").exists()


def test_the_site_is_served_on_this_machine_and_stops(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    child = subprocess.Popen(
        [sys.executable, "-m", "thidua.demo", "--folder", str(tmp_path), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        answer = None
        for _ in range(150):
            try:
                answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/index.html", timeout=2)
                break
            except OSError:
                time.sleep(0.2)
        assert answer is not None
        with answer:
            assert answer.status == 200
            assert answer.headers["Content-Security-Policy"] == "default-src 'self'"
            assert "Thi Đua" in answer.read().decode()
    finally:
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=15) == 0


def test_a_taken_port_is_said_plainly(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [THIDUA, "demo", "--folder", str(tmp_path), "--port", str(port)],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert done.returncode == 1
    assert f"Cổng {port} đang bận" in done.stderr
