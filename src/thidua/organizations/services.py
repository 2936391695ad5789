"""Writes of units. Each act has its day and its decision; what was true before stays readable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from thidua.audit.services import change, create
from thidua.organizations.errors import (
    CodeTaken,
    CycleFound,
    DatesOverlap,
    RootTaken,
    UnitNotAlive,
    UnitStillHolds,
)
from thidua.organizations.lifecycle import Link, close, find_cycle
from thidua.organizations.models import (
    Unit,
    UnitClosure,
    UnitKind,
    UnitLink,
    UnitName,
    UnitSuccession,
)
from thidua.support.actor import Actor
from thidua.support.text import clean, fold, sort_key

_DAY = timedelta(days=1)


def create_kind(*, actor: Actor, at: datetime, code: str, name: str, position: int = 0) -> UnitKind:
    """A new kind of unit."""
    kind = UnitKind(code=code, name=clean(name), position=position)
    return create(kind, actor=actor, at=at, action="unit_kind.create")


@transaction.atomic
def create_unit(  # noqa: PLR0913 - what a decision to found a unit says
    *,
    actor: Actor,
    at: datetime,
    code: str,
    kind: UnitKind,
    name: str,
    parent: Unit | None,
    short_name: str = "",
    on: date | None = None,
    decision: str = "",
) -> Unit:
    """Found a unit under `parent` on a day (None: it was always there); the root has no parent.

    Raises CodeTaken, RootTaken, UnitNotAlive.
    """
    lock_tree()
    if Unit.objects.filter(code=code).exists():
        raise CodeTaken(_("Mã đơn vị «%s» đã có. Chọn mã khác.") % code)
    if parent is None and Unit.objects.filter(is_root=True).exists():
        raise RootTaken(
            _("Đã có tổ chức gốc. Chọn đơn vị cấp trên cho «%s».") % name,
        )
    if parent is not None:
        _require_alive(parent, on)
    words = _names(name, short_name)
    unit = create(
        Unit(
            code=code,
            kind=kind,
            **words,
            sort_key=sort_key(words["name"]),
            founded_on=on,
            is_root=parent is None,
        ),
        actor=actor,
        at=at,
        action="unit.create",
    )
    _add(UnitName(unit=unit, **words, valid_from=on, decision=decision), actor, at, "unit.name")
    if parent is not None:
        link = UnitLink(parent=parent, child=unit, valid_from=on, decision=decision)
        _add(link, actor, at, "unit.link")
    rebuild_closure()
    return unit


@transaction.atomic
def rename_unit(
    *,
    actor: Actor,
    at: datetime,
    unit: Unit,
    name: str,
    on: date,
    short_name: str = "",
    decision: str = "",
) -> Unit:
    """From `on` the unit bears another name; the old one stays findable. Raises DatesOverlap."""
    lock_tree()
    _require_alive(unit, on)
    current = unit.names.get(valid_until__isnull=True)
    _require_after(current.valid_from, on)
    words = _names(name, short_name)
    change(current, actor=actor, at=at, action="unit.name_ends", valid_until=on - _DAY)
    _add(UnitName(unit=unit, **words, valid_from=on, decision=decision), actor, at, "unit.name")
    change(
        unit, actor=actor, at=at, action="unit.rename", **words, sort_key=sort_key(words["name"])
    )
    return unit


@transaction.atomic
def move_unit(
    *, actor: Actor, at: datetime, unit: Unit, parent: Unit, on: date, decision: str = ""
) -> Unit:
    """From `on` the unit stands under another. Raises CycleFound, DatesOverlap, RootTaken."""
    lock_tree()
    _require_alive(unit, on)
    _require_alive(parent, on)
    current = unit.links_up.filter(valid_until__isnull=True).first()
    if current is None:
        raise RootTaken(_("Tổ chức gốc không đứng dưới đơn vị nào."))
    if current.parent_id == parent.pk:
        return unit
    _require_after(current.valid_from, on)
    planned = [one for one in _links() if one.child != unit.pk or one.valid_until is not None]
    planned += [
        Link(current.parent_id, unit.pk, current.valid_from, on - _DAY),
        Link(parent.pk, unit.pk, on, None),
    ]
    day = find_cycle(planned, unit.pk, on)
    if day:
        raise CycleFound(
            _(
                "«%(parent)s» đứng dưới «%(unit)s» (ngày %(day)s), nên không thể là cấp trên. "
                "Chọn đơn vị khác, hoặc chuyển «%(parent)s» ra trước."
            )
            % {"parent": parent.name, "unit": unit.name, "day": f"{day:%d/%m/%Y}"}
        )
    change(current, actor=actor, at=at, action="unit.link_ends", valid_until=on - _DAY)
    link = UnitLink(parent=parent, child=unit, valid_from=on, decision=decision)
    _add(link, actor, at, "unit.link")
    rebuild_closure()
    return unit


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
    """The units end the day before `on`; `into` succeeds them and takes what stood under them."""
    lock_tree()
    _require_alive(into, on)
    for unit in units:
        _require_alive(unit, on)
        if unit.pk == into.pk or unit.is_root:
            raise CycleFound(_("«%s» không thể nhập vào chính nó.") % unit.name)
        for link in unit.links_down.filter(valid_until__isnull=True).select_related("child"):
            if link.child_id != into.pk:
                move_unit(
                    actor=actor, at=at, unit=link.child, parent=into, on=on, decision=decision
                )
        _succeed(unit, [into], "merge", actor, at, on, decision)
    rebuild_closure()
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
    lock_tree()
    _require_alive(unit, on)
    _require_empty(unit)
    _succeed(unit, into, "split", actor, at, on, decision)
    rebuild_closure()


@transaction.atomic
def dissolve_unit(*, actor: Actor, at: datetime, unit: Unit, on: date, decision: str = "") -> None:
    """The unit ends with the day `on`, with no successor. Raises UnitStillHolds."""
    lock_tree()
    _require_alive(unit, on)
    _require_empty(unit)
    _end(unit, actor, at, on, decision)
    rebuild_closure()


def lock_tree() -> None:
    """One writer of the tree at a time: whoever comes second waits here."""
    list(UnitKind.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def rebuild_closure() -> None:
    """Write anew who stands above whom today."""
    parents = defaultdict(list)
    for parent, child in UnitLink.objects.filter(valid_until__isnull=True).values_list(
        "parent_id", "child_id"
    ):
        parents[child].append(parent)
    for before, after in UnitSuccession.objects.values_list("predecessor_id", "successor_id"):
        parents[before].append(after)
    # A unit that ended without a successor stays where it stood last.
    ended = UnitLink.objects.filter(
        child__dissolved_on__isnull=False, child__successions__isnull=True
    ).order_by("valid_until")
    last = dict(ended.values_list("child_id", "parent_id"))
    for child, parent in last.items():
        parents[child] = [parent]
    rows = close(Unit.objects.values_list("pk", flat=True), parents)
    UnitClosure.objects.all().delete()
    UnitClosure.objects.bulk_create(
        (UnitClosure(ancestor_id=up, descendant_id=down, depth=depth) for up, down, depth in rows),
        batch_size=500,
    )


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
            predecessor=unit, successor=successor, on=on, act=act, decision=decision
        )
        _add(row, actor, at, f"unit.{act}")
    _end(unit, actor, at, on - _DAY, decision)


def _end(unit: Unit, actor: Actor, at: datetime, last_day: date, decision: str) -> None:
    change(unit, actor=actor, at=at, action="unit.end", reason=decision, dissolved_on=last_day)
    for name in unit.names.filter(valid_until__isnull=True):
        change(name, actor=actor, at=at, action="unit.name_ends", valid_until=last_day)
    for link in unit.links_up.filter(valid_until__isnull=True):
        change(link, actor=actor, at=at, action="unit.link_ends", valid_until=last_day)


def _add(
    row: UnitName | UnitLink | UnitSuccession, actor: Actor, at: datetime, action: str
) -> None:
    create(row, actor=actor, at=at, action=action)


def _names(name: str, short_name: str) -> dict[str, str]:
    name, short_name = clean(name), clean(short_name)
    return {"name": name, "short_name": short_name, "folded": fold(f"{name} {short_name}").strip()}


def _links() -> list[Link]:
    rows = UnitLink.objects.values_list("parent_id", "child_id", "valid_from", "valid_until")
    return [Link(*row) for row in rows]


def _require_alive(unit: Unit, on: date | None) -> None:
    unit.refresh_from_db()
    begins = unit.founded_on and on and on < unit.founded_on
    ended = unit.dissolved_on and (on is None or on > unit.dissolved_on)
    if begins or ended:
        raise UnitNotAlive(
            _(
                "«%(unit)s» không tồn tại vào ngày %(day)s. Chọn ngày trong thời gian đơn vị có thật."
            )
            % {"unit": unit.name, "day": f"{on:%d/%m/%Y}" if on else "–"}
        )


def _require_after(begun: date | None, on: date) -> None:
    if begun is not None and on <= begun:
        raise DatesOverlap(
            _("Đã có thay đổi từ ngày %(begun)s; ngày mới phải sau ngày đó.")
            % {"begun": f"{begun:%d/%m/%Y}"}
        )


def _require_empty(unit: Unit) -> None:
    inside = Unit.objects.filter(
        Q(links_up__parent=unit) & Q(links_up__valid_until__isnull=True)
    ).order_by("sort_key")
    names = list(inside.values_list("name", flat=True))
    if names:
        raise UnitStillHolds(
            _("Còn %(count)d đơn vị trực thuộc: %(names)s. Chuyển các đơn vị này trước.")
            % {"count": len(names), "names": ", ".join(names)}
        )
