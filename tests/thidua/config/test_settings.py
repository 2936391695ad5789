"""How an installation starts, and what it refuses to start with."""

import json
import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from thidua.config.databases import read_database_url

STRONG_KEY = secrets.token_urlsafe(64)


def manage(*arguments, **environment):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("THIDUA_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "thidua.config", *arguments],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def production(**environment):
    return {
        "DJANGO_SETTINGS_MODULE": "thidua.config.settings.prod",
        "THIDUA_SECRET_KEY": STRONG_KEY,
        "THIDUA_ALLOWED_HOSTS": "thidua.example.vn",
        **environment,
    }


def test_production_passes_the_deployment_check():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **production())
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"THIDUA_SECRET_KEY": ""}, "THIDUA_SECRET_KEY chưa được đặt hoặc quá yếu"),
        ({"THIDUA_SECRET_KEY": "a" * 80}, "THIDUA_SECRET_KEY chưa được đặt hoặc quá yếu"),
        ({"THIDUA_SECRET_KEY": settings.SECRET_KEY}, "THIDUA_SECRET_KEY chưa được đặt"),
        ({"THIDUA_ALLOWED_HOSTS": ""}, "THIDUA_ALLOWED_HOSTS chưa được đặt"),
        ({"THIDUA_DATABASE_URL": "mysql://x/y"}, "Không hiểu loại CSDL «mysql»"),
    ],
)
def test_production_refuses_to_start(environment, words):
    done = manage("check", **production(**environment))
    assert done.returncode != 0
    assert words in done.stderr


def test_development_boots_on_a_file_in_wal_mode(tmp_path):
    asked = "from django.db import connection as c; u = c.cursor(); import json; "
    asked += "print(json.dumps([c.vendor, u.execute('PRAGMA journal_mode').fetchone()[0]]))"
    done = manage("shell", "-v", "0", "-c", asked, THIDUA_DATA_DIR=str(tmp_path / "var"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["sqlite", "wal"]
    assert (tmp_path / "var/thidua.sqlite3").is_file()


def test_time_and_language_are_those_of_vietnam():
    assert settings.TIME_ZONE == "Asia/Ho_Chi_Minh"
    assert settings.LANGUAGE_CODE == "vi"
    assert settings.USE_TZ


def test_a_postgresql_address_is_read():
    read = read_database_url("postgresql://an:m%C3%A3%40@db.example.vn:5433/thi?sslmode=require")
    assert read == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "thi",
        "USER": "an",
        "PASSWORD": "mã@",
        "HOST": "db.example.vn",
        "PORT": "5433",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_is_read():
    read = read_database_url("postgresql://an@/thi?host=/run/postgresql")
    assert (read["HOST"], read["PORT"], read["OPTIONS"]) == ("/run/postgresql", "", {})


def test_sqlite_addresses_are_read():
    assert str(read_database_url("sqlite:////var/lib/thidua.sqlite3")["NAME"]) == (
        "/var/lib/thidua.sqlite3"
    )
    assert str(read_database_url("sqlite:///var/thidua.sqlite3")["NAME"]) == "var/thidua.sqlite3"
    assert read_database_url("sqlite:///:memory:")["NAME"] == ":memory:"


@pytest.mark.parametrize("address", ["", "sqlite://", "sqlite:///", "sqlite://x/y", "thidua.db"])
def test_an_address_that_says_nothing_is_refused(address):
    with pytest.raises(ImproperlyConfigured):
        read_database_url(address)
