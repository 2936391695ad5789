"""Fields and forms that all screens share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.support.text import clean, fold
from thidua.web.words import Label


class DayField(forms.DateField):
    """A day typed as dd/mm/yyyy: a calendar of the browser would show the order of its own language."""

    default_error_messages = {  # noqa: RUF012 - Django merges it along the classes
        "invalid": gettext_lazy(
            "Ngày này không có trong lịch. Viết ngày/tháng/năm, ví dụ 26/10/2017."
        ),
    }

    def __init__(self, **options: Any) -> None:
        """Options as of `DateField`."""
        options.setdefault(
            "widget",
            forms.DateInput(
                format="%d/%m/%Y",
                attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"},
            ),
        )
        options.setdefault("input_formats", ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"])
        super().__init__(**options)


class LineField(forms.CharField):
    """Text on one line, repaired as it is read: one kind of letters, no hidden signs or odd spaces."""

    def to_python(self, value: Any) -> str:
        """The repaired text."""
        return clean(super().to_python(value) or "")


class ConfirmForm(forms.Form):
    """Before an act with legal effect a word is typed; marks and case may differ."""

    def __init__(self, *args: Any, word: Label, **options: Any) -> None:
        """`word` is what must be typed: BAN HÀNH, THU HỒI…"""
        super().__init__(*args, **options)
        self.asked = str(word)
        self.fields["word"] = LineField(
            label=_("Gõ %(word)s để tiếp tục") % {"word": self.asked},
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )

    def clean_word(self) -> str:
        """The word as typed; anything else is no consent."""
        typed: str = self.cleaned_data["word"]
        if fold(typed) != fold(self.asked):
            raise ValidationError(
                _("Chưa đúng chữ. Gõ %(word)s rồi bấm lại.") % {"word": self.asked}
            )
        return typed
