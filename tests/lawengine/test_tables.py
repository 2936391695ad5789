"""Dated tables are read strictly: every fault names its file, its line and what to write instead."""

from datetime import date
from fractions import Fraction

import pytest

from lawbook import FOLDER, fault_sentence, load_book
from lawengine.reading import Fault, read_file, read_text
from lawengine.tables import parse_exact, parse_month_day, read_table, read_tables

BOOK = load_book()
HEADER = """\
table: shares
vi: Tỷ lệ
version_key: decided_on
columns: {amount: money, share: "fraction?", award: "award?"}
last_checked: 2026-11-22
"""
ROW = "in_force: 2024-01-01.., amount: 5, cite: law-06-2022-qh15, confidence: verified, source: s"


def read(text, file="shares.yaml"):
    return read_table(read_text(text, file), BOOK.vocabulary, BOOK.instruments)


def table(*rows, header=HEADER):
    return read(header + "rows:\n" + "".join(f"- {{{row}}}\n" for row in rows))


def fault(*rows, header=HEADER):
    with pytest.raises(Fault) as caught:
        table(*rows, header=header)
    return caught.value


def test_a_row_is_read_exactly():
    row = table(ROW + ', share: "9/10", award: advanced-worker').rows[0]
    assert row.number("amount") == 5
    assert row.exact("share") == Fraction(9, 10)
    assert row.awards == ("advanced-worker",)
    assert [cite.instrument for cite in row.cites] == ["law-06-2022-qh15"]
    assert (row.confidence, row.source, row.line) == ("verified", ("s",), 7)


def test_a_left_out_value_is_none():
    row = table(ROW).rows[0]
    assert row.exact("share") is None
    assert row.text("award") == ""
    assert row.awards == ()


FAULTS = {
    "unknown key": (ROW + ", amont: 6", "unknown_key", {"key": "amont", "near": "amount"}),
    "no citation": (ROW.replace("cite: law-06-2022-qh15, ", ""), "without_citation", {}),
    "unknown instrument": (
        ROW.replace("law-06-2022-qh15", "law-1-1900"),
        "unknown_instrument",
        {"found": "law-1-1900"},
    ),
    "unreadable citation": (
        ROW.replace("law-06-2022-qh15", '"law-06-2022-qh15:điều 3"'),
        "not_readable",
        {"found": "law-06-2022-qh15:điều 3"},
    ),
    "missing column": (ROW.replace("amount: 5, ", ""), "missing_key", {"key": "amount"}),
    "money below zero": (ROW.replace("amount: 5", "amount: -5"), "out_of_range", {"found": -5}),
    "money with decimals": (
        ROW.replace("amount: 5", "amount: 5.5"),
        "not_an_integer",
        {"found": "5.5"},
    ),
    "binary fraction": (ROW + ", share: 0.9e1", "not_readable", {"found": "0.9e1"}),
    "unknown award": (ROW + ", award: advanced-worke", "not_a_choice", {"near": "advanced-worker"}),
    "doubtful confidence": (
        ROW.replace("verified", "certain"),
        "not_a_choice",
        {"found": "certain", "allowed": ["verified", "recalled"]},
    ),
    "backward period": (ROW.replace("2024-01-01..", "2024-01-01..2023-01-01"), "not_readable", {}),
    "both silent": (
        ROW + ", not_encoded: x, set_by: ministry",
        "not_together",
        {"key": "set_by", "other": "not_encoded"},
    ),
    "unknown owner kind": (ROW + ", set_by: minister", "not_a_choice", {"near": "ministry"}),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_row_is_refused(name):
    row, code, parts = FAULTS[name]
    found = fault(ROW, row)
    assert found.code == code
    assert {key: found.parts[key] for key in parts} == parts
    assert (found.file, found.line) == ("shares.yaml", 8)
    assert found.path.startswith("rows[1]")


HEADERS = {
    "unknown column type": ("amount: money", "amount: cash", "not_a_choice"),
    "reserved column": ("share:", "note:", "reserved_column"),
    "unknown key of version": ("decided_on", "today", "not_a_choice"),
    "not a date": ("2026-11-22", "yesterday", "not_a_date"),
    "unknown header": ("vi:", "name:", "unknown_key"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_wrong_header_is_refused(name):
    before, after, code = HEADERS[name]
    found = fault(ROW, header=HEADER.replace(before, after))
    assert found.code == code
    assert (found.file, found.line) == (
        "shares.yaml",
        HEADER[: HEADER.index(before)].count("\n") + 1,
    )


def test_a_table_without_rows_is_refused():
    with pytest.raises(Fault) as caught:
        read(HEADER + "rows: []\n")
    assert caught.value.code == "empty_group"


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_said_in_words_with_its_place(name):
    sentence = fault_sentence(fault(ROW, FAULTS[name][0]))
    assert sentence.startswith("shares.yaml:8 rows[1]")
    # Words, not the code that stands for them.
    assert FAULTS[name][1] not in sentence
    assert len(sentence.split(": ", 1)[1]) > 20


def test_silent_rows_need_no_values():
    refused, delegated = table(
        ROW.replace("amount: 5", "not_encoded: chưa thấy"),
        ROW.replace("amount: 5", "set_by: ministry"),
    ).rows
    assert (refused.not_encoded, refused.set_by) == ("chưa thấy", "")
    assert (delegated.not_encoded, delegated.set_by) == ("", "ministry")
    assert refused.number("amount") is None


def test_a_table_that_answers_speaks_in_sentences():
    found = fault(ROW, header=HEADER + "answers: quota\n")
    assert (found.code, found.parts["key"]) == ("missing_key", "vi")
    assert table(ROW + ", vi: Một câu", header=HEADER + "answers: quota\n").rows[0].vi == "Một câu"


def test_a_kind_stands_for_all_its_awards():
    header = HEADER.replace('award: "award?"', "awards: awards")
    row = table(ROW + ', awards: ["kind:prize", state-prize, advanced-worker]', header=header)
    assert row.rows[0].awards == ("ho-chi-minh-prize", "state-prize", "advanced-worker")


# ------------------------------------------------------------------------------------ dates

KEYED = HEADER + "key: [award]\n"
JOINED = HEADER + "key: []\njoined: true\n"


def dated(period, more=""):
    return ROW.replace("2024-01-01..", period) + more


def test_the_row_of_a_day_has_both_ends():
    one = table(dated("..2023-12-31"), dated("2024-01-01..2024-06-30"))
    assert [row.line for row in one.on(date(2023, 12, 31))] == [7]
    assert [row.line for row in one.on(date(2024, 1, 1))] == [8]
    assert [row.line for row in one.on(date(2024, 6, 30))] == [8]
    assert one.on(date(2024, 7, 1)) == ()


def test_two_rows_of_one_key_never_share_a_day():
    found = fault(
        dated("..2024-01-01", ", award: advanced-worker"),
        dated("2024-01-01..", ", award: advanced-worker"),
        header=KEYED,
    )
    assert (found.code, found.line, found.parts["other_line"]) == ("rows_overlap", 9, 8)


def test_rows_of_other_keys_or_owners_may_share_days():
    rows = (
        dated("2024-01-01..", ", award: advanced-worker"),
        dated("2024-01-01..", ", award: advanced-soldier"),
        dated("2024-01-01..", ", award: advanced-worker, owner: Bộ A"),
    )
    assert len(table(*rows, header=KEYED).on(date(2024, 1, 1))) == 3


def test_joined_rows_leave_no_gap_and_do_not_end():
    gap = fault(dated("..2023-12-30"), dated("2024-01-01.."), header=JOINED)
    assert (gap.code, gap.parts["end"]) == ("dates_do_not_join", date(2023, 12, 30))
    end = fault(dated("..2023-12-31"), dated("2024-01-01..2024-12-31"), header=JOINED)
    assert (end.code, end.parts["end"]) == ("dates_end", date(2024, 12, 31))
    assert table(dated("..2023-12-31"), dated("2024-01-01.."), header=JOINED)


def test_joined_asks_for_a_key():
    found = fault(ROW, header=HEADER + "joined: true\n")
    assert (found.code, found.parts["key"]) == ("missing_key", "key")


def test_a_doubt_lowers_the_confidence_of_its_days():
    doubted = table(ROW, header=HEADER + "doubts: [{in_force: 2026-10-01.., vi: chưa thấy}]\n")
    row = doubted.rows[0]
    assert doubted.confidence_on(row, date(2026, 9, 30)) == "verified"
    assert doubted.confidence_on(row, date(2026, 10, 1)) == "recalled"
    assert doubted.doubts_on(date(2026, 10, 1)) == ("chưa thấy",)


# ---------------------------------------------------------------------------- small readers


@pytest.mark.parametrize(
    ("text", "value"), [("4.5", Fraction(9, 2)), ("9/10", Fraction(9, 10)), ("2", Fraction(2))]
)
def test_exact_numbers(text, value):
    assert parse_exact(text) == value


@pytest.mark.parametrize("text", ["", "4,5", ".5", "1/0", "-1", "1e3", "một"])
def test_what_is_no_exact_number(text):
    with pytest.raises(ValueError, match="not a number"):
        parse_exact(text)


def test_month_and_day():
    assert parse_month_day("02-29") == "02-29"
    for wrong in ("2-9", "02-30", "13-01", "2024-01-01"):
        with pytest.raises(ValueError, match=r"month|day"):
            parse_month_day(wrong)


# --------------------------------------------------------------------------- the whole book


def test_two_tables_of_one_name_are_refused(tmp_path):
    for folder in ("bonuses", "procedures"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.yaml").write_text(HEADER + f"rows:\n- {{{ROW}}}\n", "utf-8")
    with pytest.raises(Fault) as caught:
        read_tables(tmp_path, BOOK.vocabulary, BOOK.instruments)
    assert caught.value.code == "repeated_id"
    assert caught.value.file.endswith("bonuses/a.yaml")


def test_every_table_of_the_book_loads_with_its_file_and_its_dates():
    assert set(read_tables(FOLDER, BOOK.vocabulary, BOOK.instruments)) == set(BOOK.tables)
    for one in BOOK.tables.values():
        assert read_file(FOLDER.parents[1] / one.file).has("table")
        assert one.last_checked >= date(2026, 11, 22)
        assert all(row.source for row in one.rows)
