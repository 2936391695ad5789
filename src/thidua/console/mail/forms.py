"""Forms of mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.outbox.models import MailChoice, MailServer
from thidua.outbox.selectors import Kind
from thidua.web.forms import LineField


class AddressForm(forms.Form):
    """A mended address."""

    address = forms.EmailField(label=gettext_lazy("Địa chỉ nhận"))


class LetterForm(forms.Form):
    """The words of a letter."""

    subject = LineField(label=gettext_lazy("Tiêu đề"), max_length=300)
    body = forms.CharField(
        label=gettext_lazy("Nội dung"), widget=forms.Textarea(attrs={"rows": 14}), strip=False
    )


class ServerForm(forms.Form):
    """The mail server. The password is never shown; left empty, the one that is there stays."""

    is_on = forms.BooleanField(label=gettext_lazy("Gửi thư qua máy chủ này"), required=False)
    host = LineField(label=gettext_lazy("Máy chủ"), max_length=255)
    port = forms.IntegerField(label=gettext_lazy("Cổng"), min_value=1, max_value=65535)
    security = forms.ChoiceField(label=gettext_lazy("Mã hóa"), choices=MailServer.SECURITIES)
    username = LineField(label=gettext_lazy("Tên đăng nhập"), max_length=255, required=False)
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu mới"),
        required=False,
        strip=False,
        help_text=gettext_lazy("Để trống: giữ mật khẩu đang có. Mật khẩu không bao giờ hiện lại."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    sender_name = LineField(label=gettext_lazy("Tên người gửi"), max_length=120)
    sender_address = forms.EmailField(label=gettext_lazy("Địa chỉ gửi"))


class ChoicesForm(forms.Form):
    """How each kind comes by mail."""

    def __init__(self, kinds: list[tuple[Kind, Any]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind, way in kinds:
            self.fields[kind.kind] = forms.ChoiceField(
                label=_(kind.label), choices=MailChoice.WAYS, initial=way.value
            )
