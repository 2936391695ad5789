"""No table points at a table of a room above it."""

import pytest
from django.apps import apps

from house.floors import find_upward_relations, read_floors


@pytest.fixture(scope="module")
def floors(repository):
    return read_floors(repository / "pyproject.toml")


def room_of(model) -> str | None:
    package, _, rest = model.__module__.partition(".")
    return rest.split(".")[0] if package == "thidua" else None


def our_relations():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            if field.is_relation and field.concrete and field.related_model:
                room, target = room_of(model), room_of(field.related_model)
                if room and target:
                    yield room, f"{model._meta.label}.{field.name}", target


def test_no_relation_points_up(floors):
    assert find_upward_relations(our_relations(), floors) == []


def test_a_relation_that_points_up_is_caught(floors):
    planted = [
        ("dossiers", "dossiers.Dossier.person", "people"),  # down: fine
        ("people", "people.Person.dossier", "dossiers"),  # up
        ("people", "people.Person.parent", "people"),  # itself: fine
        ("intake", "intake.Batch.certificate", "certificates"),  # across one floor
    ]
    caught = find_upward_relations(planted, floors)
    assert [line.split(":")[0] for line in caught] == [
        "people.Person.dossier",
        "intake.Batch.certificate",
    ]


def test_floors_are_read_as_drawn(floors):
    assert floors["config"] == max(floors.values())
    assert floors["support"] == 0
    assert floors["statutes"] == floors["documents"]
    assert floors["flows"] > floors["councils"] > floors["screening"] > floors["people"]


def test_every_room_stands_on_a_floor(repository, floors):
    rooms = {path.parent.name for path in (repository / "src/thidua").glob("*/__init__.py")}
    assert rooms <= set(floors)
