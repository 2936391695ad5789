"""On the machine of somebody who tries or builds the application. Never on a network."""

import os

from thidua.config.settings.base import *

DEBUG = True
SECRET_KEY = PUBLIC_SECRET_KEY
SETUP_ASKS_CODE = False  # only this machine is served
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

DATA_DIR.mkdir(parents=True, exist_ok=True)

# Whoever builds may want in without a telephone at hand. Production knows no such switch.
SECOND_FACTOR_REQUIRED = os.environ.get("THIDUA_SECOND_FACTOR") != "0"
# Passkeys on http://localhost; the whole internet asks for HTTPS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
