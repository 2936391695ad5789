"""What a workbook of units is compared with, and what is written into one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from thidua.organizations.lifecycle.rows import COLUMNS, Known, Plan, plan_rows
from thidua.organizations.lifecycle.tree import Span
from thidua.organizations.models import Unit, UnitImport, UnitKind, UnitName
from thidua.organizations.selectors.tree import read_tree
from thidua.organizations.selectors.units import get_root_id
from thidua.support.text import fold


def plan_import(cells: Sequence[Sequence[Any]]) -> Plan:
    """The rows of a sheet, compared with the units and kinds of this moment."""
    units = {
        unit.code: Known(unit.name, unit.kind.code, Span(unit.founded_on, unit.dissolved_on))
        for unit in Unit.objects.select_related("kind")
    }
    kinds: dict[str, str] = {}
    for kind in UnitKind.objects.filter(is_active=True):
        kinds |= {fold(kind.name): kind.code, fold(kind.code): kind.code}
    return plan_rows(cells, units, kinds, has_root=get_root_id() is not None)


def export_rows(day: date) -> Iterator[list[Any]]:
    """The tree of a day as rows of a workbook that can be taken in again, the units above first."""
    names = defaultdict(list)
    for name in UnitName.objects.all():
        names[name.unit_id].append(name)
    units = {unit.pk: unit for unit in Unit.objects.select_related("kind")}
    for node in (one for top in read_tree(day) for one in top.walk()):
        unit = units[node.id]
        spans = sorted(names[node.id], key=lambda one: one.valid_from or date.min)
        then = [one for one in spans if (one.valid_from or date.min) <= day]
        old = [f"{one.name} (đến {one.valid_until:%d/%m/%Y})" for one in then[:-1]]
        above = units.get(node.parent_id or 0)
        yield [
            unit.code,
            node.name,
            node.short_name,
            unit.kind.name,
            above.code if above else "",
            unit.founded_on,
            unit.dissolved_on,
            "; ".join(old),
            then[-1].decision,
        ]


def header_row() -> list[str]:
    """The titles of the columns."""
    return list(COLUMNS.values())


def list_imports() -> list[UnitImport]:
    """What was taken in, the newest first."""
    return list(UnitImport.objects.select_related("file").order_by("-taken_at", "-pk")[:20])
