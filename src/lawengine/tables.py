"""Dated tables of the book: rows with typed columns, each row with its dates, citation and source.

A row may also say that the text was not seen (`not_encoded`), or that a body named by the book
sets the matter itself (`set_by`): neither is an empty answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from lawengine.book import Instrument
from lawengine.reading import Node, read_file
from lawengine.terms import Citation, Period, parse_citation, parse_period, parse_threshold
from lawengine.vocabulary import Vocabulary

FOLDERS = ("parameters", "procedures", "authority", "bonuses", "formats", "calendars")
VERSION_KEYS = ("decided_on", "received_on", "meeting_on", "period_end", "issued_on")
CONFIDENCE = ("verified", "recalled")

_HEADER = ("table", "vi", "version_key", "columns", "last_checked", "rows")
_HEADER_MORE = ("unit", "note", "key", "joined", "answers", "supports", "doubts")
_ROW = ("in_force", "cite", "confidence", "source")
_ROW_MORE = ("vi", "note", "authority", "owner", "otherwise", "not_encoded", "set_by")
_KIND_PREFIX = "kind:"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, type of its values, the words allowed, and whether it may be left out."""

    name: str
    type: str
    choices: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its dates, values by column, citations, confidence and source.

    vi: the row as a sentence. not_encoded: why there is no answer for these dates. set_by: the
    kind of body that sets the matter itself. owner: the body whose own rule this is; such a row is
    an example for everybody else. otherwise: the row serves awards that no other row names.
    """

    in_force: Period
    values: Mapping[str, object]
    cites: tuple[Citation, ...]
    confidence: str
    source: tuple[str, ...]
    vi: str = ""
    note: str = ""
    authority: str = ""
    owner: str = ""
    otherwise: bool = False
    not_encoded: str = ""
    set_by: str = ""
    line: int = 0

    @property
    def awards(self) -> tuple[str, ...]:
        """The awards that the row names; empty when it speaks of all."""
        found: list[str] = []
        one, many = self.values.get("award"), self.values.get("awards")
        if isinstance(one, str):
            found.append(one)
        if isinstance(many, tuple):
            found.extend(str(award) for award in many)
        return tuple(found)

    def text(self, column: str) -> str:
        """A value that is text, or the empty string."""
        value = self.values.get(column)
        return value if isinstance(value, str) else ""

    def number(self, column: str) -> int | None:
        """A whole number or money, or None."""
        value = self.values.get(column)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def exact(self, column: str) -> Fraction | None:
        """A decimal or a fraction, exactly, or None."""
        value = self.values.get(column)
        return value if isinstance(value, Fraction) else None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Dates on which every row of the table is at most recalled, and why."""

    in_force: Period
    vi: str


@dataclass(frozen=True, slots=True)
class Table:
    """A dated table. version_key: which date of a case chooses the row.

    answers: the question that the table answers; supports: the question that it completes.
    """

    id: str
    vi: str
    version_key: str
    columns: Mapping[str, Column]
    rows: tuple[Row, ...]
    last_checked: date
    unit: str = ""
    note: str = ""
    answers: str = ""
    supports: str = ""
    doubts: tuple[Doubt, ...] = ()
    file: str = ""

    def on(self, day: date) -> tuple[Row, ...]:
        """The rows in force on a day, in the order of the file."""
        return tuple(row for row in self.rows if day in row.in_force)

    def confidence_on(self, row: Row, day: date) -> str:
        """The confidence of a row on a day: never more than the doubts of that day allow."""
        return "recalled" if self.doubts_on(day) else row.confidence

    def doubts_on(self, day: date) -> tuple[str, ...]:
        """Why the rows are in doubt on a day; empty on most days."""
        return tuple(doubt.vi for doubt in self.doubts if day in doubt.in_force)


def read_tables(
    folder: Path, vocabulary: Vocabulary, instruments: Mapping[str, Instrument]
) -> dict[str, Table]:
    """All tables of a book, by id. Raises the first `Fault`."""
    found: dict[str, Table] = {}
    for name in FOLDERS:
        for file in sorted((folder / name).glob("*.yaml")):
            node = read_file(file)
            table = read_table(node, vocabulary, instruments)
            if table.id in found:
                raise node.child("table").fault("repeated_id", id=table.id)
            found[table.id] = table
    return found


def read_table(node: Node, vocabulary: Vocabulary, instruments: Mapping[str, Instrument]) -> Table:
    """One table from its file."""
    node.mapping(_HEADER, _HEADER_MORE)
    columns = {name: _column(name, child) for name, child in node.child("columns").entries()}
    reader = _Rows(columns, vocabulary, instruments, spoken=_spoken(node))
    pairs = [(item, reader.row(item)) for item in node.child("rows").items()]
    if not pairs:
        raise node.child("rows").fault("empty_group", key="rows")
    table = Table(
        node.child("table").text(),
        node.child("vi").text(),
        node.child("version_key").choice(VERSION_KEYS),
        MappingProxyType(columns),
        tuple(row for _item, row in pairs),
        node.child("last_checked").day(),
        _optional_text(node, "unit"),
        _optional_text(node, "note"),
        _optional_text(node, "answers"),
        _optional_text(node, "supports"),
        tuple(_doubts(node)),
        node.file,
    )
    if node.has("key"):
        key = tuple(one.choice(columns) for one in node.child("key").items())
        joined = node.has("joined") and node.child("joined").boolean()
        _check_dates(key, pairs, joined=joined)
    elif node.has("joined"):
        raise node.fault("missing_key", key="key")
    return table


def _spoken(node: Node) -> bool:
    return node.has("answers") or node.has("supports")


def _optional_text(node: Node, key: str) -> str:
    return node.child(key).text() if node.has(key) else ""


def _doubts(node: Node) -> Iterator[Doubt]:
    if node.has("doubts"):
        for item in node.child("doubts").items():
            item.mapping(("in_force", "vi"))
            yield Doubt(item.child("in_force").parsed(parse_period), item.child("vi").text())


# ------------------------------------------------------------------------------- columns

_CHOICE = re.compile(r"choice\[([^\]]+)\]$")
_TYPES = (
    "any",
    "award",
    "awards",
    "boolean",
    "date",
    "decimal",
    "fraction",
    "integer",
    "list",
    "money",
    "month_day",
    "subject",
    "subjects",
    "text",
    "text_vi",
    "threshold",
)


def _column(name: str, node: Node) -> Column:
    """Read `money`, `text?` (may be left out) or `choice[a|b]`."""
    if name in (*_ROW, *_ROW_MORE):
        raise node.fault("reserved_column", key=name)
    text = node.text()
    optional = text.endswith("?")
    kind = text.removesuffix("?")
    choice = _CHOICE.match(kind)
    if choice:
        words = tuple(word.strip() for word in choice.group(1).split("|"))
        return Column(name, "choice", words, optional)
    if kind not in _TYPES:
        raise node.fault("not_a_choice", found=kind, near="", allowed=[*_TYPES, "choice[a|b]"])
    return Column(name, kind, (), optional)


def parse_exact(text: str) -> Fraction:
    """Read `4.5` or `9/10` exactly. Raises ValueError for anything else."""
    if not re.fullmatch(r"\d+(\.\d+|/[1-9]\d*)?", text):
        raise ValueError(f"{text!r} is not a number such as 4.5 or 9/10")
    return Fraction(text)


def parse_month_day(text: str) -> str:
    """Read `12-31`: a day of every year. Raises ValueError where no year has it."""
    if not re.fullmatch(r"\d\d-\d\d", text):
        raise ValueError(f"{text!r} is not a month and day such as 12-31")
    date.fromisoformat(f"2024-{text}")
    return text


class _Rows:
    """Reads the rows of one table."""

    def __init__(
        self,
        columns: Mapping[str, Column],
        vocabulary: Vocabulary,
        instruments: Mapping[str, Instrument],
        *,
        spoken: bool,
    ) -> None:
        self.columns, self.words, self.instruments = columns, vocabulary, instruments
        self.spoken = spoken
        self.kinds = sorted({award.kind for award in vocabulary.awards.values()})
        self.readers: dict[str, Callable[[Node], object]] = {
            "any": lambda node: _frozen(node.value),
            "award": lambda node: node.choice(self.words.awards),
            "awards": self._awards,
            "boolean": Node.boolean,
            "date": Node.day,
            "decimal": lambda node: node.parsed(parse_exact),
            "fraction": lambda node: node.parsed(parse_exact),
            "integer": Node.integer,
            "list": lambda node: tuple(one.text() for one in node.items()),
            "money": lambda node: node.integer(least=0),
            "month_day": lambda node: node.parsed(parse_month_day),
            "subject": lambda node: node.choice(self.words.words("subject_kinds")),
            "subjects": lambda node: tuple(
                one.choice(self.words.words("subject_kinds")) for one in node.items()
            ),
            "text": Node.text,
            "text_vi": Node.text,
            "threshold": lambda node: node.parsed(parse_threshold),
        }

    def row(self, node: Node) -> Row:
        if isinstance(node.value, Mapping) and not node.value.get("cite"):
            raise node.fault("without_citation")
        node.mapping(_ROW, (*_ROW_MORE, *self.columns))
        silent = node.has("not_encoded") or node.has("set_by")
        if node.has("not_encoded") and node.has("set_by"):
            raise node.fault("not_together", key="set_by", other="not_encoded")
        values: dict[str, object] = {}
        for name, column in self.columns.items():
            if node.has(name):
                values[name] = self._value(column, node.child(name))
            elif not (column.optional or silent):
                raise node.fault("missing_key", key=name)
        if self.spoken and not (node.has("vi") or node.has("not_encoded")):
            raise node.fault("missing_key", key="vi")
        set_by = ""
        if node.has("set_by"):
            set_by = node.child("set_by").choice(self.words.words("owners"))
        return Row(
            node.child("in_force").parsed(parse_period),
            MappingProxyType(values),
            tuple(self._cites(node)),
            node.child("confidence").choice(CONFIDENCE),
            tuple(one.text() for one in node.child("source").one_or_many()),
            _optional_text(node, "vi"),
            _optional_text(node, "note"),
            _optional_text(node, "authority"),
            _optional_text(node, "owner"),
            node.has("otherwise") and node.child("otherwise").boolean(),
            _optional_text(node, "not_encoded"),
            set_by,
            node.line or 0,
        )

    def _value(self, column: Column, node: Node) -> object:
        if column.type == "choice":
            return node.choice(column.choices)
        return self.readers[column.type](node)

    def _awards(self, node: Node) -> tuple[str, ...]:
        """Award ids; `kind:order` stands for every award of that kind."""
        found: list[str] = []
        for one in node.one_or_many():
            word = one.choice([*self.words.awards, *(_KIND_PREFIX + kind for kind in self.kinds)])
            if word.startswith(_KIND_PREFIX):
                kind = word.removeprefix(_KIND_PREFIX)
                found.extend(award.id for award in self.words.awards.values() if award.kind == kind)
            else:
                found.append(word)
        return tuple(dict.fromkeys(found))

    def _cites(self, node: Node) -> Iterator[Citation]:
        for one in node.child("cite").one_or_many():
            cite = one.parsed(parse_citation)
            if cite.instrument not in self.instruments:
                raise one.fault("unknown_instrument", found=cite.instrument)
            yield cite


def _frozen(value: object) -> object:
    if isinstance(value, Mapping):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    return value


# --------------------------------------------------------------------------------- dates


def _check_dates(key: tuple[str, ...], pairs: list[tuple[Node, Row]], *, joined: bool) -> None:
    """Rows with the same key never share a day; `joined` ones leave no gap and do not end."""
    by_key: dict[tuple[object, ...], list[tuple[Node, Row]]] = {}
    for node, row in pairs:
        for values in _key_values(key, row):
            by_key.setdefault((*values, row.owner), []).append((node, row))
    for rows in by_key.values():
        rows.sort(key=lambda pair: pair[1].in_force.start or date.min)
        for (_node, before), (node, after) in pairwise(rows):
            if before.in_force.touches(after.in_force):
                raise node.fault("rows_overlap", other_line=before.line, key=", ".join(key))
            if joined and after.in_force.start != before.in_force.next_start():
                raise node.fault(
                    "dates_do_not_join", end=before.in_force.end, start=after.in_force.start
                )
        if joined and rows[-1][1].in_force.end is not None:
            raise rows[-1][0].fault("dates_end", end=rows[-1][1].in_force.end)


def _key_values(key: tuple[str, ...], row: Row) -> Iterator[tuple[object, ...]]:
    """The keys of a row: one per award where the key has a list of awards."""
    many = [name for name in key if isinstance(row.values.get(name), tuple)]
    if not many:
        yield tuple(row.values.get(name) for name in key)
        return
    listed = row.values[many[0]]
    assert isinstance(listed, tuple)  # noqa: S101 - narrows the type for mypy
    for one in listed:
        yield tuple(one if name == many[0] else row.values.get(name) for name in key)
