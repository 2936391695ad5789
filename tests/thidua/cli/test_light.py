"""Commands on files start in a blink: no Django, and no numpy where nothing is counted in bulk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROBE = """
import sys
from thidua.cli.main import main
try:
    main(sys.argv[1:], standalone_mode=False)
finally:
    heavy = [name for name in ("django", "numpy", "jinja2", "wagtail") if name in sys.modules]
    sys.stderr.write("LOADED:" + ",".join(heavy))
"""


def loaded(*words: str, cwd: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    names = done.stderr.rpartition("LOADED:")[2]
    return [name for name in names.split(",") if name]


@pytest.mark.parametrize(
    "words",
    [
        ("check", "facts.yaml"),
        ("law", "list"),
        ("law", "show", "advanced-worker"),
        ("law", "get", "threshold", "ministry-emulation-fighter", "--on", "2025-03-01"),
        ("law", "diff", "advanced-worker", "2018-01-01", "2025-01-01"),
        ("bonus", "advanced-worker", "--on", "2025-03-01"),
        ("facts", "--schema"),
    ],
)
def test_command_loads_no_framework(words: tuple[str, ...], tmp_path: Path) -> None:
    facts = "subjects: [{id: a, kind: person}]\n"
    (tmp_path / "facts.yaml").write_text(facts, encoding="utf-8")
    assert loaded(*words, cwd=tmp_path) == []
