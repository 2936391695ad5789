"""From a file to a `Workbook`: the parent's side. No hostile byte is parsed in this process."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from thidua.screening.sheets.cells import Cell, ErrorCell, Merge, Sheet, Workbook
from thidua.screening.sheets.unreadable import Unreadable, unreadable
from thidua.support import confinement


class Limits(NamedTuple):
    """What reading one workbook may cost: bytes of the file and of the answer, memory, time."""

    file_bytes: int = 100 * 2**20
    answer_bytes: int = 400 * 2**20
    memory: int = 2**30
    cpu_seconds: int = 30
    wall_seconds: float = 35.0


DEFAULT = Limits()


def read_workbook(path: Path, limits: Limits = DEFAULT) -> Workbook:
    """Read an .xlsx, .xls, .xlsb or .ods by its content; raises Unreadable.

    The bytes are parsed in a child process that is bounded in memory and time and can open
    nothing but this file.
    """
    name = path.name
    _look(path, limits)
    answer = _ask_child(path, limits)
    if "refused" in answer:
        raise unreadable(str(answer["refused"]), name, detail=answer.get("detail") or "không rõ")
    sheets = tuple(_sheet(data) for data in answer["sheets"])
    if not sheets:
        raise unreadable("no_sheet", name)
    return Workbook(name, sheets, bool(answer["dates_1904"]), str(answer["digest"]))


def require_sheet(workbook: Workbook, name: str) -> Sheet:
    """The sheet of that name; raises Unreadable naming the sheets that there are."""
    found = workbook.sheet(name) or next(
        (sheet for sheet in workbook.sheets if sheet.name.strip() == name.strip()), None
    )
    if found is None:
        raise Unreadable(
            "sheet_missing",
            f"Tệp không có trang tính «{name}».",
            f"Chọn một trong các trang tính: {listed(workbook.sheets)}.",
            file=workbook.file,
        )
    return found


def listed(sheets: Iterable[Sheet]) -> str:
    """The sheets by name, hidden ones marked: «A», «B» (ẩn)."""
    marks = {"visible": "", "hidden": " (ẩn)", "very_hidden": " (ẩn sâu)"}
    return ", ".join(f"«{sheet.name}»{marks[sheet.visibility]}" for sheet in sheets)


def _look(path: Path, limits: Limits) -> None:
    """What can be said of a file without opening it."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise unreadable("missing", path.name) from None
    except OSError:
        raise unreadable("no_permission", path.name) from None
    if path.is_dir():
        raise unreadable("not_a_file", path.name)
    if not path.is_file() or not os.access(path, os.R_OK):
        raise unreadable("no_permission", path.name)
    if size == 0:
        raise unreadable("empty", path.name)
    if size > limits.file_bytes:
        raise unreadable("too_big", path.name, most=limits.file_bytes // 2**20)


def _ask_child(path: Path, limits: Limits) -> dict[str, Any]:
    words = (str(path.resolve()), str(limits.memory), str(limits.cpu_seconds))
    bounds = confinement.Limits(
        limits.memory, limits.cpu_seconds, limits.wall_seconds, limits.answer_bytes
    )
    try:
        answer = json.loads(
            confinement.ask_child("thidua.screening.sheets.child", *words, limits=bounds)
        )
    except confinement.ChildFailed as failed:
        raise unreadable(failed.code, path.name, detail=failed.detail) from None
    except ValueError:
        raise unreadable("child_failed", path.name) from None
    return answer if isinstance(answer, dict) else {"refused": "child_failed"}


def _sheet(data: dict[str, Any]) -> Sheet:
    rows = tuple(tuple(_cell(value) for value in row) for row in data["rows"])
    merges = tuple(Merge(*corners) for corners in data["merges"])
    return Sheet(data["name"], data["visibility"], rows, merges, data["kind"])


def _cell(value: Any) -> Cell:
    if not isinstance(value, dict):
        kept: Cell = value
        return kept
    if "e" in value:
        return ErrorCell(value["e"])
    if "t" in value:
        return time.fromisoformat(value["t"])
    text = value["d"]
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
