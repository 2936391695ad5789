"""One address instead of nine settings: which database, said in THIDUA_DATABASE_URL."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Readers do not wait for the writer; a writer takes its lock when its transaction begins, so two
# writers queue instead of failing in the middle.
SQLITE_OPTIONS: dict[str, Any] = {
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
}


def read_database_url(url: str) -> dict[str, Any]:
    """`sqlite:///path`, or `postgresql://user:password@host:5432/name?sslmode=require`.

    A Unix socket is given as `postgresql://user@/name?host=/folder`.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path.removeprefix("/"))
        if parts.netloc or not name:
            raise ImproperlyConfigured(
                f"Địa chỉ CSDL «{url}» thiếu tên tệp. Viết: sqlite:///thư-mục/thidua.sqlite3 "
                "(bốn dấu gạch chéo khi là đường dẫn tuyệt đối)."
            )
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name if name == ":memory:" else Path(name),
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    if parts.scheme == "postgresql":
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ImproperlyConfigured(
        f"Không hiểu loại CSDL «{parts.scheme}». Dùng sqlite:///… hoặc postgresql://…"
    )
