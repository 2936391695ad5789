"""Against a real server: taken, delayed, refused, away for an hour; each message once (FLT-20)."""

from datetime import timedelta

import pytest

from thidua.outbox import services
from thidua.outbox.errors import MailFault
from thidua.outbox.lifecycle import LONGEST, STUCK, pause_after
from thidua.outbox.models import MailServer, Message
from thidua.outbox.services import delivery

pytestmark = pytest.mark.django_db


def states():
    return dict(Message.objects.values_list("address", "state"))


def test_a_message_is_taken_as_it_was_written(smtp, mail_on, postman, write, minh, at):
    smtp()
    write(minh)
    done = services.deliver(at=at)
    assert (done.sent, done.problem) == (1, "")
    [(address, mail)] = postman.taken
    assert address == "minh@bo.example"
    assert mail["Subject"] == "Nhắc việc: Còn 3 ngày làm việc."
    assert mail["From"] == "Bộ Ví dụ <thidua@bo.example>"
    assert mail["To"] == "Nguyễn Thị Minh <minh@bo.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_body(("plain",)).get_content()
    assert text.startswith("Kính gửi anh/chị Nguyễn Thị Minh,")
    assert "<p>Còn 3 ngày làm việc.</p>" in mail.get_body(("html",)).get_content()
    message = Message.objects.get()
    assert (message.state, message.message_id) == ("sent", mail["Message-ID"])
    assert MailServer.objects.get().last_ok_at >= at
    services.deliver(at=at + timedelta(hours=1))
    assert len(postman.taken) == 1


def test_the_same_act_makes_its_mail_once(write, minh):
    assert write(minh, key="k") == write(minh, key="k")
    assert Message.objects.count() == 1


def test_a_server_that_says_later_gets_it_later(smtp, mail_on, postman, write, at):
    smtp()
    postman.answers["a@x.example"] = ["451 greylisted, come back"]
    write("a@x.example")
    write("b@x.example")
    done = services.deliver(at=at)
    assert (done.sent, done.later) == (1, 1)
    message = Message.objects.get(address="a@x.example")
    assert (message.state, message.tries) == ("waiting", 1)
    assert message.error == "Máy chủ thư trả lời: 451 greylisted, come back"
    services.deliver(at=at + timedelta(seconds=30))
    assert postman.addresses == ["b@x.example"]
    services.deliver(at=at + pause_after(1) + timedelta(seconds=5))
    assert postman.addresses == ["a@x.example", "b@x.example"]
    assert set(states().values()) == {"sent"}


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_an_address_that_is_refused_is_shown_and_others_go(
    smtp, mail_on, postman, write, at, where
):
    smtp()
    if where == "rcpt":
        postman.answers["a@x.example"] = ["550 no such user here"]
    else:
        postman.data_answers = ["554 no such user here"]
    write("a@x.example")
    write("b@x.example")
    done = services.deliver(at=at)
    assert (done.sent, done.refused) == (1, 1)
    assert states() == {"a@x.example": "refused", "b@x.example": "sent"}
    assert "no such user here" in Message.objects.get(address="a@x.example").error
    services.deliver(at=at + timedelta(hours=3))
    assert postman.addresses == ["b@x.example"]


def test_a_server_that_is_away_for_an_hour_delays_and_nothing_more(
    smtp, mail_on, postman, write, at
):
    """Twelve letters; the port is closed for an hour of passes, each fifteen seconds (FLT-20)."""
    addresses = [f"{letter}@x.example" for letter in "abcdefghijkl"]
    for address in addresses[:10]:
        write(address)
    for seconds in range(0, 3600, 15):
        done = services.deliver(at=at + timedelta(seconds=seconds))
        assert done.sent == 0
        if seconds == 1800:
            for address in addresses[10:]:
                write(address)
    assert set(states().values()) == {"waiting"}
    server = MailServer.objects.get()
    assert server.last_error.startswith(f"Không nối được máy chủ thư 127.0.0.1:{smtp.port}")
    smtp()
    for seconds in range(3600, 3600 + 1800, 15):
        services.deliver(at=at + timedelta(seconds=seconds))
    assert postman.addresses == addresses
    assert set(states().values()) == {"sent"}
    assert len({mail["Message-ID"] for _, mail in postman.taken}) == 12
    server.refresh_from_db()
    assert server.last_error == ""


def test_after_two_days_it_is_given_up(mail_on, write, at):
    write("a@x.example")
    services.deliver(at=at)
    services.deliver(at=at + LONGEST + timedelta(minutes=1))
    assert states() == {"a@x.example": "failed"}


def test_nothing_goes_while_no_server_is_set_up(write, at, postman, smtp):
    smtp()
    write("a@x.example")
    assert services.deliver(at=at) == delivery.Delivered()
    assert states() == {"a@x.example": "waiting"}


def test_a_line_that_breaks_after_the_text_leaves_doubt_and_no_second_copy(
    smtp, mail_on, postman, write, at
):
    smtp()
    postman.data_answers = ["take and hang up"]
    write("a@x.example")
    write("b@x.example")
    done = services.deliver(at=at)
    assert (done.unsure, done.sent) == (1, 1)
    assert states() == {"a@x.example": "unsure", "b@x.example": "sent"}
    services.deliver(at=at + timedelta(hours=3))
    assert postman.addresses == ["a@x.example", "b@x.example"]


class Killed(BaseException):
    pass


def test_whoever_dies_before_the_text_gave_nothing_away(
    smtp, mail_on, postman, write, at, monkeypatch
):
    smtp()
    write("a@x.example")

    def die(*_):
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(delivery, "_greet", die)
        services.deliver(at=at)
    assert states() == {"a@x.example": "sending"}
    services.deliver(at=at + STUCK - timedelta(seconds=1))
    assert postman.taken == []
    services.deliver(at=at + STUCK + timedelta(seconds=5))
    assert postman.addresses == ["a@x.example"]


def test_whoever_dies_between_text_and_mark_leaves_doubt_for_a_person(
    smtp, mail_on, postman, write, at, monkeypatch, keeper
):
    """The server has it and we did not write it down: it is not sent twice by itself."""
    import smtplib

    smtp()
    message = write("a@x.example")
    real = smtplib.SMTP.data

    def taken_then_dead(self, raw):
        real(self, raw)
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(smtplib.SMTP, "data", taken_then_dead)
        services.deliver(at=at)
    for hours in range(1, 5):
        services.deliver(at=at + timedelta(hours=hours))
    assert postman.addresses == ["a@x.example"]
    assert states() == {"a@x.example": "unsure"}
    services.confirm_sent(message=message, actor=keeper, at=at)
    assert states() == {"a@x.example": "sent"}


def test_two_passes_at_once_send_each_message_once(smtp, mail_on, postman, write, at):
    """The second pass runs in the middle of the first, over the same list."""
    smtp()
    for letter in "abcd":
        write(f"{letter}@x.example")
    inner = []

    def tell(done, total):
        if done == 1:
            inner.append(services.deliver(at=at).sent)

    outer = services.deliver(at=at, tell=tell).sent
    assert (outer, inner) == (1, [3])
    assert postman.addresses == [f"{letter}@x.example" for letter in "abcd"]


def test_a_name_that_no_mail_can_carry_holds_up_no_other(smtp, mail_on, postman, write, at):
    smtp()
    write("a@x.example")
    write("b@x.example")
    Message.objects.filter(address="a@x.example").update(address="a b@@x.example")
    done = services.deliver(at=at)
    assert (done.sent, done.refused) == (1, 1)
    assert postman.addresses == ["b@x.example"]
    assert Message.objects.get(state="failed").error.startswith("Không soạn được thư")


def test_no_line_break_gets_into_a_header(smtp, mail_on, postman, write, at):
    smtp()
    write("a@x.example", values={"noi_dung": "x\r\nBcc: trom@x.example\r\n\r\nmất"})
    services.deliver(at=at)
    [(_, mail)] = postman.taken
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Nhắc việc: x Bcc: trom@x.example mất"


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_wrong_login_is_told_and_bounces_nobody(smtp, mail_on, postman, write, at, keeper):
    smtp(authenticator=postman.authenticate, auth_required=True, auth_require_tls=False)
    services.change_mail_server(username="thidua", password="sai", actor=keeper, at=at)
    write("a@x.example")
    done = services.deliver(at=at)
    assert "không nhận tên đăng nhập hoặc mật khẩu" in done.problem
    assert states() == {"a@x.example": "waiting"}
    services.change_mail_server(password="mật khẩu", actor=keeper, at=at)
    assert "chữ không dấu" in services.deliver(at=at + timedelta(minutes=5)).problem
    services.change_mail_server(password="mat khau", actor=keeper, at=at)
    services.deliver(at=at + timedelta(minutes=15))
    assert postman.addresses == ["a@x.example"]


def test_the_trial_says_what_the_server_said(smtp, mail_on, postman, at):
    with pytest.raises(MailFault, match="Không nối được máy chủ thư"):
        services.try_server(mail_on, "ly@bo.example", at=at, organisation="Bộ", when="9:00")
    smtp()
    postman.answers["ly@bo.example"] = ["550 unknown"]
    with pytest.raises(MailFault, match="550 unknown"):
        services.try_server(mail_on, "ly@bo.example", at=at, organisation="Bộ", when="9:00")
    services.try_server(mail_on, "ly@bo.example", at=at, organisation="Bộ", when="9:00")
    [(address, mail)] = postman.taken
    assert address == "ly@bo.example"
    assert "Máy chủ thư của Bộ đã nhận thư này lúc 9:00." in mail.get_body().get_content()


def test_the_schedule_sends_what_waits(smtp, mail_on, postman, write, run_jobs):
    from thidua.jobs.models import Job
    from thidua.jobs.services import ensure_schedules, tick
    from thidua.support.clock import now

    smtp()
    write("a@x.example")
    ensure_schedules(at=now())
    tick(at=now())
    run_jobs()
    assert postman.addresses == ["a@x.example"]
    assert Job.objects.get(task="thidua.outbox.tasks.deliver").outcome == "gửi 1 thư"
