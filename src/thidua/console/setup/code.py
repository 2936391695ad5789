"""Who may set up: whoever reads a file on the server, so that no passer-by takes a fresh installation."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings


def code_path() -> Path:
    """Where the code lies."""
    return Path(settings.DATA_DIR) / "setup-code"


def keep_code() -> None:
    """Make the code when there is none; only the owner of the process reads it."""
    path = code_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(8) + "\n")
    except FileExistsError:
        return


def is_the_code(typed: str) -> bool:
    """Was the code typed, in any case, with or without spaces?"""
    try:
        known = code_path().read_text("ascii").strip()
    except OSError:
        return False
    said = "".join(typed.split()).lower()
    return bool(known) and hmac.compare_digest(said.encode(), known.encode())


def forget_code() -> None:
    """It has served."""
    code_path().unlink(missing_ok=True)
