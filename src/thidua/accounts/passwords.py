"""How passwords are hashed and weighed; the settings name these classes.

Length and lists of known passwords, no rules of composition, no forced change: ASVS 5.0, 6.2. The
rules of decision 742/QĐ-BTTTT are added by THIDUA_PROFILE_742.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from thidua.support.text import fold

# Words that somebody who knows the house tries first, folded and without spaces.
_HOUSE_WORDS = ("thidua", "khenthuong", "matkhau", "password", "quantri", "admin")


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 19,456 KiB, two rounds, one lane: what OWASP asks for, 21 ms a login (SEC-6).

    A hash with other costs is made anew when its owner logs in.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


class Length:
    """Not short, and not so long that hashing it is an attack."""

    def __init__(self, shortest: int, longest: int) -> None:
        self.shortest, self.longest = shortest, longest

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        """Raise ValidationError for a password outside the bounds."""
        length = len(unicodedata.normalize("NFC", password))
        if length < self.shortest:
            raise ValidationError(
                _("Mật khẩu có %(length)d ký tự, cần ít nhất %(shortest)d. Ghép vài từ cho dễ nhớ.")
                % {"length": length, "shortest": self.shortest}
            )
        if length > self.longest:
            raise ValidationError(
                _("Mật khẩu dài quá %(longest)d ký tự. Rút ngắn lại.") % {"longest": self.longest}
            )

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return _("Ít nhất %(shortest)d ký tự; dấu cách và chữ có dấu đều dùng được.") % {
            "shortest": self.shortest
        }


class NotLikeTheAccount:
    """Does not hold the mail address, the name, or a word of the house with digits around it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password that knowing the account gives away."""
        bare = "".join(fold(password).split())
        letters = "".join(char for char in bare if char.isalpha())
        name = "".join(fold(getattr(user, "full_name", "") or "").split())
        mailbox = fold(getattr(user, "email", "") or "").partition("@")[0]
        known = [word for word in (name, mailbox) if len(word) >= 4]
        if any(word in bare for word in known):
            raise ValidationError(_("Mật khẩu chứa họ tên hoặc địa chỉ thư. Chọn từ khác."))
        if letters in _HOUSE_WORDS:
            raise ValidationError(_("Mật khẩu dễ đoán: chỉ thêm số vào một từ ai cũng thử trước."))

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return _("Không chứa họ tên, địa chỉ thư.")


class NotCommon(CommonPasswordValidator):
    """Is not on the list of 20,000 passwords that Django ships; Vietnamese words typed bare too."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        """Raise ValidationError for a password that is on the list."""
        folded = fold(password).strip()
        if folded in self.passwords or "".join(folded.split()) in self.passwords:
            raise ValidationError(
                _("Mật khẩu này nằm trong danh sách hay bị lộ. Chọn mật khẩu khác.")
            )

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return _("Không nằm trong danh sách mật khẩu hay bị lộ.")


class KindsOfSigns:
    """Small and capital letters, digits, other signs: decision 742/QĐ-BTTTT, when switched on."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        """Raise ValidationError for a password that lacks a kind."""
        kinds = (
            any(char.islower() for char in password),
            any(char.isupper() for char in password),
            any(char.isdigit() for char in password),
            any(not char.isalnum() and not char.isspace() for char in password),
        )
        if not all(kinds):
            raise ValidationError(
                _("Mật khẩu cần đủ chữ thường, chữ hoa, chữ số và ký tự đặc biệt (quy định 742).")
            )

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return _("Đủ chữ thường, chữ hoa, chữ số và ký tự đặc biệt.")
