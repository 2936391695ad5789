"""Lists of this group."""

from __future__ import annotations

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua.console.documents.chips import BOOK_CHIPS, NUMBER_CHIPS
from thidua.documents.models import BookNumber, NumberBook
from thidua.web.listing import (
    ActColumn,
    ChipColumn,
    Column,
    DayColumn,
    Filters,
    MomentColumn,
    NumberColumn,
    Table,
)
from thidua.web.words import Label


class BookTable(Table):
    """Number books."""

    title = Column(_("Sổ"), link="console:number-book-detail")
    year = Column(_("Năm"), sort="year")
    pattern = Column(_("Mẫu số, ký hiệu"))
    taken_count = NumberColumn(_("Số đã lấy"), sort="taken_count")
    cancelled_count = NumberColumn(_("Số hủy"), sort="cancelled_count")
    is_open = ChipColumn(_("Trạng thái"), BOOK_CHIPS, sort="is_open")


class BookFilters(Filters):
    """Number books by year."""

    year = django_filters.NumberFilter(label=_("Năm"))

    class Meta:
        model = NumberBook
        fields = ("year",)


class NumberTable(Table):
    """The numbers of a book."""

    symbol = Column(_("Số, ký hiệu"), sort="number", is_title=True)
    on = DayColumn(_("Ngày văn bản"), sort="on")
    subject = Column(_("Trích yếu"))
    taken_by_name = Column(_("Người lấy"))
    taken_at = MomentColumn(_("Lúc"), sort="taken_at")
    is_cancelled = ChipColumn(_("Trạng thái"), NUMBER_CHIPS)
    cancel_reason = Column(_("Lý do hủy"))


def cancelling(row: BookNumber) -> tuple[str, Label] | None:
    """The way to cancel a number, while it still counts."""
    if row.is_cancelled:
        return None
    kwargs = {"pk": row.book_id, "number": row.number}
    return reverse("console:number-cancel", kwargs=kwargs), _("Hủy số")


class KeptNumberTable(NumberTable):
    """The same for keepers: a number may be cancelled."""

    act = ActColumn(cancelling)
