"""Writes docs/quality.md from the report of the nightly run: `tools/quality.py REPORT.xml`."""

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
)


def git(*words: str) -> str:
    command = ["git", "-C", str(REPOSITORY), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def count(report: ET.Element, place: str) -> str:
    """Passed of all, over the test modules whose name begins with `place`; none is an error."""
    tests = [one for one in report.iter("testcase") if f".{place}" in one.get("classname", "")]
    if not tests:
        raise SystemExit(f"no test of {place} in the report")
    passed = sum(one.find("failure") is None and one.find("skipped") is None for one in tests)
    seconds = sum(float(one.get("time", 0)) for one in tests)
    return f"{passed} of {len(tests)} tests pass, {seconds:.0f} s"


def main(path: str) -> None:
    report = ET.parse(path).getroot()  # noqa: S314 - pytest wrote it a moment ago
    commit, today = git("rev-parse", "--short", "HEAD"), f"{datetime.now(UTC):%Y-%m-%d}"
    lines = [
        "# Quality",
        "",
        "Written by `make nightly`, with twenty times the drawn examples of `make test`.",
        "",
        "| row | what | figure | commit | date |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {row} | {what} | {count(report, place)} | {commit} | {today} |"
        for row, what, place in ROWS
    ]
    QUALITY.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
