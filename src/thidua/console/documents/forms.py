"""Forms of number books and templates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.documents.numbering import pattern_problem, symbol_pattern
from thidua.statutes.selectors import get_book
from thidua.statutes.selectors.law import list_document_types
from thidua.web.forms import DayField, LineField


class BookForm(forms.Form):
    """A new number book: a kind of paper for a year."""

    code = forms.SlugField(
        label=gettext_lazy("Mã sổ"),
        max_length=40,
        help_text=gettext_lazy("Chữ thường không dấu, ví dụ quyet-dinh. Dùng lại mỗi năm."),
        error_messages={"invalid": gettext_lazy("Chỉ dùng chữ không dấu, số và gạch nối.")},
    )
    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=1945, max_value=2200)
    title = LineField(label=gettext_lazy("Tên sổ"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại văn bản"),
        required=False,
        help_text=gettext_lazy("Chữ viết tắt theo Phụ lục III Nghị định 30/2020/NĐ-CP."),
    )
    body = LineField(
        label=gettext_lazy("Chữ viết tắt tên cơ quan"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Ví dụ BTTTT, hoặc BNV-VP khi có đơn vị soạn thảo."),
    )
    pattern = LineField(
        label=gettext_lazy("Mẫu số, ký hiệu"),
        max_length=80,
        required=False,
        help_text=gettext_lazy(
            "Để trống thì máy ghép từ hai ô trên, ví dụ {số}/QĐ-BTTTT. {số} là số, {năm} là năm."
        ),
    )
    first = forms.IntegerField(
        label=gettext_lazy("Số đầu tiên"),
        min_value=1,
        max_value=1_000_000,
        initial=1,
        help_text=gettext_lazy("Khác 1 khi đầu năm đã lấy số trên sổ giấy."),
    )

    def __init__(self, *args: Any, day: date, **options: Any) -> None:
        """Kinds of papers are those of the day."""
        super().__init__(*args, **options)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - as declared above
        types = list_document_types(get_book(), day)
        kind.choices = [("", "–"), *((short or "-", name) for short, name in types)]
        self.fields["year"].initial = day.year

    def clean(self) -> dict[str, Any]:
        """The pattern, typed or put together."""
        found = super().clean() or {}
        if not found.get("pattern"):
            kind, body = found.get("kind", ""), found.get("body", "")
            if not kind or not body:
                self.add_error(
                    "pattern",
                    _("Chọn loại văn bản và ghi chữ viết tắt cơ quan, hoặc ghi mẫu số, ký hiệu."),
                )
                return found
            found["pattern"] = symbol_pattern("" if kind == "-" else kind, body)
        if problem := pattern_problem(found["pattern"]):
            self.add_error("pattern", problem)
        return found


class BookChangeForm(forms.Form):
    """Another title or pattern for the numbers to come; the book's end."""

    title = LineField(label=gettext_lazy("Tên sổ"), max_length=200)
    pattern = LineField(
        label=gettext_lazy("Mẫu số, ký hiệu"),
        max_length=80,
        help_text=gettext_lazy("Chỉ áp dụng cho số lấy từ nay về sau."),
    )
    is_open = forms.BooleanField(label=gettext_lazy("Sổ đang mở, còn lấy số"), required=False)

    def clean_pattern(self) -> str:
        """A pattern that can be written."""
        typed: str = self.cleaned_data["pattern"]
        if problem := pattern_problem(typed):
            raise ValidationError(problem)
        return typed


class ReasonForm(forms.Form):
    """A reason, for the record."""

    reason = LineField(label=gettext_lazy("Lý do"), max_length=300)


class TemplateForm(forms.Form):
    """A Word template of the organisation."""

    file = forms.FileField(
        label=gettext_lazy("Tệp mẫu (.docx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        max_length=200,
    )
    issued_from = DayField(
        label=gettext_lazy("Dùng cho văn bản ban hành từ ngày"),
    )
    note = LineField(
        label=gettext_lazy("Khác mẫu trước ở chỗ nào"),
        max_length=300,
    )
