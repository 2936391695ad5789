"""The tables of the book against the fact base of decrees: every number, none otherwise."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from fact_base import IDS, INSTRUMENTS, anchors, load

from lawbook import load_book
from lawengine import amounts
from lawengine.book import Book
from lawengine.tables import Row, Table

BOOK = load_book()
SUBJECTS = {"ind": "person", "col": "collective", "ind_max": "person"}


def ends(period: dict[str, Any]) -> list[date]:
    """The first and last day of a period of the fact base; an open end is five months on, before
    the texts of law 06/2026 must be known."""
    first = date.fromisoformat(str(period["from"]))
    last = str(period["to"]) if period.get("to") else "2026-09-30"
    return [first, date.fromisoformat(last)]


def test_every_code_is_mapped():
    facts = load("decrees.yaml")
    assert set(facts["award_codes"]) - set(IDS["decrees"]) == set()
    used = {row["code"] for table in facts["bonus_table"].values() for row in table["rows"]}
    assert used - set(IDS["decrees"]) == set()
    for awards in IDS["decrees"].values():
        assert set(awards) <= set(BOOK.vocabulary.awards)


def wrong_salaries(facts: Any, book: Book) -> list[str]:
    found = []
    for row in facts["base_salary"]:
        for day in ends(row):
            rows = book.tables["base_salary"].on(day)
            if [one.values["amount"] for one in rows] != [row["amount"]]:
                found.append(f"{day}: {row['amount']}")
    return found


def test_base_salary():
    assert wrong_salaries(load("decrees.yaml"), BOOK) == []


# Orders that share the multiplier of a Labour Order where the row names them; that of decree 98
# (recalled as a whole) does not.
UNNAMED = {("ND_98_2023", "great-national-unity-order"), ("ND_98_2023", "bravery-order")}


def pays_to(award: str) -> set[str]:
    """Who gets the award: the two orders that only persons get have no collective amount."""
    only_persons = {"great-national-unity-order", "bravery-order"}
    return {"person"} if award in only_persons else {"person", "collective"}


def wrong_multipliers(facts: Any, book: Book) -> list[str]:
    found = []
    for regime, table in facts["bonus_table"].items():
        for row in table["rows"]:
            for key, subject in SUBJECTS.items():
                if key not in row:
                    continue
                for award in IDS["decrees"][row["code"]]:
                    for day in ends(table["valid"]):
                        found += _multiplier(book, regime, row, key, subject, award, day)
    return found


def _multiplier(book, regime, row, key, subject, award, day) -> list[str]:
    if (regime, award) in UNNAMED or subject not in pays_to(award):
        return []
    answer = amounts.bonus(book, award, subject, day)
    where = f"{regime} {row['code']} {award} {subject} {day}"
    answers = answer.alternatives or (answer,)
    wanted = Fraction(str(row[key]))
    for one in answers:
        status = amounts.CEILING if key == "ind_max" else amounts.PAID
        if one.status != status:
            return [f"{where}: {one.status}"]
        steps = [s.parts.get("multiplier") for s in one.steps if "multiplier" in s.parts]
        if wanted not in steps and not any(Fraction(str(s)) == wanted for s in steps):
            return [f"{where}: {steps} not {wanted}"]
        verified = one.confidence == "verified"
        if verified and row["confidence"] == "recalled":
            return [f"{where}: recalled in the fact base, verified in the book"]
    return []


def test_bonus_multipliers():
    assert wrong_multipliers(load("decrees.yaml"), BOOK) == []


def test_computed_amounts():
    facts = load("decrees.yaml")
    wrong = []
    for period in facts["computed_amounts_vnd"]["rows"]:
        for day in ends(period):
            for code, cells in period["amounts"].items():
                for key, amount in cells.items():
                    award = IDS["decrees"][code][0]
                    answer = amounts.bonus(BOOK, award, SUBJECTS[key], day)
                    if answer.each != amount:
                        wrong.append(f"{day} {code} {key}: {answer.each} not {amount}")
                    if code in period["recalled_cells"] and answer.confidence != "recalled":
                        wrong.append(f"{day} {code} {key}: recalled cell is {answer.confidence}")
    assert wrong == []


def test_published_examples_of_rounding():
    for one in load("decrees.yaml")["bonus_rules"]["rounding"]["examples_2018"]:
        exact = Fraction(str(one["multiplier"])) * one["base"]
        assert exact == one["raw"]
        assert amounts.rounded_up(exact, 10_000) == one["paid"]


def test_amounts_after_the_new_law_are_recalled_and_then_refused():
    later = amounts.bonus(BOOK, "advanced-worker", "person", date(2026, 10, 1))
    assert (later.each, later.confidence) == (760_000, "recalled")
    assert later.doubts
    assert (
        amounts.bonus(BOOK, "advanced-worker", "person", date(2027, 3, 1)).status == "not_encoded"
    )


# ------------------------------------------------------------------ tables of words and numbers

NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")
SECTIONS = {
    "quotas": "rule",
    "time_limits": "limit",
    "submission_deadlines": "rule",
    "disclosure": "minimum",
}


def numbers(text: object) -> set[str]:
    """The whole numbers of a sentence; shares as percents, years and article numbers left out."""
    found = set()
    plain = re.sub(r"Điều \d+( k\d+)?|\d{4}|NĐ ?\d+|k\d+(-\d+)?|TT \d+/\S+|CV \d+", " ", str(text))
    for one in NUMBERS.findall(plain):
        found.add(one)
    return found


def said(rows: list[tuple[Table, Row]]) -> str:
    return " ".join(f"{row.vi} {dict(row.values)} {row.note}" for _, row in rows)


def cited(book: Book, instrument: str, article: str) -> list[tuple[Table, Row]]:
    """The rows that cite the article (or, where none is named, all that stand in its time)."""
    wanted = [re.match(r"art-\d+", one).group() for one in anchors(article)]
    if not wanted:
        start = book.instruments[instrument].in_force.start
        return [(table, row) for table in book.tables.values() for row in table.on(start)]
    return [
        (table, row)
        for table in book.tables.values()
        for row in row_list(table)
        if any(
            cite.instrument == instrument
            and (
                not wanted
                or any(cite.anchor == one or cite.anchor.startswith(f"{one}.") for one in wanted)
            )
            for cite in row.cites
        )
    ]


def row_list(table: Table) -> tuple[Row, ...]:
    return table.rows


def facts_with_articles(facts: Any) -> list[tuple[str, str, str, Any]]:
    """(section, instrument, article, the sentence with its numbers) of every verified row."""
    found = []
    for section, key in SECTIONS.items():
        value = facts[section]
        groups = (
            value.items() if isinstance(value, dict) else [(row["regime"], [row]) for row in value]
        )
        for regime, rows in groups:
            for row in rows if isinstance(rows, list) else []:
                instrument = INSTRUMENTS.get(regime) or INSTRUMENTS.get(row.get("regime", ""))
                sentence = row.get(key) or row.get("rule")
                if instrument and sentence and row.get("confidence") == "verified":
                    found.append((section, instrument, row.get("article", ""), sentence))
    return found


def missing_sentences(facts: Any, book: Book) -> list[str]:
    found = []
    for section, named, article, sentence in facts_with_articles(facts):
        instrument = "circular-12-2019-bnv" if "TT 12/2019" in article else named
        rows = cited(book, instrument, article)
        text = said(rows)
        lacking = {one for one in numbers(sentence) if not re.search(rf"\b0?{one}\b", text)}
        months = {"October": "10", "March": "3", "June": "6", "December": "12", "February": "2"}
        lacking |= {
            month
            for month, number in months.items()
            if month in str(sentence)
            and not re.search(rf"tháng 0?{number}\b|\b0?{number}-\d\d", text)
        }
        if not rows or lacking:
            found.append(f"{section} {instrument} {article}: {sentence} lacks {lacking or 'a row'}")
    return found


def test_quotas_limits_deadlines_and_disclosures():
    assert missing_sentences(load("decrees.yaml"), BOOK) == []


def wrong_thresholds(facts: Any, book: Book) -> list[str]:
    found = []
    table = book.tables["voting_thresholds"]
    for regime, rows in facts["council"].items():
        instrument = INSTRUMENTS.get(regime)
        for row in rows:
            if instrument is None or not isinstance(row.get("awards"), list):
                continue
            if not row.get("threshold"):
                continue
            for code in row["awards"]:
                for award in IDS["decrees"].get(code, [])[:1]:
                    shares = {
                        (one.values["threshold"].op, one.values["threshold"].value)
                        for one in table.rows
                        if award in one.awards
                        and any(c.instrument == instrument for c in one.cites)
                        and one.values.get("threshold")
                    }
                    wanted = (row.get("op", ">="), Fraction(str(row["threshold"])))
                    if wanted not in shares:
                        found.append(f"{regime} {code}: {wanted} not in {shares}")
    return found


def test_voting_thresholds():
    assert wrong_thresholds(load("decrees.yaml"), BOOK) == []


def test_dossier_sets():
    facts = load("decrees.yaml")["dossiers"]["ND_91_2017"]["copies"]
    table = BOOK.tables["dossier_sets"]
    for row in facts:
        if not isinstance(row.get("sets"), int) or "article" not in row:
            continue
        for code in row["awards"]:
            award = (IDS["decrees"].get(code) or [None])[0]
            if award is None:
                continue
            sets = {
                one.values.get("sets")
                for one in table.rows
                if award in one.awards and any(c.instrument == "decree-91-2017" for c in one.cites)
            }
            assert row["sets"] in sets, (code, row["sets"], sets)


# ------------------------------------------------------------------ negative controls


def planted(table: str, column: str, change) -> Book:
    """The book with one table's numbers changed."""
    old = BOOK.tables[table]
    rows = tuple(
        dataclasses.replace(row, values={**row.values, column: change(row.values[column])})
        if row.values.get(column) is not None
        else row
        for row in old.rows
    )
    tables = {**BOOK.tables, table: dataclasses.replace(old, rows=rows)}
    return dataclasses.replace(BOOK, tables=tables)


def test_a_planted_salary_is_caught():
    wrong = planted("base_salary", "amount", lambda amount: amount + 10_000)
    assert wrong_salaries(load("decrees.yaml"), wrong)


def test_a_planted_multiplier_is_caught():
    wrong = planted("bonus_multipliers", "multiplier", lambda value: value + 1)
    assert wrong_multipliers(load("decrees.yaml"), wrong)


def test_a_planted_threshold_is_caught():
    wrong = planted(
        "voting_thresholds",
        "threshold",
        lambda value: value._replace(value=value.value - Fraction(1, 10)),
    )
    assert wrong_thresholds(load("decrees.yaml"), wrong)


def test_a_lost_sentence_is_caught():
    facts = load("decrees.yaml")
    facts["quotas"].append(
        {
            "regime": "ND_91_2017",
            "award": "CSTDCS",
            "rule": "at most 17%",
            "article": "Điều 9 k3",
            "confidence": "verified",
        }
    )
    assert missing_sentences(facts, BOOK)


@pytest.mark.parametrize("table", ["base_salary", "bonus_multipliers", "voting_thresholds"])
def test_the_refused_dates_say_why(table):
    early = BOOK.tables[table].on(date(2004, 1, 1) + timedelta(1))
    assert early
    assert all(row.not_encoded for row in early)
