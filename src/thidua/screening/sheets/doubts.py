"""What was accepted and still deserves a look: the same collective twice, a unit in two spellings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from thidua.screening.sheets.candidates import Candidate
from thidua.screening.sheets.ledger import Doubt
from thidua.support.text import fold, match_key

_WHO = {"person": "Người", "collective": "Tập thể", "household": "Hộ gia đình"}
_Key = TypeVar("_Key")


def find_doubts(sheet: str, candidates: list[Candidate]) -> list[Doubt]:
    """All doubts about a list, in the order of its rows. Nobody is merged and nobody is dropped."""
    found = [
        *_twice(sheet, candidates),
        *_same_name(sheet, candidates),
        *_unit_spellings(sheet, candidates),
        *_no_unit(sheet, candidates),
        *_failed_lookups(sheet, candidates),
    ]
    return sorted(found, key=lambda doubt: doubt.rows)


def _grouped(pairs: Iterable[tuple[_Key, Candidate]]) -> dict[_Key, list[Candidate]]:
    groups: dict[_Key, list[Candidate]] = {}
    for key, candidate in pairs:
        groups.setdefault(key, []).append(candidate)
    return groups


def rows_of(candidates: Iterable[Candidate]) -> tuple[int, ...]:
    """The rows of some candidates, in order, each once."""
    return tuple(sorted({candidate.row for candidate in candidates}))


def listed_rows(rows: Iterable[int]) -> str:
    """«dòng 11 và 16», «dòng 3, 5 và 8»."""
    numbers = [str(row) for row in rows]
    if len(numbers) < 2:
        return f"dòng {''.join(numbers)}".strip()
    return f"dòng {', '.join(numbers[:-1])} và {numbers[-1]}"


def same_subject(one: Candidate, other: Candidate) -> bool:
    """Can two candidates of one key be the same: no code and no birth date tells them apart?"""
    if one.code and other.code:
        return one.code == other.code
    if one.birth and other.birth:
        shorter = min(len(one.birth), len(other.birth))
        return one.birth[:shorter] == other.birth[:shorter]
    return True


def _twice(sheet: str, candidates: list[Candidate]) -> list[Doubt]:
    doubts = []
    for group in _grouped((candidate.key, candidate) for candidate in candidates).values():
        if len(group) < 2:
            continue
        first = group[0]
        where = f" của «{first.unit}»" if first.unit else ""
        who = f"{_WHO[first.kind]} «{first.name}»{where}"
        if not all(same_subject(first, other) for other in group[1:]):
            doubts.append(
                Doubt(
                    "namesakes",
                    sheet,
                    rows_of(group),
                    f"{who}: {listed_rows(rows_of(group))} cùng tên, cùng đơn vị nhưng "
                    "khác ngày sinh hoặc mã số; được giữ là những người khác nhau.",
                )
            )
            continue
        shared = set.intersection(*(set(candidate.awards) for candidate in group))
        if shared:
            doubts.append(
                Doubt(
                    "twice",
                    sheet,
                    rows_of(group),
                    f"{who} xuất hiện {len(group)} lần ({listed_rows(rows_of(group))}), "
                    "cùng danh hiệu đề nghị. Đã nhận cả; nếu là một thì xóa bớt dòng.",
                )
            )
    return doubts


def _same_name(sheet: str, candidates: list[Candidate]) -> list[Doubt]:
    people = (candidate for candidate in candidates if candidate.kind == "person")
    doubts = []
    for group in _grouped((match_key(one.name), one) for one in people).values():
        units = {match_key(candidate.unit): candidate.unit for candidate in group}
        if len(units) > 1:
            names = ", ".join(f"«{unit or 'không ghi đơn vị'}»" for unit in units.values())
            doubts.append(
                Doubt(
                    "same_name",
                    sheet,
                    rows_of(group),
                    f"«{group[0].name}» có ở {len(units)} đơn vị ({names}; "
                    f"{listed_rows(rows_of(group))}); được giữ là {len(units)} người.",
                )
            )
    return doubts


def _unit_spellings(sheet: str, candidates: list[Candidate]) -> list[Doubt]:
    doubts = []
    with_unit = [candidate for candidate in candidates if candidate.unit]
    for loose in _grouped((match_key(fold(one.unit)), one) for one in with_unit).values():
        spellings = _grouped((one.unit, one) for one in loose)
        if len(spellings) < 2:
            continue
        keys = {match_key(unit) for unit in spellings}
        told = "; ".join(
            f"«{unit}» ({len(group)} dòng, đầu tiên là dòng {group[0].row})"
            for unit, group in spellings.items()
        )
        if len(keys) == 1:
            doubts.append(
                Doubt(
                    "unit_spelling",
                    sheet,
                    rows_of(loose),
                    f"Một đơn vị viết {len(spellings)} cách: {told}. Được coi là một.",
                )
            )
        else:
            doubts.append(
                Doubt(
                    "unit_alike",
                    sheet,
                    rows_of(loose),
                    f"Các đơn vị tên gần giống nhau: {told}. Được giữ riêng; nếu là một "
                    "thì sửa cho giống nhau.",
                )
            )
    return doubts


def _no_unit(sheet: str, candidates: list[Candidate]) -> list[Doubt]:
    lost = [one for one in candidates if one.kind == "person" and not one.unit]
    if not lost:
        return []
    rows = rows_of(lost)
    return [
        Doubt(
            "no_unit",
            sheet,
            rows,
            f"{len(rows)} người không ghi đơn vị ({_short(rows)}): không phân biệt được người "
            "trùng tên và không ghép được lịch sử theo đơn vị.",
        )
    ]


def _failed_lookups(sheet: str, candidates: list[Candidate]) -> list[Doubt]:
    return [
        Doubt(
            "failed_lookup",
            sheet,
            (one.row,),
            f"«{one.name}»: ô {', '.join(one.failed_lookups)} báo #N/A (công thức dò tìm không ra), "
            "được coi là để trống.",
        )
        for one in candidates
        if one.failed_lookups
    ]


def _short(rows: tuple[int, ...]) -> str:
    return listed_rows(rows) if len(rows) <= 8 else f"dòng {rows[0]} … {rows[-1]}"
