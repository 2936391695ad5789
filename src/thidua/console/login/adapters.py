"""Where allauth asks us: who may sign up (nobody), how passwords are set, what the words are."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.accounts import services
from thidua.accounts.errors import LinkSpent
from thidua.accounts.models import User
from thidua.accounts.selectors import count_second_factors
from thidua.support.actor import Actor
from thidua.support.clock import now


def actor_of(request: HttpRequest, user: User) -> Actor:
    """Somebody who acts on their own account before (or while) they are logged in."""
    return Actor(user.pk, user.full_name, ip=request.META.get("REMOTE_ADDR", ""))


class Accounts(DefaultAccountAdapter):
    """Login by mail and password; accounts come by invitation only."""

    error_messages = {  # noqa: RUF012 - as in the class above
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đang bị khóa. Hỏi người quản trị của đơn vị."),
        "email_password_mismatch": _(
            "Địa chỉ thư hoặc mật khẩu không đúng. Sau 5 lần sai phải chờ 15 phút."
        ),
        "enter_current_password": _("Mật khẩu đang dùng không đúng. Gõ lại."),
        "incorrect_code": _("Mã không đúng hoặc đã dùng. Chờ mã mới trong ứng dụng rồi gõ lại."),
        "incorrect_password": _("Mật khẩu không đúng. Gõ lại."),
        "invalid_password_reset": _("Đường dẫn này đã dùng hoặc đã hết hạn. Yêu cầu thư mới."),
        "rate_limited": _("Gửi quá nhiều lần. Chờ vài phút rồi thử lại."),
        "too_many_login_attempts": _("Sai quá 5 lần. Chờ 15 phút rồi thử lại."),
        "unknown_email": _("Không có tài khoản nào dùng địa chỉ thư này."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        del request
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Attempts are counted by axes, by account and address, not by account alone."""

    def reauthenticate(self, user: User, password: str) -> bool:
        """Is this the password of who is logged in; counted like a login."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who logged in a moment ago need not show their password once more."""
        request = context.request
        records = get_authentication_records(request, request.user)
        newest = max((one["at"] for one in records), default=0)
        if time.time() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required

    def set_password(self, user: User, password: str) -> None:
        """Set a password that the owner chose; the first of two that race wins."""
        request = context.request
        try:
            services.set_password(
                user=user, password=password, actor=actor_of(request, user), at=now()
            )
        except LinkSpent as spent:
            page = render(
                request,
                "account/password_reset_from_key.html",
                {"token_fail": True, "why": str(spent)},
                status=409,
            )
            raise ImmediateHttpResponse(page) from spent

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner what happened to their account, at the address that they log in with."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the connection came from; a trusted proxy's word was taken before."""
        return str(request.META.get("REMOTE_ADDR", "")) or "0.0.0.0"  # noqa: S104 - "unknown"


def _boxes() -> MultiFernet:
    """Keys for secrets of second factors: from the installation's key, then from its older ones."""
    keys: list[str] = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(b"second factors\0" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in digests])


class SecondFactors(DefaultMFAAdapter):
    """TOTP, passkeys, recovery codes; their secrets lie encrypted in the database."""

    error_messages = {  # noqa: RUF012 - as in the class above
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Mã không đúng hoặc đã dùng. Chờ mã mới trong ứng dụng rồi gõ lại."),
        "cannot_generate_recovery_codes": _("Bật xác thực hai lớp trước, rồi mới tạo mã dự phòng."),
        "cannot_delete_authenticator": _("Không tắt được lớp xác thực này."),
    }

    def encrypt(self, text: str) -> str:
        """A secret as it lies in the database."""
        return _boxes().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself. Raises InvalidToken when the installation's key was lost."""
        return _boxes().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """What the app on the phone calls us."""
        return f"Thi Đua · {context.request.get_host()}"

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - theirs
        """A first name for a new key."""
        number = count_second_factors(user, type) + 1
        return gettext("Khóa số %(number)d") % {"number": number}
