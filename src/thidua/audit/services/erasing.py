"""Erase personal values for good, when a person asks for it. The chain stays whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from thidua.audit.models import HiddenValue
from thidua.audit.selectors.state import ERASE
from thidua.audit.services.writing import Told, append
from thidua.support.actor import Actor


@transaction.atomic
def erase_hidden(*, streams: Iterable[str], actor: Actor, at: datetime, reason: str) -> int:
    """Delete the personal values that the trail keeps of these objects; how many there were.

    What remains are hashes whose salts are gone: nobody can try values against them. The rows
    themselves are emptied by their own room, before: a later change would record their values anew.
    `reason` names the request, never the person.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Deleted bytes are overwritten, not only marked free.
            cursor.execute("PRAGMA secure_delete = ON")
    total = 0
    for stream in sorted(set(streams)):
        values = HiddenValue.objects.filter(stream=stream)
        count = values.count()
        if not count:
            continue
        told = Told(stream, facts={"values": count})
        append([told], actor=actor, at=at, action=ERASE, reason=reason)
        values.delete()
        total += count
    return total
