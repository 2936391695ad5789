"""Checks of an installation that pages depend on; `migrate` runs them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# In the order of bytes: capital Z, small a, and a letter of a sort key after both. Linguistic
# collations put them otherwise, and skip the signs that part a key.
_PAIRS = (("Z", "a"), ("a\x01b", "aa"), ("z", "\u0100"))


def check_order_of_text(
    databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Lists stand in Vietnamese order by keys, which a database must compare byte by byte."""
    return [
        Error(
            f"CSDL «{alias}» so chữ theo quy tắc ngôn ngữ, nên danh sách sẽ sai thứ tự.",
            hint="Tạo CSDL với LC_COLLATE=C: CREATE DATABASE thidua TEMPLATE template0 "
            "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';",
            id="thidua.E001",
        )
        for alias in databases or ()
        if not compares_bytes(connections[alias])
    ]


def compares_bytes(connection: BaseDatabaseWrapper, collation: str = "") -> bool:
    """Does the database (under a collation, else its own) compare texts byte by byte?"""
    suffix = f" COLLATE {collation}" if collation else ""
    with connection.cursor() as cursor:
        for smaller, larger in _PAIRS:
            cursor.execute(
                f"SELECT CAST(%s AS varchar(9)){suffix} < CAST(%s AS varchar(9)){suffix}",
                [smaller, larger],
            )
            (is_smaller,) = cursor.fetchone()
            if not is_smaller:
                return False
    return True
