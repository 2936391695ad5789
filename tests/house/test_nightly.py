"""`make nightly` writes its page on a red night too, and is still red."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = (
    *("test_attacks", "test_state", "test_merkle", "test_canonical", "test_processes"),
    *("test_audited", "test_erase"),
    *("test_permissions", "test_twins", "test_attempts", "test_delivery"),
    *("test_ledgers", "test_sample_lists", "test_parity", "test_reconciliation", "test_walls"),
)
# Stands where pytest would: gives the report that the test has written, ends as the test wants.
PYTEST = """#!/bin/sh
case "$*" in *django_db*) [ $POSTGRES = 0 ] || exit $POSTGRES; SQLITE=0;; esac
for word; do case $word in --junitxml=*) [ -f report.xml ] && cp report.xml "${word#*=}";; esac; done
exit $SQLITE
"""


def case(place: str, inside: str = "") -> str:
    return f'<testcase classname="tests.x.{place}" name="t" time="1">{inside}</testcase>'


def nightly(folder: Path, report: str | None, *, postgres: int = 0, sqlite: int = 0):
    """The real target and the real writer of the page, in a repository of its own."""
    for name in ("Makefile", "tools/quality.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "docs").mkdir()
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/python").symlink_to(sys.executable)
    for name, text in (
        ("tools/setup", "#!/bin/sh\n"),
        ("tools/with-postgres", '#!/bin/sh\nexec "$@"\n'),
        (".venv/bin/pytest", PYTEST),
    ):
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    if report is not None:
        (folder / "report.xml").write_text(f"<testsuites>{report}</testsuites>", encoding="utf-8")
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for words in (("init", "-q"), (*who, "commit", "-q", "--allow-empty", "-m", "a")):
        subprocess.run(["git", *words], cwd=folder, check=True)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    done = subprocess.run(
        ["make", "nightly"],
        cwd=folder,
        env={**kept, "POSTGRES": str(postgres), "SQLITE": str(sqlite)},
        capture_output=True,
        text=True,
        check=False,
    )
    page = folder / "docs/quality.md"
    return done.returncode, page.read_text(encoding="utf-8") if page.exists() else ""


def test_a_green_night(tmp_path):
    status, page = nightly(tmp_path, "".join(map(case, PLACES)))
    assert status == 0
    assert page.count("1 of 1 tests pass") == len(PLACES)
    assert "red" not in page


@pytest.mark.parametrize("fault", ["failure", "error"])
def test_a_red_night_is_written_and_red(tmp_path, fault):
    report = "".join(map(case, PLACES)) + case("test_walls", f"<{fault}/>")
    status, page = nightly(tmp_path, report, sqlite=1)
    assert status != 0
    assert f"**A red night: nightly.xml: 1 of {len(PLACES) + 1} tests fail.**" in page
    assert "1 of 2 tests pass" in page
    assert page.count("1 of 1 tests pass") == len(PLACES) - 1


def test_red_on_postgresql_alone_is_red_after_everything_ran(tmp_path):
    status, page = nightly(tmp_path, "".join(map(case, PLACES)), postgres=1)
    assert status != 0
    assert "**A red night: nightly-postgres.xml: no test ran.**" in page
    assert page.count("1 of 1 tests pass") == len(PLACES)


def test_a_row_without_a_test_is_written_and_red(tmp_path):
    status, page = nightly(tmp_path, "".join(map(case, PLACES[:-1])))
    assert status != 0
    assert page.count("no test ran") == 1


def test_no_report_at_all_is_red(tmp_path):
    status, page = nightly(tmp_path, None)
    assert status != 0
    assert "**A red night: nightly.xml: no test ran.**" in page
    assert page.count("| no test ran |") == len(PLACES)
