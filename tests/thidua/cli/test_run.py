"""`thidua run`: a real tree of processes, watched, wounded and ended."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
THIDUA = Path(sys.executable).with_name("thidua")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder, **more):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("THIDUA_", "DJANGO_"))}
    return {**kept, "THIDUA_DATA_DIR": str(folder), **more}


def thidua(folder, *words, **more):
    return subprocess.run(
        [THIDUA, *words],
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def descendants(pid):
    """Process ids → command lines of all that stands under a process."""
    found = {}
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return found
    for child in map(int, children):
        with contextlib.suppress(OSError):
            found[child] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
        found |= descendants(child)
    return found


def lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait(truth, seconds=30):
    until = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """A folder whose database is up to date."""
    folder = tmp_path_factory.mktemp("installation")
    assert thidua(folder, "migrate", "--local").returncode == 0
    return folder


class Tree:
    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.process = subprocess.Popen(
            [THIDUA, "run", "--local", "--port", str(self.port), "--web-workers", "1"],
            env=environment(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = self.process.stdout.readline()
        self.members = descendants(self.process.pid)

    def named(self, words):
        return [pid for pid, line in descendants(self.process.pid).items() if words in line]

    def get(self, path):
        return urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10)


@pytest.fixture
def tree(ready):
    made = Tree(ready)
    yield made
    made.members |= descendants(made.process.pid)
    if made.process.poll() is None:
        made.process.kill()
    made.process.communicate()
    for pid in filter(lives, made.members):
        os.kill(pid, signal.SIGKILL)


def test_it_refuses_to_start_before_the_database_is_up_to_date(tmp_path):
    done = thidua(tmp_path, "run", "--local", "--port", str(free_port()))
    assert done.returncode == 2
    assert done.stderr == (
        "CSDL chưa theo kịp bản cài đặt này. Sao lưu CSDL rồi chạy: thidua migrate --local\n"
    )


def test_it_refuses_to_start_with_settings_that_are_not_whole(tmp_path):
    done = thidua(tmp_path, "run", "--port", str(free_port()))
    assert done.returncode == 2
    assert done.stderr.startswith("THIDUA_SECRET_KEY chưa được đặt hoặc quá yếu")
    assert len(done.stderr.splitlines()) == 1


def test_it_refuses_a_port_that_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = thidua(tmp_path, "run", "--local", "--port", str(port))
    assert done.returncode == 2
    assert f"Chọn cổng khác, ví dụ: thidua run --port {port + 1}" in done.stderr


def test_one_tree_serves_works_and_schedules(tree):
    assert tree.said == f"Thi Đua đang chạy ở http://127.0.0.1:{tree.port} (Ctrl C để dừng)\n"
    assert tree.get("/health").status == 200
    names = json.loads((tree.folder / "static/staticfiles.json").read_text())["paths"]
    sheet = names["thidua/console.css"]
    assert re.search(r"\.[0-9a-f]{12}\.css$", sheet)
    assert tree.get(f"/static/{sheet}").headers["cache-control"].endswith("immutable")
    assert len(tree.named("thidua.config work")) == 2
    assert len(tree.named("thidua.config schedule")) == 1


def test_what_dies_is_started_again(tree):
    for words in ("thidua.config schedule", "work --memory 0 --quick", "granian"):
        old = tree.named(words)
        os.kill(old[0], signal.SIGKILL)
        wait(lambda words=words, old=old: set(tree.named(words)) - set(old))

    def answers():
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            return tree.get("/health").status == 200

    wait(answers)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_all_cleanly(tree, sent):
    assert tree.members
    tree.process.send_signal(sent)
    said, _ = tree.process.communicate(timeout=40)
    assert tree.process.returncode == 0
    assert said.splitlines() == ["Đã dừng."]
    assert [pid for pid in tree.members if lives(pid)] == []


def test_a_root_that_is_killed_outright_leaves_nothing_behind(tree):
    assert tree.members
    tree.process.kill()
    tree.process.wait()
    wait(lambda: not any(map(lives, tree.members)))


def test_a_management_command_is_passed_on(ready):
    done = thidua(ready, "manage", "--local", "check", "--fail-level", "WARNING")
    assert done.returncode == 0
    assert thidua(ready, "manage", "--local", "no_such_command").returncode == 1


def test_the_key_of_one_machine_is_made_once_and_is_its_owners(ready):
    key = ready / "secret-key"
    before = key.read_text()
    assert thidua(ready, "manage", "--local", "check").returncode == 0
    assert key.read_text() == before
    assert len(before) >= 64
    assert key.stat().st_mode & 0o777 == 0o600
