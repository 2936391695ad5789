"""A unit ends: merged into another, split into several, or dissolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from thidua.audit.services import change, create
from thidua.organizations.errors import (
    CycleFound,
    DatesOverlap,
    RootTaken,
    UnitStillHolds,
    WordsMissing,
)
from thidua.organizations.lifecycle.tree import DAY
from thidua.organizations.models import Unit, UnitLink, UnitName, UnitSuccession
from thidua.organizations.selectors import is_merged, is_split
from thidua.organizations.services.blocs import leave_all_blocs
from thidua.organizations.services.tree import (
    close_tree,
    listed,
    open_tree,
    require_alive,
    said,
)
from thidua.organizations.services.units import relink_unit
from thidua.support.actor import Actor
from thidua.support.text import clean


@transaction.atomic
def merge_units(
    *,
    actor: Actor,
    at: datetime,
    units: Sequence[Unit],
    into: Unit,
    on: date,
    decision: str = "",
) -> Unit:
    """The units end the day before `on`; `into` succeeds them and takes what stood under them.

    Where `into` itself stood under one of them, it takes that one's place. A unit that is merged
    already, into the same and on the same day, is passed over.
    """
    open_tree(actor)
    require_alive(into, on, for_good=True)
    left = [one for one in units if not is_merged(one, into, on)]
    if any(one.pk == into.pk for one in left):
        raise CycleFound(_("«%s» không thể nhập vào chính nó.") % into.name)
    for unit in left:
        _require_may_end(unit, on)
    ending = {unit.pk for unit in left}
    _lift(into, ending, actor, at, on, decision)
    for unit in left:
        for child in _children_after(unit, on):
            if child.pk not in ending:
                relink_unit(actor=actor, at=at, unit=child, parent=into, on=on, decision=decision)
    for unit in left:
        _succeed(unit, [into], "merge", actor, at, on, decision)
    close_tree(at)
    return into


@transaction.atomic
def split_unit(
    *,
    actor: Actor,
    at: datetime,
    unit: Unit,
    into: Sequence[Unit],
    on: date,
    decision: str = "",
) -> None:
    """The unit ends the day before `on`; those of `into`, founded before this act, succeed it.

    What stands under it must be moved first: nobody but the head knows to which part it belongs.
    Raises UnitStillHolds.
    """
    open_tree(actor)
    if is_split(unit, into, on):
        return
    _require_may_end(unit, on)
    _require_empty(unit, on)
    if not into:
        raise WordsMissing(_("Chọn các đơn vị mới được lập từ «%s».") % unit.name)
    for part in into:
        require_alive(part, on)
    _succeed(unit, into, "split", actor, at, on, decision)
    close_tree(at)


@transaction.atomic
def dissolve_unit(*, actor: Actor, at: datetime, unit: Unit, on: date, decision: str = "") -> None:
    """The unit ends with the day `on`, with no successor. Raises UnitStillHolds."""
    open_tree(actor)
    unit.refresh_from_db()
    if unit.dissolved_on == on and not unit.successions.exists():
        return
    _require_may_end(unit, on)
    _require_empty(unit, on + DAY)
    _end(unit, actor, at, on, decision)
    close_tree(at)


def _lift(
    into: Unit, ending: set[int], actor: Actor, at: datetime, on: date, decision: str
) -> None:
    """Where the unit that stays stands under one that ends, it takes that one's place."""
    above, found = into, False
    while link := above.links_up.filter(valid_until__isnull=True).select_related("parent").first():
        above = link.parent
        found = found or above.pk in ending
        if found and above.pk not in ending:
            relink_unit(actor=actor, at=at, unit=into, parent=above, on=on, decision=decision)
            return


def _succeed(
    unit: Unit,
    successors: Iterable[Unit],
    act: str,
    actor: Actor,
    at: datetime,
    on: date,
    decision: str,
) -> None:
    for successor in successors:
        row = UnitSuccession(
            predecessor=unit, successor=successor, on=on, act=act, decision=clean(decision)
        )
        create(row, actor=actor, at=at, action=f"unit.{act}")
    _end(unit, actor, at, on - DAY, decision)


def _end(unit: Unit, actor: Actor, at: datetime, last_day: date, decision: str) -> None:
    rows: list[UnitName | UnitLink] = [
        *unit.names.filter(valid_until=None),
        *unit.links_up.filter(valid_until=None),
    ]
    for row in rows:
        if row.valid_from is not None and row.valid_from > last_day:
            raise DatesOverlap(
                _(
                    "«%(unit)s» đã có thay đổi từ ngày %(day)s, nên không thể kết thúc ngày "
                    "%(last)s. Chọn ngày sau, hoặc đính chính thay đổi đó."
                )
                % {"unit": unit.name, "day": said(row.valid_from), "last": said(last_day)}
            )
    for row in rows:
        change(row, actor=actor, at=at, action="unit.row_ends", valid_until=last_day)
    leave_all_blocs(unit, last_day, actor, at, decision)
    change(
        unit,
        actor=actor,
        at=at,
        action="unit.end",
        dissolved_on=last_day,
        end_decision=clean(decision),
    )


def _require_may_end(unit: Unit, on: date) -> None:
    require_alive(unit, on, for_good=True)
    if unit.is_root:
        raise RootTaken(
            _("«%s» là tổ chức gốc: đổi tên được, không sáp nhập hay giải thể được.") % unit.name
        )


def _children_after(unit: Unit, on: date) -> list[Unit]:
    """Units that stand under this one on that day or later."""
    late = Q(links_up__valid_until__isnull=True) | Q(links_up__valid_until__gte=on)
    inside = Unit.objects.filter(late, links_up__parent=unit)
    return list(inside.distinct().order_by("sort_key"))


def _require_empty(unit: Unit, on: date) -> None:
    inside = _children_after(unit, on)
    if inside:
        raise UnitStillHolds(
            _("Còn %(count)d đơn vị trực thuộc: %(names)s. Chuyển các đơn vị này trước.")
            % {"count": len(inside), "names": listed(inside)}
        )
