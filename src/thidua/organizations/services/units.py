"""A unit is founded, bears another name, stands under another unit, each on its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from thidua.audit.services import change, create
from thidua.organizations.errors import CodeTaken, CycleFound, DatesOverlap, RootTaken
from thidua.organizations.lifecycle.tree import DAY, Link, Span, find_cycle
from thidua.organizations.models import Unit, UnitKind, UnitLink, UnitName
from thidua.organizations.selectors import in_force, name_on
from thidua.organizations.services.tree import (
    close_tree,
    load_forest,
    lock_tree,
    name_words,
    open_tree,
    require_after,
    require_alive,
    require_words,
    said,
    unit_words,
)
from thidua.support.actor import Actor
from thidua.support.clock import local_date
from thidua.support.text import clean


@dataclass(frozen=True, slots=True)
class Founding:
    """What a decision to found a unit says."""

    code: str
    kind: UnitKind
    name: str
    parent: Unit | None
    short_name: str = ""
    on: date | None = None
    decision: str = ""


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

    The same unit asked for twice is founded once. Raises CodeTaken, RootTaken, UnitNotAlive.
    """
    open_tree(actor)
    unit = found_unit(
        Founding(code, kind, name, parent, short_name, on, decision), actor=actor, at=at
    )
    close_tree(at)
    return unit


def found_unit(said_so: Founding, *, actor: Actor, at: datetime) -> Unit:
    """As `create_unit`, within a tree that is already open; for acts that found several."""
    code, words = clean(said_so.code), name_words(said_so.name, said_so.short_name)
    on, parent, decision = said_so.on, said_so.parent, clean(said_so.decision)
    require_words(code=code, name=words["name"])
    same = Unit.objects.filter(code__iexact=code).first()
    if same is not None:
        is_same = (same.name, same.founded_on, same.kind) == (words["name"], on, said_so.kind)
        if is_same and parent == _first_parent(same):
            return same
        raise CodeTaken(
            _("Mã đơn vị «%(code)s» đã dùng cho «%(unit)s». Chọn mã khác.")
            % {"code": code, "unit": same.name}
        )
    if parent is None and Unit.objects.filter(is_root=True).exists():
        raise RootTaken(
            _("Đã có tổ chức gốc. Chọn đơn vị cấp trên cho «%s».") % words["name"],
        )
    if parent is not None:
        require_alive(parent, on)
    row = Unit(
        code=code, kind=said_so.kind, founded_on=on, is_root=parent is None, **unit_words(words)
    )
    unit = create(row, actor=actor, at=at, action="unit.create")
    name = UnitName(unit=unit, **words, valid_from=on, decision=decision)
    create(name, actor=actor, at=at, action="unit.name")
    if parent is not None:
        link = UnitLink(parent=parent, child=unit, valid_from=on, decision=decision)
        create(link, actor=actor, at=at, action="unit.link")
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
    """From `on` the unit bears another name; the old one stays findable. Raises DatesOverlap.

    A day to come is recorded now and shown from that day on (`turn_day`).
    """
    open_tree(actor)
    require_words(name=name)
    require_alive(unit, on, for_good=True)
    current = unit.names.get(valid_until__isnull=True)
    words = name_words(name, short_name)
    if (current.name, current.short_name) == (words["name"], words["short_name"]):
        if current.valid_from == on:
            return unit
        raise DatesOverlap(
            _("Đơn vị đã mang tên này (%s). Ghi tên mới, hoặc đính chính ngày của tên đang mang.")
            % said(current.valid_from)
        )
    require_after(current.valid_from, on)
    change(current, actor=actor, at=at, action="unit.name_ends", valid_until=on - DAY)
    row = UnitName(unit=unit, **words, valid_from=on, decision=clean(decision))
    create(row, actor=actor, at=at, action="unit.name")
    show_name(unit, actor=actor, at=at)
    close_tree(at)
    return unit


@transaction.atomic
def move_unit(
    *, actor: Actor, at: datetime, unit: Unit, parent: Unit, on: date, decision: str = ""
) -> Unit:
    """From `on` the unit stands under another. Raises CycleFound, DatesOverlap, RootTaken."""
    open_tree(actor)
    current = unit.links_up.filter(valid_until__isnull=True, parent=parent).first()
    if current is not None and current.valid_from != on:
        raise DatesOverlap(
            _("«%(unit)s» đã trực thuộc «%(parent)s» (%(day)s). Chọn cấp trên khác.")
            % {"unit": unit.name, "parent": parent.name, "day": said(current.valid_from)}
        )
    relink_unit(actor=actor, at=at, unit=unit, parent=parent, on=on, decision=decision)
    close_tree(at)
    return unit


def relink_unit(
    *, actor: Actor, at: datetime, unit: Unit, parent: Unit, on: date, decision: str
) -> None:
    """As `move_unit`, within a tree that is already open; for acts that move several."""
    require_alive(unit, on, for_good=True)
    require_alive(parent, on, for_good=True)
    current = unit.links_up.filter(valid_until__isnull=True).first()
    if current is None:
        raise RootTaken(_("Tổ chức gốc không đứng dưới đơn vị nào."))
    if current.parent_id == parent.pk:
        return
    require_after(current.valid_from, on)
    _refuse_cycle(unit, parent, on)
    change(current, actor=actor, at=at, action="unit.link_ends", valid_until=on - DAY)
    link = UnitLink(parent=parent, child=unit, valid_from=on, decision=clean(decision))
    create(link, actor=actor, at=at, action="unit.link")


def show_name(unit: Unit, *, actor: Actor, at: datetime) -> None:
    """The unit's own columns bear the name of today, its last or its first."""
    row = name_on(unit, local_date(at))
    words = {"name": row.name, "short_name": row.short_name, "folded": row.folded}
    change(unit, actor=actor, at=at, action="unit.rename", **unit_words(words))


@transaction.atomic
def turn_day(*, actor: Actor, at: datetime) -> int:
    """A new day: names and places that came into force meanwhile are shown, by no act of anybody.

    How many units bear another name since. Days on which this did not run are caught up.
    """
    lock_tree()
    late = UnitName.objects.filter(in_force(local_date(at))).exclude(
        name=F("unit__name"), short_name=F("unit__short_name")
    )
    units = [row.unit for row in late.select_related("unit").order_by("pk")]
    for unit in units:
        show_name(unit, actor=actor, at=at)
    close_tree(at)
    return len(units)


def _refuse_cycle(unit: Unit, parent: Unit, on: date) -> None:
    """The new parent never stands under the unit from that day on. Raises CycleFound."""
    if parent.pk == unit.pk:
        raise CycleFound(_("«%s» không thể là cấp trên của chính nó.") % unit.name)
    links_of = load_forest().links_of()
    links_of[unit.pk] = [Link(parent.pk, unit.pk, Span(on, None))]
    day = find_cycle(links_of, unit.pk, Span(on, None))
    if day:
        raise CycleFound(
            _(
                "«%(parent)s» đứng dưới «%(unit)s» (ngày %(day)s), nên không thể là cấp trên. "
                "Chọn đơn vị khác, hoặc chuyển «%(parent)s» ra trước."
            )
            % {"parent": parent.name, "unit": unit.name, "day": said(day)}
        )


def _first_parent(unit: Unit) -> Unit | None:
    first = F("valid_from").asc(nulls_first=True)
    link = unit.links_up.select_related("parent").order_by(first).first()
    return link.parent if link else None
