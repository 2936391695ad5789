"""Messages enter the outbox, are looked at, let go, cancelled, sent again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.models import User
from thidua.audit import services as audit
from thidua.outbox.errors import MailFault
from thidua.outbox.lifecycle import (
    LONGEST,
    MessageState,
    can_be_cancelled,
    can_be_sent_again,
    fill,
    one_line,
)
from thidua.outbox.models import Batch, Message, Notice
from thidua.outbox.selectors import get_server, get_words, list_kinds
from thidua.outbox.services.sealed import BODY, seal
from thidua.support.actor import Actor
from thidua.support.text import clean, fold


@transaction.atomic
def queue_message(  # noqa: PLR0913 - what a mail says, and for whom
    *,
    kind: str,
    to: User | str,
    key: str,
    actor: Actor,
    at: datetime,
    values: Mapping[str, str] | None = None,
    subject: str = "",
    body: str = "",
    name: str = "",
    batch: Batch | None = None,
) -> Message:
    """A mail to a user or an address, once for each key: asked again, the first one is given back.

    The words are those of the kind, filled with `values`, unless `subject` and `body` are given.
    In a batch it is held until the batch is released. Raises MailFault for a wrong address.
    """
    first = Message.objects.filter(key=key).first()
    if first is not None:
        return first
    user = to if isinstance(to, User) else None
    address = _address(user.email if user else str(to))
    said = user.full_name if user else name
    words = get_words(kind)
    filled = {"ten": said, **(values or {})}
    text = body or fill(words.body, filled)
    is_private = list_kinds()[kind].is_private
    line = one_line(subject or fill(words.subject, filled))
    message = Message(
        kind=kind,
        key=key,
        batch=batch,
        user=user,
        address=address,
        name=clean(said)[:120],
        folded=fold(f"{said} {address} {line}")[:500],
        subject=line,
        body=seal(BODY, text) if is_private else text,
        is_private=is_private,
        message_id=_message_id(),
        state=MessageState.HELD if batch is not None else MessageState.WAITING,
        created_at=at,
        created_by_id=actor.user_id,
        next_try_at=at,
        give_up_at=at + LONGEST,
    )
    try:
        with transaction.atomic():
            message.save()
    except IntegrityError:  # the same act at the same moment
        return Message.objects.get(key=key)
    return message


@transaction.atomic
def open_batch(*, title: str, actor: Actor, at: datetime) -> Batch:
    """A batch to put messages in; nothing goes before it is released."""
    batch = Batch.objects.create(title=clean(title)[:200], made_at=at, made_by_id=actor.user_id)
    audit.note(audit.stream_of(batch), actor=actor, at=at, action="mail_batch.open")
    return batch


@transaction.atomic
def release_batch(*, batch: Batch, actor: Actor, at: datetime) -> int:
    """Let all messages of a batch go; how many there are. Once: a second time changes nothing."""
    batch = _locked_batch(batch)
    if batch.cancelled_at:
        raise MailFault(_("Đợt thư này đã hủy, không gửi được nữa. Lập đợt mới."))
    if batch.released_at:
        return 0
    number = batch.messages.filter(state=MessageState.HELD).update(
        state=MessageState.WAITING, next_try_at=at, give_up_at=at + LONGEST
    )
    batch.released_at = at
    batch.save(update_fields=["released_at"])
    facts = {"messages": number}
    audit.note(audit.stream_of(batch), actor=actor, at=at, action="mail_batch.release", facts=facts)
    return number


@transaction.atomic
def cancel_batch(*, batch: Batch, actor: Actor, at: datetime) -> int:
    """Cancel all messages of a batch that was not released; how many there were."""
    batch = _locked_batch(batch)
    if batch.released_at:
        raise MailFault(_("Đợt thư này đã gửi. Có thể hủy từng thư còn chờ trong danh sách."))
    if batch.cancelled_at:
        return 0
    number = batch.messages.filter(state=MessageState.HELD).update(state=MessageState.CANCELLED)
    batch.cancelled_at = at
    batch.save(update_fields=["cancelled_at"])
    facts = {"messages": number}
    audit.note(audit.stream_of(batch), actor=actor, at=at, action="mail_batch.cancel", facts=facts)
    return number


@transaction.atomic
def cancel_message(*, message: Message, actor: Actor, at: datetime) -> None:
    """Cancel a message that has not gone."""
    message = _locked(message)
    if not can_be_cancelled(message.state):
        raise MailFault(_("Thư này đang gửi hoặc đã kết thúc, không hủy được nữa."))
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.CANCELLED, body="" if message.is_private else message.body
    )
    audit.note(audit.stream_of(message), actor=actor, at=at, action="message.cancel")


@transaction.atomic
def send_again(*, message: Message, actor: Actor, at: datetime, address: str = "") -> None:
    """Send a message that ended without having surely arrived, to a mended address if one is given.

    It keeps its Message-ID: a server that took it before may know it again.
    """
    message = _locked(message)
    if not can_be_sent_again(message.state):
        raise MailFault(_("Thư này đã gửi hoặc đang chờ gửi, không cần gửi lại."))
    if message.is_private and not message.body:
        raise MailFault(
            _("Nội dung riêng tư của thư này không còn được giữ. Gửi lời mời hoặc yêu cầu mới.")
        )
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.WAITING,
        address=_address(address) if address else message.address,
        tries=0,
        error="",
        next_try_at=at,
        give_up_at=at + LONGEST,
        token=None,
        handed_at=None,
    )
    audit.note(audit.stream_of(message), actor=actor, at=at, action="message.send_again")


@transaction.atomic
def confirm_sent(*, message: Message, actor: Actor, at: datetime) -> None:
    """Say of an unsure message that it arrived after all."""
    message = _locked(message)
    if message.state != MessageState.UNSURE:
        raise MailFault(_("Chỉ xác nhận được thư chưa rõ đã đi chưa."))
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.SENT,
        sent_at=message.handed_at or at,
        body="" if message.is_private else message.body,
    )
    audit.note(audit.stream_of(message), actor=actor, at=at, action="message.confirm_sent")


def forget(*, at: datetime) -> int:
    """Take away messages that ended a year ago and notices read half a year ago; how many."""
    ended = (MessageState.SENT, MessageState.CANCELLED, MessageState.REFUSED, MessageState.FAILED)
    old = Message.objects.filter(state__in=ended, created_at__lt=at - timedelta(days=365))
    number = old.delete()[0]
    Batch.objects.filter(messages__isnull=True, made_at__lt=at - timedelta(days=365)).delete()
    return number + Notice.objects.filter(read_at__lt=at - timedelta(days=180)).delete()[0]


def _address(text: str) -> str:
    address = clean(text)
    try:
        validate_email(address)
        address.encode("ascii")
    except (ValidationError, UnicodeEncodeError):
        raise MailFault(
            _("«%(address)s» không phải địa chỉ thư. Viết như ten@coquan.gov.vn.")
            % {"address": address}
        ) from None
    return address


def _message_id() -> str:
    domain = get_server().sender_address.rpartition("@")[2] or "thidua.invalid"
    return f"<{uuid.uuid4()}@{domain}>"


def _locked(message: Message) -> Message:
    return Message.objects.select_for_update(of=("self",)).get(pk=message.pk)


def _locked_batch(batch: Batch) -> Batch:
    return Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
