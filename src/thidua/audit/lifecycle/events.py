"""What an event is, to the byte: canonical text, hashes, the seal of the chain. Pure."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID


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


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
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
    return hashlib.sha256(b"\x00" + canonical(draft.values()).encode("ascii")).digest()
