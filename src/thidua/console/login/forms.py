"""Forms of the way in that differ from allauth's."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thidua.accounts.errors import PasswordRefused
from thidua.accounts.models import User
from thidua.accounts.services.security import weigh_password

# A code is good in its own half minute and the one to either side (clocks of phones differ).
CODE_LIVES = 120


class UsedOnce:
    """A code that was taken once is refused for as long as it could still be good."""

    user: User

    def clean_code(self) -> str:
        """The code, marked as used for every process."""
        code: str = super().clean_code()  # type: ignore[misc]
        digits = "".join(char for char in code if char.isalnum())
        if not cache.add(f"code-used:{self.user.pk}:{digits}", 1, timeout=CODE_LIVES):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateOnce(UsedOnce, AuthenticateForm):
    """The second step of a login."""


class ReauthenticateOnce(UsedOnce, ReauthenticateForm):
    """Proof, in a running session, that it is still the same person."""


class ActivateOnce(UsedOnce, ActivateTOTPForm):
    """The first code of a new app."""


class NewPassword(forms.Form):
    """A password typed twice, weighed against the account that it is for."""

    password1 = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Gõ lại mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        """The password, if it does."""
        password: str = self.cleaned_data["password1"]
        try:
            weigh_password(password, self.user)
        except PasswordRefused as refused:
            raise ValidationError(list(refused.reasons)) from refused
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Hai lần gõ không giống nhau. Gõ lại cả hai ô."))
        return data
