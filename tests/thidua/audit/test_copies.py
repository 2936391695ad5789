"""Checkpoints go outside: to a folder, to a witness over HTTP, by mail; failures are tried again."""

import socket
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller

from thidua.audit.lifecycle.notes import read_checkpoint
from thidua.audit.lifecycle.report import Report
from thidua.audit.models import Checkpoint, OutsideCopy
from thidua.audit.selectors.claims import read_outside
from thidua.audit.selectors.keys import list_verifiers
from thidua.audit.services import push_copies
from thidua.audit.services.copies import file_name, pause_after

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(trail):
    trail.live(5)
    trail.sequence(copy=False)
    return trail


@pytest.fixture
def witness():
    """A server of its own, which keeps what it gets; `status` is what it answers."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(seen.status)
            self.end_headers()

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    seen = SimpleNamespace(
        got=got, status=200, url=f"http://127.0.0.1:{server.server_port}/add?token=bi-mat"
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield seen
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_folder_gets_each_new_checkpoint_once(signed, settings, tmp_path):
    settings.AUDIT_FOLDER = str(tmp_path / "o-mang")
    assert push_copies(at=signed.tick()) == 1
    assert push_copies(at=signed.tick()) == 0
    signed.live(3)
    signed.sequence(copy=False)
    assert push_copies(at=signed.tick()) == 1
    files = sorted(Path(settings.AUDIT_FOLDER).iterdir())
    assert [one.name for one in files] == [
        file_name(one) for one in Checkpoint.objects.order_by("pk")
    ]
    report = Report()
    claims = read_outside(Path(settings.AUDIT_FOLDER), list_verifiers(), report)
    assert len(claims) == report.outside == 2
    assert report.is_good


def test_a_copy_outside_is_never_overwritten(signed, settings, tmp_path):
    settings.AUDIT_FOLDER = str(tmp_path)
    path = tmp_path / file_name(Checkpoint.objects.get())
    path.write_text("khác", "utf-8")
    assert push_copies(at=signed.tick()) == 0
    assert "khác với điểm kiểm" in OutsideCopy.objects.get().error
    assert path.read_text("utf-8") == "khác"


def test_a_folder_that_cannot_be_written_is_said(signed, settings, tmp_path):
    (tmp_path / "tep").write_text("")
    settings.AUDIT_FOLDER = str(tmp_path / "tep")
    assert push_copies(at=signed.tick()) == 0
    assert "Không ghi được" in OutsideCopy.objects.get().error


def test_the_witness_gets_the_signed_note(signed, settings, witness):
    settings.AUDIT_WITNESSES = [witness.url]
    assert push_copies(at=signed.tick()) == 1
    assert read_checkpoint(witness.got[0], list_verifiers()).size == Checkpoint.objects.get().size
    copy = OutsideCopy.objects.get()
    assert copy.delivered_at
    assert "bi-mat" not in copy.target


def test_a_witness_that_refuses_is_asked_again_after_longer_and_longer_pauses(
    signed, settings, witness
):
    settings.AUDIT_WITNESSES = [witness.url]
    witness.status = 503
    at = signed.tick()
    for tries in range(1, 6):
        assert push_copies(at=at) == 0
        assert push_copies(at=at + pause_after(tries) - timedelta(seconds=1)) == 0
        assert len(witness.got) == OutsideCopy.objects.get().tries == tries
        at += pause_after(tries)
    assert "503" in OutsideCopy.objects.get().error
    witness.status = 200
    assert push_copies(at=at) == 1
    assert OutsideCopy.objects.get().error == ""


def test_pauses_double_up_to_ten_minutes():
    seconds = [pause_after(tries).total_seconds() for tries in (1, 2, 3, 7, 8, 9, 1000)]
    assert seconds == [5, 10, 20, 320, 600, 600, 600]


def test_a_witness_that_is_away_delays_no_other_place(signed, settings, witness, tmp_path):
    settings.AUDIT_WITNESSES = ["http://127.0.0.1:9/add", "ftp://may.example/x", witness.url]
    settings.AUDIT_FOLDER = str(tmp_path / "o-mang")
    assert push_copies(at=signed.tick()) == 2
    assert OutsideCopy.objects.filter(delivered_at=None).count() == 2


def test_mail_goes_once_a_day(signed, settings):
    letters = []

    class Keeper:
        async def handle_DATA(self, server, session, envelope):  # noqa: N802 - its name there
            letters.append(envelope)
            return "250 OK"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Keeper(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.AUDIT_MAIL = ["a@thanhtra.example.vn", "b@vanphong.example.vn"]
        assert push_copies(at=signed.at) == 1
        signed.live(2)
        signed.sequence(copy=False)
        assert push_copies(at=signed.at + timedelta(hours=1)) == 0
        assert push_copies(at=signed.at + timedelta(hours=25)) == 1
    finally:
        server.stop()
    assert [one.rcpt_tos for one in letters] == [settings.AUDIT_MAIL] * 2


def test_nothing_to_send_nothing_sent(trail, settings, tmp_path):
    settings.AUDIT_FOLDER = str(tmp_path / "o-mang")
    assert push_copies(at=trail.tick()) == 0
    assert not OutsideCopy.objects.exists()


def test_a_copy_whose_writing_was_cut_off_is_no_alarm(signed, settings, tmp_path):
    folder = tmp_path / "o-mang"
    settings.AUDIT_FOLDER = str(folder)
    assert push_copies(at=signed.tick()) == 1
    (folder / ".q3x1_8.tmp").write_text("thidua.example/ep", "utf-8")
    report = Report()
    assert len(read_outside(folder, list_verifiers(), report)) == 1
    assert report.is_good
