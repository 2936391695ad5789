"""Tasks that tests plant in the rooms' `tasks.py`, since only such names may be queued."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import thidua.jobs.tasks
from thidua.accounts.models import User
from thidua.support.actor import Actor
from thidua.support.queue import task


@pytest.fixture
def at():
    return datetime(2017, 10, 26, 2, 0, tzinfo=UTC)  # Thursday, 9:00 in Vietnam


@pytest.fixture
def officer(db):
    user = User.objects.create_user("minh@bo.example", full_name="Nguyễn Thị Minh")
    return Actor(user.pk, user.full_name)


@pytest.fixture
def plant(monkeypatch):
    """`plant(function)`: the dotted name under which it may be queued."""

    def planted(function, name="planted"):
        monkeypatch.setattr(thidua.jobs.tasks, name, task("Việc thử")(function), raising=False)
        return f"thidua.jobs.tasks.{name}"

    return planted


class Installation:
    """A database of its own and processes that work on it; all of them are ended with the test."""

    def __init__(self, url, folder):
        self.log = folder / "log"
        self.log.touch()
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "thidua.config.settings.test",
            "THIDUA_DATABASE_URL": url,
            "THIDUA_DATA_DIR": str(folder),
            "PLANTED_LOG": str(self.log),
        }
        self.started = []

    def command(self, *words):
        return [sys.executable, str(Path(__file__).with_name("processes.py")), *words]

    def start(self, *words):
        process = subprocess.Popen(self.command(*words), env=self.environment)
        self.started.append(process)
        return process

    def run(self, *words):
        done = subprocess.run(
            self.command(*words), env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, code):
        """The value of an expression in a process of its own, through JSON."""
        first = "import json; from thidua.jobs.models import Job, Schedule, SchedulerLease; "
        first += "from thidua.jobs import services; from thidua.support.queue import enqueue; "
        first += "from thidua.support.actor import system; from thidua.support.clock import now; "
        return json.loads(self.run("eval", f"{first}print(json.dumps({code}, default=str))"))

    def enqueue(self, name, **args):
        said = "".join(f", {key}={value!r}" for key, value in args.items())
        return self.ask(f"enqueue('thidua.jobs.tasks.{name}', actor=system('test'){said})")

    def job(self, pk):
        fields = "'state', 'tries', 'outcome', 'error'"
        return self.ask(f"Job.objects.filter(pk={pk}).values({fields}).get()")

    def lines(self):
        return self.log.read_text("utf-8").splitlines()

    def wait(self, truth, seconds=20):
        until = time.monotonic() + seconds
        while not truth():
            assert time.monotonic() < until, self.lines()
            time.sleep(0.05)

    def end(self):
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory, django_db_setup, django_db_blocker):
    """Maker of fresh migrated databases: their addresses."""
    asked = os.environ.get("THIDUA_DATABASE_URL", "sqlite:///:memory:")
    folder = tmp_path_factory.mktemp("databases")

    def migrate(url):
        environment = {**os.environ, "THIDUA_DATABASE_URL": url}
        environment["DJANGO_SETTINGS_MODULE"] = "thidua.config.settings.test"
        command = [sys.executable, "-m", "thidua.config", "migrate", "-v", "0"]
        subprocess.run(command, env=environment, check=True)
        return url

    if asked.startswith("sqlite"):
        migrate(f"sqlite:///{folder}/template.sqlite3")

        def make(name):
            shutil.copy(folder / "template.sqlite3", folder / f"{name}.sqlite3")
            return f"sqlite:///{folder}/{name}.sqlite3"

        yield make
        return

    import psycopg

    def sql(command):
        with psycopg.connect(asked, autocommit=True) as server:
            server.execute(command)

    def named(name):
        parts = urlsplit(asked)
        return parts._replace(path=f"/{name}").geturl()

    template, made = f"template_{os.getpid()}", []
    sql(f"CREATE DATABASE {template}")
    migrate(named(template))

    def make(name):
        made.append(f"{name}_{os.getpid()}")
        sql(f"CREATE DATABASE {made[-1]} TEMPLATE {template}")
        return named(made[-1])

    yield make
    for one in [*made, template]:
        sql(f"DROP DATABASE {one} WITH (FORCE)")


@pytest.fixture
def installation(empty_database, tmp_path, request):
    name = re.sub(r"\W", "_", request.node.name)[:40].lower()
    made = Installation(empty_database(name), tmp_path)
    yield made
    made.end()
