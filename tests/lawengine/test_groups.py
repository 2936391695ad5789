"""The second pass: quota, exclusivity, preferences; every cut with its reason."""

from fractions import Fraction
from itertools import product as every_way

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawengine.groups import (
    Candidate,
    Exclusion,
    Quota,
    _keys,
    places,
    within_limits,
    within_quota,
)
from lawengine.records import Span
from lawengine.terms import Threshold, Truth

YES, NO, MAYBE = Truth.YES, Truth.NO, Truth.UNKNOWN
SHARE = Quota(share=Threshold("<=", Fraction(3, 20)))


def people(count, **fields):
    return [Candidate(f"p{n}", "title", 2020, "u", **fields) for n in range(count)]


def exact(number):
    return Span(number, number)


@pytest.mark.parametrize(
    ("share", "denominator", "expected"),
    [("<=", 20, 3), ("<=", 19, 2), ("<=", 6, 0), ("<", 20, 2), ("<", 21, 3), ("<", 0, 0)],
)
def test_a_share_rounds_down(share, denominator, expected):
    assert places(Threshold(share, Fraction(3, 20)), denominator) == expected


def test_a_share_must_set_an_upper_bound():
    with pytest.raises(ValueError, match="no upper bound"):
        places(Threshold(">=", Fraction(1, 2)), 10)


def test_the_stricter_of_share_and_number_holds():
    assert Quota(SHARE.share, 2).limit(exact(100)) == (2, 2)
    assert Quota(SHARE.share, 20).limit(exact(100)) == (15, 15)


def test_without_a_limit_everybody_stays():
    found = within_quota(people(3), Quota(), {})
    assert [(one.truth, one.reason) for one in found] == [(YES, "free")] * 3


def test_votes_then_order_decide_and_the_cut_says_so():
    group = [
        Candidate("a", "title", 2020, "u", votes=7),
        Candidate("b", "title", 2020, "u", votes=9),
        Candidate("c", "title", 2020, "u", votes=7),
    ]
    found = within_quota(group, Quota(count=1), {})
    assert [one.truth for one in found] == [NO, YES, NO]
    assert found[0].parts["by"] == "votes"
    found = within_quota(group, Quota(count=2), {})
    assert [one.truth for one in found] == [YES, YES, NO]
    assert found[2].parts == {"unit": "u", "limit": (2, 2), "place": 3, "by": "order"}


def test_preferences_decide_in_their_order():
    group = [
        Candidate("a", "title", 2020, "u", traits={"women": NO, "direct": YES}),
        Candidate("b", "title", 2020, "u", traits={"women": YES, "direct": NO}),
        Candidate("c", "title", 2020, "u", traits={"women": YES, "direct": YES}),
    ]
    found = within_quota(group, Quota(count=1), {}, ["women", "direct"])
    assert [one.truth for one in found] == [NO, NO, YES]
    assert [one.parts.get("by") for one in found] == ["women", "direct", None]


def test_a_trait_that_is_not_known_leaves_the_place_open():
    group = [
        Candidate("a", "title", 2020, "u", traits={"women": YES}),
        Candidate("b", "title", 2020, "u"),
        Candidate("c", "title", 2020, "u", traits={"women": NO}),
    ]
    found = within_quota(group, Quota(count=2), {}, ["women"])
    assert [one.truth for one in found] == [YES, YES, NO]
    found = within_quota(group[1:], Quota(count=1), {}, ["women"])
    assert [one.truth for one in found] == [YES, NO]
    found = within_quota(list(reversed(group[1:])), Quota(count=1), {}, ["women"])
    assert [(one.truth, one.reason) for one in found] == [(MAYBE, "open")] * 2


def test_a_denominator_that_is_not_known_leaves_everybody_open():
    found = within_quota(people(2), SHARE, {})
    assert [one.reason for one in found] == ["open", "open"]


def test_one_whose_standard_is_unknown_keeps_the_last_place_open():
    group = [Candidate("a", "title", 2020, "u", truth=MAYBE), *people(2)]
    found = within_quota(group, Quota(count=2), {})
    assert [(one.truth, one.reason) for one in found] == [
        (MAYBE, "standard"),
        (YES, "within"),
        (MAYBE, "open"),
    ]


def test_each_unit_has_its_own_places_and_those_without_the_standard_take_none():
    group = [
        Candidate("a", "title", 2020, "u", truth=NO),
        Candidate("b", "title", 2020, "u"),
        Candidate("c", "title", 2020, "v"),
    ]
    found = within_quota(group, SHARE, {"u": exact(7), "v": exact(6)})
    assert [(one.truth, one.reason) for one in found] == [
        (NO, "standard"),
        (YES, "within"),
        (NO, "beyond"),
    ]


TRUTHS = st.sampled_from([YES, NO, MAYBE])


@given(
    st.lists(st.tuples(st.sampled_from([YES, MAYBE]), TRUTHS, TRUTHS), max_size=4),
    st.integers(0, 4),
)
def test_a_certain_decision_holds_however_the_unknown_turns_out(drawn, limit):
    group = [
        Candidate(str(n), "title", 2020, "u", truth, {"x": x, "y": y})
        for n, (truth, x, y) in enumerate(drawn)
    ]
    found = within_quota(group, Quota(count=limit), {}, ["x", "y"])
    outcomes = [set() for _ in group]
    choices = [
        [YES, NO] if one is MAYBE else [one]
        for each in group
        for one in (each.truth, each.traits["x"], each.traits["y"])
    ]
    for way in every_way(*choices):
        whole = [way[3 * n : 3 * n + 3] for n in range(len(group))]
        ranked = sorted(
            (n for n, one in enumerate(whole) if one[0] is YES),
            key=lambda n: (whole[n][1] is NO, whole[n][2] is NO, n),
        )
        for n in range(len(group)):
            outcomes[n].add(n in ranked[:limit])
    for decision, seen in zip(found, outcomes, strict=True):
        if decision.truth is not MAYBE:
            assert seen == {decision.truth is YES}


@given(
    st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 5)), max_size=40),
    st.lists(st.integers(0, 6), min_size=4, max_size=4),
)
def test_the_numpy_pass_chooses_the_same(drawn, limits):
    group = [
        Candidate(str(n), "title", 2020, str(unit), YES if ok else NO, votes=votes)
        for n, (unit, ok, votes) in enumerate(drawn)
    ]
    unit = np.array([one[0] for one in drawn], np.int64)
    eligible = np.array([one[1] for one in drawn], bool)
    votes = np.array([-one[2] for one in drawn], np.int64)
    inside = within_limits(unit, eligible, [votes], np.array(limits))
    expected = [False] * len(group)
    for code, limit in enumerate(limits):
        rows = [n for n, one in enumerate(drawn) if one[0] == code]
        for n, one in zip(
            rows, within_quota([group[n] for n in rows], Quota(count=limit), {}), strict=True
        ):
            expected[n] = one.truth is YES
    assert inside.tolist() == expected


def test_keys_of_one_without_a_vote_reach_from_first_to_last():
    best, worst = _keys([Candidate("a", "t", 2020), Candidate("b", "t", 2020, votes=3)], [])
    assert best[0] < best[1] == worst[1] < worst[0]


# -------------------------------------------------------------------------------- exclusivity

ONE_ACHIEVEMENT = Exclusion("one-award", "achievement", order=("order", "certificate"))
ONE_USE = Exclusion("one-use", "product")
TWO_STATE = Exclusion(
    "two-state",
    "subject",
    frozenset({"order", "flag-high"}),
    years=1,
    excepted=frozenset({"sudden"}),
)
FLAGS = Exclusion(
    "flags",
    "subject",
    frozenset({"flag-low"}),
    frozenset({"flag-high"}),
    years=1,
    order=("flag-high",),
)


def test_one_achievement_brings_one_award_the_higher_one():
    group = [
        Candidate("a", "certificate", 2024, achievements=("x",)),
        Candidate("a", "order", 2024, achievements=("x",)),
        Candidate("b", "certificate", 2024, achievements=("x",)),
        Candidate("a", "certificate", 2024, achievements=("y",)),
    ]
    found = ONE_ACHIEVEMENT.apply(group)
    assert [one.truth for one in found] == [NO, YES, YES, YES]
    assert found[0].reason == "excluded"
    assert found[0].parts == {"rule": "one-award", "award": "order", "year": 2024}


def test_a_product_is_used_once_whoever_uses_it():
    group = [
        Candidate("a", "title", 2024, products=("i1",)),
        Candidate("b", "title", 2024, products=("i1", "i2")),
        Candidate("c", "title", 2024, products=("i2",)),
    ]
    assert [one.truth for one in ONE_USE.apply(group)] == [YES, NO, YES]


def test_no_two_state_forms_in_a_year_but_for_excepted_streams():
    group = [
        Candidate("a", "order", 2024),
        Candidate("a", "flag-high", 2024),
        Candidate("a", "order", 2024, stream="sudden"),
        Candidate("a", "order", 2025),
        Candidate("a", "other", 2024),
    ]
    assert [one.truth for one in TWO_STATE.apply(group)] == [YES, NO, YES, YES, YES]


def test_the_lower_flag_yields_to_the_higher_and_not_the_reverse():
    low, high = Candidate("a", "flag-low", 2024), Candidate("a", "flag-high", 2024)
    assert [one.truth for one in FLAGS.apply([low, high])] == [NO, YES]
    assert [one.truth for one in FLAGS.apply([high], granted=[low])] == [YES]


def test_an_award_of_the_year_before_counts_in_a_window_of_two_years():
    rule = Exclusion("gap", "subject", frozenset({"c"}), frozenset({"order"}), years=2)
    before = [Candidate("a", "order", 2023)]
    assert rule.apply([Candidate("a", "c", 2024)], before)[0].truth is NO
    assert rule.apply([Candidate("a", "c", 2025)], before)[0].truth is YES


def test_what_is_only_possible_excludes_only_possibly():
    group = [
        Candidate("a", "order", 2024, truth=MAYBE),
        Candidate("a", "flag-high", 2024),
    ]
    found = TWO_STATE.apply(group)
    assert [(one.truth, one.reason) for one in found] == [(MAYBE, "standard"), (MAYBE, "open")]


def test_most_may_be_more_than_one():
    rule = Exclusion("two", "subject", most=2)
    group = [Candidate("a", str(n), 2024) for n in range(3)]
    assert [one.truth for one in rule.apply(group)] == [YES, YES, NO]


def test_one_who_does_not_meet_the_standard_takes_nothing_away():
    group = [Candidate("a", "order", 2024, truth=NO), Candidate("a", "flag-high", 2024)]
    assert [one.truth for one in TWO_STATE.apply(group)] == [NO, YES]


def test_an_unknown_scope_is_refused():
    with pytest.raises(ValueError, match="not subject"):
        Exclusion("x", "planet").apply([Candidate("a", "order", 2024)])
