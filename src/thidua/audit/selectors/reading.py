"""Reads for screens, papers and the public page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BinaryField, Count, Q, QuerySet
from django.db.models.functions import Substr

from thidua.audit.lifecycle.readers import READERS
from thidua.audit.lifecycle.report import Report
from thidua.audit.models import Checkpoint, Event, HiddenValue, Sequenced, Verification
from thidua.support.actor import Actor

CODE_BYTES = 6


def get_newest_checkpoint() -> Checkpoint | None:
    """What the public page shows."""
    return Checkpoint.objects.order_by("-pk").first()


def get_code(stream: str) -> str:
    """Twelve signs for a printed paper (`1a2b-3c4d-5e6f`), the beginning of the leaf of the newest
    event of its object; nothing for an object of which there is no event.

    A leaf holds the leaf before it: whoever rewrites the object's past gets another code.
    """
    last = Event.objects.filter(stream=stream).order_by("stream_seq").last()
    if last is None:
        return ""
    text = bytes(last.leaf)[:CODE_BYTES].hex()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def find_code(code: str) -> list[Sequenced]:
    """The events that a printed code is of: one, or none where the paper or the trail is false."""
    text = re.sub(r"[\s-]", "", code).lower()
    if not re.fullmatch(r"[0-9a-f]{12}", text):
        return []
    start = Substr("leaf", 1, CODE_BYTES, output_field=BinaryField())
    places = Sequenced.objects.annotate(start=start).filter(start=bytes.fromhex(text))
    return list(places.select_related("event").order_by("seq"))


def list_events_for(actor: Actor) -> QuerySet[Event]:
    """All events, newest first, with their places."""
    events = Event.objects.select_related("sequenced").order_by("-pk")
    return events if actor.has(*READERS) else events.none()


def get_event_for(actor: Actor, pk: int) -> Event | None:
    """One event, if the actor reads the trail."""
    return list_events_for(actor).filter(pk=pk).first()


@dataclass(frozen=True)
class Changed:
    """One column in an event. Of a hidden value there is a text only when it was asked for."""

    name: str
    old: str
    new: str
    is_hidden: bool


def list_changes(event: Event, *, revealed: bool = False) -> Iterator[Changed]:
    """Old and new of each column; hidden values in clear only when `revealed`, and as far as kept."""
    changes: dict[str, list[Any]] = json.loads(event.payload)["changes"]
    digests = [one["hash"] for pair in changes.values() for one in pair if _is_hash(one)]
    kept: dict[str, str] = {}
    if revealed:
        rows = HiddenValue.objects.filter(digest__in=[bytes.fromhex(one) for one in digests])
        kept = {bytes(row.digest).hex(): row.value for row in rows}
    for name, pair in sorted(changes.items()):
        old, new = (_text(one, kept, revealed=revealed) for one in pair)
        yield Changed(name, old, new, any(map(_is_hash, pair)))


def _is_hash(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"hash"}


def _text(value: Any, kept: dict[str, str], *, revealed: bool) -> str:
    if not _is_hash(value):
        return _plain(value)
    if not revealed:
        return HIDDEN
    text = kept.get(value["hash"])
    return ERASED if text is None else _plain(json.loads(text)) if text else SECRET


HIDDEN, ERASED, SECRET = "•••••", "(đã xóa theo yêu cầu)", "(bí mật, không lưu giá trị)"


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def list_checkpoints() -> QuerySet[Checkpoint]:
    """Checkpoints, newest first, with how many copies were tried and arrived."""
    arrived = Count("copies", filter=Q(copies__delivered_at__isnull=False))
    return Checkpoint.objects.annotate(arrived=arrived, tried=Count("copies")).order_by("-pk")


def get_last_verification() -> tuple[Verification, Report] | None:
    """The last check and what it found."""
    last = Verification.objects.order_by("-pk").first()
    return (last, Report.from_json(last.report)) if last else None
