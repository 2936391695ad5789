"""For the tests: SQLite in memory, or the database named by THIDUA_DATABASE_URL."""

import os
import tempfile
from pathlib import Path

from thidua.config.databases import read_database_url
from thidua.config.settings.base import *

DEBUG = False
SECRET_KEY = PUBLIC_SECRET_KEY
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {
    "default": read_database_url(os.environ.get("THIDUA_DATABASE_URL", "sqlite:///:memory:"))
}

# A folder of its own for each run, gone with it.
_FILES = tempfile.TemporaryDirectory(prefix="thidua-test-", ignore_cleanup_errors=True)
FILES_ROOT = Path(_FILES.name)
AUDIT_KEY = FILES_ROOT / "no-such-key"

# Straight from the rooms' folders: no test waits for files to be collected.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# Tests of a room log in by force; those of the way in switch this on.
SECOND_FACTOR_REQUIRED = False
# The browser of a journey comes over http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
