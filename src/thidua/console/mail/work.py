"""What waits in the outbox."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from thidua.console.home.work import Pile, Work
from thidua.outbox.lifecycle import MessageState
from thidua.outbox.selectors import list_messages_for
from thidua.support.actor import Actor


def count_refused(actor: Actor, at: datetime) -> Pile:  # noqa: ARG001 - shape of counts
    """Messages that came back."""
    return Pile(list_messages_for(actor).filter(state=MessageState.REFUSED).count())


def count_unsure(actor: Actor, at: datetime) -> Pile:  # noqa: ARG001 - shape of counts
    """Messages that may have gone."""
    return Pile(list_messages_for(actor).filter(state=MessageState.UNSURE).count())


def count_held(actor: Actor, at: datetime) -> Pile:  # noqa: ARG001 - shape of counts
    """Messages that somebody must look at."""
    return Pile(list_messages_for(actor).filter(state=MessageState.HELD).count())


WORK = (
    Work(_("Thư chờ xem"), "console:message-list", count_held, "?state=held", tone="cam"),
    Work(_("Thư bị trả lại"), "console:message-list", count_refused, "?state=refused", tone="gach"),
    Work(_("Thư chưa rõ đã đi chưa"), "console:message-list", count_unsure, "?state=unsure"),
)
