"""Reading facts: three things kept apart, bounds, and what is refused with its place."""

from datetime import date

import pytest

from lawbook import load_book
from lawengine.facts import CaseFrame, make_frame, read_case, read_document, read_subject
from lawengine.reading import Fault, read_text
from lawengine.records import MANY, UNKNOWN, PartialDate, Span

TODAY = date(2026, 11, 25)
FRAME = make_frame(CaseFrame(year=2024), TODAY)


def subject(text, kind="person"):
    node = read_text(f"id: x\nkind: {kind}\n{text}", "f.yaml")
    return read_subject(node, load_book().vocabulary, FRAME, TODAY)


def fault(text, kind="person"):
    with pytest.raises(Fault) as caught:
        subject(text, kind)
    return caught.value


# ------------------------------------------------------- absent, none and unknown are three


def covered(text):
    facts = subject(text)
    return [facts.covers("awards", year) for year in (2014, 2020, 2024, 2025)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: X", [False] * 4),
        ("awards: unknown", [False] * 4),
        ("awards: none", [True, True, True, False]),
        ("awards: []", [False] * 4),
        ("awards: {complete: [2020..2025], records: []}", [False, True, True, False]),
        ("awards: {complete: all, records: []}", [True, True, True, False]),
        ("awards: {complete: all, unknown: [2020], records: []}", [True, False, True, False]),
        ("awards: {none: [2020], records: []}", [False, True, False, False]),
    ],
)
def test_for_which_years_a_list_is_complete(text, expected):
    assert covered(text) == expected


def test_what_the_book_says_of_a_list_that_is_not_there():
    assert subject("name: X").covers("absences", 2024)
    assert not subject("absences: unknown").covers("absences", 2024)
    assert not subject("name: X").covers("ratings", 2024)


def test_a_rating_is_a_value_none_or_not_known():
    ratings = subject(
        "ratings: [{year: 2024, level: good}, {year: 2023, level: none}, "
        "{year: 2022, level: unknown}, {year: 2021, level: {at_least: good}}]"
    ).ratings
    bounds = {year: (one.least, one.most) for year, one in ratings.items()}
    assert bounds == {2024: (2, 2), 2023: (-1, -1), 2022: (-1, 3), 2021: (2, 3)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", Span(12, 12)),
        ("unknown", UNKNOWN),
        ("{at_least: 3}", Span(3, MANY)),
        ("{under: 12}", Span(0, 11)),
        ("{over: 2, at_most: 5}", Span(3, 5)),
    ],
)
def test_numbers_may_be_bounds(text, expected):
    facts = subject(f"absences: [{{year: 2024, kind: sick, days: {text}}}]")
    assert facts.absences[0].days == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017-03-05", PartialDate(date(2017, 3, 5), date(2017, 3, 5))),
        ("2016-02", PartialDate(date(2016, 2, 1), date(2016, 2, 29))),
        ("2017", PartialDate(date(2017, 1, 1), date(2017, 12, 31))),
        ("{not_before: 2017-03-05}", PartialDate(date(2017, 3, 5), date(2200, 1, 1))),
        ("unknown", None),
    ],
)
def test_dates_may_be_partial(text, expected):
    assert subject(f"founded_on: {text}", "collective").founded_on == expected


def test_an_award_known_by_its_decision_belongs_to_that_year_or_the_one_before():
    record = subject(
        "awards: [{award: grassroots-emulation-fighter, decided_on: 2020-02-01}]"
    ).held["grassroots-emulation-fighter"][0]
    assert (record.year, record.years, record.clock) == (None, {2019, 2020}, 2020)


# -------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("ratings: [{year: 2027, level: good}]", "in_the_future", "ratings[0].year"),
        ("awards: {complete: [2027], records: []}", "in_the_future", "awards.complete[0]"),
        ("discipline: [{level: warning, decided_on: 2026-12-01}]", "in_the_future", None),
        ("discipline: [{level: warning, decided_on: 2023-02-30}]", "not_a_date", None),
        ("discipline: [{level: warning, decided_on: 2023-13}]", "not_a_date", None),
        ("service: [{role: teaching, from: 2020-01-01, until: 2019-01-01}]", "contradiction", None),
        (
            "ratings: [{year: 2024, level: good}, {year: 2024, level: excellent}]",
            "contradiction",
            "ratings[1]",
        ),
        (
            "attestations: [{what: compliance, verdict: met}, {what: compliance, verdict: not_met}]",
            "contradiction",
            "attestations[1]",
        ),
        (
            "awards: [{award: grassroots-emulation-fighter, year: 2024, decided_on: 2023-05-01}]",
            "contradiction",
            None,
        ),
        (
            "awards: {none: [2023], records: [{award: grassroots-emulation-fighter, year: 2023}]}",
            "contradiction",
            None,
        ),
        ("awards: [{award: grassroots-fighter}]", "not_a_choice", "awards[0].award"),
        ("awards: [{awrd: x}]", "unknown_key", "awards[0].awrd"),
        ("ratings: [{year: 2024}]", "missing_key", "ratings[0]"),
        ("ratings: [{year: 1024, level: good}]", "out_of_range", "ratings[0].year"),
        ("ratings: [{year: '2024', level: good}]", "not_an_integer", "ratings[0].year"),
        (
            "absences: [{year: 2024, kind: sick, days: {at_least: 5, under: 3}}]",
            "out_of_range",
            None,
        ),
        ("awards: {complete: [2020-2024]}", "not_a_year", None),
        ("birth_year: 2030", "out_of_range", "birth_year"),
        ("ratingz: none", "unknown_key", "ratingz"),
    ],
)
def test_facts_that_cannot_be(text, code, path):
    found = fault(text)
    assert found.code == code
    assert found.file == "f.yaml"
    assert found.line == 3
    if path is not None:
        assert found.path == path


def test_more_members_than_there_are():
    found = fault("members: [{year: 2024, total: 5, rating: {good: 6}}]", "collective")
    assert (found.code, found.parts["reason"]) == ("contradiction", "more_than_total")


def test_the_same_value_twice_is_no_contradiction():
    assert subject("ratings: [{year: 2024, level: good}, {year: 2024, level: good}]").ratings


def test_a_hypothesis_may_lie_after_today():
    node = read_text("id: x\nkind: person\nratings: [{year: 2027, level: good, hypothesis: true}]")
    case = make_frame(CaseFrame(year=2027), TODAY)
    facts = read_subject(node, load_book().vocabulary, case, TODAY)
    assert facts.ratings[2027].origin.hypothesis


def test_what_happened_after_the_year_judged_is_not_known_then():
    facts = subject(
        "ratings: [{year: 2025, level: good}, {year: 2024, level: good}]\n"
        "awards: [{award: grassroots-emulation-fighter, year: 2025}]\n"
        "discipline: [{level: warning, year: 2025}]\n"
        "attestations: [{what: compliance, verdict: met, year: 2025}]"
    )
    assert list(facts.ratings) == [2024]
    assert not any(facts.held.values())
    assert not facts.marks
    assert not any(facts.attestations.values())


def test_a_record_remembers_where_it_stands_and_who_confirmed_it():
    record = subject(
        "ratings: [{year: 2024, level: good, source: {file: a.xlsx, sheet: S, row: 7, cell: D7}, "
        "confirmed_by: {name: An, on: 2025-01-05}}]"
    ).ratings[2024]
    origin = record.origin
    assert (origin.file, origin.sheet, origin.row, origin.cell) == ("a.xlsx", "S", 7, "D7")
    assert (origin.line, origin.confirmed_by, origin.confirmed_on) == (3, "An", "2025-01-05")


def test_a_withdrawn_award_is_not_held():
    facts = subject("awards: [{award: grassroots-emulation-fighter, year: 2020, withdrawn: true}]")
    assert facts.held == {}


# ------------------------------------------------------------------------------------ cases


def test_a_case_fills_in_what_is_left_open():
    frame = make_frame(CaseFrame(decided_on=date(2026, 3, 10)), TODAY)
    assert (frame.year, frame.period_end) == (2025, date(2025, 12, 31))
    assert frame.received_on == frame.meeting_on == date(2026, 3, 10)
    assert make_frame(CaseFrame(decided_on=date(2025, 12, 10)), TODAY).year == 2025


def test_a_period_that_ends_in_another_year_contradicts():
    node = read_text("{year: 2024, period: 2022-09-01..2023-05-31}")
    with pytest.raises(Fault) as caught:
        read_case(node, load_book().vocabulary)
    assert caught.value.code == "contradiction"


def test_another_schema_is_refused():
    with pytest.raises(Fault) as caught:
        read_document(read_text("schema: thidua/facts/9\nsubjects: []"), load_book().vocabulary)
    assert caught.value.code == "not_a_choice"
