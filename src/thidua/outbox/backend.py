"""Django's own door for mail (password resets and the like) leads into the outbox.

So every mail of the installation is queued, retried, seen in one list, and sent once.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from thidua.outbox.services import queue_message
from thidua.support.actor import system
from thidua.support.clock import now


class OutboxBackend(BaseEmailBackend):
    """Queues instead of sending."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue each mail for each of its recipients; how many mails there were.

        They are private: they carry links that open something.
        """
        for mail in email_messages:
            for address in mail.recipients():
                queue_message(
                    kind="account",
                    to=address,
                    key=f"account:{uuid.uuid4()}",
                    subject=str(mail.subject),
                    body=str(mail.body),
                    actor=system("account"),
                    at=now(),
                )
        return len(email_messages)
