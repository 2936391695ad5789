"""The results of a screening as plain values: what the result workbook and `--json` are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from thidua.screening.sheets.cells import Cell
from thidua.screening.sheets.ledger import Doubt, Ledger, Problem, Repair
from thidua.support.text import given_name_key, match_key, sort_key

Group: TypeAlias = Literal[
    "eligible", "one_short", "awaiting", "unknown", "not_eligible", "refused"
]
Confidence: TypeAlias = Literal["verified", "recalled", ""]

GROUP_SHEETS: dict[Group, str] = {
    "eligible": "Đủ điều kiện",
    "one_short": "Thiếu một điều kiện",
    "awaiting": "Chờ xác nhận",
    "unknown": "Chưa đủ dữ liệu",
    "not_eligible": "Không đủ",
    "refused": "Từ chối trả lời",
}
VERDICTS = {"yes": "đủ", "no": "không đủ", "unknown": "chưa rõ", "refused": "từ chối trả lời"}
RECALLED = "chưa đối chiếu văn bản gốc"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One candidate and one award.

    verdict: yes, no, unknown or refused. reasons, missing, citations: sentences, one per line.
    confidence: "recalled" when a value that was not checked against the text decides.
    """

    name: str
    unit: str
    subject_kind: str
    award_id: str
    award_vi: str
    verdict: str
    group: Group
    reasons: list[str]
    missing: list[str]
    earliest_year: int | None
    citations: list[str]
    confidence: str
    source_row: int


@dataclass(slots=True)
class Report:
    """Everything that the result workbook says.

    facts: label and value of the summary's lines (dates, files, digest of the book …), in order.
    provisional: the sentence that marks a provisional reading, or "".
    """

    results: Sequence[ResultRow]
    ledger: Ledger
    facts: Sequence[tuple[str, Cell]] = ()
    provisional: str = ""
    repairs: Sequence[Repair] = ()
    doubts: Sequence[Doubt] = ()
    problems: Sequence[Problem] = ()
    history_ledger: Ledger | None = None
    notes: Sequence[str] = field(default_factory=list)


def in_order(rows: Iterable[ResultRow]) -> list[ResultRow]:
    """By unit, then by given name in the Vietnamese order (people) or by name, then by row.

    Two spellings of one unit stand together, where the first of them stands.
    """
    rows = list(rows)
    units: dict[str, str] = {}
    for row in rows:
        units.setdefault(match_key(row.unit), sort_key(row.unit))

    def key(row: ResultRow) -> tuple[str, str, str, int]:
        unit = match_key(row.unit)
        name = sort_key(row.name) if row.subject_kind in _NOT_PEOPLE else given_name_key(row.name)
        return units[unit], unit, name, row.source_row

    return sorted(rows, key=key)


_NOT_PEOPLE = ("collective", "household", "enterprise", "foreign_collective")


def count_groups(rows: Iterable[ResultRow]) -> dict[Group, int]:
    """How many results each group holds; every group is there."""
    counts = dict.fromkeys(GROUP_SHEETS, 0)
    for row in rows:
        counts[row.group] += 1
    return counts
