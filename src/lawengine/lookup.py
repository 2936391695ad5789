"""Answers by date from the tables: thresholds, quotas, deadlines, papers, authorities and so on.

Three answers stand apart: rows that were read; «set by that body, no such text loaded»; and «not
encoded for that date», with the reason. Rules of a single body are examples for everybody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lawengine.tables import Row, Table
from lawengine.terms import Threshold

if TYPE_CHECKING:
    from lawengine.book import Book

ROWS, SET_BY_OWNER, NOT_ENCODED = "rows", "set_by_owner", "not_encoded"


@dataclass(frozen=True, slots=True)
class Found:
    """A row that speaks to the question, its table, and its confidence on the day.

    doubts: why the confidence of the day is lower than that of the row.
    """

    table: Table
    row: Row
    confidence: str
    doubts: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Stable JSON: the sentence, the values by column, citations, confidence, source."""
        row = self.row
        return {
            "table": self.table.id,
            "vi": row.vi,
            "values": {name: plain(value) for name, value in row.values.items()},
            "in_force": str(row.in_force),
            "version_key": self.table.version_key,
            "cite": [cite.as_json() for cite in row.cites],
            "confidence": self.confidence,
            "doubts": list(self.doubts),
            "source": list(row.source),
            "note": row.note,
            "owner": row.owner,
            "set_by": row.set_by,
            "not_encoded": row.not_encoded,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What the book says to a question on a day.

    status: "rows", "set_by_owner" or "not_encoded". rows: what was read. delegated: rows by which
    a body sets the matter itself. refused: rows that say why there is no answer; empty when the
    book has no row at all for that day. examples: rules of single bodies. more: rows of the tables
    that complete the question.
    """

    kind: str
    award: str | None
    on: date
    status: str
    rows: tuple[Found, ...] = ()
    delegated: tuple[Found, ...] = ()
    refused: tuple[Found, ...] = ()
    examples: tuple[Found, ...] = ()
    more: tuple[Found, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the text of the day is not encoded, in the book's words; may be empty."""
        return tuple(dict.fromkeys(found.row.not_encoded for found in self.refused))

    def as_json(self) -> dict[str, Any]:
        """Stable JSON."""
        return {
            "kind": self.kind,
            "award": self.award,
            "on": self.on.isoformat(),
            "status": self.status,
            "rows": [found.as_json() for found in self.rows],
            "delegated": [found.as_json() for found in self.delegated],
            "reasons": list(self.reasons),
            "examples": [found.as_json() for found in self.examples],
            "more": [found.as_json() for found in self.more],
        }


def kinds(book: Book) -> tuple[str, ...]:
    """The questions that the book's tables answer, in alphabetical order."""
    return tuple(sorted({table.answers for table in book.tables.values() if table.answers}))


def lookup(book: Book, kind: str, award: str | None, on: date, owner: str = "") -> Answer:
    """What the book says to a question on a day, for one award or for all of them.

    `on` is read as the date that each table names as its own (decision, receipt, meeting).
    owner: rules of this body count as text, not as examples. Raises KeyError for a question that
    no table answers.
    """
    if kind not in kinds(book):
        raise KeyError(kind)
    tables = book.tables.values()
    main = list(_matching((one for one in tables if one.answers == kind), award, on))
    more = list(_matching((one for one in tables if one.supports == kind), award, on))
    text = [found for found in main if found.row.owner in ("", owner)]
    rows = tuple(one for one in text if not (one.row.not_encoded or one.row.set_by))
    delegated = tuple(one for one in text if one.row.set_by)
    refused = tuple(one for one in text if one.row.not_encoded)
    return Answer(
        kind,
        award,
        on,
        ROWS if rows else SET_BY_OWNER if delegated else NOT_ENCODED,
        rows,
        delegated,
        refused,
        tuple(one for one in (*main, *more) if one.row.owner not in ("", owner)),
        tuple(one for one in more if one.row.owner in ("", owner) and not one.row.not_encoded),
    )


def _matching(tables: Iterable[Table], award: str | None, on: date) -> Iterable[Found]:
    for table in tables:
        for row in matching(table, award, on):
            yield Found(table, row, table.confidence_on(row, on), table.doubts_on(on))


def matching(table: Table, award: str | None, on: date) -> tuple[Row, ...]:
    """The rows of a day for an award: those that name it, else the rows marked `otherwise`; and
    the rows that speak of every award. Each owner's rows are chosen apart. Without an award: all.
    """
    rows = table.on(on)
    if award is None:
        return rows
    named = {row.owner for row in rows if award in row.awards}
    return tuple(
        row
        for row in rows
        if award in row.awards or (not row.awards and (not row.otherwise or row.owner not in named))
    )


def plain(value: object) -> Any:
    """A value of a row as JSON knows it; exact numbers become text such as `9/2`."""
    if isinstance(value, Fraction | Threshold):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    return value
