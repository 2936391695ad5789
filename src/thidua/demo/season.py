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
_ENTRY = ("unit", "award", "shows")
_MORE = ("written", "nfd", "sex", "birth", "facts", "expect")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the law says of one award. missing, earliest: None where nothing is claimed."""

    verdict: str
    missing: tuple[str, ...] | None
    earliest: int | None
    group: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list. facts: as in a facts document. expect: season → award → answer."""

    name: str
    written: str
    nfd: bool
    unit: str
    kind: str
    sex: str
    birth: Any
    award: str
    shows: str
    facts: dict[str, Any]
    expect: dict[str, dict[str, Expected]]


@dataclass(frozen=True, slots=True)
class Season:
    """One screening of the list. provisional: who asked for a provisional reading, or ""."""

    key: str
    title: str
    frame: Frame
    provisional: str
    file: str


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The whole file. rejected: rows that the list holds and the screening must refuse."""

    entries: tuple[Entry, ...]
    rejected: tuple[Entry, ...]
    seasons: tuple[Season, ...]


def read_season(path: Path = FILE) -> Demonstration:
    """Read the demonstration; faults name the place."""
    node = read_file(path)
    node.mapping(("people", "collectives", "rejected", "seasons"), ("facts",))
    entries = [_entry(item, "person") for item in node.child("people").items()]
    entries += [_entry(item, "collective") for item in node.child("collectives").items()]
    return Demonstration(
        tuple(entries),
        tuple(_entry(item, "person") for item in node.child("rejected").items()),
        tuple(_season(item) for item in node.child("seasons").items()),
    )


def _entry(node: Node, kind: str) -> Entry:
    node.mapping(("name", *_ENTRY), _MORE)
    name = node.child("name").text()
    expect = {
        str(season): {award: _expected(one) for award, one in answers.entries()}
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
        dict(node.child("facts").value or {}),
        expect,
    )


def _expected(node: Node) -> Expected:
    node.mapping(("verdict",), ("missing", "earliest", "group"))
    missing = node.child("missing").value
    return Expected(
        str(node.child("verdict").value),
        None if missing is None else tuple(str(one) for one in missing),
        node.child("earliest").value,
        node.child("group").value,
    )


def _season(node: Node) -> Season:
    node.mapping(("key", "title", "year", "received", "decided", "file"), ("provisional",))
    decided = node.child("decided").day()
    case = CaseFrame(
        node.child("year").integer(),
        decided_on=decided,
        received_on=node.child("received").day(),
    )
    return Season(
        node.child("key").text(),
        node.child("title").text(),
        make_frame(case, date.max),
        str(node.child("provisional").value or ""),
        node.child("file").text(),
    )
