"""The floors of the house as pyproject.toml draws them, for tests that import-linter cannot do."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path


def read_floors(pyproject: Path) -> dict[str, int]:
    """Room → height of its floor; the top is the largest number."""
    contracts = tomllib.loads(pyproject.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["id"] == "floors")
    return {
        room.strip().strip("()"): height
        for height, layer in enumerate(reversed(layers))
        for room in layer.split("|")
    }


def find_upward_relations(
    relations: Iterable[tuple[str, str, str]], floors: Mapping[str, int]
) -> list[str]:
    """Relations (room, field, room pointed at) that point up, or across one floor.

    A string such as `ForeignKey("dossiers.Dossier")` is no import, so import-linter sees nothing.
    """
    return [
        f"{field}: {room} (tầng {floors[room]}) → {target} (tầng {floors[target]})"
        for room, field, target in relations
        if room != target and floors[room] <= floors[target]
    ]
