"""The tree through time as plain values: who stood under whom on which day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Link:
    """`child` stands under `parent` from a day (None: always) until the last day (None: still)."""

    parent: int
    child: int
    valid_from: date | None
    valid_until: date | None

    def holds_on(self, day: date) -> bool:
        """In force on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


def find_cycle(links: Iterable[Link], child: int, since: date) -> date | None:
    """The first day from `since` on which `child` stands under itself, or None.

    The tree changes only on days on which a link begins, so only those are looked at.
    """
    known = list(links)
    starts = {one.valid_from for one in known if one.valid_from and one.valid_from > since}
    for day in [since, *sorted(starts)]:
        parents = {one.child: one.parent for one in known if one.holds_on(day)}
        at, seen = parents.get(child), set[int]()
        while at is not None and at not in seen:
            if at == child:
                return day
            seen.add(at)
            at = parents.get(at)
    return None


def close(units: Iterable[int], parents: Mapping[int, Sequence[int]]) -> list[tuple[int, int, int]]:
    """(ancestor, descendant, depth) for every pair, each unit with itself at depth 0.

    A unit may have several parents: one that was split stands under all that succeeded it.
    """
    rows = []
    for unit in units:
        depths, front = {unit: 0}, [unit]
        while front:
            above = [up for one in front for up in parents.get(one, ()) if up not in depths]
            level = max(depths.values()) + 1
            depths.update(dict.fromkeys(above, level))
            front = list(dict.fromkeys(above))
        rows += [(up, unit, depth) for up, depth in depths.items()]
    return rows
