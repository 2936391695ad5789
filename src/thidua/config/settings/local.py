"""On one machine, for itself only: no certificate, no host name; the key is made at the first start.

`thidua run --local` listens on 127.0.0.1. For an office on a network there is `prod`.
"""

import os
import secrets
from pathlib import Path

from django.conf import global_settings

from thidua.config.settings.base import *

DEBUG = False
STORAGES = {**global_settings.STORAGES, **COLLECTED}
SETUP_ASKS_CODE = False  # only this machine is served
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # a browser calls localhost a safe origin
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# Passkeys work on http://localhost, which browsers count as safe.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True


def _kept_key(path: Path) -> str:
    """The key in a file that only its owner reads; made when it is not there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text("utf-8").strip()


SECRET_KEY = _kept_key(DATA_DIR / "secret-key")
