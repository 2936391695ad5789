"""Forms of acts on units. They read what was typed; services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.console.units.fields import (
    UnitField,
    UnitsField,
    day_field,
    decision_field,
    kind_field,
    reason_field,
    roles_field,
)
from thidua.organizations.models import Unit
from thidua.organizations.selectors import list_kinds, list_living, list_units
from thidua.organizations.services import Founding
from thidua.web.forms import DayField, LineField

PARTS = (1, 2, 3, 4)


class ActForm(forms.Form):
    """A form whose fields can be carried, hidden, through the preview of the act."""

    def hide(self) -> None:
        """Carry the fields without showing them."""
        for field in self.fields.values():
            field.widget = field.hidden_widget()


class _Names(ActForm):
    name = LineField(label=gettext_lazy("Tên"), max_length=300)
    short_name = LineField(label=gettext_lazy("Tên viết tắt"), max_length=60, required=False)


class AddForm(_Names):
    """A new unit."""

    field_order = ("name", "short_name", "code", "kind", "parent", "on", "decision")
    code = LineField(
        label=gettext_lazy("Mã đơn vị"),
        max_length=40,
        help_text=gettext_lazy("Mã không đổi khi đơn vị đổi tên; dùng khi nhập, xuất Excel."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Kinds and units are those of this moment."""
        super().__init__(*args, **options)
        self.fields["kind"] = kind_field(list_kinds())
        self.fields["parent"] = UnitField(list_living(), label=_("Trực thuộc"))
        self.fields["on"] = day_field(
            label=_("Ngày thành lập"),
            required=False,
            help_text=_("Để trống nếu đơn vị có từ đầu, trước khi dùng phần mềm."),
        )
        self.fields["decision"] = decision_field(required=False)
        self.order_fields(self.field_order)


class RenameForm(_Names):
    """Another name from a day on."""

    def __init__(self, *args: Any, unit: Unit, **options: Any) -> None:
        """The unit that is renamed."""
        super().__init__(*args, **options)
        del unit
        self.fields["on"] = day_field()
        self.fields["decision"] = decision_field()


class MoveForm(ActForm):
    """Another place in the tree from a day on."""

    def __init__(self, *args: Any, unit: Unit, **options: Any) -> None:
        """The unit that is moved."""
        super().__init__(*args, **options)
        self.fields["parent"] = UnitField(
            list_living().exclude(pk=unit.pk), label=_("Cấp trên mới")
        )
        self.fields["on"] = day_field()
        self.fields["decision"] = decision_field()


class MergeForm(ActForm):
    """A unit, and others if need be, go into one that is there or into a new one."""

    def __init__(self, *args: Any, unit: Unit, **options: Any) -> None:
        """The unit on whose page the form stands."""
        super().__init__(*args, **options)
        self.unit = unit
        others = list_living().exclude(pk=unit.pk).exclude(is_root=True)
        self.fields["into"] = UnitField(
            list_living().exclude(pk=unit.pk),
            label=_("Nhập vào đơn vị đang có"),
            required=False,
            help_text=_("Để trống nếu hợp nhất thành đơn vị mới, và ghi đơn vị mới ở dưới."),
        )
        self.fields["new_code"] = LineField(label=_("Mã đơn vị mới"), max_length=40, required=False)
        self.fields["new_name"] = LineField(
            label=_("Tên đơn vị mới"), max_length=300, required=False
        )
        self.fields["others"] = UnitsField(
            others.order_by("sort_key"),
            label=_("Cùng nhập một lần với đơn vị này"),
            required=False,
        )
        self.fields["on"] = day_field()
        self.fields["decision"] = decision_field()
        self.fields["roles"] = roles_field()

    def clean(self) -> dict[str, Any]:
        """One heir, there already or new."""
        data: dict[str, Any] = super().clean() or {}
        new = [data.get("new_code", ""), data.get("new_name", "")]
        if data.get("into") and any(new):
            raise ValidationError(_("Chọn đơn vị đang có, hoặc ghi đơn vị mới; không cả hai."))
        if not data.get("into") and not all(new) and not self.errors:
            raise ValidationError(_("Chọn đơn vị tiếp nhận, hoặc ghi đủ mã và tên của đơn vị mới."))
        return data

    def heir(self) -> Unit | Founding:
        """The unit that succeeds: as chosen, or a new one beside the one that goes."""
        data = self.cleaned_data
        if data["into"]:
            into: Unit = data["into"]
            return into
        link = self.unit.links_up.select_related("parent").filter(valid_until=None).first()
        return Founding(
            data["new_code"],
            self.unit.kind,
            data["new_name"],
            link.parent if link else None,
            on=data["on"],
            decision=data["decision"],
        )


class SplitForm(ActForm):
    """A unit goes over into two to four new ones, each with those of its people that are ticked."""

    def __init__(self, *args: Any, unit: Unit, people: Any, **options: Any) -> None:
        """The unit, and the people who stand in it."""
        super().__init__(*args, **options)
        self.unit = unit
        self.fields["on"] = day_field()
        self.fields["decision"] = decision_field()
        for number in PARTS:
            needed = number <= 2
            self.fields[f"code_{number}"] = LineField(
                label=_("Mã đơn vị mới thứ %d") % number, max_length=40, required=needed
            )
            self.fields[f"name_{number}"] = LineField(
                label=_("Tên đơn vị mới thứ %d") % number, max_length=300, required=needed
            )
            if number > 1 and people:
                self.fields[f"people_{number}"] = forms.ModelMultipleChoiceField(
                    people,
                    label=_("Người về đơn vị mới thứ %d") % number,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    help_text=_("Ai không được chọn ở đâu thì về đơn vị mới thứ nhất."),
                )
        self.fields["roles"] = roles_field()

    def clean(self) -> dict[str, Any]:
        """Code and name of a part come together; nobody goes to two parts."""
        data: dict[str, Any] = super().clean() or {}
        taken: set[Any] = set()
        for number in PARTS:
            code, name = data.get(f"code_{number}", ""), data.get(f"name_{number}", "")
            if number > 2 and bool(code) != bool(name):
                self.add_error(
                    f"code_{number}" if name else f"name_{number}",
                    _("Ghi đủ mã và tên, hoặc bỏ trống cả hai."),
                )
            chosen = set(data.get(f"people_{number}") or ())
            twice = sorted(str(one) for one in chosen & taken)
            if twice:
                self.add_error(
                    f"people_{number}",
                    _("Đã chọn ở đơn vị khác: %s. Mỗi người về một đơn vị.") % ", ".join(twice),
                )
            taken |= chosen
        return data


class DissolveForm(ActForm):
    """The last day of a unit, and where its people go."""

    def __init__(self, *args: Any, unit: Unit, **options: Any) -> None:
        """The unit that ends."""
        super().__init__(*args, **options)
        self.fields["on"] = day_field(label=_("Hoạt động đến hết ngày"))
        self.fields["decision"] = decision_field()
        self.fields["people_to"] = UnitField(
            list_living().exclude(pk=unit.pk),
            label=_("Người của đơn vị chuyển về"),
            required=False,
            empty_label=_("Không chuyển: chức danh kết thúc cùng đơn vị"),
        )
        self.fields["roles"] = roles_field()


class ReasonForm(ActForm):
    """Why something is undone."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """One field."""
        super().__init__(*args, **options)
        self.fields["reason"] = reason_field()


class CorrectFoundingForm(ActForm):
    """The day of founding, put right."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """A day, or none: it was always there."""
        super().__init__(*args, **options)
        self.fields["on"] = DayField(
            label=_("Ngày thành lập đúng"),
            required=False,
            help_text=_("Để trống nếu đơn vị có từ đầu."),
        )
        self.fields["reason"] = reason_field()


class CorrectNameForm(_Names):
    """A name, its first day and its paper, put right."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """As stored, to be mended."""
        super().__init__(*args, **options)
        self.fields["on"] = day_field(label=_("Mang tên này từ ngày"), required=False)
        self.fields["decision"] = decision_field(required=False)
        self.fields["reason"] = reason_field()


class CorrectLinkForm(ActForm):
    """The unit above, its first day and its paper, put right."""

    def __init__(self, *args: Any, unit: Unit, **options: Any) -> None:
        """As stored, to be mended; a unit that is no more may have been above."""
        super().__init__(*args, **options)
        self.fields["parent"] = UnitField(
            list_units().exclude(pk=unit.pk), label=_("Cấp trên đúng")
        )
        self.fields["on"] = day_field(label=_("Từ ngày"), required=False)
        self.fields["decision"] = decision_field(required=False)
        self.fields["reason"] = reason_field()


class CorrectEndForm(ActForm):
    """The last day, put right."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """A day."""
        super().__init__(*args, **options)
        self.fields["on"] = DayField(label=_("Hoạt động đến hết ngày"))
        self.fields["decision"] = decision_field(required=False)
        self.fields["reason"] = reason_field()


class CorrectDetailsForm(ActForm):
    """Code and kind, put right."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """As stored, to be mended."""
        super().__init__(*args, **options)
        self.fields["code"] = LineField(label=_("Mã đơn vị"), max_length=40)
        self.fields["kind"] = kind_field(list_kinds())
        self.fields["reason"] = reason_field()
