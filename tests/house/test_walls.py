"""The seven contracts hold, and each one catches the sin that it is there for."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NAMES = ["house", "floors", "rooms", "pure", "law-door", "wagtail-portal", "writers"]


def run_linter(root: Path) -> dict[str, bool]:
    """Contract name → kept, for the sources under `root`."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": str(root / "src"), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    kept = {
        name: verdict == "KEPT"
        for name, verdict in re.findall(r"^([\w-]+): .* (KEPT|BROKEN)", done.stdout, re.MULTILINE)
    }
    assert kept, done.stdout + done.stderr
    return kept


@pytest.fixture
def copy(repository, tmp_path):
    shutil.copy(repository / "pyproject.toml", tmp_path)
    shutil.copytree(
        repository / "src",
        tmp_path / "src",
        ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "static"),
    )
    return tmp_path


def plant(root: Path, **files: str) -> None:
    """`plant(root, thidua__support__bad="import lawengine")` writes one module per argument."""
    for name, text in files.items():
        path = (root / "src").joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text + "\n", encoding="utf-8")


def test_the_seven_contracts_hold(repository):
    assert run_linter(repository) == dict.fromkeys(NAMES, True)


SINS = {
    "the book sees the application": (
        "house",
        {"lawbook__sin": "import thidua.support"},
    ),
    "the engine sees the book": (
        "house",
        {"lawengine__sin": "import lawbook"},
    ),
    "a machine sees a way in": (
        "floors",
        {"thidua__support__sin": "import thidua.screening"},
    ),
    "a room that stands on no floor": (
        "floors",
        {"thidua__basement__sin": ""},
    ),
    "two rooms of one floor see each other": (
        "floors",
        {
            "thidua__documents__models": "",
            "thidua__statutes__sin": "import thidua.documents.models",
        },
    ),
    "tables see writes": (
        "rooms",
        {
            "thidua__screening__services": "",
            "thidua__screening__models": "import thidua.screening.services",
        },
    ),
    "the engine knows a framework": (
        "pure",
        {"lawengine__sin": "import django.db"},
    ),
    "a lifecycle knows a framework": (
        "pure",
        {"thidua__screening__lifecycle": "import django.db"},
    ),
    "the reading of workbooks knows a framework": (
        "pure",
        {"thidua__screening__sheets__sin": "import django.db"},
    ),
    "the reading of workbooks knows a framework by way of its room": (
        "pure",
        {
            "thidua__screening__stored": "import django.db",
            "thidua__screening__sheets__sin": "import thidua.screening.stored",
        },
    ),
    "Vietnamese text knows a framework": (
        "pure",
        {"thidua__support__sin": "import django.utils.text"},
    ),
    "a room reads the law by itself": (
        "law-door",
        {"thidua__support__sin": "import lawengine"},
    ),
    "a page reads the book by itself": (
        "law-door",
        {"thidua__web__sin": "import lawbook"},
    ),
    "a room knows Wagtail": (
        "wagtail-portal",
        {"thidua__screening__sin": "import wagtail.models"},
    ),
    "a room writes through another": (
        "writers",
        {
            "thidua__support__services": "",
            "thidua__screening__sin": "import thidua.support.services",
        },
    ),
}


@pytest.mark.parametrize(("contract", "files"), SINS.values(), ids=SINS)
def test_a_planted_sin_is_caught(copy, contract, files):
    plant(copy, **files)
    assert run_linter(copy)[contract] is False


def test_every_contract_has_a_planted_sin():
    assert {contract for contract, _ in SINS.values()} == set(NAMES)


def test_what_is_allowed_stays_allowed(copy):
    plant(
        copy,
        thidua__portal__pages="import wagtail.models",
        thidua__audit__services="",
        thidua__screening__services="import thidua.audit.services",
        thidua__screening__tasks="import thidua.screening.services",
    )
    assert run_linter(copy) == dict.fromkeys(NAMES, True)
