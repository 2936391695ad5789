"""The tree as a whole: its lock, its check, its closure of today. Used by the acts beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.organizations.errors import (
    CycleFound,
    DatesOverlap,
    NotYours,
    UnitError,
    UnitNotAlive,
    WordsMissing,
)
from thidua.organizations.lifecycle.tree import (
    Fault,
    Forest,
    Found,
    Link,
    Span,
    Succession,
    close,
    find_fault,
    parents_on,
)
from thidua.organizations.models import (
    Unit,
    UnitClosure,
    UnitKind,
    UnitLink,
    UnitName,
    UnitSuccession,
)
from thidua.organizations.permissions import can_edit_tree
from thidua.organizations.selectors import get_root_id
from thidua.support.actor import Actor
from thidua.support.clock import local_date
from thidua.support.text import clean, fold, sort_key


def open_tree(actor: Actor) -> None:
    """Take the tree for this transaction: whoever comes second waits here. Raises NotYours."""
    if not can_edit_tree(actor, get_root_id()):
        raise NotYours(
            _(
                "Chỉ quản trị hệ thống và chuyên viên Vụ Thi đua, Khen thưởng của tổ chức gốc "
                "sửa được cây đơn vị."
            )
        )
    lock_tree()


def lock_tree() -> None:
    """One writer of the tree at a time. (SQLite: each writing transaction is alone anyway.)"""
    kinds = UnitKind.objects.select_for_update(no_key=True).order_by("pk")
    list(kinds.values_list("pk", flat=True))


@transaction.atomic
def close_tree(at: datetime) -> None:
    """The last step of every act: nothing is wrong with any day, and the closure is that of today.

    Raises UnitError.
    """
    forest = load_forest()
    found = find_fault(forest)
    if found:
        raise _say(found)
    _write_closure(forest, local_date(at))


@transaction.atomic
def rebuild_closure(*, on: date) -> None:
    """Write anew who stands above whom on a day; what comes into force by itself needs it."""
    lock_tree()
    _write_closure(load_forest(), on)


def load_forest() -> Forest:
    """The whole tree, in four queries."""
    lives = Unit.objects.order_by("pk").values_list("pk", "founded_on", "dissolved_on", "is_root")
    names: dict[int, list[Span]] = defaultdict(list)
    for unit, first, last in UnitName.objects.values_list("unit_id", "valid_from", "valid_until"):
        names[unit].append(Span(first, last))
    links = UnitLink.objects.values_list("parent_id", "child_id", "valid_from", "valid_until")
    heirs = UnitSuccession.objects.values_list("predecessor_id", "successor_id", "on")
    return Forest(
        lives={pk: Span(first, last) for pk, first, last, _root in lives},
        names=names,
        links=[Link(parent, child, Span(first, last)) for parent, child, first, last in links],
        successions=[Succession(*row) for row in heirs],
        root=next((pk for pk, _first, _last, is_root in lives if is_root), None),
    )


def _write_closure(forest: Forest, day: date) -> None:
    rows = set(close(forest.lives, parents_on(forest, day)))
    stored = set(UnitClosure.objects.values_list("ancestor_id", "descendant_id", "depth"))
    gone = {(up, down) for up, down, _depth in stored - rows}
    ids = UnitClosure.objects.values_list("pk", "ancestor_id", "descendant_id")
    UnitClosure.objects.filter(pk__in=[pk for pk, up, down in ids if (up, down) in gone]).delete()
    UnitClosure.objects.bulk_create(
        (
            UnitClosure(ancestor_id=up, descendant_id=down, depth=depth)
            for up, down, depth in sorted(rows - stored)
        ),
        batch_size=500,
    )


def require_alive(unit: Unit, on: date | None, *, for_good: bool = False) -> None:
    """The unit lives on that day (None: since always); `for_good`: and has no end. UnitNotAlive."""
    unit.refresh_from_db()
    life = Span(unit.founded_on, unit.dissolved_on)
    if for_good and unit.dissolved_on is not None:
        raise UnitNotAlive(
            _("«%(unit)s» kết thúc ngày %(day)s. Chọn đơn vị còn hoạt động.")
            % {"unit": unit.name, "day": said(unit.dissolved_on)}
        )
    if not life.holds_on(on or date.min):
        raise UnitNotAlive(
            _(
                "«%(unit)s» không tồn tại vào ngày %(day)s. Chọn ngày trong thời gian đơn vị có thật."
            )
            % {"unit": unit.name, "day": said(on)}
        )


def require_after(begun: date | None, on: date) -> None:
    """A change comes after the one that is recorded last. Raises DatesOverlap."""
    if begun is not None and on <= begun:
        raise DatesOverlap(
            _("Đã có thay đổi từ ngày %(begun)s; ngày mới phải sau ngày đó.")
            % {"begun": said(begun)}
        )


def require_words(**words: str) -> None:
    """Nothing of what must be said is empty. Raises WordsMissing."""
    labels = {"name": _("tên"), "code": _("mã"), "reason": _("lý do")}
    for key, text in words.items():
        if not clean(text):
            raise WordsMissing(_("Cần ghi %s.") % labels[key])


def name_words(name: str, short_name: str = "") -> dict[str, str]:
    """The columns of a name: as written, and folded for search."""
    name, short_name = clean(name), clean(short_name)
    return {"name": name, "short_name": short_name, "folded": fold(f"{name} {short_name}").strip()}


def unit_words(words: dict[str, str]) -> dict[str, str]:
    """The columns of a unit for the name that it bears."""
    return {**words, "sort_key": sort_key(words["name"])}


def said(day: date | None) -> str:
    """A day as it is written: 01/03/2025, or that it was always so."""
    return f"{day:%d/%m/%Y}" if day else _("từ đầu")


def listed(units: Iterable[Unit]) -> str:
    """Units by name, in a sentence."""
    return ", ".join(f"«{unit.name}»" for unit in units)


def _say(found: Found) -> UnitError:
    names = dict(
        Unit.objects.filter(pk__in=[found.unit, found.other or found.unit]).values_list(
            "pk", "name"
        )
    )
    error, sentence = _FAULTS[found.fault]
    return error(
        _(sentence)
        % {
            "unit": names[found.unit],
            "other": names.get(found.other or 0, ""),
            "day": said(None if found.day == date.min else found.day),
        }
    )


def gettext_noop(text: str) -> str:
    """Marks a text for the catalogue; it is translated when it is said."""
    return text


_FAULTS: dict[Fault, tuple[type[UnitError], str]] = {
    Fault.CYCLE: (
        CycleFound,
        gettext_noop(
            "«%(unit)s» sẽ đứng dưới chính nó từ ngày %(day)s. Chọn đơn vị cấp trên khác, "
            "hoặc chuyển đơn vị đó ra trước."
        ),
    ),
    Fault.OVERLAP: (
        DatesOverlap,
        gettext_noop("«%(unit)s» sẽ có hai tên hoặc hai cấp trên cùng lúc từ ngày %(day)s."),
    ),
    Fault.GAP: (
        DatesOverlap,
        gettext_noop("«%(unit)s» sẽ không có tên, cấp trên hoặc đơn vị kế thừa từ ngày %(day)s."),
    ),
    Fault.OUTSIDE_LIFE: (
        DatesOverlap,
        gettext_noop(
            "«%(unit)s» đã có thay đổi ngoài thời gian hoạt động (ngày %(day)s). "
            "Đính chính thay đổi đó trước."
        ),
    ),
    Fault.PARENT_NOT_ALIVE: (
        UnitNotAlive,
        gettext_noop(
            "«%(unit)s» sẽ đứng dưới «%(other)s» vào ngày %(day)s, khi «%(other)s» không tồn tại. "
            "Chuyển «%(unit)s» trước, hoặc chọn ngày khác."
        ),
    ),
    Fault.HEIR_NOT_ALIVE: (
        UnitNotAlive,
        gettext_noop(
            "«%(other)s» không tồn tại vào ngày %(day)s, nên không kế thừa «%(unit)s» được."
        ),
    ),
}
