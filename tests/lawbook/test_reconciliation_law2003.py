"""Every row of the table of the older law stands in the book: conditions, numbers, articles.

law2003_rows.yaml says each condition in plain words, by hand; here each leaf of the book is put
into the same words, and the two are equal. In the other direction no leaf is without a row.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from fact_base import load
from law2022_claims import at_least
from test_reconciliation_law2022 import book_truth, every_leaf, planted, replaced

from lawbook import load_book
from lawengine import conditions as basic
from lawengine import conditions_more as more
from lawengine.book import Book, Leaf, Version, leaves
from lawengine.lookup import matching
from lawengine.records import MANY

BOOK = load_book()
FILE = yaml.safe_load(Path(__file__).with_name("law2003_rows.yaml").read_text(encoding="utf-8"))
ROWS = FILE["rows"]
DAY = date(2018, 12, 31)
FIRST, LAST = date(2017, 10, 1), date(2023, 12, 31)


# ------------------------------------------------------------------ a condition in plain words


def some(words: Any) -> str:
    return " or ".join(sorted(words))


def selection(which: basic.Selection) -> str:
    return some(which.awards) + (f" of {some(which.issuer)}" if which.issuer else "")


def reach(reaches: frozenset[str]) -> str:
    """The word that means so many reaches and no others."""
    for word in BOOK.vocabulary.words("reaches"):
        if at_least([word], BOOK) == reaches:
            return word
    return some(reaches)


def said(condition: Any) -> str:
    """The condition in the words of law2003_rows.yaml."""
    for kind, words in WORDS.items():
        if isinstance(condition, kind):
            return words(condition)
    return repr(condition)


def rated(c: basic.Rated) -> str:
    return f"rated {c.level_word}" + (f" {c.times} years" if c.times else "")


def held(c: basic.HeldAward) -> str:
    return f"held {c.times} {selection(c.which)}" + (" in a row" if c.consecutive else "")


def streak(c: basic.Streak) -> str:
    text = f"{c.years} years"
    if c.level_word:
        text += f" rated {c.level_word}"
    if c.since:
        text += f" since {selection(c.since)}"
    return text + "".join(f" with {said(one)}" for one in c.including)


def produced(c: basic.Produced) -> str:
    text = f"{c.count} {some(c.kinds)}"
    text += (" applied" if c.applied else "") + (" accepted" if c.accepted else "")
    text += f" reach {reach(c.reaches)}" if c.reaches else ""
    return text + (f" recognised {reach(c.recognised)}" if c.recognised else "")


def served(c: more.Served) -> str:
    text = f"served {some(c.roles)} {c.months} months"
    text += f" to under {c.under_months}" if c.under_months != MANY else ""
    return text + (" without a break" if c.continuous else "")


def present(c: more.Present) -> str:
    parts = []
    if c.recruit_months:
        parts.append(f"recruited {c.recruit_months} months ago")
    if c.limit:
        parts.append(f"under {c.limit} {c.unit} days away")
    if c.course:
        parts.append(f"course of {c.course[0]} months with {c.course[2]}")
    if c.excused:
        parts.append(f"excused {', '.join(sorted(c.excused))}")
    return ", ".join(parts)


def composed(c: more.Composed) -> str:
    what = f"members {c.name} {c.word}"
    if c.share:
        return f"{what} {c.share}"
    return f"{what} {c.count}" if c.count and c.count.value == 0 else f"{what} count {c.count}"


def placed(c: more.Placed) -> str:
    text = f"{some(c.results)} in {c.place}"
    text += f" of {some(c.organisers)}" if c.organisers else ""
    text += f", {c.duration} years" if c.duration else ""
    return text + (f", {some(c.reviews)}" if c.reviews else "")


def unmarked(c: basic.Unmarked) -> str:
    return f"no {c.level_word}" + (" among members" if c.members else "")


WORDS: dict[type, Any] = {
    basic.Rated: rated,
    basic.HeldAward: held,
    basic.Streak: streak,
    basic.Produced: produced,
    basic.Unmarked: unmarked,
    more.Served: served,
    more.Existed: lambda c: f"existed {c.years} years",
    more.Present: present,
    more.Registered: lambda c: "registered",
    more.Composed: composed,
    more.Placed: placed,
    more.Belongs: lambda c: f"one of {', '.join(sorted(c.classes))}",
    more.Meets: lambda c: f"meets {some(c.awards)}",
    more.Attested: lambda c: (
        f"attested {c.what}" + (f" reach {reach(c.reaches)}" if c.reaches else "")
    ),
    more.Every: lambda c: f"({' and '.join(said(one) for one in c.parts)})",
    more.Either: lambda c: f"({' or '.join(said(one) for one in c.parts)})",
}


# ------------------------------------------------------------------ rows


def labels(text: str) -> list[str]:
    """The first cells of the table of standards."""
    found = []
    for line in text.splitlines():
        cells = [one.strip() for one in line.split("|")]
        if len(cells) >= 4 and cells[1] and cells[1] != "Award" and not cells[1].startswith("---"):
            found.append(cells[1])
    return found


def test_every_row_of_the_table_is_compared():
    table = labels(load("law2003.md"))
    assert len(table) == 37
    named = [row["row"] for row in ROWS]
    assert [one for one in table if not any(one.startswith(name) for name in named)] == []
    assert {name for name in named if not any(one.startswith(name) for one in table)} == set()
    # Three orders have rows of the same name: each order has its own conditions.
    for name in ("– workers, farmers", "– collective"):
        orders = {row["at"].split("/")[0] for row in ROWS if row["row"].startswith(name)}
        wanted = {f"labour-order-{one}-class" for one in ("first", "second", "third")}
        assert wanted <= orders


def version_of(book: Book, at: str, day: date) -> Version:
    award, subject = at.split("/")[:2]
    version = book.standards[award, subject].on(day)
    assert version is not None
    return version


def disagreement(row: dict[str, Any], book: Book) -> str:
    day = row.get("day", DAY)
    if "table" in row:
        found = matching(book.tables[row["table"]], row["award"], day)
        text = " ".join(f"{one.vi} {one.not_encoded}" for one in found).lower()
        lacking = [one for one in row["words"] if one.lower() not in text]
        return f"{row['table']} does not say {lacking}" if lacking else ""
    leaf = every_leaf(version_of(book, row["at"], day)).get(row["leaf"])
    if leaf is None:
        return "no such leaf"
    if said(leaf.condition) != row["says"]:
        return f"the book says {said(leaf.condition)!r}"
    if row["article"] and row["article"] not in {cite.article for cite in leaf.cites}:
        return f"cites {leaf.cites}"
    mark = {"V": "verified", "R": "recalled"}[row["mark"]]
    return "" if leaf.confidence == mark else f"{leaf.confidence} in the book"


def name_of(row: dict[str, Any]) -> str:
    return f"{row.get('at') or row['table']}/{row.get('leaf', row.get('award'))}/{row['row']}"


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_row(row):
    load("law2003.md")
    assert disagreement(row, BOOK) == ""


# ------------------------------------------------------------------ the whole


def standards(book: Book) -> Iterator[tuple[str, date, Version]]:
    """Every judged version of the older law: `award/subject`, a day of it, the version."""
    for (award, subject), standard in book.standards.items():
        for version in standard.versions:
            if version.when is not None and version.in_force.end is not None:
                end = version.in_force.end
                if end <= LAST:
                    yield f"{award}/{subject}", end, version


def rows_of(at: str, version: Version) -> list[dict[str, Any]]:
    return [row for row in ROWS if row.get("at") == at and row.get("day", DAY) in version.in_force]


def wrong_whole(at: str, day: date, version: Version) -> Iterator[str]:
    """No leaf without a row, and the same answer for every combination of conditions."""
    named = {row["leaf"] for row in rows_of(at, version)}
    asks, ways = FILE["asks"].get(at, {}), FILE["ways"].get(at, {})
    there = every_leaf(version)
    if day < FIRST:
        asks, ways = {}, {}
    strays = set(there) - named - set(asks) - set(ways)
    if strays:
        yield f"the table has no {sorted(strays)}"
        return
    for one, reason in {**asks, **ways}.items():
        if one not in there:
            yield f"no leaf {one}"
        elif there[one].confidence != "recalled" and "decrees.yaml" not in reason:
            yield f"{one} is verified, but the table does not have it"
    text = FILE["logic"].get(at if day > FIRST else f"{at}/{day}", " & ".join(sorted(named)))
    judge = compile(text.replace("&", " and ").replace("|", " or "), at, "eval")
    assert set(re.findall(r"\w+", text)) == named
    ids = sorted(named)
    for values in itertools.product((True, False), repeat=len(ids)):
        met = dict(zip(ids, values, strict=True))
        full = dict.fromkeys(asks, True) | dict.fromkeys(ways, False) | met
        if bool(eval(judge, {}, met)) != book_truth(version.when, full):
            yield f"with {[one for one in ids if met[one]]} the table says otherwise"
            return


def test_every_judged_standard_is_the_table_s():
    load("law2003.md")
    # Huân chương Dũng cảm is recalled as a whole: the table has no row for it.
    beyond = {"bravery-order/person"}
    wrong = []
    for at, day, version in standards(BOOK):
        if at in beyond:
            assert version.confidence == "recalled"
            continue
        wrong += [f"{at} {day}: {why}" for why in wrong_whole(at, day, version)]
    assert wrong == []


def test_what_was_known_before_2017_10_is_the_law_of_later():
    """The law as amended in 2013 did not change with the decree: the same leaf, the same words."""
    wrong = []
    for (award, subject), standard in BOOK.standards.items():
        before, after = standard.on(date(2017, 9, 30)), standard.on(FIRST)
        if before is None or after is None or before.when is not None:
            continue
        later = every_leaf(after)
        rows = {row["leaf"] for row in rows_of(f"{award}/{subject}", before)}
        for leaf in before.known:
            where = f"{award}/{subject}/{leaf.id}"
            if (
                leaf.id in rows
                or where in FILE["known_otherwise"]
                or subject not in standard.subject
            ):
                continue
            if leaf.id not in later or said(later[leaf.id].condition) != said(leaf.condition):
                wrong.append(where)
    assert wrong == []


# ------------------------------------------------------------------ negative controls


def test_every_planted_change_is_caught():
    """One change in one leaf, for every leaf that a row speaks of: some row disagrees."""
    load("law2003.md")
    silent, count = [], 0
    for at, day, version in standards(BOOK):
        key = tuple(at.split("/"))
        rows = [row for row in rows_of(at, version) if "leaf" in row]
        for leaf in every_leaf(version).values():
            mine = [row for row in rows if row["leaf"] == leaf.id]
            for name, changed in planted(leaf) if mine else ():
                if name == "lost":
                    continue
                count += 1
                copy = dataclasses.replace(version, when=replaced(version.when, leaf, changed))
                standard = dataclasses.replace(BOOK.standards[key], versions=(copy,))
                book = dataclasses.replace(BOOK, standards={key: standard})
                if not any(disagreement(row, book) for row in mine):
                    silent.append(f"{at} {day} {leaf.id}: {name} {said(changed.condition)}")
    assert count > 300
    assert silent == []


def test_a_row_without_its_leaf_and_a_leaf_without_its_row_are_caught():
    row = next(one for one in ROWS if one.get("leaf") == "c1" and "held 3" in one.get("says", ""))
    assert disagreement({**row, "says": row["says"].replace("3", "4")}, BOOK)
    assert disagreement({**row, "article": "99"}, BOOK)
    assert disagreement({**row, "mark": "R"}, BOOK)
    assert disagreement({**row, "leaf": "c99"}, BOOK)
    table = next(one for one in ROWS if one.get("table") == "quotas")
    assert disagreement({**table, "words": ["17%"]}, BOOK)
    version = version_of(BOOK, row["at"], DAY)
    assert version.when is not None
    stray = dataclasses.replace(next(leaves(version.when)), id="stray")
    assert isinstance(stray, Leaf)
    more_of_it = dataclasses.replace(version, known=(stray,))
    assert list(wrong_whole(row["at"], LAST, more_of_it))
