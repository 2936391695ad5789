"""The console examples of the documentation: found, run, compared word for word."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("docs/cli.md", "docs/screen-workbooks.md", "README.md")
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A command of a document and what the document says that it prints.

    A last line `[2]` gives the exit status when it is not 0. Stderr follows stdout.
    """

    document: str
    command: str
    output: str


def examples(document: str) -> list[Example]:
    """All `$ bin/thidua …` commands in the console blocks of a document, in order."""
    path = ROOT / document
    found = []
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            while command.endswith("\\"):
                more, _, output = output.partition("\n")
                command = command[:-1].rstrip() + " " + more.strip()
            if command.startswith("bin/thidua"):
                found.append(Example(document, command, output))
    return found


def run(command: str, folder: Path) -> str:
    """What a command prints, run in a folder that holds `docs/examples`; status when not 0."""
    thidua = Path(sys.executable).with_name("thidua")
    done = subprocess.run(
        ["/bin/sh", "-c", command.replace("bin/thidua", shlex.quote(str(thidua)), 1)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100"},
        timeout=120,
    )
    status = f"[{done.returncode}]\n" if done.returncode else ""
    return done.stdout + done.stderr + status
