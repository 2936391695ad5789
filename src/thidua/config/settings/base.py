"""What is the same everywhere. Every THIDUA_… variable is explained in docs/operate/settings.md."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from thidua.config.databases import read_database_url

# Known to everybody: good enough to develop with, refused in production.
PUBLIC_SECRET_KEY = "chỉ để phát triển và kiểm thử: vận hành từ chối khóa này"  # noqa: S105

SOURCE = Path(__file__).parents[2]
DATA_DIR = Path(os.environ.get("THIDUA_DATA_DIR", "var")).resolve()
DATABASES: dict[str, dict[str, Any]] = {
    "default": read_database_url(
        os.environ.get("THIDUA_DATABASE_URL", f"sqlite:///{DATA_DIR}/thidua.sqlite3")
    )
}
# One for all processes: a code that was used, or attempts that were counted, hold for each of them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "thidua_cache",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Our rooms stand bottom up, as in docs/house.md.
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_filters",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "thidua.audit",
    "thidua.statutes",
    "thidua.documents",
    "thidua.organizations",
    "thidua.accounts",
    "thidua.jobs",
    "thidua.people",
    "thidua.register",
    "thidua.merits",
    "thidua.web",
    "thidua.console",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "thidua.web.middleware.UnkeptMiddleware",
    "thidua.web.middleware.FormMethodsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "thidua.web.middleware.LanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "thidua.web.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "thidua.config.urls"
WSGI_APPLICATION = "thidua.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "thidua.console.context.shell",
            ],
            # Pieces that every page uses need no `{% load %}`.
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "thidua.web.templatetags.thidua",
            ],
        },
    }
]

# ------------------------------------------------------------------ who comes in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["thidua.accounts.passwords.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "thidua.accounts.passwords.Length", "OPTIONS": {"shortest": 10, "longest": 128}},
    {"NAME": "thidua.accounts.passwords.NotLikeTheAccount"},
    {"NAME": "thidua.accounts.passwords.NotCommon"},
]
# The functions that decision 742/QĐ-BTTTT asks for, where the organisation must have them: kinds of
# signs, a change now and then. Against the advice of ASVS 6.2, so off unless asked for.
PROFILE_742 = os.environ.get("THIDUA_PROFILE_742") == "1"
PASSWORD_DAYS = 90 if PROFILE_742 else 0
if PROFILE_742:
    AUTH_PASSWORD_VALIDATORS.append({"NAME": "thidua.accounts.passwords.KindsOfSigns"})
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None

# ------------------------------------------------------------------ language, time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [SOURCE / "locale"]
FORMAT_MODULE_PATH = ["thidua.web.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# Files that people send: no address leads here, only views that ask who may have them (SEC-12).
FILES_ROOT = DATA_DIR / "files"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"

# ------------------------------------------------------------------ how pages look
# In the session, not in a cookie: the first of two answers to a double click may be lost.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DJANGO_TABLES2_TEMPLATE = "web/table.html"
CSRF_FAILURE_VIEW = "thidua.web.errors.forged"
AXES_LOCKOUT_CALLABLE = "thidua.web.errors.too_many"

# ------------------------------------------------------------------ what pages may do
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []

# Short work that repeats has a queue of its own: see thidua/jobs/services/queueing.py.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "quick"]}}
