"""The demonstration: on this machine only, invented people, no second factor to set up first."""

from thidua.config.settings.local import *

SECOND_FACTOR_REQUIRED = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "thu"
