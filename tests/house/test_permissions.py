"""Every URL name × role × method, as tests/house/permissions.yaml says (SEC-1)."""

import logging
import time

import pytest
from django.http import HttpResponse
from django.urls import include, path

from factories.world import build_world
from house.addresses import all_addresses
from house.matrix import Entry, find_faults, make_personas, read_list
from thidua.config.urls import urlpatterns as real_addresses
from thidua.support.actor import Role
from thidua.web.doors import door

PARTS = 4


@pytest.fixture(autouse=True)
def _quiet():
    """Refusals are what is looked for: they are not worth a line of the log each."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def test_the_list_names_every_address_and_no_other():
    names = {one.name for one in all_addresses() if not one.name.startswith("?")}
    listed = read_list()
    assert sorted(names - set(listed)) == [], "thêm vào tests/house/permissions.yaml"
    assert sorted(set(listed) - names) == [], "không còn địa chỉ này"
    wrong = [
        one.name
        for one in all_addresses()
        if one.name in listed and not set(listed[one.name].args) <= set(one.args)
    ]
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.walk
@pytest.mark.parametrize("part", range(PARTS))
def test_each_role_may_what_the_list_says_and_nothing_else(part):
    entries = [entry for number, entry in enumerate(read_list().values()) if number % PARTS == part]
    world = build_world()
    personas = make_personas(world)
    started = time.process_time()
    faults = list(find_faults(entries, personas, world.own))
    assert not faults, "\n".join(faults)
    # All parts together within two minutes on two cores, whatever else the machine does.
    assert time.process_time() - started < 240 / PARTS


def left_open(request):
    return HttpResponse("mở toang")


@door(lambda actor: actor.has(Role.ADMINISTRATOR))
def too_wide(request):
    """Its list says administrators; the planted entry below says auditors."""
    return HttpResponse("quản trị")


planted = (
    [path("a/", left_open, name="open"), path("b/", too_wide, name="wide")],
    "planted",
)
urlpatterns = [path("cai/", include(planted)), *real_addresses]


@pytest.mark.django_db
def test_a_view_without_a_door_and_a_wrong_role_are_caught(settings):
    settings.ROOT_URLCONF = __name__
    world = build_world()
    personas = make_personas(world)
    entries = [
        Entry("planted:open", {"get": frozenset({"unit_clerk"})}),
        Entry("planted:wide", {"get": frozenset({"auditor"})}),
    ]
    faults = list(find_faults(entries, personas, world.own))
    assert "planted:open GET anonymous: phải bị từ chối mà trả 200" in faults
    assert "planted:open POST finance_officer: phải bị từ chối mà trả 200" in faults
    assert "planted:wide GET administrator: phải bị từ chối mà trả 200" in faults
    assert "planted:wide GET auditor: phải được phép mà trả 403" in faults
    assert any(one.name == "planted:open" for one in all_addresses())
