"""Small values: truth, citation, period, threshold, the dates of a case."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawengine.terms import (
    Citation,
    Frame,
    Period,
    Threshold,
    Truth,
    between,
    parse_citation,
    parse_period,
    parse_threshold,
)

DAYS = st.dates(date(1990, 1, 1), date(2040, 1, 1))


def test_unknown_stays_unknown_when_negated():
    assert [one.negated() for one in Truth] == [Truth.YES, Truth.UNKNOWN, Truth.NO]


def test_and_is_the_minimum_and_or_the_maximum():
    assert min(Truth.YES, Truth.UNKNOWN) is Truth.UNKNOWN
    assert max(Truth.NO, Truth.UNKNOWN) is Truth.UNKNOWN
    assert min(Truth.NO, Truth.UNKNOWN) is Truth.NO


def test_between():
    assert between(True, True) is Truth.YES
    assert between(False, True) is Truth.UNKNOWN
    assert between(False, False) is Truth.NO


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("law-a:art-23.cl-1.pt-a", Citation("law-a", "art-23.cl-1.pt-a")),
        ("art-24a.cl-2", Citation("law-b", "art-24a.cl-2")),
        ("law-a", Citation("law-a", "")),
    ],
)
def test_citations(text, expected):
    assert parse_citation(text, "law-b") == expected


@pytest.mark.parametrize("text", ["law-a:clause-1", "law-a:art-1.pt-1", ":art-1", "art-1"])
def test_a_citation_that_names_no_place_is_refused(text):
    with pytest.raises(ValueError):
        parse_citation(text)


def test_the_article_of_a_citation():
    assert Citation("law", "art-23a.cl-1").article == "23a"
    assert Citation("law").article == ""


@pytest.mark.parametrize(
    ("text", "votes", "members", "needed"),
    [
        (">= 7/10", 14, 20, 14),
        (">= 7/10", 7, 9, 7),
        (">= 9/10", 9, 10, 9),
        ("> 1/2", 6, 10, 6),
        ("> 1/2", 6, 11, 6),
        (">= 2/3", 2, 3, 2),
        (">= 2/3", 7, 10, 7),
    ],
)
def test_votes_needed(text, votes, members, needed):
    rule = parse_threshold(text)
    assert rule.votes_needed(members) == needed
    assert rule.holds(needed, members)
    assert not rule.holds(needed - 1, members)
    assert votes == needed


@given(
    st.sampled_from([">=", ">", "<=", "<", "="]),
    st.fractions(0, 2, max_denominator=20),
    st.integers(0, 100),
    st.integers(1, 100),
)
def test_a_threshold_compares_exactly(op, value, part, whole):
    exact = Fraction(part, whole)
    expected = {
        ">=": exact >= value,
        ">": exact > value,
        "<=": exact <= value,
        "<": exact < value,
        "=": exact == value,
    }
    assert Threshold(op, value).holds(part, whole) is expected[op]


def test_a_share_that_floats_would_get_wrong():
    assert parse_threshold(">= 7/10").holds(7 * 10**17, 10**18)
    assert not parse_threshold(">= 7/10").holds(7 * 10**17 - 1, 10**18)


@pytest.mark.parametrize("text", ["7/10", ">= 0.7", "70%", ">= -1", "=> 1/2", ">= 1/0x"])
def test_anything_else_is_no_threshold(text):
    with pytest.raises(ValueError, match="not a threshold"):
        parse_threshold(text)


def test_periods():
    period = parse_period("2024-01-01..2026-09-30")
    assert date(2024, 1, 1) in period
    assert date(2026, 9, 30) in period
    assert date(2026, 10, 1) not in period
    assert "2024-01-01" not in period
    assert period.next_start() == date(2026, 10, 1)
    assert date(1800, 1, 1) in parse_period("..2026-09-30")
    assert parse_period("2024-01-01..").next_start() is None


@pytest.mark.parametrize(
    "text", ["2024-01-01", "2024-13-01..", "2024-02-30..", "2024-02-01..2024-01-31"]
)
def test_what_is_no_period(text):
    with pytest.raises(ValueError):
        parse_period(text)


@given(DAYS, DAYS, DAYS, DAYS)
def test_touching_is_sharing_a_day(a, b, c, d):
    one, other = Period(min(a, b), max(a, b)), Period(min(c, d), max(c, d))
    shared = max(one.start, other.start) <= min(one.end, other.end)
    assert one.touches(other) is shared
    assert other.touches(one) is shared
    assert Period(None, None).touches(one)


def test_a_case_so_many_years_later_keeps_its_days():
    day = date(2024, 2, 29)
    frame = Frame(date(2023, 9, 1), day, day, day, day).shifted(1)
    assert frame.period_start == date(2024, 9, 1)
    assert frame.period_end == date(2025, 2, 28)
    assert frame.year == 2025
