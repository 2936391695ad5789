"""Forms of the law, own rules, working days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.statutes.drafting import SPEC, Condition, Draft, read_place, say_place
from thidua.statutes.selectors.vocabulary import list_words
from thidua.web.forms import DayField, LineField

Choices = list[tuple[str, Any]]


class DayForm(forms.Form):
    """The day whose law is shown."""

    ngay = DayField(label=gettext_lazy("Luật của ngày"), required=False)

    def day_or(self, today: date) -> date:
        """The day asked for, or today."""
        if not self.is_bound or not self.is_valid():
            return today
        return self.cleaned_data["ngay"] or today


class TwoDaysForm(forms.Form):
    """Two days whose laws are compared."""

    tu = DayField(label=gettext_lazy("Từ luật của ngày"))
    den = DayField(label=gettext_lazy("đến luật của ngày"))

    def days_or(self, before: date, after: date) -> tuple[date, date]:
        """The days asked for, or those that are shown first."""
        if not self.is_bound or not self.is_valid():
            return before, after
        return self.cleaned_data["tu"], self.cleaned_data["den"]

    def clean(self) -> dict[str, Any]:
        """The first day is the earlier one."""
        found = super().clean() or {}
        before, after = found.get("tu"), found.get("den")
        if before and after and before >= after:
            self.add_error("den", _("Ngày sau phải muộn hơn ngày trước. Đổi chỗ hai ngày."))
        return found


# ------------------------------------------------------------------ own rules
KINDS = {
    "held": gettext_lazy("Đã có danh hiệu, hình thức"),
    "rated": gettext_lazy("Xếp loại hoàn thành nhiệm vụ từ mức"),
    "served": gettext_lazy("Đã công tác đủ số năm"),
    "produced": gettext_lazy("Có sáng kiến, đề tài"),
    "unmarked": gettext_lazy("Không bị kỷ luật từ mức"),
    "registered": gettext_lazy("Đã đăng ký thi đua"),
    "attested": gettext_lazy("Được người có thẩm quyền nhận xét"),
    "existed": gettext_lazy("Tập thể thành lập đủ số năm"),
    "meets": gettext_lazy("Đạt tiêu chuẩn của danh hiệu khác"),
}
EFFECT_CHOICES = (
    ("adds", gettext_lazy("Thêm điều kiện vào tiêu chuẩn của luật")),
    ("sets", gettext_lazy("Quy định tiêu chuẩn mà luật giao cho cơ quan")),
    ("limits", gettext_lazy("Quy định tỷ lệ, số lượng thấp hơn")),
)
_BLANK: Choices = [("", "–")]


def show_as_needed(form: forms.Form, names: tuple[str, ...], *, anew: bool = False) -> None:
    """Fields that only some answers need do not say «không bắt buộc» while they are shown.

    `anew`: they have been judged, and the form may come back with faults.
    """
    if anew or not form.is_bound:
        for name in names:
            form.fields[name].required = True


class RuleForm(forms.Form):
    """What an own rule is about: the document, the award, the dates, the kind of effect."""

    symbol = LineField(
        label=gettext_lazy("Số, ký hiệu văn bản"),
        max_length=120,
        help_text=gettext_lazy("Ví dụ 13/2024/TT-BTTTT."),
    )
    name = LineField(label=gettext_lazy("Tên, trích yếu văn bản"), max_length=300)
    signed_on = DayField(label=gettext_lazy("Ngày ký"))
    effect = forms.ChoiceField(
        label=gettext_lazy("Quy định này"),
        choices=EFFECT_CHOICES,
        widget=forms.RadioSelect,
        initial="adds",
    )
    award = forms.ChoiceField(label=gettext_lazy("Danh hiệu, hình thức"))
    subject = forms.ChoiceField(label=gettext_lazy("Đối tượng"), required=False)
    starts_on = DayField(label=gettext_lazy("Có hiệu lực từ ngày"))
    ends_on = DayField(
        label=gettext_lazy("Hết hiệu lực sau ngày"),
        required=False,
        help_text=gettext_lazy("Để trống khi chưa biết ngày hết hiệu lực."),
    )
    joint = forms.ChoiceField(
        label=gettext_lazy("Người được xét phải đạt"),
        choices=[
            ("all", gettext_lazy("mọi điều kiện dưới đây")),
            ("any", gettext_lazy("một trong các điều kiện dưới đây")),
        ],
        required=False,
    )
    share = LineField(
        label=gettext_lazy("Tỷ lệ tối đa, phần trăm"),
        required=False,
        help_text=gettext_lazy("Ví dụ 12,5. Chỉ điền tỷ lệ hoặc số lượng."),
    )
    count = forms.IntegerField(
        label=gettext_lazy("Số lượng tối đa"), required=False, min_value=0, max_value=1_000_000
    )
    of = forms.ChoiceField(label=gettext_lazy("Tính trên"), required=False)
    limit_vi = LineField(label=gettext_lazy("Câu của văn bản"), required=False, max_length=500)
    limit_cite = LineField(
        label=gettext_lazy("Ở điều, khoản, điểm"),
        required=False,
        help_text=gettext_lazy("Ví dụ Điều 15 khoản 2."),
    )

    needed_sometimes = ("subject", "of", "limit_vi", "limit_cite")
    limit_names = ("share", "count", "of", "limit_vi", "limit_cite")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Choices are those of the book."""
        super().__init__(*args, **options)
        self.choose("award", list_words("awards"), blank=True)
        self.choose("subject", list_words("subject_kinds"), blank=True)
        self.choose("of", list_words("quota_bases"), blank=True)
        show_as_needed(self, self.needed_sometimes)

    def choose(self, name: str, choices: Choices, *, blank: bool) -> None:
        """Give a field its choices."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [*_BLANK, *choices] if blank else choices

    def clean_share(self) -> str:
        """A percentage as people write it."""
        typed: str = self.cleaned_data["share"].removesuffix("%").strip()
        plain = typed.replace(",", ".")
        if typed and not (plain.replace(".", "", 1).isdecimal() and plain[0].isdecimal()):
            raise ValidationError(_("Viết tỷ lệ bằng số, ví dụ 15 hoặc 12,5."))
        return typed

    def clean_limit_cite(self) -> str:
        """A place in the document."""
        return clean_place(self.cleaned_data["limit_cite"])

    def clean(self) -> dict[str, Any]:
        """What each effect needs."""
        found = super().clean() or {}
        if found.get("effect") == "limits":
            if bool(found.get("share")) == (found.get("count") is not None):
                self.add_error("share", _("Điền tỷ lệ hoặc số lượng, đúng một trong hai."))
            for name in ("of", "limit_vi", "limit_cite"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, _("Cần điền ô này khi quy định tỷ lệ, số lượng."))
        elif found.get("effect") and not found.get("subject"):
            self.add_error("subject", _("Chọn đối tượng mà tiêu chuẩn áp dụng."))
        show_as_needed(self, self.needed_sometimes, anew=True)
        return found


def clean_place(typed: str) -> str:
    """An anchor from a place as it is spoken; raises ValidationError."""
    if not typed:
        return ""
    place = read_place(typed)
    if place is None:
        raise ValidationError(_("Viết như «Điều 5 khoản 1 điểm a»."))
    return place


class ConditionForm(forms.Form):
    """One condition of an own rule. Only the fields of its kind count."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại điều kiện"), choices=[*_BLANK, *KINDS.items()], required=False
    )
    vi = LineField(
        label=gettext_lazy("Câu của văn bản"), required=False, max_length=500, strip=True
    )
    cite = LineField(label=gettext_lazy("Ở điều, khoản, điểm"), required=False)
    award = forms.ChoiceField(label=gettext_lazy("Danh hiệu, hình thức"), required=False)
    times = forms.IntegerField(label=gettext_lazy("Số lần"), required=False, min_value=1)
    consecutive = forms.BooleanField(label=gettext_lazy("Liên tục"), required=False)
    years = forms.IntegerField(label=gettext_lazy("Số năm"), required=False, min_value=1)
    rating = forms.ChoiceField(label=gettext_lazy("Mức xếp loại"), required=False)
    discipline = forms.ChoiceField(label=gettext_lazy("Mức kỷ luật"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Công việc"), required=False)
    product = forms.ChoiceField(label=gettext_lazy("Loại sáng kiến, đề tài"), required=False)
    reach = forms.ChoiceField(label=gettext_lazy("Phạm vi ảnh hưởng"), required=False)
    judgement = forms.ChoiceField(label=gettext_lazy("Điều được nhận xét"), required=False)

    needed_sometimes = ("kind", "vi", "cite")
    lists = {  # noqa: RUF012 - a table, never changed
        "award": "awards",
        "rating": "ratings",
        "discipline": "discipline",
        "role": "roles",
        "product": "products",
        "reach": "reaches",
        "judgement": "judgements",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        """Choices are those of the book; each field says for which kinds it counts."""
        super().__init__(*args, **options)
        for name, listed in self.lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
            field.choices = [*_BLANK, *list_words(listed)]
        for name in self.parameters:
            kinds = [kind for kind, spec in SPEC.items() if name in {one[0] for one in spec}]
            self.fields[name].widget.attrs["data-kinds"] = " ".join(kinds)
        show_as_needed(self, self.needed_sometimes)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Fields that belong to some kinds only."""
        return ("times", "consecutive", "years", *self.lists)

    def clean_cite(self) -> str:
        """A place in the document."""
        return clean_place(self.cleaned_data["cite"])

    def clean(self) -> dict[str, Any]:
        """A row is whole, or empty."""
        found = super().clean() or {}
        show_as_needed(self, self.needed_sometimes, anew=True)
        kind = found.get("kind")
        if not kind:
            if found.get("vi") or found.get("cite"):
                self.add_error("kind", _("Chọn loại điều kiện, hoặc xóa chữ ở dòng này."))
            return found
        for name in ("vi", "cite"):
            if not found.get(name) and name not in self.errors:
                self.add_error(name, _("Mỗi điều kiện cần câu của văn bản và điều, khoản."))
        for name, _path, needed in SPEC[kind]:
            if needed and found.get(name) in (None, "", False) and name not in self.errors:
                self.add_error(name, _("Cần điền ô này cho loại điều kiện đã chọn."))
        return found

    def condition(self) -> Condition | None:
        """The condition of a row that is not empty."""
        found = self.cleaned_data
        if not found.get("kind"):
            return None
        names = [name for name, _path, _needed in SPEC[found["kind"]]]
        values = {name: found[name] for name in names if found.get(name) not in (None, "", False)}
        return Condition(found["kind"], found["vi"], found["cite"], values)


ConditionRows = formset_factory(ConditionForm, extra=0, max_num=20, absolute_max=30)


class TextForm(forms.Form):
    """An own rule as its text."""

    text = forms.CharField(
        label=gettext_lazy("Văn bản quy định (YAML)"),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "font-monospace"}),
        strip=False,
        max_length=50_000,
    )


class ReasonForm(forms.Form):
    """A reason, for the record."""

    reason = LineField(label=gettext_lazy("Lý do"), max_length=300)


def make_draft(rule: dict[str, Any], rows: BaseFormSet[ConditionForm]) -> Draft:
    """The rule of two checked forms."""
    is_limit = rule["effect"] == "limits"
    conditions = () if is_limit else tuple(one.condition() for one in rows)
    return Draft(
        award=rule["award"],
        subject="" if is_limit else rule["subject"],
        effect=rule["effect"],
        symbol=rule["symbol"],
        name=rule["name"],
        signed_on=rule["signed_on"],
        starts_on=rule["starts_on"],
        ends_on=rule["ends_on"],
        joint=rule["joint"] or "all",
        conditions=tuple(one for one in conditions if one is not None),
        share=rule["share"] if is_limit else "",
        count=rule["count"] if is_limit else None,
        of=rule["of"] if is_limit else "",
        limit_vi=rule["limit_vi"] if is_limit else "",
        limit_cite=rule["limit_cite"] if is_limit else "",
    )


def show_draft(draft: Draft) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A rule as the initial values of the two forms."""
    rule = {name: getattr(draft, name) for name in RuleForm.base_fields}
    rule["limit_cite"] = say_place(draft.limit_cite) if draft.limit_cite else ""
    rows = [
        {"kind": one.kind, "vi": one.vi, "cite": say_place(one.cite), **one.values}
        for one in draft.conditions
    ]
    return rule, rows


# ------------------------------------------------------------------ working days
class CalendarDayForm(forms.Form):
    """A day that is free, or worked, by a paper."""

    day = DayField(label=gettext_lazy("Ngày"))
    until = DayField(
        label=gettext_lazy("đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Chỉ điền khi nghỉ nhiều ngày liền, ví dụ Tết."),
    )
    is_working = forms.TypedChoiceField(
        label=gettext_lazy("Ngày này"),
        choices=[("0", gettext_lazy("được nghỉ")), ("1", gettext_lazy("đi làm, làm bù"))],
        coerce=lambda value: value == "1",
        initial="0",
        widget=forms.RadioSelect,
    )
    name = LineField(label=gettext_lazy("Tên ngày"), max_length=200)
    symbol = LineField(
        label=gettext_lazy("Số, ký hiệu thông báo"),
        max_length=120,
        help_text=gettext_lazy("Ví dụ 4150/TB-BLĐTBXH."),
    )
    signed_on = DayField(label=gettext_lazy("Ngày ký thông báo"))

    def clean(self) -> dict[str, Any]:
        """A stretch of days is short and in order."""
        found = super().clean() or {}
        day, until = found.get("day"), found.get("until")
        if day and until and until < day:
            self.add_error("until", _("Ngày cuối phải từ ngày đầu trở đi."))
        elif day and until and (until - day).days > 20:
            self.add_error(
                "until", _("Một lần chỉ nhập tối đa 20 ngày liền. Chia thành nhiều lần.")
            )
        return found


class CalendarYearForm(forms.Form):
    """A year whose holidays are written whole."""

    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=2000, max_value=2100)
    symbol = LineField(label=gettext_lazy("Số, ký hiệu thông báo"), max_length=120)
    signed_on = DayField(label=gettext_lazy("Ngày ký thông báo"))
    note = LineField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)
