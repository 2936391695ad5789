"""The keys of a record while its row is read: apart from those of the subject, and nested at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from thidua.screening.sheets.layout import Field

NONE = "\x00none"


def prefixed(fields: Iterable[Field]) -> list[Field]:
    """Fields of a record whose keys do not collide with those of the identity."""
    return [
        Field(record_key(each.key), each.title, each.codec, each.needed, each.filled)
        for each in fields
    ]


def record_key(key: str) -> str:
    """A key that does not collide with those of the identity."""
    return f"r.{key}" if key in ("name", "unit", "code", "birth") else key


def plain_key(key: str) -> str:
    """The key as it stands in a facts document."""
    return key.removeprefix("r.")


def nested(record: dict[str, Any]) -> dict[str, Any]:
    """`rating.good: 3` becomes `rating: {good: 3}`."""
    out: dict[str, Any] = {}
    for key, value in record.items():
        top, dot, below = key.partition(".")
        if dot:
            out.setdefault(top, {})[below] = value
        else:
            out[key] = value
    return out


def by_year(record: dict[str, Any]) -> list[tuple[dict[str, Any], bool, tuple[int, ...]]]:
    """One record for each year that the row names; a row that states none names years only."""
    years = record.get("year")
    if NONE in record.values():
        listed = tuple(years) if isinstance(years, list) else ()
        return [({"source": record["source"]}, True, listed)]
    if not isinstance(years, list):
        return [(record, False, ())]
    return [({**record, "year": year}, False, ()) for year in years]
