"""One unit, or those that fit: by id, by name of any time, by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from thidua.organizations.models import (
    Unit,
    UnitClosure,
    UnitKind,
    UnitLink,
    UnitName,
    UnitSuccession,
)
from thidua.support.actor import Actor
from thidua.support.text import clean, fold


def get_root_id() -> int | None:
    """The id of the root organisation, or None before the set-up."""
    return Unit.objects.filter(is_root=True).values_list("pk", flat=True).first()


def get_root_name() -> str:
    """The name of the root organisation today; empty before the set-up."""
    return Unit.objects.filter(is_root=True).values_list("name", flat=True).first() or ""


def get_unit_for(actor: Actor, unit_id: int) -> Unit | None:
    """A unit with its kind, for whoever has an account; the tree is no secret inside. Else None."""
    if not actor.is_known:
        return None
    return Unit.objects.select_related("kind").filter(pk=unit_id).first()


def list_units() -> QuerySet[Unit]:
    """All units of all time, in Vietnamese order."""
    return Unit.objects.select_related("kind").order_by("sort_key")


def list_living() -> QuerySet[Unit]:
    """Units that have no end, in Vietnamese order."""
    return list_units().filter(dissolved_on__isnull=True)


def list_kinds(*, with_retired: bool = False) -> QuerySet[UnitKind]:
    """Kinds of unit in their own order, with `size`, how many living units each has."""
    kinds = UnitKind.objects.annotate(
        size=Count("units", filter=Q(units__dissolved_on__isnull=True))
    )
    return kinds if with_retired else kinds.filter(is_active=True)


def list_units_under(tops: Collection[int]) -> QuerySet[Unit]:
    """Units in the subtrees of `tops` today, the tops and the units they succeeded included."""
    inside = UnitClosure.objects.filter(ancestor_id__in=tops).values("descendant_id")
    return Unit.objects.filter(pk__in=inside)


def get_line(unit_id: int) -> frozenset[int]:
    """The ids of a unit and of all that stand above it today: what `Actor.has(over=…)` asks for."""
    rows = UnitClosure.objects.filter(descendant_id=unit_id)
    return frozenset(rows.values_list("ancestor_id", flat=True))


def list_children(unit: Unit, day: date) -> QuerySet[Unit]:
    """The units that stand directly under one on a day, in Vietnamese order."""
    links = UnitLink.objects.filter(in_force(day), parent=unit).values("child_id")
    return Unit.objects.filter(pk__in=links).select_related("kind").order_by("sort_key")


def is_merged(unit: Unit, into: Unit, on: date) -> bool:
    """The unit was merged into that one on that day already: the same act asked for twice."""
    return unit.successions.filter(successor=into, on=on, act="merge").exists()


def is_split(unit: Unit, into: Collection[Unit], on: date) -> bool:
    """The unit was split into just those on that day already."""
    heirs = unit.successions.filter(on=on, act="split").values_list("successor_id", flat=True)
    return bool(heirs) and set(heirs) == {one.pk for one in into}


def list_names(unit: Unit) -> list[UnitName]:
    """All names of a unit, the newest first."""
    return sorted(unit.names.all(), key=lambda one: one.valid_from or date.min, reverse=True)


def list_units_with_parent(day: date) -> QuerySet[Unit]:
    """All units of all time, each with `parent_name` (where it stands, or stood last) and
    `has_ended` on a day.
    """
    last = UnitLink.objects.filter(child=OuterRef("pk")).order_by(
        F("valid_from").desc(nulls_last=True)
    )
    return list_units().annotate(
        parent_name=Subquery(last.values("parent__name")[:1]),
        parent_key=Subquery(last.values("parent__sort_key")[:1]),
        has_ended=Q(dissolved_on__isnull=False, dissolved_on__lt=day),
    )


def path_on(unit: Unit, day: date) -> list[UnitName]:
    """The names, on a day, of those above a unit, the root first; three queries.

    For a unit that is not there on that day: above the place where it stood last, or will first.
    """
    parents = dict(UnitLink.objects.filter(in_force(day)).values_list("child_id", "parent_id"))
    if unit.pk not in parents:
        rows = sorted(unit.links_up.all(), key=lambda one: one.valid_from or date.min)
        late = unit.dissolved_on is not None and unit.dissolved_on < day
        if rows:
            parents[unit.pk] = (rows[-1] if late else rows[0]).parent_id
    path: list[int] = []
    at = parents.get(unit.pk)
    while at is not None and at not in path:
        path.append(at)
        at = parents.get(at)
    names = defaultdict(list)
    for row in UnitName.objects.filter(unit_id__in=path):
        names[row.unit_id].append(row)
    return [_pick(names[one], day) for one in reversed(path)]


def search_units(words: str, units: QuerySet[Unit] | None = None) -> QuerySet[Unit]:
    """Units whose code, or whose name of any time, holds all the words; marks do not matter."""
    found = Unit.objects.all() if units is None else units
    for word in fold(clean(words)).split():
        old = UnitName.objects.filter(unit=OuterRef("pk"), folded__contains=word)
        found = found.filter(Q(code__icontains=word) | Q(folded__contains=word) | Q(Exists(old)))
    return found


def in_force(day: date, prefix: str = "") -> Q:
    """Rows with `valid_from` and `valid_until` that hold on a day; `prefix` leads to them."""
    return (Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": day})
    )


def name_on(unit: Unit, day: date) -> UnitName:
    """The name that a unit bears on a day; before its founding the first, after its end the last."""
    return _pick(list(unit.names.all()), day)


def labels_on(unit_ids: Collection[int], day: date) -> dict[int, str]:
    """Units as they were called on a day, with what they are now where that differs.

    «Cục Tin học hóa (nay là Cục Chuyển đổi số quốc gia)», «Vụ Bưu chính (nay thuộc Vụ Công nghệ
    thông tin)», «Phòng Đối ngoại (đã giải thể)». Three queries for any number of units.
    """
    heirs = defaultdict(list)
    for before, after in UnitSuccession.objects.order_by("on", "pk").values_list(
        "predecessor_id", "successor_id"
    ):
        heirs[before].append(after)
    last = {one: _last_heirs(one, heirs) for one in unit_ids}
    asked = {*unit_ids, *(heir for found in last.values() for heir in found)}
    units = Unit.objects.in_bulk(asked)
    names = defaultdict(list)
    for row in UnitName.objects.filter(unit_id__in=unit_ids):
        names[row.unit_id].append(row)
    return {
        one: _label(units[one], _pick(names[one], day), [units[heir].name for heir in last[one]])
        for one in unit_ids
        if one in units
    }


def _label(unit: Unit, then: UnitName, heirs: list[str]) -> str:
    if heirs:
        return _("%(then)s (nay thuộc %(now)s)") % {"then": then.name, "now": ", ".join(heirs)}
    if unit.dissolved_on is not None:
        return _("%(then)s (đã giải thể)") % {"then": then.name}
    if unit.name != then.name:
        return _("%(then)s (nay là %(now)s)") % {"then": then.name, "now": unit.name}
    return unit.name


def _last_heirs(unit: int, heirs: dict[int, list[int]]) -> list[int]:
    """Those that stand at the end of the chain of heirs; none for a unit that has no heir."""
    front, found = list(heirs.get(unit, ())), list[int]()
    while front:
        one = front.pop(0)
        if one in heirs:
            front += heirs[one]
        elif one not in found:
            found.append(one)
    return found


def _pick(rows: list[UnitName], day: date) -> UnitName:
    rows = sorted(rows, key=lambda one: one.valid_from or date.min)
    begun = [one for one in rows if (one.valid_from or date.min) <= day]
    return begun[-1] if begun else rows[0]
