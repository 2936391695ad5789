"""Forms of accounts. Words for faults come from the services; forms only read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import RoleGrant, User
from thidua.accounts.selectors import list_borrowers, list_lendable_of, list_units_to_grant
from thidua.console.users.tables import role_label
from thidua.support.actor import Actor, Role
from thidua.support.clock import local_date, now
from thidua.support.roles import ROLES
from thidua.web.forms import DayField, LineField

if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[RoleGrant]
else:
    _Choice = forms.ModelChoiceField


class GrantField(_Choice):
    """Roles of one account, to choose one from."""

    def label_from_instance(self, obj: RoleGrant) -> str:
        """«Thủ trưởng đơn vị, Cục Viễn thông»."""
        return f"{role_label(obj.role)}, {obj.unit.name}"


class RoleForm(forms.Form):
    """A role for a unit, from a day to a day, by a paper."""

    first: tuple[str, ...] = ()
    role = forms.ChoiceField(label=_("Vai trò"))
    valid_from = DayField(label=_("Từ ngày"))
    valid_until = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống: chưa có ngày thôi.")
    )
    decision = LineField(
        label=_("Văn bản giao"),
        required=False,
        max_length=200,
        help_text=_("Số, ngày của quyết định phân công; có thì ghi."),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        """Units are those of the actor."""
        super().__init__(*args, **options)
        self.fields["unit"] = forms.ModelChoiceField(
            label=_("Đơn vị"),
            queryset=list_units_to_grant(actor),
            help_text=_("Vai trò có hiệu lực với đơn vị này và mọi đơn vị trực thuộc."),
        )
        self.order_fields((*self.first, "role", "unit"))
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((role.value, role_label(role.value)) for role in Role),
        ]
        self.fields["role"].help_text = _("Mỗi vai trò làm gì: xem hướng dẫn, phím ?.")
        self.fields["valid_from"].initial = local_date(now())

    def clean_role(self) -> Role:
        """As the value that services take."""
        return Role(self.cleaned_data["role"])


class NewUserForm(RoleForm):
    """Somebody new with their first role; a mail invites them."""

    full_name = LineField(label=_("Họ và tên"), max_length=120)
    email = forms.EmailField(
        label=_("Địa chỉ thư công vụ"),
        help_text=_("Thư mời gửi tới đây; cũng là tên đăng nhập."),
    )
    phone = LineField(label=_("Điện thoại"), required=False, max_length=20)
    first = ("full_name", "email", "phone")


class ChangeUserForm(forms.Form):
    """What a keeper may correct."""

    full_name = LineField(label=_("Họ và tên"), max_length=120)
    email = forms.EmailField(
        label=_("Địa chỉ thư công vụ"),
        help_text=_("Đổi xong, người dùng đăng nhập bằng địa chỉ mới; địa chỉ cũ nhận thư báo."),
    )
    phone = LineField(label=_("Điện thoại"), required=False, max_length=20)
    reason = LineField(label=_("Lý do"), required=False, max_length=300)


class OwnForm(forms.Form):
    """What everybody may correct of themselves."""

    phone = LineField(label=_("Điện thoại"), required=False, max_length=20)


class ReasonForm(forms.Form):
    """An act that needs a reason."""

    reason = LineField(label=_("Lý do"), max_length=300)


class OptionalReasonForm(forms.Form):
    """An act that may have a reason."""

    reason = LineField(label=_("Lý do"), required=False, max_length=300)


class EndRoleForm(forms.Form):
    """The last day of a role."""

    last_day = DayField(
        label=_("Ngày cuối giữ vai trò"),
        help_text=_("Hết ngày này thì thôi. Muốn thôi ngay hôm nay thì ghi ngày hôm qua."),
    )
    reason = LineField(label=_("Lý do"), required=False, max_length=300)


class LoanForm(forms.Form):
    """A loan of a role."""

    valid_from = DayField(label=_("Từ ngày"))
    valid_until = DayField(label=_("Đến hết ngày"))
    decision = LineField(
        label=_("Văn bản ủy quyền"), max_length=200, help_text=_("Số và ngày của giấy ủy quyền.")
    )

    def __init__(self, *args: Any, owner: User, actor: Actor, **options: Any) -> None:
        """Roles of the owner; people of their units."""
        super().__init__(*args, **options)
        day = local_date(now())
        self.fields["grant"] = GrantField(
            label=_("Vai trò ủy quyền"), queryset=list_lendable_of(owner, day)
        )
        self.fields["to_user"] = forms.ModelChoiceField(
            label=_("Người nhận ủy quyền"), queryset=list_borrowers(owner, actor, day)
        )
        self.order_fields(("grant", "to_user"))
        self.fields["valid_from"].initial = day


class ImportForm(forms.Form):
    """A workbook of people."""

    file = forms.FileField(
        label=_("Tệp Excel"),
        help_text=_("Theo tệp mẫu: mỗi dòng một người với một vai trò. Tối đa 2.000 dòng."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods"}),
    )


ROLE_ROWS = [(ROLES[role].label, ROLES[role].does) for role in Role]
