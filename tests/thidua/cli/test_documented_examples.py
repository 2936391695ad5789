"""Every documented command prints, word for word, what the documentation says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from documented import DOCUMENTS, ROOT, Example, examples, run

ALL = [one for document in DOCUMENTS for one in examples(document)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "docs" / "examples", here / "docs" / "examples")
    return here


@pytest.mark.parametrize("example", ALL, ids=lambda one: f"{one.document}: {one.command}")
def test_documented_example(example: Example, folder: Path) -> None:
    assert run(example.command, folder) == example.output


def test_examples_show_every_kind_of_answer() -> None:
    said = "\n".join(one.output for one in ALL)
    for word in (
        "ĐẠT",
        "KHÔNG ĐẠT",
        "CHƯA KẾT LUẬN",
        "TỪ CHỐI TRẢ LỜI",
        "ĐỌC TẠM",
        "Không đọc được",
    ):
        assert word in said, word
    for command in ("check", "law get", "bonus", "screen"):
        assert any(f"bin/thidua {command}" in one.command for one in ALL), command
