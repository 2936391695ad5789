"""Accounts, roles with dates, loans of roles: what each write does and what it refuses."""

import json
from datetime import date, timedelta

import pytest

from thidua.accounts import services
from thidua.accounts.errors import (
    AccountFault,
    MailTaken,
    NotLendable,
    NotYours,
    PeriodWrong,
    RoleOverlaps,
)
from thidua.accounts.models import Delegation, RoleGrant, User
from thidua.accounts.permissions import can_manage
from thidua.accounts.selectors import get_actor, get_lines
from thidua.audit.models import Event, HiddenValue
from thidua.support.actor import Actor, Role, system
from thidua.support.roles import LENDABLE

pytestmark = pytest.mark.django_db


def events_of(obj):
    return [
        (one.action, json.loads(one.payload))
        for one in Event.objects.filter(stream=f"{obj._meta.label_lower}:{obj.pk}").order_by(
            "stream_seq"
        )
    ]


def test_an_account_is_made_with_its_order_and_its_event(keeper, at):
    user = services.create_user(
        email="  Tran.Mai@Bo.Example.VN ", full_name=" Trần  Thị Mai ", actor=keeper, at=at
    )
    user.refresh_from_db()
    assert (user.email, user.full_name) == ("tran.mai@bo.example.vn", "Trần Thị Mai")
    assert user.created_at == at
    assert not user.has_usable_password()
    ((action, payload),) = events_of(user)
    assert action == "user.create"
    assert payload["changes"]["full_name"] == [None, "Trần Thị Mai"]
    assert set(payload["changes"]["email"][1]) == {"hash"}  # personal: apart from the event
    assert "password" not in payload["changes"]
    assert HiddenValue.objects.filter(field="email", value='"tran.mai@bo.example.vn"').exists()


def test_two_accounts_never_share_an_address_in_any_case(person, keeper, at):
    person("Trần Thị Mai", email="mai@bo.example.vn")
    with pytest.raises(MailTaken, match=r"mai@bo\.example\.vn đã có"):
        services.create_user(email="MAI@bo.example.vn", full_name="X", actor=keeper, at=at)
    other = person("Lê Văn Nam")
    with pytest.raises(MailTaken):
        services.change_user(user=other, email="Mai@BO.example.vn", actor=keeper, at=at)


def test_a_new_name_moves_its_place_in_lists_and_leaves_old_and_new(person, keeper, at):
    user = person("Trần Thị Mai")
    before = user.sort_key
    assert services.change_user(user=user, full_name="Trần Thị Ánh", actor=keeper, at=at)
    user.refresh_from_db()
    assert user.sort_key < before
    assert events_of(user)[-1][1]["changes"]["full_name"] == ["Trần Thị Mai", "Trần Thị Ánh"]
    assert not services.change_user(user=user, full_name="Trần Thị Ánh", actor=keeper, at=at)
    with pytest.raises(TypeError):
        services.change_user(user=user, is_superuser="1", actor=keeper, at=at)


def test_preferences_named_are_set_and_the_others_stay(person, keeper, at):
    user = person("Trần Thị Mai")
    services.set_preferences(user=user, actor=keeper, at=at, density="compact")
    services.set_preferences(user=user, actor=keeper, at=at, theme="dark")
    user.refresh_from_db()
    assert user.preferences == {"density": "compact", "theme": "dark"}


def test_a_closed_account_has_no_role_and_opens_again_with_those_in_force(
    person, units, keeper, at
):
    user = person("Trần Thị Mai", (Role.UNIT_CLERK, units.a))
    services.disable_user(user=user, reason="Nghỉ việc từ 01/10/2017", actor=keeper, at=at)
    user.refresh_from_db()
    assert get_actor(user, at).grants == ()
    assert events_of(user)[-1][1]["reason"] == "Nghỉ việc từ 01/10/2017"
    services.enable_user(user=user, reason="Trở lại làm việc", actor=keeper, at=at)
    user.refresh_from_db()
    assert get_actor(user, at).has(Role.UNIT_CLERK)
    with pytest.raises(AccountFault, match="Cần ghi lý do"):
        services.disable_user(user=user, reason="  ", actor=keeper, at=at)


def test_nobody_closes_their_own_account(keeper, at):
    with pytest.raises(NotYours):
        services.disable_user(
            user=User.objects.get(pk=keeper.user_id), reason="x", actor=keeper, at=at
        )


# ------------------------------------------------------------------------------- roles


def test_a_role_is_in_force_from_its_first_to_its_last_day(person, units, keeper, at):
    user = person("Trần Thị Mai")
    grant = services.grant_role(
        user=user,
        role=Role.UNIT_CLERK,
        unit=units.a,
        valid_from=date(2017, 10, 4),
        valid_until=date(2017, 10, 6),
        decision="QĐ 12/QĐ-BTT",
        actor=keeper,
        at=at,
    )
    held = [
        get_actor(user, at + timedelta(days=days)).has(Role.UNIT_CLERK) for days in range(-1, 4)
    ]
    assert held == [False, True, True, True, False]
    assert events_of(grant)[0][1]["changes"]["decision"] == [None, "QĐ 12/QĐ-BTT"]


def test_the_day_ends_at_midnight_in_vietnam(person, units, keeper, at):
    user = person("Trần Thị Mai")
    day = at.date()
    services.grant_role(
        user=user,
        role=Role.TRAINER,
        unit=units.a,
        valid_from=day,
        valid_until=day,
        actor=keeper,
        at=at,
    )
    # 16:59 UTC is 23:59 there; 17:00 UTC is the next day.
    assert get_actor(user, at.replace(hour=16, minute=59)).has(Role.TRAINER)
    assert not get_actor(user, at.replace(hour=17, minute=0)).has(Role.TRAINER)


def test_one_role_is_not_given_twice_on_one_day(person, units, keeper, at):
    user = person("Trần Thị Mai")
    give = {"user": user, "role": Role.UNIT_CLERK, "unit": units.a, "actor": keeper, "at": at}
    services.grant_role(**give, valid_from=date(2017, 1, 1), valid_until=date(2017, 6, 30))
    with pytest.raises(RoleOverlaps, match="Trần Thị Mai đã có vai trò «Cán bộ thi đua đơn vị»"):
        services.grant_role(**give, valid_from=date(2017, 6, 30))
    services.grant_role(**give, valid_from=date(2017, 7, 1))
    with pytest.raises(PeriodWrong):
        services.grant_role(
            **{**give, "unit": units.b}, valid_from=date(2017, 7, 2), valid_until=date(2017, 7, 1)
        )


def test_a_keeper_gives_roles_in_their_units_only_and_never_to_themselves(
    person, units, keeper, at
):
    local = get_actor(person("Bùi Văn An", (Role.ADMINISTRATOR, units.a)), at)
    user = person("Trần Thị Mai")
    give = {"role": Role.UNIT_CLERK, "valid_from": date(2017, 1, 1), "at": at}
    services.grant_role(user=user, unit=units.a1, actor=local, **give)
    for unit in (units.b, units.root):
        with pytest.raises(NotYours):
            services.grant_role(user=user, unit=unit, actor=local, **give)
    own = User.objects.get(pk=keeper.user_id)
    with pytest.raises(NotYours):
        services.grant_role(user=own, unit=units.a, actor=keeper, **give)
    clerk = get_actor(user, at)
    with pytest.raises(NotYours):
        services.grant_role(user=own, unit=units.a1, actor=clerk, **give)


def test_a_role_ends_with_a_last_day_and_its_history_stays(person, units, keeper, at):
    user = person("Trần Thị Mai", (Role.UNIT_CLERK, units.a))
    grant = RoleGrant.objects.get(user=user)
    with pytest.raises(PeriodWrong, match="không lùi quá hôm qua"):
        services.end_role(grant=grant, last_day=date(2017, 10, 2), actor=keeper, at=at)
    services.end_role(
        grant=grant, last_day=date(2017, 10, 3), actor=keeper, at=at, reason="Chuyển đơn vị"
    )
    assert get_actor(user, at).grants == ()
    assert RoleGrant.objects.get(pk=grant.pk).valid_until == date(2017, 10, 3)
    with pytest.raises(PeriodWrong, match="kết thúc sớm hơn"):
        services.end_role(grant=grant, last_day=date(2017, 12, 31), actor=keeper, at=at)


def test_a_role_that_has_not_begun_is_taken_away_with_its_loans(person, units, keeper, at):
    user, deputy = person("Trần Thị Mai"), person("Lê Văn Nam")
    grant = services.grant_role(
        user=user,
        role=Role.UNIT_HEAD,
        unit=units.a,
        valid_from=date(2018, 1, 1),
        actor=keeper,
        at=at,
    )
    services.delegate(
        grant=grant,
        to_user=deputy,
        valid_from=date(2018, 2, 1),
        valid_until=date(2018, 2, 2),
        decision="GUQ 1",
        actor=keeper,
        at=at,
    )
    services.end_role(grant=grant, last_day=at.date(), actor=keeper, at=at)
    assert not RoleGrant.objects.filter(user=user).exists()
    assert not Delegation.objects.exists()
    assert Event.objects.filter(action="role.cancel").count() == 1


# ------------------------------------------------------------------------------- loans


@pytest.fixture
def head(person, units):
    return person("Phạm Văn Trưởng", (Role.UNIT_HEAD, units.a))


@pytest.fixture
def deputy(person):
    return person("Lê Văn Phó")


@pytest.fixture
def lend(head, deputy, at):
    def do(actor=None, **values):
        grant = values.pop("grant", None) or RoleGrant.objects.get(user=head)
        return services.delegate(
            **{
                "grant": grant,
                "to_user": deputy,
                "valid_from": date(2017, 10, 1),
                "valid_until": date(2017, 10, 10),
                "decision": "Giấy ủy quyền 05/GUQ",
                "actor": actor or get_actor(head, at),
                "at": at,
                **values,
            }
        )

    return do


def test_a_deputy_acts_for_the_head_and_the_trail_names_both(lend, head, deputy, units, person, at):
    lend()
    actor = get_actor(deputy, at)
    assert actor.has(Role.UNIT_HEAD)
    assert [one.delegated_by for one in actor.grants] == [head.pk]
    other = person("Ai Đó")
    services.set_preferences(user=other, actor=actor, at=at, density="compact")
    event = Event.objects.filter(action="user.prefer").get()
    assert (event.actor_id, event.on_behalf_of_id) == (deputy.pk, head.pk)


def test_who_holds_a_loan_from_above_is_in_no_lower_keepers_hands(lend, person, units, at):
    signer = person("Thứ Trưởng", (Role.SIGNER, units.root))
    clerk = person("Cán Bộ", (Role.UNIT_CLERK, units.a))
    local = get_actor(person("Quản Trị A", (Role.ADMINISTRATOR, units.a)), at)
    assert can_manage(local, get_lines(clerk, at))
    loan = lend(
        actor=get_actor(signer, at), grant=RoleGrant.objects.get(user=signer), to_user=clerk
    )
    # Else a new mail address and a fresh invitation would give the keeper the signer's role.
    assert not can_manage(local, get_lines(clerk, at))
    services.revoke_delegation(delegation=loan, actor=get_actor(signer, at), at=at)
    assert can_manage(local, get_lines(clerk, at))


def test_a_loan_stops_the_day_after_its_last(lend, deputy, at):
    lend()
    assert get_actor(deputy, at.replace(day=10)).has(Role.UNIT_HEAD)
    assert not get_actor(deputy, at.replace(day=11)).has(Role.UNIT_HEAD)


def test_a_loan_ends_with_the_role_and_the_account_of_the_lender(lend, head, deputy, keeper, at):
    lend()
    services.disable_user(user=head, reason="Đình chỉ", actor=keeper, at=at)
    assert not get_actor(deputy, at).has(Role.UNIT_HEAD)
    services.enable_user(user=head, reason="Xong", actor=keeper, at=at)
    assert get_actor(deputy, at).has(Role.UNIT_HEAD)
    grant = RoleGrant.objects.get(user=head)
    services.end_role(grant=grant, last_day=date(2017, 10, 3), actor=keeper, at=at)
    assert not get_actor(deputy, at).has(Role.UNIT_HEAD)


def test_a_loan_taken_back_gives_nothing_at_once(lend, head, deputy, at):
    loan = lend()
    services.revoke_delegation(delegation=loan, actor=get_actor(head, at), at=at)
    assert not get_actor(deputy, at).has(Role.UNIT_HEAD)
    services.revoke_delegation(delegation=loan, actor=get_actor(head, at), at=at)
    assert Event.objects.filter(action="delegation.revoke").count() == 1


def test_what_was_lent_is_never_lent_on(lend, head, deputy, person, at):
    lend()
    third = person("Người Thứ Ba")
    with pytest.raises(NotYours):
        lend(actor=get_actor(deputy, at), to_user=third)
    assert not get_actor(third, at).grants


def test_votes_counts_and_watches_are_not_lent(lend, person, units, at):
    for role in set(Role) - LENDABLE:
        owner = person(f"Chủ {role.value}", (role, units.b))
        with pytest.raises(NotLendable, match="phải tự mình làm"):
            lend(grant=RoleGrant.objects.get(user=owner), actor=get_actor(owner, at))
    assert not {Role.COUNCIL_MEMBER, Role.TELLER, Role.AUDITOR, Role.ADMINISTRATOR} & LENDABLE


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"valid_from": date(2016, 12, 31)}, PeriodWrong),
        ({"valid_until": date(2017, 9, 30)}, PeriodWrong),
        ({"valid_from": date(2017, 9, 1), "valid_until": date(2017, 10, 3)}, PeriodWrong),
        ({"decision": " "}, NotLendable),
    ],
)
def test_a_loan_needs_its_paper_and_days_inside_the_role(lend, values, fault):
    with pytest.raises(fault):
        lend(**values)


def test_a_loan_is_not_made_twice_nor_to_oneself_nor_by_a_stranger(
    lend, head, person, keeper, units, at
):
    with pytest.raises(NotLendable):
        lend(to_user=head)
    stranger = get_actor(person("Người Lạ", (Role.UNIT_CLERK, units.a)), at)
    with pytest.raises(NotYours):
        lend(actor=stranger)
    lend(actor=keeper)  # the keeper of accounts enters a paper that the head signed
    with pytest.raises(RoleOverlaps):
        lend(valid_from=date(2017, 10, 10), valid_until=date(2017, 10, 20))


def test_the_system_may_set_up_what_nobody_yet_may(person, units, at):
    user = person("Đầu Tiên", (Role.ADMINISTRATOR, units.root))
    assert get_actor(user, at).has(Role.ADMINISTRATOR, over={units.root.pk})
    nobody = Actor(None, "")
    with pytest.raises(NotYours):
        services.grant_role(
            user=user,
            role=Role.EDITOR,
            unit=units.a,
            valid_from=at.date(),
            actor=nobody,
            at=at,
        )
    assert system("x").is_system
