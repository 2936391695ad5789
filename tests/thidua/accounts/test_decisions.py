"""The pure decisions of accounts: periods, who may do what, what each role is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.accounts.lifecycle import Phase, do_overlap, lies_within, phase_on, token_digest
from thidua.accounts.permissions import (
    can_grant,
    can_have_profile,
    can_lend,
    can_manage,
    can_manage_users,
    can_open_users,
    is_guarded,
    must_have_second_factor,
)
from thidua.support.actor import ANONYMOUS, Actor, Grant, Role, system
from thidua.support.roles import GUARDED, LENDABLE, ROLES, STAFF
from thidua.web.guide import all_guides

DAYS = st.dates(date(2017, 1, 1), date(2017, 3, 31))
ENDS = st.none() | DAYS
ROOT, A, B = 1, 2, 3
LINE_A, LINE_B = {ROOT, A}, {ROOT, B}


def holding(role, unit=ROOT, user=7, lent_by=None):
    return Actor(user, "Ai", (Grant(role, unit, lent_by),))


@given(DAYS, ENDS, DAYS, ENDS)
def test_periods_overlap_when_they_share_a_day(one, one_end, other, other_end):
    def days(first, last):
        last = last or date(2017, 4, 30)
        return {first + timedelta(days=n) for n in range((last - first).days + 1)}

    shared = bool(days(one, one_end) & days(other, other_end))
    if (one_end is None or one_end >= one) and (other_end is None or other_end >= other):
        assert do_overlap(one, one_end, other, other_end) is shared


@given(DAYS, DAYS, DAYS, ENDS)
def test_a_loan_lies_within_when_each_of_its_days_does(first, last, outer, outer_end):
    inside = phase_on(first, outer, outer_end) is phase_on(last, outer, outer_end) is Phase.NOW
    if first <= last:
        assert lies_within(first, last, outer, outer_end) is inside


def test_the_last_day_counts_and_the_next_does_not():
    day = date(2017, 10, 4)
    assert phase_on(day, day, day) is Phase.NOW
    assert phase_on(day + timedelta(days=1), day, day) is Phase.PAST
    assert phase_on(day - timedelta(days=1), day, day) is Phase.COMING
    assert phase_on(date(2100, 1, 1), day, None) is Phase.NOW


def test_a_token_is_kept_as_its_hash():
    assert len(token_digest("x")) == 32
    assert token_digest("x") != token_digest("y")


@pytest.mark.parametrize("role", list(Role))
def test_only_keepers_manage_and_only_they_and_watchers_read(role):
    actor = holding(role)
    assert can_manage_users(actor) is (role is Role.ADMINISTRATOR)
    readers = {Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER}
    assert can_open_users(actor) is (role in readers)
    assert must_have_second_factor(actor) is (role in STAFF)
    assert is_guarded(actor) is (role in {Role.TELLER, Role.ADMINISTRATOR})


def test_who_keeps_one_office_keeps_no_other():
    keeper = holding(Role.ADMINISTRATOR, A)
    assert can_manage(keeper, [LINE_A])
    assert not can_manage(keeper, [LINE_A, LINE_B])
    assert not can_manage(keeper, [{ROOT}])
    assert can_manage(keeper, [])
    assert can_grant(keeper, 8, LINE_A)
    assert not can_grant(keeper, 8, LINE_B)
    assert not can_grant(keeper, 7, LINE_A)  # oneself
    assert can_grant(system("set-up"), 7, LINE_A)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_lent_by_its_owner_or_the_keeper_and_never_a_vote(role):
    owner, keeper, clerk = (
        holding(role),
        holding(Role.ADMINISTRATOR, user=9),
        holding(Role.UNIT_CLERK, user=10),
    )
    assert can_lend(owner, 7, role, LINE_A) is (role in LENDABLE)
    assert can_lend(keeper, 7, role, LINE_A) is (role in LENDABLE)
    assert not can_lend(clerk, 7, role, LINE_A)
    assert not can_lend(ANONYMOUS, 7, role, LINE_A)


def test_nobody_has_no_profile():
    assert can_have_profile(holding(Role.EMPLOYEE))
    assert not can_have_profile(ANONYMOUS)
    assert not can_have_profile(system("job"))


def test_every_role_is_said_in_words_and_the_guide_says_them_all():
    assert set(ROLES) == set(Role)
    assert len({meaning.label for meaning in ROLES.values()}) == len(Role)
    assert all(meaning.does.endswith(".") for meaning in ROLES.values())
    assert not GUARDED & LENDABLE
    assert LENDABLE <= STAFF
    for slug in ("user-add", "role-grant"):
        page = all_guides()[slug].html
        for meaning in ROLES.values():
            assert meaning.label in page
            assert meaning.does in page
