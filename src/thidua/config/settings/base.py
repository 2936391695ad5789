"""What is the same everywhere. Every THIDUA_… variable is explained in docs/operate/settings.md."""

import os
from datetime import timedelta
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
    "thidua.outbox",
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
    "thidua.console.login.gates.Gates",
    "thidua.console.setup.gate.FirstRun",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "thidua.config.urls"
WSGI_APPLICATION = "thidua.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the templates of libraries: pages of login are ours.
        "DIRS": [SOURCE / "console/templates"],
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
# By mail address and by invitation; no page to sign up exists (console/login/urls.py).
ACCOUNT_ADAPTER = "thidua.console.login.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation went to the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Thi Đua] "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Nothing by address: behind one sits a whole ministry. Passwords are counted by axes, below; this
# `login_failed` counts codes of second factors, five in fifteen minutes.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/15m/key",
    "reset_password": "5/h/key",
    "reset_password_from_key": None,
    "signup": None,
    "request_login_code": None,
}
PASSWORD_RESET_TIMEOUT = 3600
SECOND_FACTOR_REQUIRED = True
MFA_ADAPTER = "thidua.console.login.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_FORMS = {
    "authenticate": "thidua.console.login.forms.AuthenticateOnce",
    "reauthenticate": "thidua.console.login.forms.ReauthenticateOnce",
    "activate_totp": "thidua.console.login.forms.ActivateOnce",
}

# Single sign-on: one provider, said by the environment (docs/operate/login.md).
SOCIALACCOUNT_ADAPTER = "thidua.console.login.single_sign_on.Identities"
SOCIALACCOUNT_STORE_TOKENS = False
SINGLE_SIGN_ON_SERVER = os.environ.get("THIDUA_OIDC_SERVER", "").rstrip("/")
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if SINGLE_SIGN_ON_SERVER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "sso",
                "name": os.environ.get("THIDUA_OIDC_NAME", "đăng nhập một cửa"),
                "client_id": os.environ.get("THIDUA_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("THIDUA_OIDC_SECRET", ""),
                "settings": {"server_url": SINGLE_SIGN_ON_SERVER},
            }
        ]
    }

# Guessing of passwords (console/login/attempts.py says the limits that axes does not have).
AXES_HANDLER = "thidua.console.login.attempts.Attempts"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_USERNAME_CALLABLE = "thidua.console.login.attempts.account_of"
AXES_CLIENT_IP_CALLABLE = "thidua.console.login.attempts.address_of"
AXES_LOCKOUT_CALLABLE = "thidua.console.login.attempts.show_lockout"
AXES_CLIENT_STR_CALLABLE = "thidua.console.login.attempts.describe"
AXES_SENSITIVE_PARAMETERS = ["login", "email", "password", "csrfmiddlewaretoken"]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
LOGIN_LONGEST_WAIT = 2.0

# Idle, and in all (SEC-5). A cookie ends with the browser; these end it sooner.
SESSION_STAFF = (timedelta(minutes=30), timedelta(hours=12))
SESSION_GUARDED = (timedelta(minutes=15), timedelta(hours=8))
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# ------------------------------------------------------------------ language, time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [SOURCE / "locale"]
FORMAT_MODULE_PATH = ["thidua.web.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# Files that people send: no address leads here, only views that ask who may have them (SEC-12).
FILES_ROOT = DATA_DIR / "files"

# The trail: the key that signs it, and the places of its outside copies.
AUDIT_KEY = Path(os.environ.get("THIDUA_AUDIT_KEY", DATA_DIR / "audit.key"))
AUDIT_FOLDER = os.environ.get("THIDUA_AUDIT_FOLDER", "")
AUDIT_WITNESSES = os.environ.get("THIDUA_AUDIT_WITNESSES", "").split()
AUDIT_MAIL = os.environ.get("THIDUA_AUDIT_MAIL", "").split()

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
# Where files are collected (prod, local): compressed, and a changed file has another name.
COLLECTED = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

# ------------------------------------------------------------------ how pages look
# In the session, not in a cookie: the first of two answers to a double click may be lost.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DJANGO_TABLES2_TEMPLATE = "web/table.html"
FILTERS_EMPTY_CHOICE_LABEL = _("Tất cả")
CSRF_FAILURE_VIEW = "thidua.web.errors.forged"

# ------------------------------------------------------------------ what pages may do
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "frame-ancestors": [NONE],
        # The button of single sign-on posts to us and is sent on to the provider.
        "form-action": [SELF, *([SINGLE_SIGN_ON_SERVER] if SINGLE_SIGN_ON_SERVER else [])],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []

# The first run on the web asks for a code that lies on the server.
SETUP_ASKS_CODE = True

# What libraries send (password resets) is queued and seen like every other mail.
EMAIL_BACKEND = "thidua.outbox.backend.OutboxBackend"

# Short work that repeats has a queue of its own: see thidua/jobs/services/queueing.py.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "quick"]}}
