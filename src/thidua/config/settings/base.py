"""What is the same everywhere. Every THIDUA_… variable is explained in docs/operate/settings.md."""

import os
from pathlib import Path
from typing import Any

from thidua.config.databases import read_database_url

# Known to everybody: good enough to develop with, refused in production.
PUBLIC_SECRET_KEY = "chỉ để phát triển và kiểm thử: vận hành từ chối khóa này"  # noqa: S105

DATA_DIR = Path(os.environ.get("THIDUA_DATA_DIR", "var")).resolve()
DATABASES: dict[str, dict[str, Any]] = {
    "default": read_database_url(
        os.environ.get("THIDUA_DATABASE_URL", f"sqlite:///{DATA_DIR}/thidua.sqlite3")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "thidua.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "thidua.config.urls"
WSGI_APPLICATION = "thidua.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
]

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
