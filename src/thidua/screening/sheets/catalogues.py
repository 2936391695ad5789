"""Codes of awards: looked up in the catalogue sheets that the same workbook brings along."""

from __future__ import annotations

import itertools

from thidua.screening.sheets.aliases import Aliases
from thidua.screening.sheets.cells import Cell, Workbook, is_blank, shown
from thidua.support.text import match_key


def award_codes(workbook: Workbook, aliases: Aliases) -> dict[str, str]:
    """Code → the award's name as the workbook's own catalogues write it (hidden sheets too).

    A catalogue is any two neighbouring cells of which one is a code of four digits or more and the
    other names an award, clearly or not. A code that two names claim is left out.
    """
    names: dict[str, set[str]] = {}
    for sheet in workbook.sheets:
        for row in sheet.rows:
            for left, right in itertools.pairwise(row):
                for code, name in ((left, right), (right, left)):
                    key = _code(code)
                    if key and isinstance(name, str) and not is_blank(name):
                        found = aliases.read_awards(name)
                        if found.awards or _is_ambiguous(aliases, name):
                            names.setdefault(key, set()).add(name.strip())
    return {code: next(iter(said)) for code, said in names.items() if len(said) == 1}


def _code(cell: Cell) -> str:
    text = shown(cell).strip()
    return text if text.isdigit() and len(text) >= 4 else ""


def _is_ambiguous(aliases: Aliases, name: str) -> bool:

    return match_key(name) in aliases.ambiguous
