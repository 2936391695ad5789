"""The clerk of one unit sees nothing of the unit beside it (SEC-2)."""

import logging

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import include, path

from factories.accounts import make_user
from factories.world import CANARY, build_world
from house.matrix import Entry, read_list
from house.twins import find_leaks, foreign_ids, forms_of, state_of
from thidua.config.urls import urlpatterns as real_addresses
from thidua.web.doors import anyone, door
from thidua.web.listing import Column, Empty, Listing, Table

pytestmark = pytest.mark.django_db
PARTS = 4


@pytest.fixture(autouse=True)
def _quiet():
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world():
    return build_world()


@pytest.fixture
def inside(world):
    """A clerk and head of unit A."""
    unit = world.own["unit"]
    user = make_user(
        "cua-a@vai.thu.vn", password=None, unit_clerk=unit, unit_head=unit, employee=unit
    )
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    return client


@pytest.mark.slow
@pytest.mark.walk
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_of_the_unit_beside_shows_or_changes(world, inside, part):
    entries = [
        entry
        for number, entry in enumerate(read_list().values())
        if number % PARTS == part and entry.name != "account_logout"
    ]
    leaks = list(find_leaks(entries, inside, world))
    assert not leaks, "\n".join(leaks[:40])


def test_the_twin_holds_canaries(world):
    texts = str(state_of(world.twin))
    assert texts.count(CANARY) >= 2
    assert CANARY not in str(state_of(world.own))
    assert len(foreign_ids(world)) >= 2


class UserTable(Table):
    full_name = Column("Họ tên", sort="sort_key", is_title=True)


class Unscoped(Listing):
    """A list whose selector forgot the actor: the search and the workbook give B away."""

    title = "Lộ"
    table_class = UserTable
    search = ("email",)
    empty = Empty("Trống")

    def get_rows(self):
        return get_user_model().objects.order_by("pk")


@door(anyone)
def overwrite(request, pk):
    """A write without a look at the scope."""
    from django.http import HttpResponse

    get_user_model().objects.filter(pk=pk).update(phone="0912")
    return HttpResponse("xong")


planted = (
    [
        path("lo/", door(anyone)(Unscoped.as_view()), name="leak"),
        path("ghi/<int:pk>/", overwrite, name="overwrite"),
    ],
    "planted",
)
urlpatterns = [path("cai/", include(planted)), *real_addresses]


def test_a_list_without_scope_and_a_write_without_scope_are_caught(world, inside, settings):
    settings.ROOT_URLCONF = __name__
    entries = [
        Entry("planted:leak", {"get": frozenset({"known"})}),
        Entry("planted:overwrite", {"post": frozenset({"known"})}, {"pk": "user"}),
    ]
    leaks = list(find_leaks(entries, inside, world))
    assert any("planted:leak GET /cai/lo/:" in leak for leak in leaks)
    assert any("'xuat': 'xlsx'" in leak for leak in leaks)
    assert any("dòng của đơn vị B đã đổi" in leak for leak in leaks)


def test_forms_are_read_whole(client):
    client.force_login(make_user("x@thu.vn", password=None))
    forms = forms_of(client.get("/tim/?q=a"))
    assert {form["method"] for form in forms} == {"get", "post"}
    assert any("theme" in form["fields"] for form in forms)


def test_a_real_selector_without_its_filter_is_caught(world, inside, monkeypatch):
    from django.db.models import Q

    from thidua.people.selectors import persons

    listed = read_list()
    entries = [listed["console:person-list"], listed["console:person-detail"]]
    assert list(find_leaks(entries, inside, world)) == []
    monkeypatch.setattr(persons, "in_units", lambda _units, _day: ~Q(pk=None))
    leaks = list(find_leaks(entries, inside, world))
    assert any(leak.startswith("console:person-list GET") for leak in leaks)
    assert any(leak.startswith("console:person-detail GET") for leak in leaks)
