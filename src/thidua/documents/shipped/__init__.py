"""Kinds of papers that can be filled, and the templates that come with the product, by date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True)
class Field:
    """A place to fill: its name in the template, its meaning, an example."""

    name: str
    vi: str
    sample: Any


@dataclass(frozen=True)
class Edition:
    """A shipped template for papers issued from a day on; the oldest has none."""

    issued_from: date | None
    file: str
    cite: str
    note: str

    def read(self) -> bytes:
        """Its bytes."""
        return (resources.files("thidua.documents.shipped") / self.file).read_bytes()


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its fields, and the shipped templates, the newest first."""

    code: str
    title: str
    abbreviation: str
    fields: tuple[Field, ...]
    editions: tuple[Edition, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(field.name for field in self.fields)

    @property
    def sample(self) -> dict[str, Any]:
        """An example of its data."""
        return {field.name: field.sample for field in self.fields}

    def edition_on(self, day: date) -> Edition:
        """The shipped template of a day."""
        return next(
            one for one in self.editions if one.issued_from is None or one.issued_from <= day
        )


@cache
def load_kinds() -> Mapping[str, Kind]:
    """All kinds of papers by code."""
    raw = (resources.files("thidua.documents.shipped") / "kinds.yaml").read_text("utf-8")
    kinds = (
        Kind(
            one["code"],
            one["title"],
            one["abbreviation"],
            tuple(Field(**field) for field in one["fields"]),
            tuple(
                Edition(e.get("from"), e["file"], e["cite"], e.get("note", ""))
                for e in one["editions"]
            ),
        )
        for one in yaml.safe_load(raw)
    )
    return {kind.code: kind for kind in kinds}
