"""What of a row stands in the trail, and as what: one reading for writing events and checking them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.timezone import is_naive, make_aware

from thidua.support.privacy import TablePolicy, room_policies


def stream_of(obj: models.Model) -> str:
    """The name of an object in the trail: `organizations.unit:12`."""
    return f"{obj._meta.label_lower}:{obj.pk}"


@cache
def policy_of(model: type[models.Model]) -> TablePolicy:
    """What the fields.yaml of its room says of a table."""
    return room_policies(model.__module__.partition(".models")[0])[model.__name__]


@cache
def audited_fields(model: type[models.Model]) -> tuple[str, ...]:
    """Names of the columns whose changes leave events; the key stands in the stream's name."""
    fields = policy_of(model).fields
    return tuple(
        field.name
        for field in model._meta.concrete_fields
        if not field.primary_key
        and not getattr(field, "generated", False)
        and not fields[field.name].unaudited_because
    )


def audited_models() -> Iterator[type[models.Model]]:
    """All tables whose writes leave events."""
    for model in apps.get_models():
        if model.__module__.startswith("thidua.") and policy_of(model).is_audited:
            yield model


def value_of(obj: models.Model, name: str) -> Any:
    """A field's value as the database would give it back; of a link, the key it points to."""
    field = obj._meta.get_field(name)
    if isinstance(field, models.FileField):
        return getattr(obj, name).name or ""
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(getattr(obj, field.attname))
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of {type(obj).__name__}")
    value = getattr(obj, name)
    if isinstance(field, models.DateTimeField) and value is not None:
        found = field.to_python(value)
        return make_aware(found) if is_naive(found) else found
    value = field.to_python(value)
    if isinstance(field, models.DecimalField) and value is not None:
        # Both databases keep this many digits, whatever was typed.
        return field.to_python(f"{value:.{field.decimal_places}f}")
    return value


def default_of(model: type[models.Model], name: str) -> Any:
    """What a column held before anybody wrote to it: a migration added it with this value."""
    return value_of(model(), name)
