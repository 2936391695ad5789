"""The fact base beside the repository, read once; and how its names map to the book's."""

from __future__ import annotations

import copy
import functools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from lawbook import FOLDER as BOOK_FOLDER
from lawengine.reading import read_file

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT.parent / "shared" / "law"


def load(name: str) -> Any:
    """A file of the fact base; the test is skipped where the fact base is not there."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"chưa có cơ sở pháp lý shared/law/{name} bên cạnh kho mã")
    return copy.deepcopy(_parsed(path))


@functools.cache
def _parsed(path: Path) -> Any:
    """Parsed once per process; every caller gets a copy of its own."""
    text = path.read_text(encoding="utf-8")
    return yaml.safe_load(text) if path.suffix == ".yaml" else text


def exemptions() -> dict[str, str]:
    """`file:row` of the fact base that the book may state otherwise, with the reason."""
    node = read_file(BOOK_FOLDER / "coverage.yaml")
    if not node.has("exemptions"):
        return {}
    return {
        item.child("row").text(): item.child("reason").text()
        for item in node.child("exemptions").items()
    }


IDS = yaml.safe_load((Path(__file__).with_name("ids.yaml")).read_text(encoding="utf-8"))

INSTRUMENTS = {
    "ND_91_2017": "decree-91-2017",
    "ND_98_2023": "decree-98-2023",
    "ND_152_2025": "decree-152-2025",
    "TT_09_2018_BTTTT": "circular-09-2018-btttt",
    "TT_15_2023_BKHDT": "circular-15-2023-bkhdt",
    "TT_25_2025_BKHCN": "circular-25-2025-bkhcn",
    "LUAT_2022": "law-06-2022-qh15",
}


def anchors(article: str) -> list[str]:
    """`Điều 48 k2 b` or `Đ23 k2` → `art-48.cl-2.pt-b`; several, also ranges like 45-47."""
    found = []
    for match in re.finditer(
        r"(?:Điều|Đ)\s*(\d+)(?:\s*(?:k|khoản )(\d+))?(?:\s+(?:điểm )?([a-zđ]{1,2})\b)?", article
    ):
        text = f"art-{match[1]}"
        if match[2]:
            text += f".cl-{match[2]}"
            if match[3] and match[3] != "k":
                text += f".pt-{'dd' if match[3] in ('đ', 'dd') else match[3]}"
        found.append(text)
    return found
