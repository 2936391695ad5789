"""Runs twice in `make test`: on SQLite, and on PostgreSQL (`-m django_db`)."""

import os
import unicodedata

import pytest
from django.db import OperationalError, connection

pytestmark = pytest.mark.django_db

COMPOSED = "Nguyễn Thị Ước, Chiến sĩ thi đua cơ sở «Lệ Thủy» – Đỗ Hữu Nghĩa"


def test_the_database_is_the_one_asked_for():
    asked = os.environ.get("THIDUA_DATABASE_URL", "sqlite:///:memory:")
    assert connection.vendor == asked.partition(":")[0]


def test_vietnamese_survives_a_round_trip():
    assert unicodedata.is_normalized("NFC", COMPOSED)
    decomposed = unicodedata.normalize("NFD", COMPOSED)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE round_trip (id integer PRIMARY KEY, words varchar(200))")
        cursor.executemany("INSERT INTO round_trip VALUES (%s, %s)", [(1, COMPOSED), (2, "khác")])
        cursor.execute("SELECT words FROM round_trip WHERE words = %s", [COMPOSED])
        assert cursor.fetchall() == [(COMPOSED,)]
        cursor.execute("SELECT length(words) FROM round_trip WHERE id = 1")
        assert cursor.fetchone() == (len(COMPOSED),)
        cursor.execute("SELECT id FROM round_trip WHERE words LIKE %s", ["%Lệ Thủy%"])
        assert cursor.fetchall() == [(1,)]
        # The other spelling of the same letters is another string: text is composed on its way in.
        cursor.execute("SELECT count(*) FROM round_trip WHERE words = %s", [decomposed])
        assert cursor.fetchone() == (0,)


def test_health_answers_in_json(client):
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok"}
    assert "no-store" in answer["Cache-Control"]


def test_health_says_when_the_database_is_gone(client, monkeypatch):
    class Gone:
        def __enter__(self):
            raise OperationalError("gone")

        def __exit__(self, *error):
            return False

    monkeypatch.setattr(connection, "cursor", Gone)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"status": "error", "database": "error"}


def test_health_only_reads(client):
    assert client.post("/health").status_code == 405
