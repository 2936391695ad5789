"""The whole tree as of any day, in one query."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, FilteredRelation, Q

from thidua.organizations.models import Unit
from thidua.organizations.selectors.units import in_force
from thidua.support.text import sort_key


@dataclass(slots=True)
class Node:
    """A unit as it stood on a day, with what stood under it, in the order of a list.

    `name_now` is empty where the unit still bears the same name.
    """

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    parent_id: int | None
    name_now: str = ""
    depth: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many units stand under it, at any depth."""
        return sum(1 + child.count for child in self.children)

    def walk(self) -> list[Node]:
        """The node and all under it, top down."""
        return [self, *(one for child in self.children for one in child.walk())]


def read_tree(day: date) -> list[Node]:
    """The tops of the tree on a day (one, once there is a root that lived then); one query."""
    rows = (
        Unit.objects.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=day),
            Q(dissolved_on__isnull=True) | Q(dissolved_on__gte=day),
        )
        .annotate(
            name_then=FilteredRelation("names", condition=in_force(day, "names__")),
            link_then=FilteredRelation("links_up", condition=in_force(day, "links_up__")),
        )
        .annotate(
            said=F("name_then__name"),
            short=F("name_then__short_name"),
            above=F("link_then__parent_id"),
            kind_name=F("kind__name"),
            place=F("kind__position"),
        )
        .values("pk", "code", "name", "kind_name", "place", "said", "short", "above")
    )
    nodes: dict[int, tuple[tuple[int, str], Node]] = {}
    for row in rows:
        name = row["said"] or row["name"]
        node = Node(
            id=row["pk"],
            code=row["code"],
            name=name,
            short_name=row["short"] or "",
            kind=row["kind_name"],
            parent_id=row["above"],
            name_now="" if name == row["name"] else row["name"],
        )
        nodes[node.id] = ((row["place"], sort_key(name)), node)
    tops: list[Node] = []
    for _key, node in sorted(nodes.values(), key=lambda pair: pair[0]):
        above = nodes.get(node.parent_id or 0)
        (above[1].children if above else tops).append(node)
    _deepen(tops, 0)
    return tops


def count_units(tops: list[Node]) -> Counter[str]:
    """Kind → how many units of it stand in a tree."""
    return Counter(node.kind for top in tops for node in top.walk())


def _deepen(nodes: list[Node], depth: int) -> None:
    for node in nodes:
        node.depth = depth
        _deepen(node.children, depth + 1)
