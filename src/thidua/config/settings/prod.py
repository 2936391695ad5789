"""For an installation that people use: refuses to start with a weak key or without a host name."""

import os

from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

from thidua.config.settings.base import *

DEBUG = False
STORAGES = {**global_settings.STORAGES, **COLLECTED}

SECRET_KEY = os.environ.get("THIDUA_SECRET_KEY", "")
if SECRET_KEY == PUBLIC_SECRET_KEY or len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
    raise ImproperlyConfigured(
        "THIDUA_SECRET_KEY chưa được đặt hoặc quá yếu: cần ít nhất 50 ký tự ngẫu nhiên. Tạo khóa: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    )

ALLOWED_HOSTS = [host for host in os.environ.get("THIDUA_ALLOWED_HOSTS", "").split(",") if host]
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "THIDUA_ALLOWED_HOSTS chưa được đặt: cần tên miền của hệ thống, ví dụ thidua.bo.gov.vn"
    )

# Everything goes over HTTPS, also what stands below our own host name.
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# A browser takes such a cookie from this very host over HTTPS only, never from a neighbour's.
SESSION_COOKIE_NAME = "__Host-thidua"
CSRF_COOKIE_NAME = "__Host-csrf"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
# Only behind a proxy that sets this header itself: otherwise anyone could claim to be on HTTPS.
if os.environ.get("THIDUA_BEHIND_PROXY") == "1":
    MIDDLEWARE.insert(0, "thidua.config.proxy.ProxyAddress")
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A probe on the machine itself asks over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^health$"]

DATA_DIR.mkdir(parents=True, exist_ok=True)
