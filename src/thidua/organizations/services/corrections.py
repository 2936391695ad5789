"""What was recorded wrongly is put right, by name and with its reason; nothing is silently rewritten.

An act of today is undone here too: it takes away what that act recorded, as far as nothing came
after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from thidua.audit.services import change, create, remove
from thidua.organizations.errors import (
    CodeTaken,
    CycleFound,
    DatesOverlap,
    RootTaken,
    UnitInUse,
    UnitNotAlive,
    UnitStillHolds,
)
from thidua.organizations.lifecycle.tree import DAY
from thidua.organizations.models import Unit, UnitCorrection, UnitKind, UnitLink, UnitName
from thidua.organizations.services.blocs import return_to_bloc
from thidua.organizations.services.tree import (
    close_tree,
    listed,
    name_words,
    open_tree,
    require_words,
    said,
)
from thidua.organizations.services.units import show_name
from thidua.support.actor import Actor
from thidua.support.text import clean


@transaction.atomic
def correct_founding(
    *, actor: Actor, at: datetime, unit: Unit, on: date | None, reason: str
) -> None:
    """The unit was founded on another day (None: it was always there). Raises UnitError."""
    _open(actor, unit, reason)
    was = unit.founded_on
    if was == on:
        return
    rows: list[UnitName | UnitLink] = [
        *unit.names.filter(valid_from=was),
        *unit.links_up.filter(valid_from=was),
    ]
    for row in rows:
        _require_order(on, row.valid_until)
    change(unit, actor=actor, at=at, action="unit.correct", reason=reason, founded_on=on)
    for row in rows:
        change(row, actor=actor, at=at, action="unit.correct", reason=reason, valid_from=on)
    _record(unit, actor, at, _("Ngày thành lập"), said(was), said(on), reason)
    close_tree(at)


@transaction.atomic
def correct_name(
    *,
    actor: Actor,
    at: datetime,
    row: UnitName,
    name: str,
    short_name: str,
    on: date | None,
    decision: str,
    reason: str,
) -> None:
    """A name was written wrongly, or began on another day. Raises UnitError."""
    unit = row.unit
    _open(actor, unit, reason)
    require_words(name=name)
    words = name_words(name, short_name)
    was, now = _name_said(row), words["name"]
    _shift(row, unit.names.all(), on, actor, at, reason)
    change(
        row,
        actor=actor,
        at=at,
        action="unit.correct",
        reason=reason,
        decision=clean(decision),
        **words,
    )
    show_name(unit, actor=actor, at=at)
    _record(unit, actor, at, _("Tên"), was, f"{now} ({_('từ')} {said(on)})", reason)
    close_tree(at)


@transaction.atomic
def correct_link(
    *,
    actor: Actor,
    at: datetime,
    row: UnitLink,
    parent: Unit,
    on: date | None,
    decision: str,
    reason: str,
) -> None:
    """A unit stood under another parent than was recorded, or from another day. Raises UnitError."""
    unit = row.child
    _open(actor, unit, reason)
    if parent.pk == unit.pk:
        raise CycleFound(_("«%s» không thể là cấp trên của chính nó.") % unit.name)
    was = f"{row.parent.name} ({_('từ')} {said(row.valid_from)})"
    _shift(row, unit.links_up.all(), on, actor, at, reason)
    change(
        row,
        actor=actor,
        at=at,
        action="unit.correct",
        reason=reason,
        parent=parent,
        decision=clean(decision),
    )
    _record(unit, actor, at, _("Cấp trên"), was, f"{parent.name} ({_('từ')} {said(on)})", reason)
    close_tree(at)


@transaction.atomic
def correct_end(
    *, actor: Actor, at: datetime, unit: Unit, on: date, decision: str, reason: str
) -> None:
    """The unit's last day was another one; those that succeeded it did so the day after."""
    _open(actor, unit, reason)
    was = unit.dissolved_on
    if was is None:
        raise UnitNotAlive(_("«%s» chưa kết thúc, nên chưa có ngày để đính chính.") % unit.name)
    rows: list[UnitName | UnitLink] = [
        *unit.names.filter(valid_until=was),
        *unit.links_up.filter(valid_until=was),
    ]
    for row in rows:
        _require_order(row.valid_from, on)
    change(
        unit,
        actor=actor,
        at=at,
        action="unit.correct",
        reason=reason,
        dissolved_on=on,
        end_decision=clean(decision),
    )
    for row in rows:
        change(row, actor=actor, at=at, action="unit.correct", reason=reason, valid_until=on)
    for heir in unit.successions.all():
        change(heir, actor=actor, at=at, action="unit.correct", reason=reason, on=on + DAY)
    _record(unit, actor, at, _("Ngày kết thúc"), said(was), said(on), reason)
    close_tree(at)


@transaction.atomic
def correct_details(
    *, actor: Actor, at: datetime, unit: Unit, code: str, kind: UnitKind, reason: str
) -> None:
    """The unit's code or kind was recorded wrongly. Raises CodeTaken."""
    _open(actor, unit, reason)
    require_words(code=code)
    code, was = clean(code), f"{unit.code}, {unit.kind.name}"
    if Unit.objects.filter(code__iexact=code).exclude(pk=unit.pk).exists():
        raise CodeTaken(_("Mã đơn vị «%s» đã có. Chọn mã khác.") % code)
    if change(unit, actor=actor, at=at, action="unit.correct", reason=reason, code=code, kind=kind):
        _record(unit, actor, at, _("Mã, loại"), was, f"{code}, {kind.name}", reason)


@transaction.atomic
def reopen_unit(*, actor: Actor, at: datetime, unit: Unit, reason: str) -> list[Unit]:
    """The unit's end was recorded wrongly: it lives on; its heirs are no longer its heirs.

    Units that a merger took from it on that day come back, unless they moved on since; they are
    returned. Raises UnitNotAlive.
    """
    _open(actor, unit, reason)
    last_day = unit.dissolved_on
    if last_day is None:
        raise UnitNotAlive(_("«%s» vẫn đang hoạt động.") % unit.name)
    was = f"{said(last_day)} {unit.end_decision}".strip()
    back = _taken_by_merger(unit, last_day)
    for heir in unit.successions.all():
        remove(heir, actor=actor, at=at, action="unit.undo", reason=reason)
    for row in (
        *unit.names.filter(valid_until=last_day),
        *unit.links_up.filter(valid_until=last_day),
    ):
        change(row, actor=actor, at=at, action="unit.undo", reason=reason, valid_until=None)
    change(
        unit,
        actor=actor,
        at=at,
        action="unit.undo",
        reason=reason,
        dissolved_on=None,
        end_decision="",
    )
    for taken, before in back:
        remove(taken, actor=actor, at=at, action="unit.undo", reason=reason)
        change(before, actor=actor, at=at, action="unit.undo", reason=reason, valid_until=None)
    return_to_bloc(unit, last_day, actor, at, reason)
    _record(unit, actor, at, _("Kết thúc hoạt động"), was, "", reason)
    close_tree(at)
    return [taken.child for taken, _before in back]


@transaction.atomic
def drop_name(*, actor: Actor, at: datetime, row: UnitName, reason: str) -> None:
    """A renaming never took place: the name before goes on. Raises DatesOverlap for the first."""
    unit = row.unit
    _open(actor, unit, reason)
    was = _name_said(row)
    _drop(row, unit.names.all(), actor, at, reason)
    show_name(unit, actor=actor, at=at)
    _record(unit, actor, at, _("Đổi tên"), was, "", reason)
    close_tree(at)


@transaction.atomic
def drop_link(*, actor: Actor, at: datetime, row: UnitLink, reason: str) -> None:
    """A move never took place: the place before goes on. Raises DatesOverlap for the first."""
    unit = row.child
    _open(actor, unit, reason)
    was = f"{row.parent.name} ({_('từ')} {said(row.valid_from)})"
    _drop(row, unit.links_up.all(), actor, at, reason)
    _record(unit, actor, at, _("Chuyển cấp trên"), was, "", reason)
    close_tree(at)


@transaction.atomic
def remove_unit(*, actor: Actor, at: datetime, unit: Unit, reason: str) -> None:
    """The unit never was: recorded by mistake, and nothing is recorded with it. Raises UnitInUse."""
    _open(actor, unit, reason)
    if unit.is_root:
        raise RootTaken(_("Tổ chức gốc không xóa được; đính chính tên của nó."))
    inside = Unit.objects.filter(links_up__parent=unit).distinct().order_by("sort_key")
    if inside:
        raise UnitStillHolds(
            _("Từng có đơn vị trực thuộc: %s. Đính chính cấp trên của các đơn vị này trước.")
            % listed(inside)
        )
    if unit.origins.exists():
        raise UnitInUse(
            _("«%s» kế thừa đơn vị khác. Mở lại đơn vị đó trước.") % unit.name,
        )
    try:
        with transaction.atomic():
            for row in (
                *unit.successions.all(),
                *unit.names.all(),
                *unit.links_up.all(),
                *unit.corrections.all(),
                unit,
            ):
                remove(row, actor=actor, at=at, action="unit.undo", reason=reason)
    except ProtectedError:
        raise UnitInUse(
            _(
                "«%s» đã có người, vai trò, cụm khối hoặc hồ sơ, nên không xóa được. "
                "Nếu đơn vị không còn, ghi giải thể; nếu ghi sai, đính chính."
            )
            % unit.name
        ) from None
    close_tree(at)


def _open(actor: Actor, unit: Unit, reason: str) -> None:
    open_tree(actor)
    require_words(reason=reason)
    unit.refresh_from_db()


def _record(
    unit: Unit, actor: Actor, at: datetime, what: str, was: str, now: str, reason: str
) -> None:
    row = UnitCorrection(
        unit=unit,
        what=what,
        was=was[:400],
        now=now[:400],
        reason=clean(reason)[:500],
        made_at=at,
        made_by_name=actor.name,
    )
    create(row, actor=actor, at=at, action="unit.correction")


def _name_said(row: UnitName) -> str:
    return f"{row.name} ({_('từ')} {said(row.valid_from)})"


def _before(
    row: UnitName | UnitLink, rows: Iterable[UnitName | UnitLink]
) -> UnitName | UnitLink | None:
    """The row that ends the day before this one begins."""
    if row.valid_from is None:
        return None
    return next((one for one in rows if one.valid_until == row.valid_from - DAY), None)


def _shift(
    row: UnitName | UnitLink,
    rows: Iterable[UnitName | UnitLink],
    on: date | None,
    actor: Actor,
    at: datetime,
    reason: str,
) -> None:
    """Let a row begin on another day, and the one before it end the day before that."""
    if row.valid_from == on:
        return
    before = _before(row, rows)
    if before is None or on is None:
        raise DatesOverlap(
            _("Đây là dòng đầu tiên của đơn vị: đổi ngày bằng đính chính ngày thành lập.")
        )
    _require_order(on, row.valid_until)
    _require_order(before.valid_from, on - DAY)
    pair: list[tuple[UnitName | UnitLink, str, date]] = [
        (row, "valid_from", on),
        (before, "valid_until", on - DAY),
    ]
    if row.valid_from is not None and on < row.valid_from:
        pair.reverse()  # the one that shrinks goes first: no day has two
    for one, field, day in pair:
        change(one, actor=actor, at=at, action="unit.correct", reason=reason, **{field: day})


def _drop(
    row: UnitName | UnitLink,
    rows: Iterable[UnitName | UnitLink],
    actor: Actor,
    at: datetime,
    reason: str,
) -> None:
    before, until = _before(row, rows), row.valid_until
    if before is None:
        raise DatesOverlap(_("Đây là dòng đầu tiên của đơn vị, không bỏ được; hãy đính chính."))
    remove(row, actor=actor, at=at, action="unit.undo", reason=reason)
    change(before, actor=actor, at=at, action="unit.undo", reason=reason, valid_until=until)


def _taken_by_merger(unit: Unit, last_day: date) -> list[tuple[UnitLink, UnitLink]]:
    """(the link that a merger made, the link before it) of units that have not moved since."""
    heirs = set(unit.successions.values_list("successor_id", flat=True))
    pairs = []
    for before in unit.links_down.filter(valid_until=last_day).select_related("child"):
        after = before.child.links_up.filter(valid_from=last_day + DAY, parent__in=heirs).first()
        if after is not None and after.valid_until is None:
            pairs.append((after, before))
    return pairs


def _require_order(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and first > last:
        raise DatesOverlap(
            _("Ngày %(first)s nằm sau ngày %(last)s của dòng tiếp theo đã ghi.")
            % {"first": said(first), "last": said(last)}
        )
