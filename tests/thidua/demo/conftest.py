"""One run of the demonstration, through the door that its user takes, for all tests of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from thidua.demo.season import Demonstration, read_season

THIDUA = str(Path(sys.executable).with_name("thidua"))


@pytest.fixture(scope="session")
def demonstration() -> Demonstration:
    return read_season()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [THIDUA, "demo", "--no-serve", "--people", "60", "--folder", str(here)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    (here / "said.txt").write_text(done.stdout, encoding="utf-8")
    (here / "watched.txt").write_text(done.stderr, encoding="utf-8")
    return here
