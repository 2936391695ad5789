"""What test_reconciliation_decrees.py does not compare: papers, forms, councils, principles, dates.

decrees_rows.yaml names by hand the row of the book for each fact; numbers and confidence of the
fact are compared besides. A fact without a row must say why.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from fact_base import IDS, INSTRUMENTS, exemptions, load

from lawbook import load_book
from lawengine.book import Book
from lawengine.lookup import matching
from lawengine.tables import Row
from lawengine.terms import Threshold, parse_citation

BOOK = load_book()
FILE = yaml.safe_load(Path(__file__).with_name("decrees_rows.yaml").read_text(encoding="utf-8"))
DAYS = {"y2017": date(2018, 12, 31), "y2024": date(2024, 12, 31), "y2025": date(2025, 12, 31)}


def facts_of(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every fact with its path: an entry with a confidence of its own, else each single value."""
    if isinstance(node, dict):
        if "confidence" in node and "/" in path:
            yield path, node
            return
        for key, value in node.items():
            if key not in ("confidence", "source", "note"):
                yield from facts_of(value, f"{path}/{key}" if path else str(key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from facts_of(value, f"{path}/{number}")
    else:
        yield path, node


def test_every_fact_has_a_row_or_a_reason():
    named = {row["fact"] for row in (*FILE["rows"], *FILE["differences"])}
    reasons, exempt = tuple(FILE["elsewhere"]), exemptions()
    there = [path for path, _ in facts_of(load("decrees.yaml"))]
    missing = [
        path
        for path in there
        if path not in named
        and f"decrees.yaml:{path}" not in exempt
        and not any(path == one or path.startswith(f"{one}/") for one in reasons)
    ]
    assert missing == [], missing
    assert named - set(there) == set()
    unused = [
        one
        for one in reasons
        if not any(path == one or path.startswith(f"{one}/") for path in there)
    ]
    assert unused == []


# ------------------------------------------------------------------ rows


def text_of(row: Row) -> str:
    """The row as a clerk reads it, and its values in words."""
    values = [spoken(one) for one in row.values.values()]
    return " ".join([row.vi, row.not_encoded, row.note, *values])


def spoken(value: Any) -> str:
    if isinstance(value, Threshold):
        return f"{value} {percent(value.value)}"
    if isinstance(value, Fraction):
        return f"{value} {percent(value)} {float(value)}"
    if isinstance(value, tuple):
        return ", ".join(spoken(one) for one in value)
    return str(value)


def percent(value: Fraction) -> str:
    return f"{float(value * 100):g}%"


def rows_for(entry: dict[str, Any], book: Book) -> list[Row]:
    cite = parse_citation(entry["cite"], "")
    return [
        row
        for row in book.tables[entry["table"]].rows
        if any(starts(one, cite) for one in row.cites)
        and ("award" not in entry or entry["award"] in row.awards)
        and ("number" not in entry or row.values.get("number") == entry["number"])
    ]


def starts(one: Any, cite: Any) -> bool:
    inside = not cite.anchor or f"{one.anchor}.".startswith(f"{cite.anchor}.")
    return one.instrument == cite.instrument and inside


# Words of a fact that are no numbers of the law: where it stands, how it was read.
ASIDE = {"article", "act", "source", "note", "confidence", "regime", "regimes", "awards", "number"}
ASIDE |= {"software", "partial", "recalled_parts", False}


def numbers(node: Any) -> set[str]:
    """The numbers of a fact; shares as percents."""
    if isinstance(node, dict):
        return {one for key, value in node.items() if key not in ASIDE for one in numbers(value)}
    if isinstance(node, list):
        return {one for value in node for one in numbers(value)}
    if isinstance(node, bool) or node is None:
        return set()
    if isinstance(node, float):
        return {f"{node * 100:g}%"}
    if isinstance(node, int):
        return {str(node)}
    plain = re.sub(
        r"Điều \d+( k\d+(-\d+)?)?|\((Điều )?[^)]*k\d+[^)]*\)|k\d+|\b(19|20)\d\d\b(-\d\d)*|NĐ ?\d+\S*|"
        r"TT \d+/\S+|CV \d+|[A-Z]+ \d{3,}:\d+|Mẫu số \d+\w?|Mẫu \d+\w?|Mục \d+|page 1",
        " ",
        str(node),
    )
    return set(re.findall(r"\d+/\d+|\d+(?:[.,]\d+)?%?", plain))


def lacks(wanted: set[str], text: str) -> set[str]:
    plain = re.sub(r"\b[Mm]ột\b", "1", text).replace(",", ".")
    return {
        one
        for one in wanted
        if not re.search(rf"(?<![\d/.])0?{re.escape(one.replace(',', '.'))}(?!\d)", plain)
    }


def fact_at(facts: Any, path: str) -> Any:
    return next(fact for one, fact in facts_of(facts) if one == path)


def disagreement(entry: dict[str, Any], facts: Any, book: Book) -> str:
    fact, rows = fact_at(facts, entry["fact"]), rows_for(entry, book)
    text = " ".join(text_of(row) for row in rows)
    if not rows:
        return f"no row of {entry['table']} cites {entry['cite']}"
    lacking = [one for one in entry.get("words", ()) if one.lower() not in text.lower()]
    if lacking:
        return f"{entry['table']} does not say {lacking}: {text[:200]}"
    if not any(entry.get(one) for one in ("partly", "papers", "counted", "layout")):
        unsaid = lacks(numbers(fact), text)
        if unsaid:
            return f"{entry['table']} lacks {sorted(unsaid)}: {text[:300]}"
    if entry.get("papers"):
        return wrong_papers(fact, rows)
    mark = fact.get("confidence", "verified") if isinstance(fact, dict) else "verified"
    speaking = [
        row
        for row in rows
        if any(one.lower() in text_of(row).lower() for one in entry.get("words", ()))
    ]
    marks = {row.confidence for row in speaking or rows}
    return "" if mark in marks else f"{mark} in the fact base, {marks} in the book"


def wrong_papers(fact: Any, rows: list[Row]) -> str:
    """The list of papers: as many, and each begins as the fact base says."""
    wanted = fact["list"]
    for row in rows:
        ours = row.values.get("papers")
        if isinstance(ours, tuple) and len(ours) == len(wanted):
            pairs = zip(wanted, ours, strict=True)
            if all(first(one) == first(str(other)) for one, other in pairs):
                return "" if row.confidence == fact["confidence"] else row.confidence
    return f"{[row.values.get('papers') for row in rows]}, not {wanted}"


def first(text: str) -> str:
    return re.split(r"[ /,;]", text.strip().lower())[0]


def name_of(entry: dict[str, Any]) -> str:
    return f"{entry['fact']}-{entry['table']}-{entry.get('cite', '')}"


@pytest.fixture(scope="module")
def facts() -> Any:
    return load("decrees.yaml")


@pytest.mark.parametrize("entry", FILE["rows"], ids=name_of)
def test_row(entry, facts):
    assert disagreement(entry, facts, BOOK) == ""


@pytest.mark.parametrize("entry", FILE["differences"], ids=name_of)
def test_difference_between_regimes(entry, facts):
    assert fact_at(facts, entry["fact"])
    for year, day in DAYS.items():
        found = matching(BOOK.tables[entry["table"]], entry["award"], day)
        text = " ".join(text_of(row) for row in found if not row.owner)
        lacking = [one for one in entry[year] if one.lower() not in text.lower()]
        assert lacking == [], f"{year}: {text}"


# ------------------------------------------------------------------ codes of awards


def test_every_award_of_the_book_has_a_code_or_a_reason():
    coded = {award for awards in IDS["decrees"].values() for award in awards}
    ranked = {award for ranks in IDS["ranks"].values() for award in ranks}
    without = set(IDS["without_code"])
    assert coded | ranked | without == set(BOOK.vocabulary.awards)
    assert without & (coded | ranked) == set()
    assert set(IDS["ranks"]) <= set(IDS["decrees"])


def wrong_ranks(facts: Any, book: Book) -> list[str]:
    """Awards of several ranks under one name: each rank has the multiplier of its code."""
    found = []
    for regime, section in facts["bonus_table"].items():
        first_day = date.fromisoformat(section["valid"]["from"])
        for row in section["rows"]:
            for award, rank in IDS["ranks"].get(row["code"], {}).items():
                for key, subject in (("ind", "person"), ("col", "collective")):
                    rows = [
                        (one.values["multiplier"], one.confidence)
                        for one in book.tables["bonus_multipliers"].on(first_day)
                        if award in one.awards
                        and one.values.get("rank") == rank
                        and one.values.get("subject") == subject
                        and one.values.get("multiplier") is not None
                    ]
                    wanted = [(Fraction(str(row[key])), row["confidence"])] if key in row else []
                    if rows != wanted:
                        found.append(f"{regime} {award} {rank} {subject}: {rows}, not {wanted}")
    return found


def test_multipliers_of_ranks():
    assert wrong_ranks(load("decrees.yaml"), BOOK) == []


FORCES = {"advanced-soldier", "advanced-unit", "victorious-unit"}


def wrong_votes(facts: Any, book: Book) -> list[str]:
    """The share of votes for every award that a code stands for, not for the first one alone."""
    found = []
    for regime, rows in facts["council"].items():
        for row in rows:
            if regime not in INSTRUMENTS or not row.get("threshold") or "awards" not in row:
                continue
            wanted = (row.get("op", ">="), Fraction(str(row["threshold"])))
            codes = [code for code in row["awards"] if code in IDS["decrees"]]
            named = {award for code in codes for award in IDS["decrees"][code]}
            named |= {award for code in codes for award in IDS["ranks"].get(code, {})}
            if regime.startswith("TT_"):  # a civil ministry confers none of the forces' titles
                named -= FORCES
            for award in named:
                shares = {
                    (one.values["threshold"].op, one.values["threshold"].value)
                    for one in book.tables["voting_thresholds"].rows
                    if award in one.awards
                    and one.values.get("threshold")
                    and one.values.get("body") == "submitting"
                    and any(cite.instrument == INSTRUMENTS[regime] for cite in one.cites)
                }
                if shares != {wanted}:
                    found.append(f"{regime} {award}: {shares}, not {wanted}")
    return found


def test_votes_for_every_award_of_a_code():
    assert wrong_votes(load("decrees.yaml"), BOOK) == []


# ------------------------------------------------------------------ instruments and formats


def wrong_instruments(facts: Any, book: Book) -> list[str]:
    found = []
    for fact in facts["instruments"]:
        if fact["id"] == "DECREE_UNDER_06_2026":  # not found; nothing may cite it
            continue
        ours = book.instruments[FILE["instruments"][fact["id"]]]
        start = ours.in_force.start if ours.in_force else None
        end = ours.in_force.end if ours.in_force else None
        expires = fact.get("expires")
        pairs = {
            "issued": (fact.get("issued"), ours.issued),
            "effective": (fact.get("effective"), str(start) if start else ""),
            "expires": (expires, str(end + timedelta(1)) if end else ""),
        }
        found += [
            f"{fact['id']} {key}: {mine}, not {theirs}"
            for key, (theirs, mine) in pairs.items()
            if theirs and theirs != mine
        ]
        if ours.confidence != fact["confidence"]:
            found.append(f"{fact['id']}: {ours.confidence}")
    for row in facts["base_salary"]:
        act = re.match(r"NĐ \d+/\d+/NĐ-CP", row["act"])
        assert act is not None
        ours = book.instruments[FILE["acts"][act[0]]]
        assert ours.in_force is not None
        if str(ours.in_force.start) != row["from"]:
            found.append(f"{row['act']}: {ours.in_force}")
    return found


def test_instruments():
    facts = load("decrees.yaml")
    named = {one["id"] for one in facts["instruments"]} - {"DECREE_UNDER_06_2026"}
    assert named == set(FILE["instruments"])
    assert wrong_instruments(facts, BOOK) == []


def wrong_abbreviations(facts: Any, book: Book) -> list[str]:
    section = facts["doc_type_abbreviations"]
    rows = {
        row.values["abbreviation"]: row
        for row in book.tables["document_type_abbreviations"].on(date(2025, 1, 1))
        if row.values.get("abbreviation")
    }
    wanted = {key: value.replace(" [recalled]", "") for key, value in section["map"].items()}
    found = [f"{key}: {key in rows}" for key in set(rows) ^ set(wanted)]
    for key in set(rows) & set(wanted):
        row = rows[key]
        recalled = key in section["recalled_parts"]
        if row.values["type"] != wanted[key]:
            found.append(f"{key}: {row.values['type']}")
        if (row.confidence == "recalled") != recalled:
            found.append(f"{key}: {row.confidence}")
    return found


def test_abbreviations_of_document_types():
    assert wrong_abbreviations(load("decrees.yaml"), BOOK) == []


def wrong_layout(facts: Any, book: Book) -> list[str]:
    section = dict(facts_of(facts["document_format_NĐ30_2020"], "f"))
    table = book.tables["document_format"]
    found = [path for path in section if path.removeprefix("f/") not in FILE["format"]]
    for path, elements in FILE["format"].items():
        day = date(2018, 1, 1) if "2017" in path else date(2025, 1, 1)
        fact = section[f"f/{path}"]
        rows = [row for row in table.on(day) if row.values.get("element") in elements]
        names = {row.values["element"] for row in rows}
        if names != set(elements):
            found.append(f"{path}: {names}")
        unsaid = lacks(numbers(fact), " ".join(text_of(row) for row in rows))
        if unsaid:
            found.append(f"{path} lacks {unsaid}")
        marks = {row.confidence for row in rows} - (
            {"recalled"} if fact.get("recalled_parts") else set()
        )
        if marks != {fact["confidence"]}:
            found.append(f"{path}: {marks}")
    return found


def test_document_format():
    assert wrong_layout(load("decrees.yaml"), BOOK) == []


def wrong_statistics(facts: Any, book: Book) -> list[str]:
    section = facts["statistics_reports"]
    rows = [
        row
        for row in book.tables["statistics_forms"].on(date(2025, 1, 1))
        if row.values.get("code")
    ]
    due = {row.values["due"] for row in rows}
    codes = [row.values["code"] for row in rows]
    found = [] if section["due"].startswith("15 December") and due == {"12-15"} else [str(due)]
    if codes != [one["code"] for one in section["forms"]]:
        found.append(str(codes))
    if any(row.confidence != section["confidence"] for row in rows):
        found.append("confidence")
    return found


def test_statistics_forms():
    assert wrong_statistics(load("decrees.yaml"), BOOK) == []


def exchange(book: Book, element: str, day: date = date(2025, 1, 1)) -> list[Row]:
    return [
        row for row in book.tables["e_exchange"].on(day) if row.values.get("element") == element
    ]


def wrong_exchange(facts: Any, book: Book) -> list[str]:
    section = facts["e_exchange"]
    technical, allowed = section["QCVN_102_2016"], section["attachment_formats"]
    fields = [re.sub(r"\(.*\)", "", one) for one in technical["message_header_fields"]["list"]]
    one_value = {  # element: what its only row says
        "namespace": ("code", technical["namespace"]),
        "envelope": ("values", tuple(technical["envelope"]["order"])),
        "header": ("values", tuple(fields)),
        "promulgation_date": ("code", technical["dates"]["promulgation"]),
        "trace_date": ("code", technical["dates"]["trace_timestamp"]),
        "document_type": ("code", "18"),
        "attachment": ("values", tuple(allowed["allowed"])),
        "signed_attachment": ("values", (allowed["signed"],)),
    }
    found = [
        f"{element}: {[row.values.get(key) for row in exchange(book, element)]}"
        for element, (key, value) in one_value.items()
        if [row.values.get(key) for row in exchange(book, element)] != [value]
    ]
    found += [
        f"{element}: {row.cites}"
        for element, article in section["QD_28_2018"]["article_map"].items()
        for row in exchange(book, element)
        if {cite.article for cite in row.cites} != {str(article)}
    ]
    for day, most in ((date(2022, 9, 14), 13), (date(2022, 9, 15), 35)):
        if [row.values["most"] for row in exchange(book, "organ_id", day)] != [most]:
            found.append(f"organ_id {day}")
    first_day = date.fromisoformat(section["QD_28_2018"]["effective"])
    if not exchange(book, "scope", first_day) or exchange(book, "scope", first_day - timedelta(1)):
        found.append("effective")
    return found + wrong_codes(technical, book)


def wrong_codes(technical: Any, book: Book) -> list[str]:
    found = []
    for element, key in (("business_type", "business_doc_type"), ("status", "status_codes")):
        wanted = {code: one for code, one in technical[key].items() if code.isdigit()}
        ours = {row.values["code"]: row.vi for row in exchange(book, element)}
        if set(ours) != set(wanted):
            found.append(f"{element}: {set(ours) ^ set(wanted)}")
        if key == "status_codes":
            found += [
                f"{code}: {ours.get(code)}"
                for code, meaning in wanted.items()
                if meaning.replace("/", ", ") not in ours.get(code, "")
            ]
    return found


def test_exchange_of_documents():
    assert wrong_exchange(load("decrees.yaml"), BOOK) == []


def test_gaps_of_the_fact_base_are_refused():
    """What was not read is not answered: the submission dates and the lists of decree 152/2025."""
    facts = load("decrees.yaml")
    assert facts["submission_deadlines"]["ND_152_2025"]["confidence"] == "recalled"
    for award in ("national-emulation-fighter", "government-emulation-flag"):
        rows = matching(BOOK.tables["submission_deadlines"], award, DAYS["y2025"])
        assert all(row.not_encoded for row in rows if not row.owner)
    for table in ("bonus_multipliers", "voting_thresholds", "dossiers", "disclosures", "quotas"):
        rows = matching(BOOK.tables[table], "labour-order-third-class", date(2015, 1, 1))
        assert all(row.not_encoded for row in rows), table


# ------------------------------------------------------------------ negative controls


def changed(table: str, change: Any) -> Book:
    old = BOOK.tables[table]
    rows = tuple(change(row) for row in old.rows)
    tables = {**BOOK.tables, table: dataclasses.replace(old, rows=rows)}
    return dataclasses.replace(BOOK, tables=tables)


def renumbered(row: Row) -> Row:
    """Every digit one higher, in the sentence and in the values."""

    def raised(value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), value)
        if isinstance(value, Threshold):
            return value._replace(value=value.value * Fraction(9, 11))
        if isinstance(value, Fraction):
            return value * Fraction(9, 11)
        if isinstance(value, tuple):
            return tuple(raised(one) for one in value)
        return value + 1 if isinstance(value, int) and not isinstance(value, bool) else value

    values = {key: raised(value) for key, value in row.values.items()}
    refused = raised(row.not_encoded)
    said = {"vi": raised(row.vi), "note": raised(row.note), "not_encoded": refused}
    return dataclasses.replace(row, values=values, **said)


def test_planted_numbers_are_caught():
    """Each fact with a number that is compared notices when the numbers of its table change."""
    facts = load("decrees.yaml")
    tables = {entry["table"] for entry in FILE["rows"]}
    books = {table: changed(table, renumbered) for table in tables}
    silent = [
        name_of(entry)
        for entry in FILE["rows"]
        if any(re.search(r"\d", one) for one in entry.get("words", ()))
        and not disagreement(entry, facts, books[entry["table"]])
    ]
    assert silent == [], silent


def test_a_lost_row_is_caught():
    facts = load("decrees.yaml")
    for entry in FILE["rows"]:
        mine = rows_for(entry, BOOK)
        old = BOOK.tables[entry["table"]]
        rows = tuple(row for row in old.rows if row not in mine)
        tables = {**BOOK.tables, entry["table"]: dataclasses.replace(old, rows=rows)}
        assert disagreement(entry, facts, dataclasses.replace(BOOK, tables=tables)), name_of(entry)


def test_planted_confidence_and_dates_are_caught():
    facts = load("decrees.yaml")
    doubted = changed("councils", lambda row: dataclasses.replace(row, confidence="recalled"))
    entry = next(one for one in FILE["rows"] if one["fact"] == "council/ND_91_2017/4")
    assert disagreement(entry, facts, doubted)
    ours = BOOK.instruments["decree-91-2017"]
    moved = dataclasses.replace(ours, issued="2017-08-01")
    assert wrong_instruments(
        facts, dataclasses.replace(BOOK, instruments={**BOOK.instruments, "decree-91-2017": moved})
    )
    assert wrong_ranks(facts, changed("bonus_multipliers", renumbered))
    assert wrong_votes(facts, changed("voting_thresholds", renumbered))
    assert wrong_abbreviations(facts, changed("document_type_abbreviations", renamed))
    assert wrong_layout(facts, changed("document_format", renumbered))
    assert wrong_statistics(facts, changed("statistics_forms", renumbered))
    assert wrong_exchange(facts, changed("e_exchange", renumbered))


def renamed(row: Row) -> Row:
    if row.values.get("abbreviation") != "TTr":
        return row
    return dataclasses.replace(row, values={**row.values, "abbreviation": "TT"})
