"""Lists of the trail."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from thidua.web.listing import Column, Filters, MomentColumn, NumberColumn, Table


class EventTable(Table):
    """Events."""

    at = MomentColumn(_("Lúc"))
    action = Column(_("Việc"), link="console:audit-detail", is_title=True)
    stream = Column(_("Đối tượng"))
    actor_name = Column(_("Ai"))
    seq = NumberColumn(_("Số"), accessor="sequenced__seq")


class EventFilters(Filters):
    """By object, actor, action, period."""

    stream = django_filters.CharFilter(label=_("Đối tượng"), lookup_expr="startswith")
    actor_name = django_filters.CharFilter(label=_("Ai"), lookup_expr="icontains")
    action = django_filters.CharFilter(label=_("Việc"), lookup_expr="startswith")
    since = django_filters.DateFilter(
        label=_("Từ ngày"), field_name="at", lookup_expr="date__gte", input_formats=["%d/%m/%Y"]
    )
    until = django_filters.DateFilter(
        label=_("Đến ngày"), field_name="at", lookup_expr="date__lte", input_formats=["%d/%m/%Y"]
    )


class CheckpointTable(Table):
    """Checkpoints with the state of their copies outside."""

    made_at = MomentColumn(_("Ký lúc"), sort="made_at")
    epoch = NumberColumn(_("Kỳ"), accessor="epoch_id")
    size = NumberColumn(_("Số sự kiện"))
    copies = Column(_("Bản ngoài"), accessor="pk", empty_values=())

    def render_copies(self, record: Any) -> str:
        """«2 trên 3 nơi»; what failed stands in words."""
        return say_copies(record)

    def value_copies(self, record: Any) -> str:
        """In a workbook: the same."""
        return say_copies(record)


def say_copies(record: Any) -> str:
    """Where a checkpoint lies outside."""
    if not record.tried:
        return str(_("Chưa gửi"))
    said = str(_("%(arrived)s trên %(tried)s nơi")) % {
        "arrived": record.arrived,
        "tried": record.tried,
    }
    errors = [f"{one.target}: {one.error}" for one in record.copies.all() if one.error]
    return "; ".join([said, *errors])
