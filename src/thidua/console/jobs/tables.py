"""Lists of queued work."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from thidua.jobs.lifecycle import JobState
from thidua.jobs.models import Job
from thidua.web.chips import Chip
from thidua.web.listing import ChipColumn, Column, Filters, MomentColumn, Table

JOB_CHIPS = {
    JobState.WAITING.value: Chip(_("Đang chờ"), "xam", "hourglass"),
    JobState.RUNNING.value: Chip(_("Đang chạy"), "cham", "play"),
    JobState.DONE.value: Chip(_("Đã xong"), "luc", "circle-check"),
    JobState.CANCELLED.value: Chip(_("Đã dừng"), "xam", "ban"),
    JobState.PARKED.value: Chip(_("Tạm gác, cần xem"), "gach", "triangle-alert"),
}


class StateColumn(ChipColumn):
    """The state of a row: django-tables2 hands a field with choices over in their words."""

    def render(self, record: Any) -> str:
        """The chip."""
        return super().render(record.state)

    def value(self, record: Any) -> str:
        """In a workbook: the words."""
        return super().value(record.state)


class ProgressColumn(Column):
    """How far: 120 trên 400."""

    def render(self, record: Any) -> str:
        """Done of total, or what there is."""
        if record.total:
            return _("%(done)s trên %(total)s") % {"done": record.done, "total": record.total}
        return str(record.done) if record.done else "–"

    def value(self, record: Any) -> str:
        """In a workbook: the same."""
        return self.render(record)


class JobTable(Table):
    """Jobs."""

    label = Column(_("Việc"), sort="label", link="console:job-detail")
    state = StateColumn(_("Trạng thái"), JOB_CHIPS, sort="state")
    progress = ProgressColumn(_("Tiến độ"), accessor="done")
    tries = Column(_("Số lần thử"), sort="tries")
    actor_name = Column(_("Người yêu cầu"), sort="actor_name")
    created_at = MomentColumn(_("Lúc xếp"), sort="created_at")
    ended_at = MomentColumn(_("Lúc xong"), sort="ended_at")


class JobFilters(Filters):
    """By state."""

    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"),
        choices=[(state, chip.label) for state, chip in JOB_CHIPS.items()],
        empty_label=_("Mọi trạng thái"),
    )

    class Meta:
        model = Job
        fields = ("state",)
