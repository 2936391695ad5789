"""Rows of one subject that cannot both be true: told, and neither is believed."""

from __future__ import annotations

from typing import Any, NamedTuple

from thidua.screening.sheets.cells import shown
from thidua.screening.sheets.ledger import Doubt, Problem

Record = dict[str, Any]


class Settled(NamedTuple):
    """Records without those that contradict, and the years that became unknown.

    problems: of rows of the history, which are rejected. doubts: of rows of the list, which stay.
    """

    records: list[Record]
    unknown_years: set[int]
    problems: list[Problem]
    doubts: list[Doubt]


def settle(name: str, ledger: str, records: list[Record], list_file: str) -> Settled:
    """Set aside what cannot be true. list_file: records from there are candidates' own rows."""
    problems: list[Problem] = []
    doubts: list[Doubt] = []
    doubtful = set[int]()
    kept: list[Record] = []
    for record in records:
        wrong = _alone(ledger, record)
        if wrong:
            problems.append(_problem(record, f"«{name}»: {wrong}", "Xem lại các ô của dòng này."))
        else:
            kept.append(record)
    groups: dict[Any, list[Record]] = {}
    for record in kept:
        key = _same_thing(ledger, record)
        if key is not None:
            groups.setdefault(key, []).append(record)
    dropped: list[int] = []
    for key, same in groups.items():
        values = {repr(_said(ledger, record)) for record in same}
        if len(same) < 2 or (len(values) == 1):
            dropped += [id(record) for record in same[1:]]
            continue
        rows = ", ".join(
            f"dòng {record['source']['row']} trang «{record['source']['sheet']}»" for record in same
        )
        reason = f"«{name}»: các dòng nói khác nhau về cùng một việc ({rows})."
        for record in same:
            source = record["source"]
            if source["file"] == list_file:
                text = f"{reason} Không dòng nào được dùng."
                doubts.append(Doubt("contradiction", source["sheet"], (source["row"],), text))
            else:
                fix = "Giữ lại dòng đúng, xóa các dòng kia."
                problems.append(_problem(record, reason, fix))
        dropped += [id(record) for record in same]
        if isinstance(key, int):
            doubtful.add(key)
    left = [record for record in kept if id(record) not in dropped]
    return Settled(left, doubtful, problems, doubts)


def _same_thing(ledger: str, record: Record) -> Any:
    """What a record is about, when only one record may speak of it."""
    if ledger in ("ratings", "members"):
        return record.get("year")
    if ledger == "attestations" and record.get("verdict") in ("met", "not_met"):
        return record.get("what"), record.get("year"), record.get("reach")
    return None


def _said(ledger: str, record: Record) -> Any:
    if ledger == "ratings":
        return record.get("level")
    if ledger == "attestations":
        return record.get("verdict")
    about = {"source", "confirmed_by", "hypothesis"}
    return sorted((key, repr(value)) for key, value in record.items() if key not in about)


def _alone(ledger: str, record: Record) -> str:
    """Why one record cannot be true by itself, or ""."""
    year = record.get("year")
    decided = record.get("decided_on")
    if ledger == "awards" and isinstance(year, int) and isinstance(decided, str | int):
        too_early = int(str(decided)[:4]) < year
        if too_early:
            return f"quyết định năm {str(decided)[:4]} nhưng khen cho năm {year}."
    if ledger in ("service", "posts", "absences"):
        start, end = record.get("from"), record.get("until")
        if isinstance(start, str | int) and isinstance(end, str | int):
            length = min(len(str(start)), len(str(end)))
            if str(end)[:length] < str(start)[:length]:
                return "ngày kết thúc trước ngày bắt đầu."
    if ledger == "pending":
        opened, closed = record.get("opened_on"), record.get("closed_on")
        if isinstance(opened, str | int) and isinstance(closed, str | int):
            length = min(len(str(opened)), len(str(closed)))
            if str(closed)[:length] < str(opened)[:length]:
                return "ngày kết thúc trước ngày bắt đầu."
    if ledger == "members" and isinstance(total := record.get("total"), int):
        counts = [
            record.get("women"),
            *record.get("rating", {}).values(),
            *record.get("discipline", {}).values(),
        ]
        if isinstance(awards := record.get("awards"), dict):
            counts += awards.values()
        if any(isinstance(count, int) and count > total for count in counts):
            return f"có số lớn hơn tổng số thành viên ({total})."
    return ""


def _problem(record: Record, reason: str, fix: str) -> Problem:
    source = record["source"]
    return Problem(
        str(source["sheet"]),
        int(source["row"]),
        str(source["cell"]),
        shown(record.get("year")),
        reason,
        fix,
    )
