"""The trail through real processes: the command line, kills in the middle, a move between databases."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from how_many import TIMES

# They use databases of their own: one connection, or none, is all they need of the usual one.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LIFE = """
import django, sys
django.setup()
from datetime import timedelta
from thidua.audit import services
from thidua.accounts.models import User
from thidua.organizations.models import UnitKind
from thidua.support.actor import Actor
from thidua.support.clock import now
who, at = Actor(7, "Lê Hoài Thương"), now() + timedelta(hours=float(sys.argv[2]))
for number in range(int(sys.argv[1])):
    kind = services.create(
        UnitKind(code=f"k{number}-{at.timestamp()}"[:40], name="Cục"), actor=who, at=at, action="new"
    )
    services.change(kind, actor=who, at=at, action="move", position=5)
    user = User(email=f"u{number}.{at.timestamp()}@bo.example.vn", full_name="Mai", sort_key="mai")
    services.create(user, actor=who, at=at, action="user.create")
"""


class Place:
    """A database, a key, a folder of outside copies, and the commands that use them."""

    def __init__(self, folder: Path, url: str) -> None:
        self.outside = folder / "ngoai"
        self.env = {
            **os.environ,
            "THIDUA_DATABASE_URL": url,
            "THIDUA_DATA_DIR": str(folder),
            "THIDUA_AUDIT_FOLDER": str(self.outside),
            "DJANGO_SETTINGS_MODULE": "thidua.config.settings.dev",
            "PYTHONPATH": "src",
        }

    def run(self, *words, status: int = 0) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [sys.executable, *words], env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, f"{words}\n{done.stdout}\n{done.stderr}"
        return done

    def thidua(self, *words, status: int = 0) -> str:
        start = "from thidua.cli.main import main; main()"
        done = self.run("-c", start, *words, status=status)
        return done.stdout + done.stderr

    def django(self, *words) -> str:
        return self.run("-m", "thidua.config", *words).stdout

    def live(self, rounds: int = 5, hours: float = 0) -> None:
        self.run("-c", LIFE, str(rounds), str(hours))

    def report(self, *words, status: int = 0) -> dict:
        return json.loads(self.thidua("audit", "verify", "--json", *words, status=status))


def server(statement: str) -> None:
    with psycopg.connect(os.environ["THIDUA_DATABASE_URL"], autocommit=True) as one:
        one.execute(statement)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """An SQLite file with all tables, to be copied."""
    folder = tmp_path_factory.mktemp("mau")
    Place(folder, f"sqlite:///{folder}/mau.sqlite3").django("migrate", "--verbosity", "0")
    return folder / "mau.sqlite3"


@pytest.fixture(scope="module")
def address(migrated, tmp_path_factory):
    """Addresses of databases that are ready, of the kind that is used; gone at the end."""
    made = []

    def give(folder: Path) -> str:
        if connection.vendor == "sqlite":
            shutil.copy(migrated, folder / "thidua.sqlite3")
            return f"sqlite:///{folder}/thidua.sqlite3"
        name = f"audit_{os.getpid()}_{len(made)}"
        base = urlsplit(os.environ["THIDUA_DATABASE_URL"])
        url = base._replace(path=f"/{name}").geturl()
        if made:
            server(f"CREATE DATABASE {name} TEMPLATE {made[0]}")
        else:
            server(f"CREATE DATABASE {name}")
            Place(folder, url).django("migrate", "--verbosity", "0")
            made.append(name)
            return give(folder)
        made.append(name)
        return url

    yield give
    for name in made:
        server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def place(tmp_path, address):
    made = Place(tmp_path, address(tmp_path))
    made.thidua("audit", "init-key", "--name", "bo.example.vn")
    return made


def sql(place: Place, statement: str) -> None:
    code = (
        "import django, sys; django.setup(); from django.db import connection as c; "
        "c.cursor().execute(sys.argv[1])"
    )
    place.run("-c", code, statement)


def test_the_command_says_what_is_and_what_is_not(place, tmp_path):
    assert "Đã có khóa" in place.thidua("audit", "init-key", "--name", "khac", status=2)
    assert (tmp_path / "audit.key").stat().st_mode & 0o777 == 0o600
    place.live()
    assert "Đã xếp 15 sự kiện, gửi 1 bản ngoài" in place.thidua("audit", "sequence")
    told = place.thidua("audit", "verify")
    assert told.startswith("Nhật ký nguyên vẹn.")
    assert "Cảnh báo" not in told
    since = next(place.outside.glob("*.txt"))
    assert place.thidua("audit", "checkpoint") == since.read_text("utf-8")
    place.live(2, hours=-1)
    place.thidua("audit", "sequence")
    report = place.report("--since", str(since))
    # AUD-8: the clock went back an hour; the order is that of the numbers.
    assert (report["ok"], report["backwards"], report["first_backwards"]) == (True, 1, 16)
    assert "đồng hồ đã lùi 1 lần, lần đầu ở số 16" in place.thidua("audit", "verify")

    sql(place, "UPDATE organizations_unitkind SET position = 9 WHERE id = 2")
    told = place.thidua("audit", "verify", status=1)
    assert "KHÔNG nguyên vẹn: 1 chỗ sai" in told
    assert "«organizations.unitkind:2»: cột «position»" in told
    bad = place.report(status=1)["first_bad"]
    assert (bad["kind"], bad["stream"], bad["seq"]) == ("field", "organizations.unitkind:2", 5)
    assert "kỳ 2" in place.thidua("audit", "new-epoch", "--reason", "sửa tay theo biên bản 5")
    place.thidua("audit", "sequence")
    assert place.report()["ok"]
    for option in ("--external", "--since"):
        assert "không tồn tại" in place.thidua("audit", "verify", option, "x", status=2)


def test_without_a_key_it_says_how_to_make_one(place, tmp_path):
    (tmp_path / "audit.key").unlink()
    assert "thidua audit init-key" in place.thidua("audit", "sequence", status=2)
    (tmp_path / "audit.key").write_text("khác")
    assert "chmod 600" in place.thidua("audit", "sequence", status=2)
    (tmp_path / "audit.key").chmod(0o600)
    assert "không phải là khóa" in place.thidua("audit", "sequence", status=2)


WORK = """
import django
django.setup()
from thidua.audit import services
from thidua.support.actor import Actor
from thidua.support.clock import now
who, number = Actor(7, "Lê Hoài Thương"), 0
print("ready", flush=True)
while True:
    for _ in range(20):
        number += 1
        services.note(f"phien:{number % 7}", actor=who, at=now(), action="login")
    services.sequence(at=now(), batch=3)
    services.push_copies(at=now())
"""


def test_a_sequencer_that_is_killed_leaves_no_gap_and_no_double(place):
    """AUD-5: five kills; nightly (DRAWN_TIMES=20) a hundred."""
    for _ in range(5 * TIMES):
        child = subprocess.Popen(
            [sys.executable, "-c", WORK], env=place.env, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0.1, 0.5))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    place.thidua("audit", "sequence")
    report = place.report()
    assert report["ok"], report["problems"]
    assert report["events"] == report["placed"] == report["covered"] > 20
    assert report["waiting"] == 0


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="the move ends on PostgreSQL (tools/with-postgres)"
)
def test_a_move_from_sqlite_to_postgresql_and_another_time_zone_raise_no_alarm(
    place, migrated, tmp_path
):
    file = tmp_path / "cu"
    file.mkdir()
    old = Place(file, f"sqlite:///{file}/thidua.sqlite3")
    old.env["THIDUA_AUDIT_KEY"] = place.env["THIDUA_AUDIT_KEY"] = str(tmp_path / "audit.key")
    shutil.copy(migrated, file / "thidua.sqlite3")
    for _ in range(3):
        old.live(3)
        old.thidua("audit", "sequence")
    assert old.report()["ok"]
    everything = tmp_path / "tat-ca.yaml"  # JSON cuts microseconds, XML line ends
    rooms = ["audit", "organizations", "accounts"]
    old.django("dumpdata", *rooms, "--format", "yaml", "--output", str(everything))
    sql(place, "TRUNCATE auth_group CASCADE")
    place.django("loaddata", str(everything), "--verbosity", "0")
    place.env["PGTZ"] = "America/Caracas"
    report = place.report("--external", str(old.outside))
    assert report["ok"], report["problems"]
    assert (report["events"], report["covered"]) == (27, 27)
    reset = place.django("sqlsequencereset", *rooms)
    sql(place, reset)
    place.live(3)
    place.thidua("audit", "sequence")
    assert place.report("--external", str(old.outside))["ok"]
