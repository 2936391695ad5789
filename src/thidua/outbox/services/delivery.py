"""Handing messages to the mail server, each once.

A message is claimed (committed), then greeted to the server, then marked as handed over (committed)
just before its text, then marked as sent when the server has said 250. Whoever dies before the mark
has given nothing to the server: the message is tried again. Whoever dies between mark and answer may
have: the message becomes `unsure`, and a person decides. That window is the time that the server
takes to answer one text.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY

from django.utils.translation import gettext as _

from thidua.outbox.errors import MailFault
from thidua.outbox.lifecycle import STUCK, MessageState, as_html, fill, one_line, pause_after
from thidua.outbox.models import MailServer, Message
from thidua.outbox.selectors import get_server, get_words
from thidua.outbox.services.sealed import BODY, PASSWORD, seal, unseal
from thidua.support.sealing import CannotUnseal

logger = logging.getLogger("thidua.outbox")
TIMEOUT = 30
MOST_AT_ONCE = 500


@dataclass
class Delivered:
    """What one pass did."""

    sent: int = 0
    later: int = 0
    refused: int = 0
    unsure: int = 0
    problem: str = ""


class _Away(Exception):
    """The server cannot be used now, for no message; `str()` says why."""


def deliver(*, at: datetime, tell: Callable[[int, int], None] = lambda *_: None) -> Delivered:
    """Send what is due. `tell(done, total)` is called between messages and may raise to end."""
    done = Delivered(unsure=_recover(at))
    server = get_server()
    due = list(
        Message.objects.filter(state=MessageState.WAITING, next_try_at__lte=at)
        .order_by("next_try_at", "pk")
        .values_list("pk", flat=True)[:MOST_AT_ONCE]
    )
    if not server.is_on or not due:
        return done
    began = time.monotonic()

    def clock() -> datetime:
        return at + timedelta(seconds=time.monotonic() - began)

    smtp: smtplib.SMTP | None = None
    try:
        for number, pk in enumerate(due):
            tell(number, len(due))
            message = _claim(pk, clock())
            if message is None:
                continue
            try:
                smtp = smtp or _connect(server)
                _send(smtp, server, message, clock, done)
            except _Away as away:
                done.problem = str(away)
                done.later += _put_off(message, clock(), str(away))
                done.later += _put_off_all(due[number + 1 :], clock(), str(away))
                break
            except smtplib.SMTPServerDisconnected:
                smtp = None  # the next message calls again
    finally:
        if smtp is not None:
            _hang_up(smtp)
    _remember(server, done, clock())
    return done


def try_server(
    server: MailServer,
    to: str,
    *,
    at: datetime,
    organisation: str,
    when: str,
    password: str | None = None,
) -> None:
    """Send one trial message at once, past the queue. Raises MailFault with the server's answer.

    `server` need not be stored; `password` goes before the one that it holds.
    """
    if password is not None:
        server.password_box = seal(PASSWORD, password)
    words = get_words("trial")
    values = {"co_quan": organisation, "gio": when}
    message = Message(
        subject=one_line(fill(words.subject, values)),
        body=fill(words.body, values),
        address=to,
        message_id=f"<{uuid.uuid4()}@{server.sender_address.rpartition('@')[2]}>",
        created_at=at,
    )
    try:
        smtp = _connect(server)
    except _Away as away:
        raise MailFault(str(away)) from None
    try:
        smtp.send_message(_written(server, message))
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        raise MailFault(_refusal(code, said)) from None
    except smtplib.SMTPResponseException as refused:
        raise MailFault(_refusal(refused.smtp_code, refused.smtp_error)) from None
    except (OSError, smtplib.SMTPException) as fault:
        raise MailFault(_away_words(server, fault)) from None
    finally:
        _hang_up(smtp)


def _recover(at: datetime) -> int:
    """Messages whose sender is dead: tried again, or unsure. How many are unsure."""
    stuck = Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=at - STUCK)
    stuck.filter(handed_at__isnull=True).update(state=MessageState.WAITING, token=None)
    said = _(
        "Máy dừng khi đang chờ máy chủ thư trả lời. Hỏi người nhận, rồi gửi lại hoặc xác nhận."
    )
    return stuck.filter(handed_at__isnull=False).update(
        state=MessageState.UNSURE, token=None, error=said
    )


def _claim(pk: int, at: datetime) -> Message | None:
    token = uuid.uuid4()
    claimed = Message.objects.filter(pk=pk, state=MessageState.WAITING).update(
        state=MessageState.SENDING, token=token, claimed_at=at, handed_at=None
    )
    return Message.objects.get(pk=pk) if claimed else None


def _connect(server: MailServer) -> smtplib.SMTP:
    try:
        password = unseal(PASSWORD, server.password_box)
    except CannotUnseal:
        raise _Away(
            _(
                "Không mở được mật khẩu máy chủ thư vì khóa của hệ thống đã đổi. "
                "Nhập lại mật khẩu ở Quản trị › Máy chủ thư."
            )
        ) from None
    context = ssl.create_default_context()
    smtp: smtplib.SMTP | None = None
    try:
        if server.security == "tls":
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        if server.security == "starttls":
            smtp.starttls(context=context)
        if server.username:
            smtp.login(server.username, password)
    except (OSError, smtplib.SMTPException, UnicodeEncodeError) as fault:
        if smtp is not None:
            smtp.close()
        raise _Away(_away_words(server, fault)) from None
    return smtp


def _send(
    smtp: smtplib.SMTP,
    server: MailServer,
    message: Message,
    clock: Callable[[], datetime],
    done: Delivered,
) -> None:
    mine = Message.objects.filter(pk=message.pk, token=message.token, state=MessageState.SENDING)
    try:
        raw = _written(server, message).as_bytes()
        _greet(smtp, server, message)
        if not mine.update(handed_at=clock()):
            smtp.rset()
            return
        code, said = smtp.data(raw)
        if code != 250:
            raise smtplib.SMTPDataError(code, said)
    except CannotUnseal:
        said_words = _(
            "Khóa của hệ thống đã đổi, không mở được nội dung riêng tư. Gửi lời mời mới."
        )
        mine.update(state=MessageState.FAILED, token=None, error=said_words)
        done.refused += 1
    except (ValueError, MessageError) as fault:
        # A name or an address that no mail can carry: the others go on.
        said_words = _("Không soạn được thư (%(said)s). Sửa tên hoặc địa chỉ người nhận.")
        mine.update(
            state=MessageState.FAILED, token=None, error=(said_words % {"said": fault})[:500]
        )
        done.refused += 1
    except smtplib.SMTPResponseException as answer:
        _answered(smtp, message, answer, clock(), done)
    except (OSError, smtplib.SMTPServerDisconnected) as fault:
        if _was_handed(message):
            said_words = _("Mất kết nối khi đang chờ máy chủ thư trả lời. Hỏi người nhận trước.")
            mine.update(state=MessageState.UNSURE, token=None, error=said_words)
            done.unsure += 1
        else:
            done.later += _put_off(message, clock(), _away_words(server, fault))
        raise smtplib.SMTPServerDisconnected(str(fault)) from None
    else:
        body = "" if message.is_private else message.body
        mine.update(state=MessageState.SENT, sent_at=clock(), token=None, error="", body=body)
        done.sent += 1


def _was_handed(message: Message) -> bool:
    """May the text have reached the server?"""
    return Message.objects.filter(pk=message.pk, handed_at__isnull=False).exists()


def _greet(smtp: smtplib.SMTP, server: MailServer, message: Message) -> None:
    smtp.ehlo_or_helo_if_needed()
    code, said = smtp.mail(server.sender_address)
    if code != 250:
        _quietly_reset(smtp)
        raise _Away(
            _("Máy chủ thư không nhận địa chỉ gửi %(address)s (%(said)s).")
            % {"address": server.sender_address, "said": _said(code, said)}
        )
    code, said = smtp.rcpt(message.address)
    if code not in {250, 251}:
        raise smtplib.SMTPResponseException(code, said)


def _answered(
    smtp: smtplib.SMTP,
    message: Message,
    answer: smtplib.SMTPResponseException,
    at: datetime,
    done: Delivered,
) -> None:
    """The server said no to this message: for now (4xx), or for good."""
    _quietly_reset(smtp)
    if 400 <= answer.smtp_code < 500:
        done.later += _put_off(message, at, _refusal(answer.smtp_code, answer.smtp_error))
        return
    Message.objects.filter(pk=message.pk, token=message.token).update(
        state=MessageState.REFUSED,
        token=None,
        tries=message.tries + 1,
        error=_refusal(answer.smtp_code, answer.smtp_error),
    )
    done.refused += 1


def _put_off(message: Message, at: datetime, why: str) -> int:
    """Try it later, or give it up when it is too old; 1 when it is tried later."""
    tries = message.tries + 1
    is_over = at >= message.give_up_at
    Message.objects.filter(pk=message.pk, token=message.token).update(
        state=MessageState.FAILED if is_over else MessageState.WAITING,
        token=None,
        tries=tries,
        error=why[:500],
        handed_at=None,
        next_try_at=at + pause_after(tries),
    )
    return 0 if is_over else 1


def _put_off_all(keys: list[int], at: datetime, why: str) -> int:
    """While the server is away nobody calls it for each message."""
    later = 0
    for message in Message.objects.filter(pk__in=keys, state=MessageState.WAITING):
        later += _put_off(message, at, why)
    return later


def _written(server: MailServer, message: Message) -> EmailMessage:
    body = unseal(BODY, message.body) if message.is_private else message.body
    mail = EmailMessage(policy=SMTP_POLICY)
    mail["From"] = Address(server.sender_name, addr_spec=server.sender_address)
    mail["To"] = Address(message.name, addr_spec=message.address)
    mail["Subject"] = message.subject
    mail["Message-ID"] = message.message_id
    mail["Date"] = message.created_at
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body)
    mail.add_alternative(as_html(body, message.subject), subtype="html")
    return mail


def _remember(server: MailServer, done: Delivered, at: datetime) -> None:
    known = MailServer.objects.filter(pk=server.pk)
    if done.problem:
        known.update(last_error=done.problem[:500], last_error_at=at)
    elif done.sent:
        known.update(last_ok_at=at, last_error="", last_error_at=None)


def _quietly_reset(smtp: smtplib.SMTP) -> None:
    try:
        smtp.rset()
    except (OSError, smtplib.SMTPException):
        logger.info("the mail server hung up")


def _hang_up(smtp: smtplib.SMTP) -> None:
    try:
        smtp.quit()
    except (OSError, smtplib.SMTPException):
        smtp.close()


def _said(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(words.split())}"


def _refusal(code: int, said: bytes | str) -> str:
    return (_("Máy chủ thư trả lời: %(said)s") % {"said": _said(code, said)})[:500]


def _away_words(server: MailServer, fault: Exception) -> str:
    if isinstance(fault, UnicodeEncodeError):
        return _("Tên đăng nhập và mật khẩu máy chủ thư chỉ gồm chữ không dấu. Nhập lại cho đúng.")
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return _("Máy chủ thư không nhận tên đăng nhập hoặc mật khẩu (%(said)s).") % {
            "said": _said(fault.smtp_code, fault.smtp_error)
        }
    said = getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
    return (
        _("Không nối được máy chủ thư %(host)s:%(port)s (%(said)s).")
        % {"host": server.host, "port": server.port, "said": said}
    )[:500]
