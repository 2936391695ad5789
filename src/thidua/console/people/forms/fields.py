"""Fields that these forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.documents.errors import FileRefused
from thidua.documents.models import Location
from thidua.documents.services import create_location, store_file
from thidua.people.errors import BadDate
from thidua.people.lifecycle import read_partial, write_partial
from thidua.screening import vocabulary
from thidua.support.clock import now
from thidua.web.doors import StaffRequest
from thidua.web.forms import LineField
from thidua.web.words import Label


class PartialField(LineField):
    """A date of which the day or the month may not be known."""

    def __init__(self, **options: Any) -> None:
        """Options as of `CharField`."""
        options.setdefault("required", False)
        options.setdefault(
            "help_text", _("Viết 12/03/1986, 03/1986 hoặc 1986, biết đến đâu ghi đến đó.")
        )
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """ISO text."""
        try:
            return read_partial(super().to_python(value))
        except BadDate as error:
            raise ValidationError(_now(error.template) % error.parts) from None

    def prepare_value(self, value: Any) -> Any:
        """As Vietnamese write it; what was typed wrongly stays as typed."""
        text = str(value or "")
        return write_partial(text) if text[:4].isdigit() and "/" not in text else text


class YearField(forms.IntegerField):
    """A year."""

    def __init__(self, **options: Any) -> None:
        """Options as of `IntegerField`."""
        options.setdefault("label", _("Năm"))
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(min_value=1930, max_value=2200, widget=widget, **options)


class WordField(forms.ChoiceField):
    """A word of a list of the book; `extra` are words that only the record knows."""

    def __init__(
        self, name: str, extra: list[tuple[str, Label]] | None = None, **options: Any
    ) -> None:
        """`name` of the list."""

        def choices() -> list[tuple[str, Any]]:
            return [
                ("", _("– chọn –")),
                *vocabulary.list_choices(name, get_language() or "vi"),
                *(extra or []),
            ]

        super().__init__(choices=choices, **options)


class AwardField(forms.ChoiceField):
    """An award of the book."""

    def __init__(self, **options: Any) -> None:
        """Options as of `ChoiceField`."""

        def choices() -> list[tuple[str, Any]]:
            return [
                ("", _("– chọn –")),
                *vocabulary.list_award_choices(language=get_language() or "vi"),
            ]

        options.setdefault("label", _("Danh hiệu, hình thức"))
        super().__init__(choices=choices, **options)


class AwardsField(forms.MultipleChoiceField):
    """Some awards of the book."""

    def __init__(self, **options: Any) -> None:
        """Options as of `MultipleChoiceField`."""
        options.setdefault("required", False)
        super().__init__(
            choices=lambda: vocabulary.list_award_choices(language=get_language() or "vi"),
            **options,
        )


class MaybeField(forms.TypedChoiceField):
    """Yes, no, or nobody said."""

    def __init__(self, **options: Any) -> None:
        """Options as of `TypedChoiceField`."""
        super().__init__(
            choices=[("", _("chưa rõ")), ("yes", _("có")), ("no", _("không"))],
            coerce=lambda value: {"yes": True, "no": False}[value],
            empty_value=None,
            required=False,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """The choice of a stored value."""
        return {True: "yes", False: "no", None: ""}.get(value, value)


def tick(label: Label) -> forms.BooleanField:
    """A tick-box that may stay empty."""
    return forms.BooleanField(label=label, required=False)


_SOURCE = ("source_note", "source_file", "source_page")
_LAST = ("confirmed_by", "confirmed_on", *_SOURCE, "reason", "word")


class SourceForm(forms.Form):
    """Where a fact comes from: a file with its page, or words; and who confirmed it."""

    source_note = LineField(
        label=_("Nguồn"),
        required=False,
        max_length=300,
        help_text=_("Tên sổ, văn bản, trang, dòng. Ví dụ: «Biên bản họp cơ quan 2017, trang 3»."),
    )
    source_file = forms.FileField(label=_("Tệp nguồn"), required=False)
    source_page = forms.IntegerField(label=_("Trang trong tệp"), required=False, min_value=1)

    def __init__(self, *args: Any, **options: Any) -> None:
        """The source stands after what is said, the reason and the word to type last."""
        super().__init__(*args, **options)
        last = [name for name in _LAST if name in self.fields]
        self.order_fields([name for name in self.fields if name not in last] + last)

    def clean(self) -> dict[str, Any]:
        """A page without a file says nothing."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("source_page") and not data.get("source_file"):
            self.add_error("source_page", _("Chọn tệp, hoặc ghi trang vào ô Nguồn."))
        return data


def own_values(form: forms.Form) -> dict[str, Any]:
    """What was typed, without the fields of the source and the reason of a change."""
    return {
        name: value for name, value in form.cleaned_data.items() if name not in (*_SOURCE, "reason")
    }


def make_source(request: StaffRequest, form: forms.Form) -> Location | None:
    """The place that a form names; None where it names none. Raises FileRefused."""
    data = form.cleaned_data
    sent = data.get("source_file")
    note = data.get("source_note", "")
    if not sent and not note:
        return None
    actor, at = request.actor, now()
    file = store_file(raw=sent.read(), name=sent.name, actor=actor, at=at) if sent else None
    return create_location(file=file, page=data.get("source_page"), note=note, actor=actor, at=at)


__all__ = [
    "AwardField",
    "AwardsField",
    "FileRefused",
    "MaybeField",
    "PartialField",
    "SourceForm",
    "WordField",
    "YearField",
    "make_source",
    "own_values",
    "tick",
]
