"""What every stored field is: its class, why it may be kept, and for how long.

Each room says it in its own `fields.yaml`, table by table:

    Unit:
      purpose: The tree of the organisation.
      audited: true
      basis: Luật 06/2022/QH15
      keep: permanent
      fields:
        name: public
        phone: {class: personal, keep: "5 years after the post ends"}

`audited: true` means that every write leaves an event; else it says why not, and a single field may
say so too (`{class: internal, audited: "set by the login itself"}`). A field of class personal or
sensitive stands in the audit trail only as a salted hash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml


class DataClass(StrEnum):
    """How far a value may go; `SECRET` never leaves the server (hashes, keys)."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    SECRET = "secret"  # noqa: S105 - the name of a class, no secret


@dataclass(frozen=True)
class FieldPolicy:
    """One field: class, legal basis, how long it is kept, why its changes leave no event."""

    data_class: DataClass
    basis: str
    keep: str
    unaudited_because: str = ""

    @property
    def is_hidden(self) -> bool:
        """Never written in clear anywhere but in its own column."""
        return self.data_class in {DataClass.PERSONAL, DataClass.SENSITIVE, DataClass.SECRET}


@dataclass(frozen=True)
class TablePolicy:
    """One table; `unaudited_because` is empty when each write leaves an event."""

    purpose: str
    unaudited_because: str
    fields: Mapping[str, FieldPolicy]

    @property
    def is_audited(self) -> bool:
        """Each write leaves an event."""
        return not self.unaudited_because


@cache
def room_policies(package: str) -> Mapping[str, TablePolicy]:
    """The tables of a room (`thidua.people`) by the names of their models.

    Raises KeyError or ValueError for a file that does not say all that it must.
    """
    file = resources.files(package) / "fields.yaml"
    if not file.is_file():
        return {}
    tables: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return {name: _table(table) for name, table in tables.items()}


def _table(table: dict[str, Any]) -> TablePolicy:
    def policy(said: str | dict[str, str]) -> FieldPolicy:
        one = {"class": said} if isinstance(said, str) else said
        return FieldPolicy(
            DataClass(one["class"]),
            one.get("basis", table["basis"]),
            one.get("keep", table["keep"]),
            one.get("audited", ""),
        )

    audited = table["audited"]
    return TablePolicy(
        table["purpose"],
        "" if audited is True else str(audited),
        {name: policy(said) for name, said in table["fields"].items()},
    )
