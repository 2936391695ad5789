"""Answers by date: rows, «set by that body», «not encoded» stand apart and never look empty."""

from datetime import date
from fractions import Fraction

import pytest

from lawbook import load_book
from lawengine.lookup import NOT_ENCODED, ROWS, SET_BY_OWNER, kinds, lookup, matching, plain
from lawengine.reading import read_text
from lawengine.tables import read_table

BOOK = load_book()
KINDS = (
    "authority",
    "deadline",
    "disclosure",
    "dossier",
    "form",
    "quota",
    "revocation",
    "threshold",
)
UNDER_42, UNDER_91 = date(2016, 5, 1), date(2019, 3, 1)
UNDER_98, UNDER_152, UNDER_2026 = date(2024, 9, 1), date(2026, 3, 1), date(2026, 10, 1)
BTTTT = "Bộ Thông tin và Truyền thông"


def ask(kind, award, on, owner=""):
    return lookup(BOOK, kind, award, on, owner)


def test_the_book_answers_eight_questions():
    assert kinds(BOOK) == KINDS


def test_a_question_that_no_table_answers():
    with pytest.raises(KeyError):
        ask("weather", None, UNDER_98)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("on", [UNDER_91, UNDER_98, UNDER_152])
def test_every_question_has_rows_in_every_regime_that_was_read(kind, on):
    answer = ask(kind, None, on)
    assert answer.rows or answer.delegated or answer.reasons
    assert all(found.row.vi for found in (*answer.rows, *answer.delegated))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("on", [UNDER_42, UNDER_2026])
def test_every_question_is_refused_with_its_reason_where_nothing_was_read(kind, on):
    answer = ask(kind, "advanced-worker", on)
    assert answer.status == NOT_ENCODED
    assert answer.rows == ()
    assert answer.reasons
    assert all(answer.reasons)


@pytest.mark.parametrize("award", list(BOOK.vocabulary.awards))
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("on", [UNDER_91, UNDER_98, UNDER_152])
def test_no_award_is_left_without_a_word(kind, award, on):
    answer = ask(kind, award, on)
    assert answer.rows or answer.delegated or answer.reasons


# ----------------------------------------------------------------------- the three answers


def test_rows():
    answer = ask("quota", "grassroots-emulation-fighter", UNDER_91)
    assert answer.status == ROWS
    (found,) = answer.rows
    assert found.row.values["share"].value == Fraction(15, 100)
    assert str(found.row.cites[0].anchor) == "art-9.cl-3"
    assert found.confidence == "verified"


def test_set_by_that_body():
    answer = ask("dossier", "grassroots-emulation-fighter", UNDER_152)
    assert answer.delegated
    assert {found.row.set_by for found in answer.delegated} == {"ministry"}
    deadline = ask("deadline", "advanced-worker", UNDER_98)
    assert deadline.status == SET_BY_OWNER
    assert deadline.rows == ()
    army = ask("authority", "advanced-soldier", UNDER_98)
    assert (army.status, army.delegated[0].row.set_by) == (SET_BY_OWNER, "armed_forces")


def test_not_encoded():
    answer = ask("deadline", "national-emulation-fighter", UNDER_152)
    assert (answer.status, answer.rows, answer.delegated) == (NOT_ENCODED, (), ())
    assert "152/2025" in answer.reasons[0]


def test_no_statutory_limit_is_an_answer_and_not_an_empty_one():
    answer = ask("quota", "grassroots-emulation-fighter", UNDER_98)
    assert answer.status == ROWS
    assert answer.rows[0].row.text("rule") == "no_limit"


# --------------------------------------------------------------------------- the date


@pytest.mark.parametrize(
    ("award", "on", "needed"),
    [
        ("ministry-emulation-fighter", UNDER_91, ">= 9/10"),
        ("ministry-emulation-fighter", UNDER_98, ">= 9/10"),
        ("grassroots-emulation-fighter", UNDER_98, ">= 4/5"),
        ("government-emulation-flag", UNDER_98, ">= 4/5"),
    ],
)
def test_the_threshold_of_a_meeting(award, on, needed):
    values = [found.row.values.get("threshold") for found in ask("threshold", award, on).rows]
    assert needed in [str(value) for value in values if value]


def test_fifteen_members_of_a_council():
    (row,) = [
        found.row
        for found in ask("threshold", "grassroots-emulation-fighter", UNDER_98).rows
        if found.row.values.get("threshold")
    ]
    assert row.values["threshold"].votes_needed(15) == 12
    (row,) = [
        found.row
        for found in ask("threshold", "ministry-emulation-fighter", UNDER_98).rows
        if found.row.values.get("threshold")
    ]
    assert row.values["threshold"].votes_needed(15) == 14


def test_the_district_decides_until_june_2025():
    def levels(on):
        answer = ask("authority", "grassroots-emulation-fighter", on)
        return {found.row.text("level") for found in answer.rows}

    assert levels(date(2025, 6, 30)) == {"base", "district", "enterprise"}
    assert levels(date(2025, 7, 1)) == {"base", "commune", "enterprise"}


@pytest.mark.parametrize(
    ("award", "on", "level"),
    [
        ("gold-star-order", UNDER_91, "president"),
        ("gold-star-order", UNDER_98, "president"),
        ("national-emulation-fighter", UNDER_98, "prime_minister"),
        ("ministry-emulation-flag", UNDER_152, "ministry"),
        ("cultural-village", UNDER_98, "district"),
        ("cultural-village", UNDER_152, "commune"),
        ("cultural-family", UNDER_98, "commune"),
        ("national-assembly-commemorative-medal", UNDER_98, "national_assembly"),
    ],
)
def test_who_decides(award, on, level):
    assert {found.row.text("level") for found in ask("authority", award, on).rows} == {level}


def test_what_was_read_in_later_acts_only_says_so():
    for award in ("government-emulation-flag", "ministry-certificate-of-merit"):
        (found,) = ask("authority", award, UNDER_98).rows
        assert found.row.authority == "secondary"
        assert found.row.note


# ----------------------------------------------------------------------------- owners


def test_the_rule_of_one_body_is_an_example_for_others():
    answer = ask("authority", "ministry-emulation-fighter", UNDER_91)
    assert {found.row.owner for found in answer.rows} == {""}
    assert BTTTT in {found.row.owner for found in answer.examples}


def test_the_rule_of_ones_own_body_counts_as_text():
    answer = ask("quota", "national-emulation-fighter", UNDER_91, owner=BTTTT)
    own = [found for found in answer.rows if found.row.owner == BTTTT]
    assert [found.row.number("count") for found in own] == [1]
    assert BTTTT not in {found.row.owner for found in answer.examples}


def test_time_limits_complete_the_deadlines():
    answer = ask("deadline", "national-emulation-fighter", UNDER_91)
    assert {found.table.id for found in answer.rows} == {"submission_deadlines"}
    assert "time_limits" in {found.table.id for found in answer.more}
    assert [found.row.text("by") for found in answer.rows] == ["10-31"]


# ----------------------------------------------------------------------- rows of an award

FROM = "cite: law-06-2022-qh15, confidence: verified, source: s"
TABLE = f"""\
table: shares
vi: Tỷ lệ
version_key: decided_on
columns: {{awards: "awards?", share: "threshold?"}}
last_checked: 2026-11-22
rows:
- {{in_force: 2024-01-01.., awards: [advanced-worker], {FROM}}}
- {{in_force: 2024-01-01.., otherwise: true, {FROM}}}
- {{in_force: 2024-01-01.., {FROM}}}
- {{in_force: 2024-01-01.., owner: A, awards: [state-prize], {FROM}}}
- {{in_force: 2024-01-01.., owner: A, otherwise: true, {FROM}}}
"""


@pytest.mark.parametrize(
    ("award", "lines"),
    [
        ("advanced-worker", [7, 9, 11]),
        ("advanced-soldier", [8, 9, 11]),
        ("state-prize", [8, 9, 10]),
        (None, [7, 8, 9, 10, 11]),
    ],
)
def test_named_rows_push_aside_the_rows_for_the_others(award, lines):
    table = read_table(read_text(TABLE), BOOK.vocabulary, BOOK.instruments)
    assert [row.line for row in matching(table, award, UNDER_98)] == lines
    assert matching(table, award, UNDER_91) == ()


# ------------------------------------------------------------------------------- JSON


def test_json_keeps_the_three_answers_apart():
    found = ask("deadline", "advanced-worker", UNDER_98).as_json()
    assert (found["status"], found["rows"]) == ("set_by_owner", [])
    assert found["delegated"][0]["set_by"] == "ministry"
    assert found["delegated"][0]["version_key"] == "received_on"
    found = ask("quota", "grassroots-emulation-fighter", UNDER_91).as_json()
    assert found["rows"][0]["values"]["share"] == "<= 3/20"
    assert found["rows"][0]["cite"] == [
        {"instrument": "decree-91-2017", "article": "9", "anchor": "art-9.cl-3"}
    ]
    assert ask("quota", None, UNDER_2026).as_json()["reasons"]


def test_plain_values():
    assert plain(Fraction(9, 2)) == "9/2"
    assert plain((date(2024, 1, 1), {"a": (1, "b")})) == ["2024-01-01", {"a": [1, "b"]}]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("on", [UNDER_91, UNDER_98, UNDER_152])
def test_what_completes_an_answer_is_never_the_rule_of_a_single_body(kind, on):
    answer = ask(kind, None, on)
    assert all(not found.row.owner for found in answer.more)
    assert all(found.row.owner for found in answer.examples)
