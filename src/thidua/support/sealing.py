"""Secrets that must be read again (a password of a mail server): encrypted with a derived key.

The key comes from the installation's own secret and a purpose, by HKDF-SHA256; the box is Fernet
(AES-128-CBC and HMAC-SHA256). Whoever has the database but not the secret reads nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class CannotUnseal(Exception):
    """The box was sealed with another secret, or it is damaged."""


def seal(secret: str, purpose: str, text: str) -> str:
    """The box of a text; empty for an empty one."""
    return _fernet(secret, purpose).encrypt(text.encode()).decode() if text else ""


def unseal(secrets: Sequence[str], purpose: str, box: str) -> str:
    """The text in a box: the first secret is today's, the others are older ones.

    Raises CannotUnseal.
    """
    if not box:
        return ""
    for secret in secrets:
        try:
            return _fernet(secret, purpose).decrypt(box.encode()).decode()
        except InvalidToken:
            continue
    raise CannotUnseal


def _fernet(secret: str, purpose: str) -> Fernet:
    key = HKDF(SHA256(), 32, None, f"thidua {purpose}".encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
