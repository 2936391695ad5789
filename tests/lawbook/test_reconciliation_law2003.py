"""Every row of the table of the older law stands in the book: conditions, numbers, articles."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from fact_base import load

from lawbook import load_book
from lawengine.book import Leaf, leaves
from lawengine.lookup import matching
from lawengine.terms import Threshold

BOOK = load_book()
ROWS = yaml.safe_load(Path(__file__).with_name("law2003_rows.yaml").read_text(encoding="utf-8"))


def labels(text: str) -> list[str]:
    """The first cells of the table of standards."""
    found = []
    for line in text.splitlines():
        cells = [one.strip() for one in line.split("|")]
        if len(cells) >= 4 and cells[1] and cells[1] != "Award" and not cells[1].startswith("---"):
            found.append(cells[1])
    return found


def test_every_row_of_the_table_is_compared():
    text = load("law2003.md")
    prefixes = {row["row"] for row in ROWS}
    missing = [one for one in labels(text) if not any(one.startswith(p) for p in prefixes)]
    assert missing == []


def test_every_comparison_names_a_row_of_the_table():
    known = labels(load("law2003.md"))
    strays = {row["row"] for row in ROWS if not any(one.startswith(row["row"]) for one in known)}
    assert strays == set()


def content(value: Any) -> tuple[set[int], set[str], set[str]]:
    """The numbers, words and shares inside a condition."""
    numbers: set[int] = set()
    words: set[str] = set()
    shares: set[str] = set()

    def walk(one: Any) -> None:
        if isinstance(one, Threshold):
            shares.add(str(one))
        elif dataclasses.is_dataclass(one):
            for field in dataclasses.fields(one):
                if field.name not in ("families", "stated"):
                    walk(getattr(one, field.name))
        elif isinstance(one, tuple | frozenset):
            for part in one:
                walk(part)
        elif isinstance(one, str):
            words.add(one)
        elif isinstance(one, int | Fraction) and not isinstance(one, bool):
            numbers.add(int(one))

    walk(value)
    return numbers, words, shares


def agrees(row: dict[str, Any], leaf: Leaf) -> bool:
    numbers, words, shares = content(leaf.condition)
    articles = {cite.article for cite in leaf.cites}
    return (
        leaf.kind == row["kind"]
        and set(row.get("numbers", ())) <= numbers
        and set(row.get("words", ())) <= words
        and set(row.get("shares", ())) <= shares
        and (not row["article"] or row["article"] in articles)
        and (leaf.confidence == "verified" or row["mark"] == "R")
    )


def disagreement(row: dict[str, Any]) -> str:
    day = date.fromisoformat(str(row.get("day", "2018-12-31")))
    if "table" in row:
        found = matching(BOOK.tables[row["table"]], row["award"], day)
        said = " ".join(f"{one.vi} {one.not_encoded}" for one in found)
        return "" if row["says"] in said else f"{row['table']}: {said[:80]}"
    version = BOOK.standards[row["award"], row["subject"]].on(day)
    assert version is not None
    found = [*(leaves(version.when) if version.when is not None else ()), *version.known]
    named = [one for one in found if one.id == row["leaf"]] if "leaf" in row else found
    if not named:
        return f"no leaf {row.get('leaf')}"
    return "" if any(agrees(row, one) for one in named) else f"{named[0].id}: {named[0].condition}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['row']}-{row.get('leaf', '')}"[:50])
def test_row(row):
    load("law2003.md")
    assert disagreement(row) == ""


def test_a_planted_number_is_caught():
    row = next(one for one in ROWS if one.get("numbers") == [3] and one["kind"] == "held")
    assert disagreement({**row, "numbers": [4]})
    assert disagreement({**row, "article": "99"})
    assert disagreement({**row, "kind": "streak"})
