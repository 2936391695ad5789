"""What is sealed with the secret of the installation."""

from __future__ import annotations

from django.conf import settings

from thidua.support import sealing

PASSWORD = "mail server password"  # noqa: S105 - the name of a purpose
BODY = "private mail"


def seal(purpose: str, text: str) -> str:
    """The box of a text."""
    return sealing.seal(settings.SECRET_KEY, purpose, text)


def unseal(purpose: str, box: str) -> str:
    """The text of a box. Raises CannotUnseal."""
    older = [str(key) for key in settings.SECRET_KEY_FALLBACKS]
    return sealing.unseal([settings.SECRET_KEY, *older], purpose, box)
