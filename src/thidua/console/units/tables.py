"""Columns of the lists of this group."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.organizations.models import Unit
from thidua.web.chips import Chip
from thidua.web.listing import ActColumn, ChipColumn, Column, DayColumn, NumberColumn, Table

LIVES = Chip(gettext_lazy("Đang hoạt động"), "luc", "circle-check")
ENDED = Chip(gettext_lazy("Đã kết thúc"), "xam", "archive")
RETIRED = Chip(gettext_lazy("Không dùng nữa"), "xam", "archive")
IN_USE = Chip(gettext_lazy("Đang dùng"), "luc", "circle-check")


class UnitTable(Table):
    """Units of all time."""

    name = Column(gettext_lazy("Tên"), sort="sort_key", link="console:unit-detail")
    code = Column(gettext_lazy("Mã"), sort="code")
    kind = Column(gettext_lazy("Loại"), sort=("kind__position", "sort_key"))
    parent_name = Column(gettext_lazy("Trực thuộc"), sort="parent_key")
    founded_on = DayColumn(gettext_lazy("Thành lập"), sort="founded_on")
    dissolved_on = DayColumn(gettext_lazy("Đến ngày"), sort="dissolved_on")
    state = ChipColumn(
        gettext_lazy("Tình trạng"),
        lambda ended: ENDED if ended else LIVES,
        accessor="has_ended",
        sort="has_ended",
    )


class KindTable(Table):
    """Kinds of unit."""

    name = Column(gettext_lazy("Tên loại"), sort=("position", "code"), is_title=True)
    code = Column(gettext_lazy("Mã"), sort="code")
    position = NumberColumn(gettext_lazy("Thứ tự"), sort="position")
    size = NumberColumn(gettext_lazy("Đơn vị đang hoạt động"), sort="size")
    state = ChipColumn(
        gettext_lazy("Tình trạng"),
        lambda active: IN_USE if active else RETIRED,
        accessor="is_active",
        sort="is_active",
    )
    act = ActColumn(
        lambda kind: (reverse("console:unit-kind-edit", kwargs={"pk": kind.pk}), _("Sửa"))
    )


class BlocTable(Table):
    """Blocs and clusters."""

    name = Column(gettext_lazy("Tên"), sort="sort_key", link="console:bloc-detail")
    code = Column(gettext_lazy("Mã"), sort="code")
    kind = Column(gettext_lazy("Loại"), sort="kind", accessor="get_kind_display")
    size = NumberColumn(gettext_lazy("Số đơn vị hiện nay"), sort="size")
    valid_from = DayColumn(gettext_lazy("Từ ngày"), sort="valid_from")
    state = ChipColumn(
        gettext_lazy("Tình trạng"),
        lambda over: ENDED if over else LIVES,
        accessor="is_over",
        sort="is_over",
    )


def life_chip(unit: Unit | Any) -> Chip:
    """Still at work, or ended."""
    return ENDED if unit.dissolved_on else LIVES
