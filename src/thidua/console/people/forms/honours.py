"""Forms of the register."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from thidua.console.people.forms.fields import (
    AwardField,
    PartialField,
    SourceForm,
    WordField,
    YearField,
)
from thidua.web.forms import ConfirmForm, DayField, LineField


class DecisionForm(SourceForm):
    """The decision behind an entry."""

    number = LineField(
        label=_("Số quyết định"),
        required=False,
        max_length=120,
        help_text=_("Ghi đúng như trên giấy."),
    )
    decided_on = PartialField(label=_("Ngày quyết định"))
    issuer = LineField(label=_("Cơ quan ban hành"), required=False, max_length=200)
    issuer_level = WordField("issuers", label=_("Cấp ban hành"), required=False)
    signer = LineField(label=_("Người ký"), required=False, max_length=120)
    signer_title = LineField(label=_("Chức vụ người ký"), required=False, max_length=120)
    abstract = LineField(label=_("Trích yếu"), required=False, max_length=500)


class HonourForm(DecisionForm):
    """An honour that an outside decision gave."""

    award = AwardField()
    year = YearField(label=_("Khen cho năm"), required=False)
    period_from = DayField(label=_("Hoặc cho giai đoạn từ"), required=False)
    period_until = DayField(label=_("Đến"), required=False)
    stream = WordField("streams", label=_("Loại khen thưởng"), required=False)
    holder_name = LineField(label=_("Tên ghi trên quyết định"), max_length=300)
    holder_unit = LineField(label=_("Đơn vị ghi trên quyết định"), required=False, max_length=300)
    wording = LineField(label=_("Thành tích ghi trên quyết định"), required=False, max_length=500)

    field_order = ("award", "year", "period_from", "period_until", "stream", "number", "decided_on")


class CorrectionForm(SourceForm):
    """What was wrong in an entry, as it should be."""

    holder_name = LineField(label=_("Tên ghi trên quyết định"), max_length=300)
    holder_unit = LineField(label=_("Đơn vị ghi trên quyết định"), required=False, max_length=300)
    award = AwardField()
    year = YearField(label=_("Khen cho năm"), required=False)
    stream = WordField("streams", label=_("Loại khen thưởng"), required=False)
    wording = LineField(label=_("Thành tích ghi trên quyết định"), required=False, max_length=500)
    reason = LineField(label=_("Lý do đính chính"), max_length=300)


class ReissueForm(SourceForm):
    """Why the paper was issued anew."""

    reason = LineField(label=_("Lý do cấp lại, cấp đổi"), max_length=300)


class RevocationForm(ConfirmForm, DecisionForm):
    """The decision that takes an honour back."""

    reason = LineField(label=_("Lý do thu hồi"), max_length=300)
    field_order = ("number", "decided_on", "issuer")
