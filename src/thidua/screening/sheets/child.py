"""The limited child that parses a workbook: `python -m thidua.screening.sheets.child PATH`.

It takes one path, limits itself, reads the bytes, gives up the right to open anything more (no
file, no socket), parses, and prints one JSON document to standard output:
`{"sheets": [{"name", "visibility", "kind", "rows", "merges"}], "dates_1904", "digest"}` or
`{"refused": code, "detail": text}`. Cells that JSON has no type for are objects: `{"d": date}`,
`{"t": time}`, `{"e": error}`.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine as calamine

from thidua.screening.sheets import cell_errors, precheck
from thidua.support.archives import Refused
from thidua.support.confinement import close_doors, limit

MOST_MEMORY = 2**30
MOST_SECONDS = 30
MOST_CELLS = 20_000_000
MOST_ROWS = 1_048_576


def read(raw: bytes) -> dict[str, Any]:
    """Parse a workbook's bytes into plain data; raises Refused."""
    kind = precheck.kind_of(raw)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        names = [meta.name for meta in workbook.sheets_metadata]
        if not names:
            raise Refused("no_sheet")
        traces = cell_errors.find(raw) if kind == "xlsx" else cell_errors.Traces()
        sheets = [
            _sheet(workbook, meta, traces.cells.get(meta.name, {}))
            for meta in workbook.sheets_metadata
        ]
    except calamine.PasswordError:
        raise Refused("encrypted") from None
    except calamine.WorksheetNotFound as error:
        raise Refused("part_missing", str(error)) from None
    except calamine.CalamineError as error:
        raise Refused("damaged", str(error)[:200]) from None
    return {
        "sheets": sheets,
        "dates_1904": traces.dates_1904,
        "digest": hashlib.sha256(raw).hexdigest(),
    }


def _sheet(
    workbook: calamine.CalamineWorkbook,
    meta: calamine.SheetMetadata,
    errors: dict[tuple[int, int], str],
) -> dict[str, Any]:
    visibility = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "very_hidden"}
    data: dict[str, Any] = {
        "name": meta.name,
        "rows": [],
        "merges": [],
        "visibility": visibility[str(meta.visible).rpartition(".")[2]],
        "kind": str(meta.typ).rpartition(".")[2].lower(),
    }
    if data["kind"] != "worksheet":
        return data
    sheet = workbook.get_sheet_by_name(meta.name)
    if sheet.total_height * sheet.total_width > MOST_CELLS or sheet.total_height > MOST_ROWS:
        raise Refused("too_large_inside", f"{sheet.total_height} × {sheet.total_width} ô")
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), code in errors.items():
        if row <= len(rows) and column <= len(rows[row - 1]) and rows[row - 1][column - 1] is None:
            rows[row - 1][column - 1] = {"e": code}
    data["rows"] = rows
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        data["merges"].append([top + 1, left + 1, bottom + 1, right + 1])
    return data


def _cell(value: Any) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            return {"e": "#NUM!"}
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, datetime):
        whole_day = (value.hour, value.minute, value.second) == (0, 0, 0)
        return {"d": value.date().isoformat() if whole_day else value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, time):
        return {"t": value.isoformat()}
    if isinstance(value, timedelta):
        return value.total_seconds() / 86400
    return str(value)


def main(arguments: list[str]) -> int:
    """Read the workbook named by the first argument; the next two are memory and seconds."""
    path = Path(arguments[0])
    memory = int(arguments[1]) if len(arguments) > 1 else MOST_MEMORY
    seconds = int(arguments[2]) if len(arguments) > 2 else MOST_SECONDS
    out = sys.stdout.buffer
    limit(memory, seconds)
    try:
        raw = path.read_bytes()
        close_doors()
        answer: dict[str, Any] = read(raw)
        text = json.dumps(answer, ensure_ascii=True, separators=(",", ":"))
    except Refused as refused:
        text = json.dumps({"refused": refused.code, "detail": refused.detail})
    except MemoryError:
        text = json.dumps({"refused": "too_much_memory", "detail": ""})
    out.write(text.encode())
    out.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
