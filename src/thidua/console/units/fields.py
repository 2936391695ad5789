"""Fields that choose a unit, its kind, the day and the paper of an act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.flows.unit_heirs import Roles
from thidua.organizations.models import Unit, UnitKind
from thidua.web.forms import DayField, LineField
from thidua.web.words import Label

if TYPE_CHECKING:
    _One = forms.ModelChoiceField[Unit]
    _Many = forms.ModelMultipleChoiceField[Unit]
    _Kind = forms.ModelChoiceField[UnitKind]
else:
    _One = _Kind = forms.ModelChoiceField
    _Many = forms.ModelMultipleChoiceField


class UnitField(_One):
    """One unit, in Vietnamese order, with its code."""

    def __init__(self, units: QuerySet[Unit], *, label: Label, **options: Any) -> None:
        """`units`: those that may be chosen."""
        options.setdefault("empty_label", _("Chọn đơn vị…"))
        super().__init__(units.order_by("sort_key"), label=label, **options)

    def label_from_instance(self, obj: Any) -> str:
        """«Cục Viễn thông (CVT)»."""
        return f"{obj.name} ({obj.code})"


class UnitsField(_Many):
    """Several units, ticked."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """«Cục Viễn thông (CVT)»."""
        return f"{obj.name} ({obj.code})"


def kind_field(kinds: QuerySet[UnitKind], **options: Any) -> _Kind:
    """A kind of unit."""
    return _Kind(kinds, label=_("Loại đơn vị"), empty_label=_("Chọn loại…"), **options)


def day_field(**options: Any) -> DayField:
    """The day from which the act holds."""
    options.setdefault("label", _("Có hiệu lực từ ngày"))
    return DayField(**options)


def decision_field(**options: Any) -> LineField:
    """Number and day of the paper."""
    return LineField(
        label=_("Số, ngày quyết định"),
        max_length=200,
        help_text=_("Ví dụ: 1855/QĐ-BTTTT ngày 01/11/2019."),
        **options,
    )


def reason_field() -> LineField:
    """Why something is put right."""
    return LineField(
        label=_("Lý do"),
        max_length=500,
        help_text=_("Viết ngắn, nêu giấy tờ làm căn cứ. Lý do hiện trong lịch sử đơn vị."),
    )


def roles_field() -> forms.ChoiceField:
    """What becomes of the roles held for a unit that ends."""
    return forms.ChoiceField(
        label=_("Vai trò đang giao tại đơn vị kết thúc"),
        choices=[
            (Roles.END.value, _("Cho thôi; giao lại sau nếu cần")),
            (Roles.CARRY.value, _("Chuyển sang đơn vị tiếp nhận (có quyền trên cả đơn vị đó)")),
        ],
        initial=Roles.END.value,
        widget=forms.RadioSelect,
    )
