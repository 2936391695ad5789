"""What became of a unit, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from thidua.organizations.models import Unit
from thidua.organizations.selectors.units import list_names


@dataclass(frozen=True)
class Entry:
    """One thing that happened: `on` None means that it was always so.

    `act`: found, rename, move, merge, split, take (took another in), part (came out of a split),
    dissolve, correct. `row` is the id of the name or link that the act made, `link` of the first
    link; `made` says who put something right and when.
    """

    on: date | None
    act: str
    words: str
    decision: str = ""
    row: int | None = None
    link: int | None = None
    units: tuple[Unit, ...] = ()
    made: tuple[str, datetime] | None = None


_ORDER = ("found", "part", "rename", "move", "take", "merge", "split", "dissolve")


def list_history(unit: Unit) -> list[Entry]:
    """The life of a unit, the newest first, then what was put right."""
    entries = [*_names(unit), *_places(unit), *_before(unit), *_end(unit)]
    entries.sort(key=lambda one: (one.on or date.min, _ORDER.index(one.act)), reverse=True)
    return [*entries, *_corrections(unit)]


def _names(unit: Unit) -> list[Entry]:
    rows = list_names(unit)[::-1]
    first = rows[0]
    link = unit.links_up.select_related("parent").filter(valid_from=unit.founded_on).first()
    under = _(", trực thuộc %s") % link.parent.name if link else ""
    entries = [
        Entry(
            unit.founded_on,
            "found",
            _("Thành lập «%(name)s»%(under)s") % {"name": first.name, "under": under},
            first.decision,
            first.pk,
            link.pk if link else None,
            (link.parent,) if link else (),
        )
    ]
    entries += [
        Entry(row.valid_from, "rename", _("Đổi tên thành «%s»") % row.name, row.decision, row.pk)
        for row in rows[1:]
    ]
    return entries


def _places(unit: Unit) -> list[Entry]:
    rows = unit.links_up.select_related("parent").exclude(valid_from=unit.founded_on)
    return [
        Entry(
            row.valid_from,
            "move",
            _("Chuyển về «%s»") % row.parent.name,
            row.decision,
            row.pk,
            units=(row.parent,),
        )
        for row in rows
        if row.valid_from is not None
    ]


def _before(unit: Unit) -> list[Entry]:
    said = {"merge": ("take", _("Nhận sáp nhập «%s»")), "split": ("part", _("Tách ra từ «%s»"))}
    return [
        Entry(
            row.on,
            said[row.act][0],
            said[row.act][1] % row.predecessor.name,
            row.decision,
            units=(row.predecessor,),
        )
        for row in unit.origins.select_related("predecessor").order_by("on", "pk")
    ]


def _end(unit: Unit) -> list[Entry]:
    if unit.dissolved_on is None:
        return []
    rows = list(unit.successions.select_related("successor").order_by("pk"))
    if not rows:
        words = _("Giải thể, hoạt động đến hết ngày này")
        return [Entry(unit.dissolved_on, "dissolve", words, unit.end_decision)]
    said = {"merge": _("Sáp nhập vào %s"), "split": _("Chia, tách thành %s")}
    heirs = tuple(row.successor for row in rows)
    names = ", ".join(f"«{heir.name}»" for heir in heirs)
    first = rows[0]
    return [Entry(first.on, first.act, said[first.act] % names, first.decision, units=heirs)]


def _corrections(unit: Unit) -> list[Entry]:
    return [
        Entry(
            None,
            "correct",
            _("Đính chính %(what)s: %(was)s → %(now)s. Lý do: %(reason)s")
            % {
                "what": row.what.lower(),
                "was": row.was or "–",
                "now": row.now or _("bỏ"),
                "reason": row.reason,
            },
            made=(row.made_by_name, row.made_at),
        )
        for row in unit.corrections.order_by("-made_at", "-pk")
    ]
