"""A unit ends with people in it: they, and their roles if so chosen, go on in its heir."""

from datetime import date

import pytest

from factories.ministry import AT, SYSTEM, TODAY, Ministry
from thidua.accounts.models import Delegation, RoleGrant
from thidua.accounts.selectors import get_actor
from thidua.accounts.services import delegate
from thidua.audit.models import Event
from thidua.flows.dissolve_unit import dissolve_unit
from thidua.flows.merge_units import merge_units
from thidua.flows.rehearse import rehearse
from thidua.flows.reopen_unit import reopen_unit
from thidua.flows.split_unit import Part, split_unit
from thidua.flows.unit_heirs import Roles
from thidua.organizations.errors import CodeTaken, UnitStillHolds
from thidua.organizations.models import Unit
from thidua.organizations.selectors import get_line
from thidua.organizations.services import Founding
from thidua.people.models import Post
from thidua.support.actor import Grant, Role

pytestmark = pytest.mark.django_db
ON = date(2026, 2, 1)


@pytest.fixture
def ministry():
    return Ministry()


def act(flow, **words):
    return flow(actor=SYSTEM, at=AT, on=ON, decision="12/QĐ-BTTTT", **words)


def posts_of(person):
    rows = Post.objects.filter(person=person).order_by("valid_from")
    return [(one.unit.code, one.valid_from, one.valid_until) for one in rows]


def roles_at(unit):
    return set(RoleGrant.objects.filter(unit=unit).values_list("role", "valid_from", "valid_until"))


def test_people_go_on_in_the_unit_that_stays(ministry):
    stays = ministry.person("Lê Hoài Thương", ministry.network)
    comes = ministry.person("Trần Thị Mai", ministry.press)
    done = act(merge_units, units=[ministry.press], into=ministry.telecom)
    assert posts_of(comes) == [
        ("CBC", date(2015, 1, 1), date(2026, 1, 31)),
        ("CVT", ON, None),
    ]
    assert posts_of(stays) == [("PHT", date(2015, 1, 1), None)]
    assert [one.person_id for one in done.posts] == [comes.pk]
    assert Post.objects.get(person=comes, valid_until=None).decision == "12/QĐ-BTTTT"


def test_a_merger_into_a_new_unit_asked_for_twice_is_done_once(ministry):
    ministry.person("Trần Thị Mai", ministry.press)
    new = Founding("CS", ministry.press.kind, "Cục Số", ministry.root, on=ON, decision="12")
    words = {"units": [ministry.press, ministry.telecom], "into": new}
    done = act(merge_units, **words)
    assert [one.code for one in done.moved_units] == ["PHT"]
    before = Event.objects.count()
    again = act(merge_units, **words)
    assert Event.objects.count() == before
    assert (again.ended, again.posts) == ([], [])


def test_roles_end_with_the_unit_unless_they_are_carried(ministry):
    head = ministry.actor(Role.UNIT_HEAD, ministry.press)
    done = act(merge_units, units=[ministry.press], into=ministry.telecom)
    assert len(done.roles_ended) == 1
    assert roles_at(ministry.telecom) == set()
    user = RoleGrant.objects.get(unit=ministry.press).user
    assert user.pk == head.user_id
    assert get_actor(user, AT).grants == ()


def test_carried_roles_hold_for_the_heir_with_what_was_lent_of_them(ministry):
    ministry.actor(Role.UNIT_HEAD, ministry.press)
    grant = RoleGrant.objects.get()
    ministry.actor(Role.EMPLOYEE, ministry.root)
    deputy = RoleGrant.objects.get(role=Role.EMPLOYEE).user
    loan = {"valid_from": TODAY, "valid_until": date(2026, 12, 31), "decision": "3/GUQ"}
    delegate(grant=grant, to_user=deputy, actor=SYSTEM, at=AT, **loan)
    done = act(merge_units, units=[ministry.press], into=ministry.telecom, roles=Roles.CARRY)
    assert [(one.role, one.unit) for one in done.roles_carried] == [
        (Role.UNIT_HEAD, ministry.telecom)
    ]
    # What was done in the role until yesterday was done in it, though the decision is of February.
    assert roles_at(ministry.press) == {("unit_head", date(2010, 1, 1), date(2026, 3, 9))}
    assert roles_at(ministry.telecom) == {("unit_head", TODAY, None)}
    assert Grant(Role.UNIT_HEAD, ministry.telecom.pk, grant.user_id) in get_actor(deputy, AT).grants
    assert Delegation.objects.count() == 2


def test_a_role_held_there_already_is_not_given_twice(ministry):
    actor = ministry.actor(Role.UNIT_CLERK, ministry.press)
    RoleGrant.objects.create(
        user_id=actor.user_id,
        role=Role.UNIT_CLERK,
        unit=ministry.telecom,
        valid_from=date(2010, 1, 1),
    )
    done = act(merge_units, units=[ministry.press], into=ministry.telecom, roles=Roles.CARRY)
    assert done.roles_carried == []
    assert len(roles_at(ministry.telecom)) == 1


def test_each_goes_to_the_part_that_names_them(ministry):
    people = [ministry.person(name, ministry.press) for name in ("Lê An", "Vũ Bình", "Đỗ Chi")]
    parts = [
        Part(Founding("X", ministry.press.kind, "Cục X", ministry.root, on=ON)),
        Part(Founding("Y", ministry.press.kind, "Cục Y", ministry.root, on=ON), [people[1].pk]),
    ]
    act(split_unit, unit=ministry.press, parts=parts)
    assert [posts_of(one)[-1][0] for one in people] == ["X", "Y", "X"]
    before = Event.objects.count()
    act(split_unit, unit=ministry.press, parts=parts)
    assert Event.objects.count() == before


def test_posts_end_with_a_unit_that_nobody_succeeds(ministry):
    person = ministry.person("Trần Thị Mai", ministry.press)
    later = ministry.person("Lê An", ministry.press, since=date(2026, 5, 1))
    ministry.actor(Role.UNIT_HEAD, ministry.press)
    done = act(dissolve_unit, unit=ministry.press)
    assert posts_of(person) == [("CBC", date(2015, 1, 1), ON)]
    assert posts_of(later) == []
    assert (len(done.posts), len(done.roles_ended)) == (2, 1)
    before = Event.objects.count()
    act(dissolve_unit, unit=ministry.press)
    assert Event.objects.count() == before


def test_people_of_a_dissolved_unit_go_where_they_are_sent(ministry):
    person = ministry.person("Trần Thị Mai", ministry.press)
    act(dissolve_unit, unit=ministry.press, people_to=ministry.network)
    assert posts_of(person) == [
        ("CBC", date(2015, 1, 1), ON),
        ("PHT", date(2026, 2, 2), None),
    ]


def test_a_unit_with_units_under_it_keeps_its_people(ministry):
    person = ministry.person("Trần Thị Mai", ministry.telecom)
    before = Event.objects.count()
    with pytest.raises(UnitStillHolds, match="Phòng Hạ tầng"):
        act(dissolve_unit, unit=ministry.telecom)
    assert Event.objects.count() == before
    assert posts_of(person) == [("CVT", date(2015, 1, 1), None)]


def test_what_fails_at_the_end_leaves_nothing(ministry):
    part = Founding("X", ministry.press.kind, "Cục X", ministry.root, on=ON)
    taken = Founding("CVT", ministry.press.kind, "Cục Y", ministry.root, on=ON)
    before = Event.objects.count()
    with pytest.raises(CodeTaken):
        act(split_unit, unit=ministry.press, parts=[Part(part), Part(taken)])
    assert Event.objects.count() == before
    assert not Unit.objects.filter(code="X").exists()


def test_a_merger_by_mistake_is_undone_with_its_people(ministry):
    person = ministry.person("Trần Thị Mai", ministry.telecom)
    moved_on = ministry.person("Lê An", ministry.telecom)
    act(merge_units, units=[ministry.telecom], into=ministry.press)
    Post.objects.filter(person=moved_on, valid_until=None).update(position=ministry.head)
    done = reopen_unit(unit=ministry.telecom, reason="Ghi nhầm", actor=SYSTEM, at=AT)
    assert posts_of(person) == [("CVT", date(2015, 1, 1), None)]
    assert posts_of(moved_on)[-1] == ("CBC", ON, None)
    assert ([one.code for one in done.moved_units], len(done.posts)) == (["PHT"], 1)
    assert ministry.telecom.pk in get_line(ministry.network.pk)


def test_a_rehearsal_tells_and_keeps_nothing(ministry):
    ministry.person("Trần Thị Mai", ministry.press)
    before = Event.objects.count()
    done = rehearse(lambda: act(merge_units, units=[ministry.press], into=ministry.telecom))
    assert len(done.posts) == 1
    assert Event.objects.count() == before
    assert Unit.objects.get(code="CBC").dissolved_on is None
