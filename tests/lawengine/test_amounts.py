"""What an award pays: exact arithmetic, the law of the day, every step cited."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook import load_book, make_wording
from lawengine.amounts import (
    BY_RANK,
    CEILING,
    GIFT,
    NOT_ENCODED,
    PAID,
    SET_BY_OWNER,
    Claim,
    bonus,
    rounded_up,
    sentences,
    stack,
)

BOOK = load_book()
UNDER_91, UNDER_98, UNDER_152 = date(2019, 3, 1), date(2024, 9, 1), date(2026, 3, 1)


def pays(award, subject, on, **more):
    answer = bonus(BOOK, award, subject, on, **more)
    return answer.status, answer.each


# -------------------------------------------------------------------------------- rounding


@pytest.mark.parametrize(
    ("multiplier", "base", "paid"),
    [
        ("4/5", 1_390_000, 1_120_000),
        ("3/5", 1_390_000, 840_000),
        ("3/10", 2_340_000, 710_000),
        ("9/10", 2_000_000, 1_800_000),
        ("1", 10_000, 10_000),
        ("1", 10_001, 20_000),
        ("1/1000000", 1, 10_000),
    ],
)
def test_rounded_up_to_the_next_ten_thousand(multiplier, base, paid):
    assert rounded_up(Fraction(multiplier) * base, 10_000) == paid


@given(
    tenths=st.integers(1, 3000),
    base=st.integers(1, 10_000_000),
    unit=st.sampled_from([1, 1000, 10_000]),
)
def test_rounding_is_the_least_multiple_that_is_enough(tenths, base, unit):
    exact = Fraction(tenths, 10) * base
    paid = rounded_up(exact, unit)
    assert paid % unit == 0
    assert exact <= paid < exact + unit


def test_an_exact_product_is_not_rounded_on():
    # Nothing is added to a product that is a multiple of the unit already.
    assert pays("advanced-worker", "person", date(2018, 1, 1)) == (PAID, 390_000)


# ---------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("on", "each"),
    [
        (date(2017, 10, 1), 390_000),
        (date(2018, 6, 30), 390_000),
        (date(2018, 7, 1), 420_000),
        (date(2019, 7, 1), 450_000),
        (date(2023, 7, 1), 540_000),
        (date(2024, 6, 30), 540_000),
        (date(2024, 7, 1), 710_000),
        (date(2026, 6, 30), 710_000),
        (date(2026, 7, 1), 760_000),
    ],
)
def test_the_day_of_the_decision_chooses_the_salary(on, each):
    assert pays("advanced-worker", "person", on) == (PAID, each)


def test_the_day_of_the_decision_chooses_the_multiplier():
    ministry = "ministry-certificate-of-merit"
    assert pays(ministry, "person", date(2023, 12, 31)) == (PAID, 1_800_000)
    after = bonus(BOOK, ministry, "person", date(2024, 1, 1))
    assert (after.each, after.confidence) == (2_700_000, "recalled")
    assert bonus(BOOK, ministry, "person", date(2025, 7, 1)).confidence == "verified"


def test_before_october_2017_nothing_was_read():
    answer = bonus(BOOK, "advanced-worker", "person", date(2017, 9, 30))
    assert (answer.status, answer.each, answer.total) == (NOT_ENCODED, None, None)
    assert "42/2010" in answer.reason
    assert answer.steps == ()


def test_under_the_amending_law_amounts_are_recalled_until_the_decree_ends():
    before = bonus(BOOK, "advanced-worker", "person", date(2026, 9, 30))
    assert (before.confidence, before.doubts) == ("verified", ())
    for day in (date(2026, 10, 1), date(2027, 2, 28)):
        answer = bonus(BOOK, "advanced-worker", "person", day)
        assert (answer.status, answer.each, answer.confidence) == (PAID, 760_000, "recalled")
        assert answer.doubts
    after = bonus(BOOK, "advanced-worker", "person", date(2027, 3, 1))
    assert (after.status, after.each) == (NOT_ENCODED, None)
    assert "01/3/2027" in after.reason


# ------------------------------------------------------------------------------ subjects


@pytest.mark.parametrize("on", [UNDER_91, UNDER_98, UNDER_152])
@pytest.mark.parametrize(
    "award",
    [
        "prime-minister-certificate-of-merit",
        "ministry-certificate-of-merit",
        "certificate-of-commendation",
        "hero-of-labour",
        "labour-order-first-class",
        "gold-star-order",
    ],
)
def test_a_collective_has_twice_the_multiplier_of_a_person(award, on):
    def multiplier(subject):
        return bonus(BOOK, award, subject, on).steps[0].parts["multiplier"]

    assert multiplier("collective") == 2 * multiplier("person")


def test_the_collective_is_rounded_by_itself():
    # Half of it, doubled, would be 1,420,000.
    award = "certificate-of-commendation"
    assert pays(award, "person", UNDER_152) == (PAID, 710_000)
    assert pays(award, "collective", UNDER_152) == (PAID, 1_410_000)


def test_a_household_has_half_as_much_again_as_a_person():
    award = "ministry-certificate-of-merit"
    answer = bonus(BOOK, award, "household", UNDER_152)
    assert (answer.status, answer.each, answer.confidence) == (PAID, 5_270_000, "verified")
    factor = next(step for step in answer.steps if step.code == "bonus.factor")
    assert (factor.parts["factor"], factor.parts["of"]) == (Fraction(3, 2), "person")
    assert factor.parts["multiplier"] == Fraction(9, 4)
    assert bonus(BOOK, award, "household", UNDER_98).confidence == "recalled"


def test_the_older_decree_had_no_factor_for_households():
    answer = bonus(BOOK, "ministry-certificate-of-merit", "household", UNDER_91)
    assert answer.status == NOT_ENCODED
    assert answer.reason


def test_a_household_has_no_collective_title():
    assert pays("advanced-collective", "household", UNDER_152) == (NOT_ENCODED, None)


def test_a_special_kind_of_person_is_paid_as_a_person():
    for kind in ("worker_farmer", "person"):
        assert pays("advanced-worker", kind, UNDER_152) == (PAID, 710_000)


# ---------------------------------------------------------------- what is not simply paid


def test_a_commemorative_medal_has_a_ceiling():
    answer = bonus(BOOK, "commemorative-medal", "person", UNDER_98)
    assert (answer.status, answer.each) == (CEILING, 1_410_000)
    assert answer.steps[0].code == "bonus.ceiling"
    assert bonus(BOOK, "commemorative-medal", "person", UNDER_91).status == SET_BY_OWNER


def test_an_award_with_ranks_asks_for_the_rank():
    answer = bonus(BOOK, "feat-of-arms-order", "person", UNDER_91)
    assert (answer.status, answer.each) == (BY_RANK, None)
    assert [(one.rank, one.each) for one in answer.alternatives] == [
        ("first", 12_510_000),
        ("second", 10_430_000),
        ("third", 6_260_000),
    ]
    assert bonus(BOOK, "feat-of-arms-order", "person", UNDER_91, rank="second").each == 10_430_000


def test_a_foreigner_gets_a_gift():
    answer = bonus(BOOK, "friendship-medal", "foreigner", UNDER_91)
    assert (answer.status, answer.each) == (GIFT, None)


def test_several_recipients():
    answer = bonus(BOOK, "advanced-worker", "person", UNDER_152, count=23)
    assert (answer.each, answer.total) == (710_000, 16_330_000)
    assert answer.steps[-1].parts == {"amount": 710_000, "count": 23, "total": 16_330_000}
    with pytest.raises(ValueError, match="at least 1"):
        bonus(BOOK, "advanced-worker", "person", UNDER_152, count=0)


# ---------------------------------------------------------------------------- the working


def test_every_step_is_cited():
    answer = bonus(BOOK, "advanced-worker", "person", UNDER_152)
    assert [(step.code, str(step.cites[0].instrument)) for step in answer.steps] == [
        ("bonus.multiplier", "decree-152-2025"),
        ("bonus.base", "decree-73-2024"),
        ("bonus.rounding", "decree-152-2025"),
    ]
    assert answer.steps[2].parts["product"] == 702_000
    assert all(step.source for step in answer.steps)


def test_the_weakest_step_is_the_confidence():
    answer = bonus(BOOK, "ministry-certificate-of-merit", "person", UNDER_98)
    assert {step.confidence for step in answer.steps} == {"recalled", "verified"}
    assert answer.confidence == "recalled"


def test_the_working_in_words():
    lines = sentences(
        bonus(BOOK, "advanced-worker", "person", UNDER_152), make_wording(BOOK).say, {}
    )
    assert "0,3" in lines[0]
    assert "2.340.000" in lines[1]
    assert "702.000" in lines[2]
    assert "710.000" in lines[2]


def test_json_holds_no_float():
    found = bonus(BOOK, "prime-minister-certificate-of-merit", "household", UNDER_152).as_json()

    def scalars(value):
        if isinstance(value, dict):
            for inner in value.values():
                yield from scalars(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from scalars(inner)
        else:
            yield value

    assert not [one for one in scalars(found) if isinstance(one, float)]
    assert found["each"] == 12_290_000
    assert found["steps"][0]["multiplier"] == "7/2"


# ------------------------------------------------------------------------ several at once


def stacked(*claims, on=UNDER_152):
    return stack(BOOK, [Claim(*claim) for claim in claims], on)


def names(pairs):
    return [claim.award for claim, _answer in pairs]


def test_titles_of_one_period_pay_the_highest_only():
    found = stacked(
        ("advanced-worker", "person", "2025"),
        ("ministry-emulation-fighter", "person", "2025"),
        ("grassroots-emulation-fighter", "person", "2025"),
    )
    assert names(found.paid) == ["ministry-emulation-fighter"]
    assert sorted(names(found.dropped)) == ["advanced-worker", "grassroots-emulation-fighter"]
    assert found.total == 7_020_000
    assert [row.text("pay") for row in found.rules] == ["highest"]


def test_titles_of_other_periods_pay_each():
    found = stacked(
        ("grassroots-emulation-fighter", "person", "2025"),
        ("ministry-emulation-fighter", "person", "2023-2025"),
    )
    assert found.total == 2_340_000 + 7_020_000
    assert found.dropped == ()
    assert [row.text("pay") for row in found.rules] == ["each"]


def test_a_title_and_a_form_pay_both():
    found = stacked(
        ("grassroots-emulation-fighter", "person", "2025"),
        ("ministry-certificate-of-merit", "person", "2024-2025"),
    )
    assert found.total == 2_340_000 + 3_510_000
    assert [row.text("pay") for row in found.rules] == ["both"]


def test_two_forms_for_one_achievement_are_left_to_somebody():
    found = stacked(
        ("ministry-certificate-of-merit", "person", "one feat"),
        ("certificate-of-commendation", "person", "one feat"),
    )
    assert found.total == 0
    assert len(found.unsettled) == 2


def test_two_forms_for_two_achievements_pay_each():
    found = stacked(
        ("ministry-certificate-of-merit", "person", "a"),
        ("certificate-of-commendation", "person", "b"),
    )
    assert found.total == 3_510_000 + 710_000
    assert [row.text("case") for row in found.rules] == ["forms_other_achievement"]


def test_where_the_rule_was_not_read_nothing_is_added_up():
    found = stacked(("advanced-worker", "person", "2024"), on=UNDER_98)
    assert (found.status, found.paid) == (NOT_ENCODED, ())
    assert "98/2023" in found.reason
