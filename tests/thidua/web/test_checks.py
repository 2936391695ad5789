"""A database that orders text by a language would break the order of lists."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from thidua.web import checks

pytestmark = pytest.mark.django_db


def test_the_database_compares_bytes():
    assert checks.compares_bytes(connection)
    assert checks.check_order_of_text(databases=["default"]) == []


def test_the_order_of_a_language_is_seen():
    if connection.vendor == "postgresql":
        assert not checks.compares_bytes(connection, '"und-x-icu"')
        assert checks.compares_bytes(connection, '"C"')
    else:
        assert not checks.compares_bytes(connection, "NOCASE")


def test_such_a_database_is_refused_with_the_way_to_make_it_right(monkeypatch):
    monkeypatch.setattr(checks, "compares_bytes", lambda _connection: False)
    with pytest.raises(SystemCheckError, match="LC_COLLATE=C"):
        call_command("check", databases=["default"])
