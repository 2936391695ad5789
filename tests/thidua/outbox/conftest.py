"""A real mail server inside the suite: it takes, delays, refuses, hangs up, is away."""

import asyncio
import contextlib
import socket
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from thidua.accounts.models import User
from thidua.outbox import services
from thidua.support.actor import Actor, Grant, Role, system


@pytest.fixture
def at():
    return datetime(2017, 10, 26, 2, 0, tzinfo=UTC)


@pytest.fixture
def minh(db):
    return User.objects.create_user("minh@bo.example", full_name="Nguyễn Thị Minh")


@pytest.fixture
def keeper(db):
    user = User.objects.create_user("ly@bo.example", full_name="Trần Văn Lý")
    return Actor(user.pk, user.full_name, (Grant(Role.ADMINISTRATOR, 1),))


class Postman:
    """What the server does: `answers[address]` is a queue of replies to RCPT, else 250."""

    def __init__(self):
        self.answers = {}
        self.data_answers = []
        self.taken = []
        self.logins = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - its name
        replies = self.answers.get(address, [])
        reply = replies.pop(0) if replies else "250 OK"
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - its name
        reply = self.data_answers.pop(0) if self.data_answers else "250 Taken"
        if reply == "hang up":
            server.transport.abort()
            await asyncio.sleep(0)
            return "421 gone"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        if reply == "take and hang up":
            self.taken.append((envelope.rcpt_tos[0], mail))
            server.transport.abort()
            return "421 gone"
        if reply.startswith("250"):
            self.taken.append((envelope.rcpt_tos[0], mail))
        return reply

    def authenticate(self, server, session, envelope, mechanism, data):
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        is_right = data == LoginPassword(b"thidua", b"mat khau")
        return AuthResult(success=is_right, handled=is_right)

    @property
    def addresses(self):
        return sorted(address for address, _ in self.taken)


class Box(Controller):
    """A server on a port that can be closed and opened again."""

    def __init__(self, postman, port, **options):
        super().__init__(postman, hostname="127.0.0.1", port=port, **options)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def postman():
    return Postman()


@pytest.fixture
def smtp(postman):
    """`smtp()` opens the server, `smtp.stop()` closes it; it is closed with the test."""

    class Door:
        port = free_port()
        box = None

        def __call__(self, **options):
            self.box = Box(postman, self.port, **options)
            self.box.start()
            return self

        def stop(self):
            if self.box is not None:
                self.box.stop(no_assert=True)
                self.box = None

    door = Door()
    yield door
    with contextlib.suppress(Exception):
        door.stop()


@pytest.fixture
def mail_on(smtp, keeper, at):
    """The installation knows the server."""
    return services.change_mail_server(
        is_on=True,
        host="127.0.0.1",
        port=smtp.port,
        security="none",
        sender_name="Bộ Ví dụ",
        sender_address="thidua@bo.example",
        actor=keeper,
        at=at,
    )


@pytest.fixture
def write(at):
    """`write(address)`: a reminder in the outbox."""

    def written(to, key="", **options):
        options = {"values": {"noi_dung": "Còn 3 ngày làm việc."}, "kind": "reminder"} | options
        return services.queue_message(
            to=to, key=key or f"k:{to}", actor=system("test"), at=at, **options
        )

    return written
