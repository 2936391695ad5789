"""Without a date, a command answers for the day on the clock of the person at the keyboard."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from documented import ROOT


# No day of the world is the same in both places, at any hour.
@pytest.mark.parametrize(("zone", "ahead"), [("<+14>-14", 14), ("<-12>12", -12)])
def test_law_list_is_of_the_day_where_the_person_sits(zone, ahead):
    def there():
        return (datetime.now(UTC) + timedelta(hours=ahead)).date().isoformat()

    before = there()
    done = subprocess.run(
        [str(Path(sys.executable).with_name("thidua")), "law", "list", "--json"],
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["on"] in {before, there()}


def test_one_place_of_the_command_line_and_the_demonstration_reads_the_clock():
    source = ROOT / "src" / "thidua"
    found = [
        path.relative_to(source).as_posix()
        for room in ("cli", "demo")
        for path in sorted((source / room).rglob("*.py"))
        if re.search(r"\b(date\.today|datetime\.now)\(", path.read_text(encoding="utf-8"))
    ]
    assert found == ["cli/session.py"]
