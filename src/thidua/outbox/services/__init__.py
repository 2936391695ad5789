"""Writes of this room."""

from thidua.outbox.services.delivery import deliver, try_server
from thidua.outbox.services.keeping import (
    change_letter,
    change_mail_server,
    choose_way,
    restore_letter,
)
from thidua.outbox.services.messages import (
    cancel_batch,
    cancel_message,
    confirm_sent,
    forget,
    open_batch,
    queue_message,
    release_batch,
    send_again,
)
from thidua.outbox.services.notices import notify, read_all_notices, read_notice, send_digests

__all__ = [
    "cancel_batch",
    "cancel_message",
    "change_letter",
    "change_mail_server",
    "choose_way",
    "confirm_sent",
    "deliver",
    "forget",
    "notify",
    "open_batch",
    "queue_message",
    "read_all_notices",
    "read_notice",
    "release_batch",
    "restore_letter",
    "send_again",
    "send_digests",
    "try_server",
]
