"""Writes docs/quality.md from the nightly reports: `tools/quality.py REPORT.xml [MORE.xml …]`.

The rows count the first report; a failure in any, or one that is not there, makes the night red.
A red night is written too. A row without any test ends with 1 after the page is written.
"""

import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
QUALITY = REPOSITORY / "docs/quality.md"
# Row of the trust plan (IN-6) or name of a promise; what is counted; where its tests are.
ROWS = (
    ("IN-6", "every drawn list and history: read = accepted + rejected + blank", "test_ledgers"),
    ("IN-6", "the sample lists of real units, to the row", "test_sample_lists"),
    ("parity", "explain and bit-planes say the same; planted faults are caught", "test_parity"),
    ("law", "every condition of the fact base stands in the book", "test_reconciliation"),
    ("walls", "each contract of the house catches a planted sin", "test_walls"),
    (
        "AUD-1",
        "ten attacks: all found with copies outside, seven not without; no alarm",
        "test_attacks",
    ),
    (
        "AUD-2",
        "each column of each audited table: an edit past the application is found",
        "test_state",
    ),
    ("AUD-3", "published vectors of RFC 6962; proofs for all sizes to 130", "test_merkle"),
    ("AUD-4", "what was hashed is what is read back, any text", "test_canonical"),
    ("AUD-5", "kills of the sequencer, the clock set back (AUD-8), a move", "test_processes"),
    ("AUD-6", "no write past the trail; each audited table leaves events", "test_audited"),
    ("AUD-7", "a person's values are erased, the chain is whole", "test_erase"),
    ("SEC-1", "every address, role and method against one list", "test_permissions"),
    ("SEC-2", "twin units: nothing of the other shows or changes", "test_twins"),
    (
        "SEC-4",
        "10,000 guesses from one address, 500 evaluated; the neighbour logs in",
        "test_attempts",
    ),
    ("FLT-20", "the mail server is away: queued, each message once", "test_delivery"),
)


def git(*words: str) -> str:
    command = ["git", "-C", str(REPOSITORY), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


NONE = "no test ran"


def passed(test: ET.Element) -> bool:
    """Neither failed, nor broken before or after it, nor skipped."""
    return all(test.find(one) is None for one in ("failure", "error", "skipped"))


def count(report: ET.Element, place: str) -> str:
    """Passed of all, over the test modules whose name begins with `place`."""
    tests = [one for one in report.iter("testcase") if f".{place}" in one.get("classname", "")]
    if not tests:
        return NONE
    seconds = sum(float(one.get("time", 0)) for one in tests)
    return f"{sum(map(passed, tests))} of {len(tests)} tests pass, {seconds:.0f} s"


def read(path: Path) -> ET.Element:
    """A report; without a test when the run did not come to one."""
    return ET.parse(path).getroot() if path.exists() else ET.Element("testsuites")  # noqa: S314 - pytest wrote it a moment ago


def red(reports: dict[Path, ET.Element]) -> list[str]:
    """What made the night red, a sentence for each report."""
    found = []
    for path, report in reports.items():
        tests = list(report.iter("testcase"))
        fail = sum(
            any(one.find(word) is not None for word in ("failure", "error")) for one in tests
        )
        if fail or not tests:
            what = f"{fail} of {len(tests)} tests fail" if tests else NONE
            found += [f"**A red night: {path.name}: {what}.**", ""]
    return found


def main(*paths: str) -> None:
    reports = {Path(one): read(Path(one)) for one in paths}
    report = reports[Path(paths[0])]
    commit, today = git("rev-parse", "--short", "HEAD"), f"{datetime.now(UTC):%Y-%m-%d}"
    lines = [
        "# Quality",
        "",
        "Written by `make nightly`, with twenty times the drawn examples of `make test`.",
        "",
        *red(reports),
        "| row | what | figure | commit | date |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {row} | {what} | {count(report, place)} | {commit} | {today} |"
        for row, what, place in ROWS
    ]
    QUALITY.write_text("\n".join(lines) + "\n", "utf-8")
    if missing := [place for _, _, place in ROWS if count(report, place) == NONE]:
        raise SystemExit(f"no test of {', '.join(missing)} in the report")


if __name__ == "__main__":
    main(*sys.argv[1:])
