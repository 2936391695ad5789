"""The demonstration organisation comes to be through acts, and what became of units is readable."""

from datetime import date

import pytest

from thidua.accounts.models import User
from thidua.accounts.selectors import get_actor
from thidua.audit.models import Event
from thidua.demo.building import Building, build
from thidua.demo.careers import draw_careers, read
from thidua.organizations.models import Unit, UnitName
from thidua.people.models import Person, Post
from thidua.register.models import RegisterEntry
from thidua.support.actor import Role
from thidua.support.clock import now

PASSWORD = "một câu dài để thử"


def test_the_draw_is_the_same_everywhere_and_about_three_thousand():
    careers = list(draw_careers(read("organization.yaml")))
    assert careers == list(draw_careers(read("organization.yaml")))
    assert 2900 <= len(careers) <= 3100
    assert len({one.code for one in careers}) == len(careers)
    assert all(year > one.since.year for one in careers for year in one.ratings)


@pytest.mark.django_db
def test_a_small_organisation_is_built(django_assert_max_num_queries):
    heard = {}
    building = Building(at=now(), say=heard.__setitem__, password=PASSWORD, scale=0.03)
    build(building)
    assert heard["người"] == len(building.careers)
    assert RegisterEntry.objects.count() == heard["lượt khen thưởng trong sổ"] > 0
    # The names of 2017 are kept, and the ministry bears its new one.
    assert set(UnitName.objects.filter(unit__code="BTTTT").values_list("name", flat=True)) == {
        "Bộ Thông tin và Truyền thông",
        "Bộ Khoa học và Công nghệ",
    }
    # Whoever was in a unit that was merged stands in its successor since.
    ended = Unit.objects.filter(dissolved_on__isnull=False)
    assert set(ended.values_list("code", flat=True)) == {"VNCERT", "BBDVN", "VBC", "VTC"}
    today = date(2026, 1, 1)
    assert not Post.objects.filter(unit__in=ended).exclude(valid_until__lt=today).exists()
    # Everybody and everything has its event.
    people = Event.objects.filter(action="person.register").count()
    assert people == Person.objects.count()


@pytest.mark.django_db
def test_each_role_can_log_in():
    building = Building(at=now(), say=lambda *_: None, password=PASSWORD, scale=0.0)
    build(building)
    held = set()
    for login in building.plan["logins"]:
        user = User.objects.get(email=login["email"])
        assert user.check_password(PASSWORD)
        held |= {grant.role for grant in get_actor(user, now()).grants}
    assert held == set(Role) - {Role.CITIZEN}
