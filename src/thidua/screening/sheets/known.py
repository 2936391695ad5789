"""What a history says, row by row, before it is known whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from thidua.screening.sheets.ledger import Ledger, Remarks


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a row is about, as written there. birth, code: "" when not given."""

    name: str
    unit: str
    birth: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One fact of one subject. ledger: "" for attributes of the subject itself.

    record: plain data as in a facts document, with its `source`. states_none: the row says that
    there is nothing, in `none_years` or (empty) ever.
    """

    ledger: str
    sheet: str
    row: int
    cell: str
    who: Identity
    record: dict[str, Any]
    states_none: bool = False
    none_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """A statement about completeness. who: None for everybody; name "" for a whole unit.

    state: complete, none or unknown. years: None for all years.
    """

    ledger: str
    row: int
    who: Identity | None
    state: str
    years: tuple[int, ...] | None


@dataclass(slots=True)
class History:
    """A history workbook that has been read, not yet matched to anybody."""

    file: str
    rows: list[HistoryRow] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)
    ledger: Ledger = field(default_factory=lambda: Ledger(0, 0, 0, 0))
    digest: str = ""
