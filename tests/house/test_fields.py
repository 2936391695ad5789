"""Each stored field says its class, why it may be kept and for how long."""

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.db import models

from thidua.support.privacy import room_policies


def our_tables():
    return [one for one in apps.get_models() if one.__module__.startswith("thidua.")]


def room_of(model) -> str:
    return model.__module__.partition(".models")[0]


def unsaid(model) -> set[str]:
    """Fields of a table that its room's fields.yaml does not name, and names without a field."""
    policy = room_policies(room_of(model)).get(model.__name__)
    has = {one.name for one in (*model._meta.fields, *model._meta.many_to_many)}
    return has ^ set(policy.fields if policy else ())


@pytest.mark.parametrize("model", our_tables(), ids=lambda one: one._meta.label)
def test_every_field_has_its_policy(model):
    assert unsaid(model) == set()
    policy = room_policies(room_of(model))[model.__name__]
    assert policy.purpose
    assert all(one.basis and one.keep for one in policy.fields.values())


def test_no_policy_without_a_table():
    tables = {(room_of(one), one.__name__) for one in our_tables()}
    rooms = {room for room, _ in tables}
    said = {(room, name) for room in rooms for name in room_policies(room)}
    assert said == tables


def test_a_field_that_nobody_classified_is_caught():
    registry = Apps()
    meta = type("Meta", (), {"app_label": "organizations", "apps": registry})
    own = {"__module__": "thidua.organizations.models", "Meta": meta}
    planted = type("UnitKind", (models.Model,), {**own, "note": models.TextField()})
    assert "note" in unsaid(planted)
