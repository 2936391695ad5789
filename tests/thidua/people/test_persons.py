"""Persons: names, partial births, codes, and who sees whom."""

from datetime import date

import pytest
from django.http import Http404

from factories.ministry import AT, SYSTEM, TODAY
from thidua.audit.models import Event, HiddenValue
from thidua.people import services
from thidua.people.errors import BadDate, NotAllowed, PeopleError, RepeatedCode
from thidua.people.lifecycle import partial_bounds, read_partial, write_partial
from thidua.people.selectors import get_person_for, list_people_for
from thidua.support.actor import Actor, Role

pytestmark = pytest.mark.django_db


def names(actor):
    return [one.full_name for one in list_people_for(actor, AT)]


def test_people_are_in_the_order_of_given_names(ministry):
    for name in ("Nguyễn Văn Ðức", "Lê Thị Ánh", "Trần An", "Phạm Văn Đạt"):
        ministry.person(name, ministry.telecom)
    assert names(SYSTEM) == ["Trần An", "Lê Thị Ánh", "Phạm Văn Đạt", "Nguyễn Văn Đức"]


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("12/03/1986", "1986-03-12", "12/03/1986"),
        ("3/1986", "1986-03", "03/1986"),
        ("1986", "1986", "1986"),
        ("2-9-1990", "1990-09-02", "02/09/1990"),
        ("1986-03-12", "1986-03-12", "12/03/1986"),
        ("", "", ""),
    ],
)
def test_a_birth_is_as_precise_as_it_is_known(typed, stored, shown):
    assert read_partial(typed) == stored
    assert write_partial(stored) == shown


@pytest.mark.parametrize("typed", ["31/02/2017", "13/13/1990", "năm 1990", "90", "0000"])
def test_a_birth_that_no_calendar_has_is_refused(typed):
    with pytest.raises(BadDate, match="không có trong lịch"):
        read_partial(typed)


def test_a_partial_date_has_its_bounds():
    assert partial_bounds("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert partial_bounds("2023") == (date(2023, 1, 1), date(2023, 12, 31))


def test_one_word_is_no_full_name():
    with pytest.raises(PeopleError, match="đủ họ và tên"):
        services.draft_person(full_name=" Minh ")


def test_a_code_is_one_persons_in_an_organisation(ministry):
    first = ministry.person("Trần Thị Mai", ministry.telecom)
    second = ministry.person("Trần Thị Lan", ministry.telecom)
    more = {"code": " CB001 ", "actor": SYSTEM, "at": AT}
    services.give_code(person=first, organisation=ministry.root, **more)
    services.give_code(person=second, organisation=ministry.telecom, **more)
    with pytest.raises(RepeatedCode, match="Trần Thị Mai"):
        services.give_code(person=second, organisation=ministry.root, **more)


def test_personal_values_stand_in_the_trail_only_as_hashes(ministry):
    person = ministry.person("Nguyễn Thị Hồng Minh", ministry.telecom, birth="12/03/1986")
    services.correct_person(
        person, reason="theo giấy khai sinh", birth="13/03/1986", actor=SYSTEM, at=AT
    )
    payloads = " ".join(Event.objects.values_list("payload", flat=True))
    assert "Hồng Minh" not in payloads
    assert "1986-03-13" not in payloads
    assert HiddenValue.objects.filter(field="birth", value='"1986-03-13"').exists()


def test_a_clerk_sees_their_subtree_and_those_who_left_it(ministry):
    clerk = ministry.actor(Role.UNIT_CLERK, ministry.telecom)
    ministry.person("Trần Thị Mai", ministry.network)
    moved = ministry.person("Lê Văn Nam", ministry.telecom)
    retired = ministry.person("Đỗ Văn Hưu", ministry.telecom)
    other = ministry.person("Phạm Thị Khác", ministry.press)
    nobody = ministry.person("Vũ Thị Không")
    for one in (moved, retired):
        services.end_post(one.posts.get(), last_day=date(2020, 1, 1), actor=SYSTEM, at=AT)
    post = ministry.post(ministry.press, date(2020, 1, 2))
    post.person = moved
    services.appoint(post, actor=SYSTEM, at=AT)
    assert names(clerk) == ["Đỗ Văn Hưu", "Trần Thị Mai"]
    for one in (moved, other, nobody):
        with pytest.raises(Http404):
            get_person_for(clerk, one.pk, AT)
    officer = ministry.actor(Role.MINISTRY_OFFICER, ministry.root)
    assert len(names(officer)) == 5


def test_an_employee_sees_nobody_but_themselves(ministry):
    own = ministry.person("Trần Thị Mai", ministry.telecom)
    ministry.person("Lê Văn Nam", ministry.telecom)
    employee = ministry.actor(Role.EMPLOYEE, ministry.telecom, person=own)
    assert names(employee) == ["Trần Thị Mai"]
    with pytest.raises(NotAllowed):
        services.correct_person(own, reason="x", birth="1990", actor=employee, at=AT)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CITIZEN, Role.COUNCIL_MEMBER])
def test_other_roles_see_nobody(ministry, role):
    ministry.person(unit=ministry.telecom)
    assert names(ministry.actor(role, ministry.root)) == []
    assert names(Actor(None, "")) == []


def test_who_has_no_post_is_registered_from_the_root_only(ministry):
    clerk = ministry.actor(Role.UNIT_CLERK, ministry.telecom)
    draft = services.draft_person(full_name="Vũ Thị Không")
    with pytest.raises(NotAllowed):
        services.register_person(person=draft, actor=clerk, at=AT)
    officer = ministry.actor(Role.MINISTRY_OFFICER, ministry.root)
    services.register_person(person=draft, actor=officer, at=AT)
    assert draft.pk


def test_an_account_is_one_persons(ministry):
    first = ministry.person("Trần Thị Mai", ministry.telecom)
    ministry.actor(Role.EMPLOYEE, ministry.telecom, person=first)
    other = ministry.person("Lê Văn Nam", ministry.telecom)
    first.refresh_from_db()
    with pytest.raises(PeopleError, match="Gỡ ở người kia"):
        services.link_account(person=other, account=first.account, actor=SYSTEM, at=AT)


def test_a_household_has_one_head_and_members_once(ministry):
    house = services.register_household(
        name="Hộ ông Nguyễn Văn An", unit=ministry.press, actor=SYSTEM, at=AT
    )
    an = ministry.person("Nguyễn Văn An", ministry.press)
    binh = ministry.person("Trần Thị Bình", ministry.press)
    more = {"household": house, "actor": SYSTEM, "at": AT}
    head = services.add_household_member(person=an, is_head=True, **more)
    with pytest.raises(PeopleError, match="đã là thành viên"):
        services.add_household_member(person=an, **more)
    with pytest.raises(PeopleError, match="đã có chủ hộ"):
        services.add_household_member(person=binh, is_head=True, **more)
    services.end_household_membership(head, last_day=TODAY, actor=SYSTEM, at=AT)
    services.add_household_member(person=binh, is_head=True, **more)
    assert house.members.filter(valid_until__isnull=True).get().person == binh
