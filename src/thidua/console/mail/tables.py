"""Lists of mail."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from thidua.console.jobs.tables import StateColumn
from thidua.outbox.lifecycle import MessageState
from thidua.outbox.models import Message
from thidua.outbox.selectors import list_kinds
from thidua.web.chips import Chip
from thidua.web.listing import Column, Filters, MomentColumn, Table

MESSAGE_CHIPS = {
    MessageState.HELD.value: Chip(_("Chờ xem"), "cam", "eye"),
    MessageState.WAITING.value: Chip(_("Chờ gửi"), "xam", "hourglass"),
    MessageState.SENDING.value: Chip(_("Đang gửi"), "cham", "send"),
    MessageState.SENT.value: Chip(_("Đã gửi"), "luc", "mail-check"),
    MessageState.UNSURE.value: Chip(_("Chưa rõ đã đi chưa"), "cam", "circle-help"),
    MessageState.REFUSED.value: Chip(_("Bị trả lại"), "gach", "mail-x"),
    MessageState.FAILED.value: Chip(_("Không gửi được"), "gach", "mail-x"),
    MessageState.CANCELLED.value: Chip(_("Đã hủy"), "xam", "ban"),
}


class KindColumn(Column):
    """A kind by its name."""

    def render(self, value: str) -> str:
        """The name."""
        return list_kinds()[value].label

    value = render


class MessageTable(Table):
    """Messages."""

    subject = Column(_("Tiêu đề"), sort="subject", link="console:message-detail")
    address = Column(_("Người nhận"), sort="address")
    kind = KindColumn(_("Loại"), sort="kind")
    state = StateColumn(_("Trạng thái"), MESSAGE_CHIPS, sort="state")
    created_at = MomentColumn(_("Lúc lập"), sort="created_at")
    sent_at = MomentColumn(_("Lúc gửi"), sort="sent_at")


class MessageFilters(Filters):
    """By state."""

    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"),
        choices=[(state, chip.label) for state, chip in MESSAGE_CHIPS.items()],
        empty_label=_("Mọi trạng thái"),
    )

    class Meta:
        model = Message
        fields = ("state",)


class BatchTable(Table):
    """Batches."""

    title = Column(_("Đợt thư"), sort="title", link="console:batch-detail")
    number = Column(_("Số thư"), sort="number")
    held = Column(_("Chờ xem"), sort="held")
    made_by = Column(_("Người lập"))
    made_at = MomentColumn(_("Lúc lập"), sort="made_at")
    released_at = MomentColumn(_("Lúc gửi"), sort="released_at")
