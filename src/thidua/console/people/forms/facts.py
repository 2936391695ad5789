"""One form for each kind of fact; the fields bear the names of the columns."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.console.people.forms.fields import (
    AwardsField,
    MaybeField,
    PartialField,
    SourceForm,
    WordField,
    YearField,
    tick,
)
from thidua.web.forms import DayField, LineField
from thidua.web.words import Label


class Confirmed(SourceForm):
    """Last fields of each fact: who confirmed it, and its source."""

    confirmed_by = LineField(label=_("Người đối chiếu"), required=False, max_length=120)
    confirmed_on = DayField(label=_("Ngày đối chiếu"), required=False)


class Rating(Confirmed):
    year = YearField()
    level = WordField("ratings", [("none", _("Không xếp loại"))], label=_("Mức xếp loại"))
    at_least = tick(_("Chỉ biết là từ mức này trở lên"))
    decision = LineField(label=_("Theo văn bản"), required=False, max_length=200)


class Registration(Confirmed):
    year = YearField()
    is_registered = tick(_("Có đăng ký thi đua"))
    awards = AwardsField(label=_("Đăng ký danh hiệu, hình thức"))


class Discipline(Confirmed):
    level = WordField("discipline", label=_("Hình thức kỷ luật"), required=False)
    year = YearField(required=False)
    decided_on = PartialField(label=_("Ngày quyết định"))
    ends_on = PartialField(label=_("Hết hiệu lực ngày"))
    cleared_on = PartialField(label=_("Xóa kỷ luật ngày"))
    decision = LineField(label=_("Số quyết định"), required=False, max_length=200)
    about = LineField(label=_("Nội dung"), required=False, max_length=300)


class Investigation(Confirmed):
    kind = WordField("pending", label=_("Loại vụ việc"))
    opened_on = PartialField(label=_("Bắt đầu ngày"))
    closed_on = PartialField(label=_("Kết thúc ngày"))
    is_open = MaybeField(label=_("Đang xem xét"))
    about = LineField(label=_("Nội dung"), required=False, max_length=300)


class Attestation(Confirmed):
    what = WordField("judgements", label=_("Điều kiện được xác nhận"))
    year = YearField()
    verdict = forms.ChoiceField(
        label=_("Ý kiến"),
        choices=[("met", _("đạt")), ("not_met", _("không đạt")), ("awaiting", _("chờ ý kiến"))],
    )
    reach = WordField("reaches", label=_("Phạm vi ảnh hưởng"), required=False)
    attested_by = LineField(label=_("Người xác nhận"), required=False, max_length=200)
    attested_on = PartialField(label=_("Ngày xác nhận"))
    text = LineField(label=_("Nội dung"), required=False, max_length=500)


class Movement(Confirmed):
    year = YearField()
    name = LineField(label=_("Tên phong trào"), required=False, max_length=300)
    launched_by = WordField("launchers", label=_("Cấp phát động"), required=False)
    duration_years = forms.IntegerField(
        label=_("Số năm thực hiện"), required=False, min_value=0, max_value=100
    )
    result = WordField("placement_results", label=_("Kết quả"), required=False)
    review = WordField("reviews", label=_("Khi"), required=False)


class Bloc(Confirmed):
    year = YearField()
    name = LineField(label=_("Tên cụm, khối"), required=False, max_length=300)
    organised_by = WordField("launchers", label=_("Cấp tổ chức"), required=False)
    result = WordField("placement_results", label=_("Kết quả"), required=False)
    place = forms.IntegerField(label=_("Thứ hạng"), required=False, min_value=1, max_value=1000)


class Absence(Confirmed):
    year = YearField()
    kind = WordField("absences", label=_("Loại nghỉ"))
    days = forms.IntegerField(label=_("Số ngày"), required=False, min_value=0, max_value=366)
    in_calendar_days = tick(_("Tính cả ngày nghỉ hằng tuần, ngày lễ"))
    absent_from = DayField(label=_("Từ ngày"), required=False)
    absent_until = DayField(label=_("Đến ngày"), required=False)
    months = forms.IntegerField(
        label=_("Số tháng (đi học)"), required=False, min_value=0, max_value=240
    )
    result = WordField("results", label=_("Kết quả học"), required=False)


class Service(Confirmed):
    role = WordField("roles", label=_("Tính là"))
    title = LineField(label=_("Chức danh"), required=False, max_length=200)
    place = LineField(label=_("Nơi công tác"), required=False, max_length=200)
    started_on = PartialField(label=_("Từ"))
    ended_on = PartialField(label=_("Đến"))
    has_ended = tick(_("Đã kết thúc"))
    months = forms.IntegerField(
        label=_("Số tháng, nếu đã tính"), required=False, min_value=0, max_value=1200
    )
    is_continuous = MaybeField(label=_("Liên tục"))
    is_first_recruitment = MaybeField(label=_("Tuyển dụng lần đầu"))


class Scope(Confirmed):
    ledger = WordField("ledgers", label=_("Loại dữ kiện"))
    state = forms.ChoiceField(
        label=_("Tình trạng"),
        choices=[
            ("complete", _("đã ghi đủ: không ghi là không có")),
            ("none", _("không có")),
            ("unknown", _("chưa rõ")),
        ],
    )
    year_from = YearField(label=_("Từ năm"), required=False)
    year_until = YearField(
        label=_("Đến năm"), required=False, help_text=_("Để trống cả hai là mọi năm.")
    )


class Initiative(SourceForm):
    kind = WordField("products", label=_("Loại"))
    name = LineField(label=_("Tên"), max_length=300)
    code = LineField(label=_("Mã, nếu có"), required=False, max_length=40)
    year = YearField(required=False)
    recognised_by = WordField("reaches", label=_("Cấp công nhận"), required=False)
    reach = WordField("reaches", label=_("Phạm vi ảnh hưởng"), required=False)
    is_applied = MaybeField(label=_("Đã áp dụng"))
    is_accepted = MaybeField(label=_("Đã nghiệm thu"))
    is_used = MaybeField(label=_("Đã dùng để xét danh hiệu, hình thức"))
    used_for = AwardsField(label=_("Đã dùng cho"))
    decision = LineField(label=_("Số quyết định công nhận"), required=False, max_length=200)
    decided_on = PartialField(label=_("Ngày quyết định"))
    share = forms.IntegerField(
        label=_("Phần đóng góp của người này (%)"), required=False, min_value=1, max_value=100
    )


# By the names that addresses use (`merits.selectors.KINDS`): the form, and what it is called.
FACT_FORMS: dict[str, tuple[type[Confirmed], Label]] = {
    "xep-loai": (Rating, _("Xếp loại hằng năm")),
    "dang-ky": (Registration, _("Đăng ký thi đua")),
    "ky-luat": (Discipline, _("Kỷ luật")),
    "vu-viec": (Investigation, _("Vụ việc đang xem xét")),
    "xac-nhan": (Attestation, _("Xác nhận")),
    "phong-trao": (Movement, _("Kết quả phong trào")),
    "cum-khoi": (Bloc, _("Kết quả cụm, khối")),
    "nghi": (Absence, _("Nghỉ, đi học")),
    "cong-tac": (Service, _("Thời gian công tác")),
    "pham-vi": (Scope, _("Sổ ghi đủ hay chưa")),
}


def with_reason(form: type[forms.Form]) -> type[forms.Form]:
    """The same form for a correction: it asks why."""
    reason = LineField(
        label=_("Lý do sửa"),
        max_length=300,
        help_text=_("Viết ngắn, nêu giấy tờ làm căn cứ. Lý do và tên anh/chị được ghi lại."),
    )
    return type(f"{form.__name__}Correction", (form,), {"reason": reason})


class Reason(forms.Form):
    """Why a record is removed."""

    reason = LineField(
        label=_("Lý do xóa"),
        max_length=300,
        help_text=_("Viết ngắn, nêu giấy tờ làm căn cứ. Nhật ký vẫn giữ nội dung đã ghi."),
    )
