"""Forms of the first run and of the organisation's profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.console.setup.code import is_the_code
from thidua.flows.set_up import Administrator, Mail, Organisation, list_first_kinds
from thidua.outbox.models import MailServer
from thidua.web.forms import LineField


def _password(label: Any, *, required: bool = True, autocomplete: str = "new-password") -> Any:
    # What was typed comes back with a page that is never kept: nothing is lost by another mistake.
    widget = forms.PasswordInput(render_value=True, attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, required=required, widget=widget)


class SetUpForm(forms.Form):
    """All that a fresh installation has to know."""

    code = LineField(
        label=gettext_lazy("Mã thiết lập"),
        help_text=gettext_lazy(
            "Mở tệp setup-code trong thư mục dữ liệu trên máy chủ, chép mã vào."
        ),
    )
    name = LineField(
        label=gettext_lazy("Tên cơ quan"), max_length=300, help_text=gettext_lazy("Tên đầy đủ.")
    )
    short_name = LineField(label=gettext_lazy("Tên viết tắt"), max_length=60, required=False)
    unit_code = LineField(
        label=gettext_lazy("Mã cơ quan"),
        max_length=40,
        help_text=gettext_lazy("Ngắn, không dấu, dùng trong tệp nhập và xuất. Ví dụ: BTTTT."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Loại cơ quan"))
    emblem = forms.FileField(
        label=gettext_lazy("Biểu trưng (PNG hoặc JPEG, không quá 512 KiB)"), required=False
    )
    is_clock_right = forms.BooleanField(label=gettext_lazy("Giờ ghi ở trên là đúng"))
    full_name = LineField(label=gettext_lazy("Họ và tên người quản trị"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("Địa chỉ thư của người quản trị"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password1 = _password(gettext_lazy("Mật khẩu"))
    password2 = _password(gettext_lazy("Gõ lại mật khẩu"))
    mail_host = LineField(
        label=gettext_lazy("Máy chủ thư"),
        required=False,
        help_text=gettext_lazy("Để trống nếu chưa có; đặt sau ở Quản trị › Máy chủ thư."),
    )
    mail_port = forms.IntegerField(
        label=gettext_lazy("Cổng"), min_value=1, max_value=65535, initial=587, required=False
    )
    mail_security = forms.ChoiceField(
        label=gettext_lazy("Mã hóa"), choices=MailServer.SECURITIES, required=False
    )
    mail_username = LineField(label=gettext_lazy("Tên đăng nhập máy chủ thư"), required=False)
    mail_password = _password(
        gettext_lazy("Mật khẩu máy chủ thư"), required=False, autocomplete="off"
    )
    mail_sender = forms.EmailField(label=gettext_lazy("Địa chỉ gửi"), required=False)

    GROUPS = (
        (gettext_lazy("Cơ quan"), ("code", "name", "short_name", "unit_code", "kind", "emblem")),
        (gettext_lazy("Giờ và lịch"), ("is_clock_right",)),
        (
            gettext_lazy("Người quản trị đầu tiên"),
            ("full_name", "email", "password1", "password2"),
        ),
        (
            gettext_lazy("Gửi thư"),
            (
                *("mail_host", "mail_port", "mail_security", "mail_username"),
                *("mail_password", "mail_sender"),
            ),
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(row["code"], row["name"]) for row in list_first_kinds()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if not settings.SETUP_ASKS_CODE:
            del self.fields["code"]

    def groups(self) -> list[tuple[str, list[Any]]]:
        """Fields under their headings."""
        return [
            (str(title), [self[name] for name in names if name in self.fields])
            for title, names in self.GROUPS
        ]

    def clean_code(self) -> str:
        """The code of the server."""
        typed: str = self.cleaned_data["code"]
        if not is_the_code(typed):
            raise ValidationError(_("Chưa đúng mã trong tệp setup-code trên máy chủ."))
        return typed

    def clean(self) -> dict[str, Any]:
        """The two passwords are the same; mail has all that it needs."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("password1") != said.get("password2"):
            self.add_error("password2", _("Hai lần gõ mật khẩu khác nhau. Gõ lại."))
        if said.get("mail_host") and not said.get("mail_sender"):
            self.add_error("mail_sender", _("Cần địa chỉ gửi, ví dụ thidua@coquan.gov.vn."))
        return said

    def organisation(self, site_url: str) -> Organisation:
        """What the flow takes."""
        said = self.cleaned_data
        emblem = said["emblem"]
        return Organisation(
            code=said["unit_code"],
            name=said["name"],
            short_name=said["short_name"],
            kind=said["kind"],
            site_url=site_url,
            emblem=emblem.read() if emblem else b"",
            emblem_name=emblem.name if emblem else "",
        )

    def administrator(self) -> Administrator:
        """What the flow takes."""
        said = self.cleaned_data
        return Administrator(said["full_name"], said["email"], said["password1"])

    def mail(self) -> Mail:
        """What the flow takes."""
        said = self.cleaned_data
        return Mail(
            said["mail_host"],
            said["mail_port"] or 587,
            said["mail_security"] or "starttls",
            said["mail_username"],
            said["mail_password"],
            said["mail_sender"],
        )


class OrganisationForm(forms.Form):
    """How the organisation shows itself."""

    site_url = forms.URLField(
        label=gettext_lazy("Địa chỉ trang này"),
        assume_scheme="https",
        help_text=gettext_lazy("Đường dẫn trong thư bắt đầu bằng địa chỉ này."),
    )
    address = LineField(label=gettext_lazy("Địa chỉ"), max_length=300, required=False)
    phone = LineField(label=gettext_lazy("Điện thoại"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("Thư điện tử"), required=False)
    emblem = forms.FileField(
        label=gettext_lazy("Biểu trưng mới (PNG hoặc JPEG, không quá 512 KiB)"), required=False
    )
