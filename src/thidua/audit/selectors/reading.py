"""Reads for screens, papers and the public page."""

from __future__ import annotations

import re

from django.db.models import BinaryField
from django.db.models.functions import Substr

from thidua.audit.models import Checkpoint, Event, Sequenced

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
