"""Reads of mail and notices."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml
from django.db.models import Count, Q, QuerySet

from thidua.outbox.lifecycle import READERS, SENDERS, MessageState, Way
from thidua.outbox.models import Batch, Letter, MailChoice, MailServer, Message, Notice
from thidua.support.actor import Actor


@dataclass(frozen=True)
class Kind:
    """One kind of mail, as kinds.yaml says it."""

    kind: str
    label: str
    is_optional: bool
    is_private: bool
    way: Way
    subject: str
    body: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """Subject and body of a letter, with their places."""

    subject: str
    body: str
    is_own: bool


@cache
def list_kinds() -> dict[str, Kind]:
    """All kinds by name."""
    text = (resources.files("thidua.outbox") / "kinds.yaml").read_text("utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return {row["kind"]: Kind(**{**row, "way": Way(row["way"])}) for row in rows}


def get_words(kind: str) -> Words:
    """The organisation's own words for a kind, or those that come with the product."""
    own = Letter.objects.filter(kind=kind).first()
    if own is not None:
        return Words(own.subject, own.body, is_own=True)
    given = list_kinds()[kind]
    return Words(given.subject, given.body, is_own=False)


def get_server() -> MailServer:
    """The mail server; an unsaved one that is off when none was set up yet."""
    return MailServer.objects.filter(pk=1).first() or MailServer(pk=1)


def get_way(user_id: int, kind: str) -> Way:
    """How a user gets a kind by mail."""
    given = list_kinds()[kind]
    if not given.is_optional:
        return given.way
    choice = MailChoice.objects.filter(user_id=user_id, kind=kind).first()
    return Way(choice.way) if choice else given.way


def list_messages_for(actor: Actor) -> QuerySet[Message]:
    """All messages for keepers and auditors; for senders those that they made."""
    messages = Message.objects.select_related("batch", "created_by")
    if actor.has(*READERS):
        return messages
    if actor.has(*SENDERS) and actor.user_id is not None:
        return messages.filter(created_by_id=actor.user_id)
    return messages.none()


def get_message_for(actor: Actor, message_id: int) -> Message:
    """One of those. Raises Message.DoesNotExist."""
    return list_messages_for(actor).get(pk=message_id)


def list_batches_for(actor: Actor) -> QuerySet[Batch]:
    """Batches of those messages, with how many there are."""
    batches = Batch.objects.select_related("made_by").annotate(
        number=Count("messages"),
        held=Count("messages", filter=Q(messages__state=MessageState.HELD)),
    )
    if actor.has(*READERS):
        return batches
    if actor.has(*SENDERS) and actor.user_id is not None:
        return batches.filter(made_by_id=actor.user_id)
    return batches.none()


def get_batch_for(actor: Actor, batch_id: int) -> Batch:
    """One of those. Raises Batch.DoesNotExist."""
    return list_batches_for(actor).get(pk=batch_id)


def list_notices_for(actor: Actor) -> QuerySet[Notice]:
    """The actor's own notices, newest first."""
    if actor.user_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(user_id=actor.user_id)


def count_unread_notices(actor: Actor) -> int:
    """How many the bell shows."""
    return list_notices_for(actor).filter(read_at__isnull=True).count()


def get_notice_for(actor: Actor, notice_id: int) -> Notice:
    """One of the actor's own. Raises Notice.DoesNotExist."""
    return list_notices_for(actor).get(pk=notice_id)


def list_ways_for(actor: Actor) -> list[tuple[Kind, Way]]:
    """Each kind that a user may choose about, and what they chose."""
    own = MailChoice.objects.filter(user_id=actor.user_id or 0)
    chosen = dict(own.values_list("kind", "way"))
    return [
        (kind, Way(chosen.get(kind.kind, kind.way)))
        for kind in list_kinds().values()
        if kind.is_optional
    ]
