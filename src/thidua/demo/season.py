"""`season.yaml` as values: who is in the list, what is known of them, what the law should say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lawengine.facts import CaseFrame, make_frame
from lawengine.reading import Node, read_file
from lawengine.terms import Frame

FILE = Path(__file__).with_name("season.yaml")
_ENTRY = ("name", "unit", "award", "shows")
_MORE = ("written", "nfd", "sex", "birth", "facts", "expect", "case", "traps", "tells")
_SEASON = ("key", "title", "year", "received", "decided", "expects", "file")
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the law says of one award.

    missing: ids of conditions; None where only «something is missing» is claimed. group: "" where
    nothing is claimed.
    """

    verdict: str
    missing: tuple[str, ...] | None
    earliest: int | None
    group: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list.

    facts: as in a facts document. cases: `award/case` of the book that the row is drawn from.
    traps: what its writing shows. tells: the condition whose sentence belongs into the summary.
    expect: key → award → answer.
    """

    name: str
    written: str
    nfd: bool
    unit: str
    kind: str
    sex: str
    birth: Any
    award: str
    shows: str
    cases: tuple[str, ...]
    traps: tuple[str, ...]
    tells: str
    facts: dict[str, Any]
    expect: dict[str, dict[str, Expected]]

    @property
    def who(self) -> tuple[str, str]:
        """Name and unit: the same name in two units is two people."""
        return self.name, self.unit


@dataclass(frozen=True, slots=True)
class Season:
    """One screening of the list.

    provisional: who asked for a provisional reading, or "". expects: the key of the entries'
    answers where they have none under the season's own key, or `refused` for all of them.
    """

    key: str
    title: str
    frame: Frame
    provisional: str
    expects: str
    file: str

    def expected(self, entry: Entry) -> dict[str, Expected]:
        """What should be said of an entry, award by award."""
        if self.expects == REFUSED:
            refused = Expected(REFUSED, (), None, REFUSED)
            return dict.fromkeys(next(iter(entry.expect.values())), refused)
        return entry.expect.get(self.key) or entry.expect[self.expects]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The whole file.

    rejected: rows that the list holds and the screening must refuse. traps: id → what it is.
    sheet: the traps of the list as a whole.
    """

    people: tuple[Entry, ...]
    collectives: tuple[Entry, ...]
    rejected: tuple[Entry, ...]
    seasons: tuple[Season, ...]
    traps: dict[str, str]
    sheet: tuple[str, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows that are accepted."""
        return self.people + self.collectives


def read_season(path: Path = FILE) -> Demonstration:
    """Read the demonstration; faults name the place."""
    node = read_file(path)
    node.mapping(("traps", "people", "collectives", "rejected", "sheet", "seasons"), ("facts",))
    return Demonstration(
        tuple(_entry(item, "person") for item in node.child("people").items()),
        tuple(_entry(item, "collective") for item in node.child("collectives").items()),
        tuple(_entry(item, "person") for item in node.child("rejected").items()),
        tuple(_season(item) for item in node.child("seasons").items()),
        {key: one.text() for key, one in node.child("traps").entries()},
        _texts(node, "sheet"),
    )


def _texts(node: Node, key: str) -> tuple[str, ...]:
    return tuple(one.text() for one in node.child(key).items()) if node.has(key) else ()


def _entry(node: Node, kind: str) -> Entry:
    node.mapping(_ENTRY, _MORE)
    name = node.child("name").text()
    expect = {
        season: {award: _expected(one) for award, one in answers.entries()}
        for season, answers in (node.child("expect").entries() if node.has("expect") else ())
    }
    return Entry(
        name,
        str(node.child("written").value or name),
        bool(node.child("nfd").value),
        node.child("unit").text(),
        kind,
        str(node.child("sex").value or ""),
        node.child("birth").value,
        node.child("award").text(),
        node.child("shows").text(),
        _texts(node, "case"),
        _texts(node, "traps"),
        str(node.child("tells").value or ""),
        {key: _spliced(value) for key, value in dict(node.child("facts").value or {}).items()},
        expect,
    )


def _spliced(value: Any) -> Any:
    """Lists inside a list of records are shared by several entries: join them."""
    if isinstance(value, list):
        joined: list[Any] = []
        for one in value:
            joined += _spliced(one) if isinstance(one, list) else [one]
        return joined
    if isinstance(value, dict) and "records" in value:
        return {**value, "records": _spliced(value["records"])}
    return value


def _expected(node: Node) -> Expected:
    node.mapping(("verdict",), ("missing", "earliest", "group"))
    verdict = str(node.child("verdict").value)
    missing = node.child("missing").value
    if verdict in ("yes", REFUSED):
        missing = ()
    sure = {"yes": "eligible", REFUSED: REFUSED}
    return Expected(
        verdict,
        None if missing is None else tuple(str(one) for one in missing),
        node.child("earliest").value,
        str(node.child("group").value or sure.get(verdict, "")),
    )


def _season(node: Node) -> Season:
    node.mapping(_SEASON, ("provisional",))
    case = CaseFrame(
        node.child("year").integer(),
        decided_on=node.child("decided").day(),
        received_on=node.child("received").day(),
    )
    return Season(
        node.child("key").text(),
        node.child("title").text(),
        make_frame(case, date.max),
        str(node.child("provisional").value or ""),
        str(node.child("expects").value),
        node.child("file").text(),
    )
