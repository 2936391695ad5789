"""No table points at a table of a room above it."""

from types import ModuleType

import pytest
from django.apps import AppConfig, apps
from django.apps.registry import Apps
from django.db import models

from house.floors import find_upward_relations, read_floors


@pytest.fixture(scope="module")
def floors(repository):
    return read_floors(repository / "pyproject.toml")


def room_of(model) -> str | None:
    package, _, rest = model.__module__.partition(".")
    return rest.split(".")[0] if package == "thidua" else None


def our_relations(registry=apps):
    for model in registry.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            if field.is_relation and field.concrete and field.related_model:
                room, target = room_of(model), room_of(field.related_model)
                if room and target:
                    yield room, f"{model._meta.label}.{field.name}", target


def test_no_relation_points_up(floors):
    assert find_upward_relations(our_relations(), floors) == []


@pytest.fixture
def planted_tables():
    """A registry of its own with tables of two rooms, one of them pointing up three times."""

    def room(name: str) -> AppConfig:
        module = ModuleType(f"thidua.{name}")
        return type("Planted", (AppConfig,), {"path": "."})(f"thidua.{name}", module)

    registry = Apps([room("people"), room("dossiers")])

    def table(name: str, of: str, **fields) -> None:
        meta = type("Meta", (), {"apps": registry, "app_label": of})
        own = {"__module__": f"thidua.{of}.models", "Meta": meta, "__qualname__": name}
        type(name, (models.Model,), {**own, **fields})

    hold = {"on_delete": models.PROTECT, "related_name": "+"}
    table(
        "Person",
        "people",
        parent=models.ForeignKey("people.Person", **hold),
        dossier=models.ForeignKey("dossiers.Dossier", **hold),
        last=models.OneToOneField("dossiers.Dossier", **hold),
        shown=models.ManyToManyField("dossiers.Dossier", related_name="+"),
    )
    table("Dossier", "dossiers", person=models.ForeignKey("people.Person", **hold))
    return registry


def test_a_table_that_points_up_is_caught(floors, planted_tables):
    """What `test_no_relation_points_up` runs sees tables: today the house has none of its own."""
    seen = {field for _, field, _ in our_relations(planted_tables)}
    assert {"people.Person.parent", "dossiers.Dossier.person"} <= seen
    caught = find_upward_relations(our_relations(planted_tables), floors)
    assert {line.split(":")[0] for line in caught} == {
        "people.Person.dossier",
        "people.Person.last",
        "people.Person.shown",
        "people.Person_shown.dossier",
    }


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
