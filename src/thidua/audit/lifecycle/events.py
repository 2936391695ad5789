"""What an event is, to the byte: canonical text, hashes, the seal of the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from json.encoder import encode_basestring_ascii as quote
from typing import Any
from uuid import UUID

# What the first event of a stream has before it.
START = b"\x00" * 32


@dataclass(frozen=True)
class Draft:
    """An event before it is sealed."""

    stream: str
    stream_seq: int
    at: datetime
    actor_id: int | None
    actor_name: str
    on_behalf_of_id: int | None
    action: str
    request_id: str
    ip: str
    payload: str
    prev: bytes

    def values(self) -> dict[str, Any]:
        """Its columns."""
        return asdict(self)


def instant_text(at: datetime) -> str:
    """An instant in UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return instant_text(value)
        case date() | time():
            return value.isoformat()
        case timedelta():
            return f"{value // timedelta(microseconds=1)} us"
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return bytes(value).hex()
        case _:
            raise TypeError(f"an event cannot hold {type(value).__name__}")


def canonical(value: Any) -> str:
    """The one text of a value: sorted keys, no spaces, everything outside ASCII escaped.

    Escaped, NUL and lone surrogates survive both databases, and NFC stays apart from NFD.
    """
    return json.dumps(
        value,
        default=_plain,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
        allow_nan=False,
    )


def hidden_digest(salt: bytes, text: str) -> bytes:
    """What stands in an event for a personal value."""
    return hashlib.sha256(salt + text.encode("ascii")).digest()


def seal(draft: Draft) -> bytes:
    """The leaf: SHA-256 over 0x00 (a leaf of RFC 6962) and the canonical text of the event."""
    columns = (
        draft.stream,
        draft.stream_seq,
        instant_text(draft.at),
        draft.actor_id,
        draft.actor_name,
        draft.on_behalf_of_id,
        draft.action,
        draft.request_id,
        draft.ip,
        draft.payload,
    )
    return seal_columns(columns, draft.prev)


def seal_columns(columns: Sequence[Any], prev: bytes) -> bytes:
    """The same from bare columns, in the order of `Draft`, with `at` as `instant_text` writes it.

    `canonical` written out, five times as fast; a test compares the two.
    """
    stream, stream_seq, at, actor_id, actor_name, lender, action, request_id, ip, payload = columns
    text = (
        f'{{"action":{quote(action)}'
        f',"actor_id":{"null" if actor_id is None else actor_id}'
        f',"actor_name":{quote(actor_name)}'
        f',"at":"{at}"'
        f',"ip":{quote(ip)}'
        f',"on_behalf_of_id":{"null" if lender is None else lender}'
        f',"payload":{quote(payload)}'
        f',"prev":"{prev.hex()}"'
        f',"request_id":{quote(request_id)}'
        f',"stream":{quote(stream)}'
        f',"stream_seq":{stream_seq}}}'
    )
    return hashlib.sha256(b"\x00" + text.encode("ascii")).digest()
