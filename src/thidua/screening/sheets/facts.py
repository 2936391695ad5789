"""Candidates and their history as plain-data facts: what a facts document says of each subject."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from thidua.screening.sheets.aliases import Aliases
from thidua.screening.sheets.candidates import Candidate
from thidua.screening.sheets.contradictions import settle
from thidua.screening.sheets.layout import SCOPE_SHEET
from thidua.screening.sheets.ledger import Problem
from thidua.screening.sheets.matching import Matched
from thidua.screening.sheets.staging import Staged


@dataclass(frozen=True, slots=True)
class Subject:
    """One candidate as a subject of a facts document. awards: ids proposed for it."""

    row: int
    facts: dict[str, Any]
    awards: tuple[str, ...]
    candidate: Candidate


def build_subjects(
    staged: Staged, aliases: Aliases, year: int, matched: Matched | None = None
) -> list[Subject]:
    """The subjects in the order of the list. year: of facts in the list that name no year.

    A statement «không có» that a record contradicts is set aside, and the contradiction is added
    to `matched.problems`.
    """
    return [
        Subject(one.row, _facts(one, staged, aliases, year, matched), one.awards, one)
        for one in staged.candidates
    ]


def _facts(
    one: Candidate, staged: Staged, aliases: Aliases, year: int, matched: Matched | None
) -> dict[str, Any]:
    facts: dict[str, Any] = {"id": f"r{one.row}", "kind": one.kind, "name": one.name}
    if one.unit:
        facts["unit"] = one.unit
    if one.sex:
        facts["sex"] = one.sex
    if one.birth and one.kind == "person":
        facts["birth_year"] = int(one.birth[:4])
    if one.position:
        facts["position"] = one.position
    if one.code:
        facts["code"] = one.code
    if one.founded_on and one.kind == "collective":
        facts["founded_on"] = one.founded_on
    books: dict[str, _Book] = {}
    for ledger, stated, text, cell in one.yearly:
        source = {"file": staged.file, "sheet": staged.sheet, "row": one.row, "cell": cell}
        _from_list(
            books.setdefault(ledger, _Book()),
            ledger,
            stated or one.year or year,
            text,
            source,
            aliases,
        )
    if matched is not None:
        _from_history(facts, books, one, matched, staged.file)
    for ledger, book in books.items():
        value = book.value()
        if value is not None:
            facts[ledger] = value
    return facts


class _Book:
    """One kind of fact of one subject while it is put together."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []
        self.complete, self.none, self.unknown = set[int](), set[int](), set[int]()
        self.all_complete = self.all_none = self.all_unknown = False

    def state(self, state: str, years: Iterable[int] | None) -> None:
        if years is None:
            setattr(self, f"all_{state}", True)
        else:
            getattr(self, state).update(years)

    def value(self) -> Any:
        """As spec §3: none, unknown, a list, or a mapping."""
        held = {record.get("year") for record in self.records}
        none = self.none - {year for year in held if isinstance(year, int)}
        if self.all_none and not self.records:
            return "none"
        if self.all_unknown and not (self.records or self.complete or none):
            return "unknown"
        out: dict[str, Any] = {}
        if self.all_complete or (self.all_none and self.records):
            out["complete"] = "all"
        elif self.complete:
            out["complete"] = _ranges(self.complete)
        if none:
            out["none"] = _ranges(none)
        if self.unknown:
            out["unknown"] = _ranges(self.unknown)
        if not out:
            return self.records or None
        if self.records:
            out["records"] = self.records
        return out


def _from_list(
    book: _Book, ledger: str, year: int, text: str, source: dict[str, Any], aliases: Aliases
) -> None:
    """Ratings, initiatives and discipline that the list states for a year."""
    if aliases.says("unknown", text):
        book.state("unknown", [year])
    elif ledger == "ratings":
        level = "none" if aliases.says("none", text) else aliases.word("ratings", text)
        book.records.append({"year": year, "level": level, "source": source})
    elif aliases.says("none", text):
        book.state("none", [year])
    elif ledger == "discipline":
        level = aliases.word("discipline", text) or "unknown"
        book.records.append({"year": year, "level": level, "source": {**source, "text": text}})
    else:
        book.records.append(
            {
                "id": f"{source['cell']}",
                "year": year,
                "kind": "initiative",
                "name": text,
                "source": source,
            }
        )


def _from_history(
    facts: dict[str, Any], books: dict[str, _Book], one: Candidate, matched: Matched, list_file: str
) -> None:
    stated: list[tuple[str, tuple[int, ...] | None, tuple[str, int, str]]] = []
    for scope in matched.scopes.get(one.row, ()):
        books.setdefault(scope.ledger, _Book()).state(scope.state, scope.years)
        if scope.state == "none":
            stated.append((scope.ledger, scope.years, (SCOPE_SHEET, scope.row, "")))
    for row in matched.rows.get(one.row, ()):
        if not row.ledger:
            facts.update(
                {
                    key: value
                    for key, value in row.record.items()
                    if key not in ("source", "confirmed_by", "hypothesis")
                }
            )
        elif row.states_none:
            books.setdefault(row.ledger, _Book()).state("none", row.none_years or None)
            stated.append((row.ledger, row.none_years or None, (row.sheet, row.row, row.cell)))
        else:
            books.setdefault(row.ledger, _Book()).records.append(dict(row.record))
    for ledger, book in books.items():
        settled = settle(one.name, ledger, book.records, list_file)
        book.records = settled.records
        book.state("unknown", settled.unknown_years)
        _tell(matched, settled.problems)
        matched.doubts += [doubt for doubt in settled.doubts if doubt not in matched.doubts]
    for ledger, states, place in stated:
        _tell(matched, _against(one, books[ledger].records, states, place))


def _against(
    one: Candidate,
    records: list[dict[str, Any]],
    years: tuple[int, ...] | None,
    place: tuple[str, int, str],
) -> list[Problem]:
    """The problem of a statement «không có» beside a record that says otherwise."""
    held = [record for record in records if years is None or record.get("year") in years]
    if not held:
        return []
    source = held[0]["source"]
    return [
        Problem(
            *place,
            "không có",
            f"Dòng này nói «{one.name}» không có, nhưng dòng {source['row']} của trang "
            f"«{source['sheet']}» lại ghi có.",
            "Xóa một trong hai dòng.",
        )
    ]


def _tell(matched: Matched, problems: list[Problem]) -> None:
    matched.problems += [problem for problem in problems if problem not in matched.problems]


def _ranges(years: Iterable[int]) -> list[Any]:
    """Years as a short list: 2015, 2016, 2017, 2019 → ["2015..2017", 2019]."""
    out: list[Any] = []
    run: list[int] = []
    for year in [*sorted(set(years)), None]:
        if run and (year is None or year != run[-1] + 1):
            out.append(run[0] if len(run) == 1 else f"{run[0]}..{run[-1]}")
            run = []
        if year is not None:
            run.append(year)
    return out
