"""Which rows of a history belong to which candidates: by name and unit, never by name alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from thidua.screening.sheets.candidates import Candidate
from thidua.screening.sheets.doubts import listed_rows, same_subject
from thidua.screening.sheets.known import History, HistoryRow, Identity, Scope
from thidua.screening.sheets.ledger import Doubt, Ledger, Problem
from thidua.support.text import match_key


@dataclass(slots=True)
class Matched:
    """rows[candidate's row] are its facts; scopes likewise. ledger: of the history, after matching."""

    history: History
    rows: dict[int, list[HistoryRow]] = field(default_factory=dict)
    scopes: dict[int, list[Scope]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def ledger(self) -> Ledger:
        """The history's ledger with the rows that fit several people moved to the rejected."""
        lost = len({(problem.sheet, problem.row) for problem in self.problems})
        base = self.history.ledger
        return Ledger(base.read, base.accepted - lost, base.rejected + lost, base.blank)


class _Index:
    """Candidates by name, and by code."""

    def __init__(self, candidates: list[Candidate]) -> None:
        self.by_name: dict[str, list[Candidate]] = {}
        self.by_code: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            self.by_name.setdefault(match_key(candidate.name), []).append(candidate)
            if candidate.code:
                self.by_code.setdefault(candidate.code.casefold(), []).append(candidate)

    def find(self, who: Identity) -> tuple[list[Candidate], str]:
        """The candidates that a row is about, and "" or why there is none (`other_unit`, `absent`,
        `several`, `code_of_another`, `no_unit`).
        """
        name, unit = match_key(who.name), match_key(who.unit)
        same_name = self.by_name.get(name, [])
        if who.code and (coded := self.by_code.get(who.code.casefold())):
            fitting = [one for one in coded if not name or match_key(one.name) == name]
            return (fitting, "") if fitting else ([], "code_of_another")
        if not same_name:
            return [], "absent"
        fitting = [one for one in same_name if match_key(one.unit) == unit and _agrees(one, who)]
        if not fitting and not unit:
            exact = [
                one
                for one in same_name
                if who.birth and len(who.birth) == 10 and one.birth == who.birth
            ]
            if not exact:
                return [], "no_unit"
            fitting = exact
        if not fitting:
            return [], "other_unit"
        first = fitting[0]
        if all(same_subject(first, other) and first.key == other.key for other in fitting[1:]):
            return fitting, ""
        return fitting, "several"


def _agrees(candidate: Candidate, who: Identity) -> bool:
    """Does nothing that is given (birth date, code) contradict?"""
    if who.code and candidate.code and who.code.casefold() != candidate.code.casefold():
        return False
    shorter = min(len(candidate.birth), len(who.birth))
    return candidate.birth[:shorter] == who.birth[:shorter]


def match(history: History, candidates: list[Candidate]) -> Matched:
    """Give every row of a history to its candidate; what fits none is a doubt, what fits several
    is rejected with the fix.
    """
    index = _Index(candidates)
    matched = Matched(history)
    strangers: dict[tuple[str, str, str], list[HistoryRow]] = {}
    for row in history.rows:
        found, why = index.find(row.who)
        if not why:
            for candidate in found:
                matched.rows.setdefault(candidate.row, []).append(row)
        elif why in ("several", "no_unit", "code_of_another"):
            problem = _problem(row.sheet, row.row, row.who, why, found, index)
            if problem not in matched.problems:
                matched.problems.append(problem)
        else:
            key = (row.who.name, row.who.unit, why)
            strangers.setdefault(key, []).append(row)
    for (name, unit, why), rows in strangers.items():
        matched.doubts.append(_stranger(name, unit, why, rows, index))
    for scope in history.scopes:
        _apply_scope(scope, candidates, index, matched)
    return matched


def _problem(
    sheet: str, row: int, who: Identity, why: str, found: list[Candidate], index: _Index
) -> Problem:
    reason, fix = {
        "several": (
            (
                f"«{who.name}» của «{who.unit}» có nhiều người trong danh sách "
                f"({listed_rows(sorted(one.row for one in found))}), không biết dòng này của ai."
            ),
            "Ghi thêm ngày sinh hoặc mã số, ở cả danh sách và sổ lịch sử.",
        ),
        "no_unit": (
            f"Dòng này không ghi đơn vị nên không ghép được «{who.name}» chỉ bằng tên.",
            "Ghi đơn vị (hoặc mã số, hoặc đủ ngày tháng năm sinh) giống trong danh sách.",
        ),
        "code_of_another": (
            f"Mã số «{who.code}» trong danh sách là của "
            + ", ".join(f"«{one.name}»" for one in index.by_code.get(who.code.casefold(), []))
            + f", không phải «{who.name}».",
            "Xem lại mã số hoặc họ tên.",
        ),
    }[why]
    return Problem(sheet, row, "", who.name, reason, fix)


def _stranger(name: str, unit: str, why: str, rows: list[HistoryRow], index: _Index) -> Doubt:
    where = f" ({unit})" if unit else ""
    sheets: dict[str, list[int]] = {}
    for row in rows:
        sheets.setdefault(row.sheet, []).append(row.row)
    places = "; ".join(
        f"trang «{sheet}» {listed_rows(sorted(set(numbers)))}" for sheet, numbers in sheets.items()
    )
    text = f"Lịch sử của «{name}»{where} không có ai trong danh sách nên không dùng: {places}."
    if why == "other_unit":
        units = ", ".join(f"«{one.unit}»" for one in index.by_name[match_key(name)])
        text += f" Danh sách có người cùng tên ở {units}; nếu là một thì ghi đơn vị cho giống nhau."
    return Doubt("history_unmatched", rows[0].sheet, tuple(sorted({row.row for row in rows})), text)


def _apply_scope(
    scope: Scope, candidates: list[Candidate], index: _Index, matched: Matched
) -> None:
    who = scope.who
    if who is None:
        chosen = candidates
    elif who.name or who.code:
        chosen, why = index.find(who)
        if why in ("several", "no_unit", "code_of_another"):
            matched.problems.append(_problem("Phạm vi", scope.row, who, why, chosen, index))
            return
        if why:
            chosen = []
    else:
        chosen = [one for one in candidates if match_key(one.unit) == match_key(who.unit)]
    if not chosen and who is not None:
        matched.doubts.append(
            Doubt(
                "scope_unmatched",
                "Phạm vi",
                (scope.row,),
                f"Dòng {scope.row} của trang «Phạm vi» nói về «{who.name or who.unit}», không có ai như "
                "vậy trong danh sách.",
            )
        )
    for candidate in chosen:
        matched.scopes.setdefault(candidate.row, []).append(scope)
