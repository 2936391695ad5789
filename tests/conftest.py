"""What all tests share."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import settings

# Drawn examples repeat from run to run, so a red test is red for everybody; the nightly run looks
# further and at random.
settings.register_profile("default", derandomize=True, deadline=None)
settings.register_profile("nightly", max_examples=2000, deadline=None)
# Playwright's loop runs in the thread of the test, where the test reads the database too.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's chromium, never a browser that a package downloads."""
    return {
        **browser_type_launch_args,
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
    }


@contextmanager
def without_triggers(connection):
    """Append-only tables can be emptied meanwhile: tests that commit clean up after themselves."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in triggers:
            cursor.execute(sql)


@pytest.fixture(scope="session", autouse=True)
def _flush_without_triggers():
    """Django empties all tables after a test that commits; only there the triggers stand aside."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_past(self, sql_list):
        with without_triggers(self.connection):
            return flush(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = flush_past
    yield
    BaseDatabaseOperations.execute_sql_flush = flush


@pytest.fixture
def run_jobs(db, monkeypatch):
    """`run_jobs()`: the installation's own worker does what is queued and due, then ends.

    Between jobs it drops connections that are inside a transaction, as the one of a test is.
    """
    worker = "django_tasks_db.management.commands.db_worker"
    monkeypatch.setattr(f"{worker}.close_old_connections", lambda: None)
    return lambda: call_command("work", "--batch", "--interval", "0", verbosity=0)
