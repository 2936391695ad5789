"""States of a message, pauses between tries, and how a letter is filled in. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from thidua.support.actor import Role

# Who keeps the mail server; the letters; who reads all mail.
KEEPERS = (Role.ADMINISTRATOR,)
WRITERS = (Role.ADMINISTRATOR, Role.MINISTRY_OFFICER)
READERS = (Role.ADMINISTRATOR, Role.AUDITOR)
SENDERS = (Role.MINISTRY_OFFICER, Role.UNIT_CLERK, Role.COUNCIL_SECRETARY, Role.ADMINISTRATOR)

# A message that cannot be handed over for two days is given up.
LONGEST = timedelta(hours=48)
# No sending takes that long: whoever claimed the message is dead.
STUCK = timedelta(minutes=10)


class MessageState(StrEnum):
    """Where a message is.

    held → waiting → sending → sent; back to waiting when the server is away or says 4xx; refused
    when it says 5xx. `unsure`: the worker died, or the line broke, after the text had been handed
    over and before the server's answer was written down. It may have been taken, so nobody but a
    person sends it again.
    """

    HELD = "held"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Way(StrEnum):
    """How a user wants notices of one kind by mail; in the application they are always there."""

    NOW = "now"
    DAILY = "daily"
    NEVER = "never"


_CANCELLABLE = {MessageState.HELD, MessageState.WAITING, MessageState.UNSURE}
_SENDABLE_AGAIN = {
    MessageState.UNSURE,
    MessageState.REFUSED,
    MessageState.FAILED,
    MessageState.CANCELLED,
}


def can_be_cancelled(state: str) -> bool:
    """Has not gone, and is not going."""
    return state in _CANCELLABLE


def can_be_sent_again(state: str) -> bool:
    """Ended without having surely arrived."""
    return state in _SENDABLE_AGAIN


def pause_after(tries: int) -> timedelta:
    """1, 2, 4, 8 minutes, then every quarter of an hour."""
    return timedelta(minutes=min(2 ** (max(tries, 1) - 1), 15))


_PLACE = re.compile(r"\{([a-z_]+)\}")
_LINK = re.compile(r"https?://[^\s<>\"]+")


def places_of(text: str) -> set[str]:
    """The names of the places that are filled in: «{ten}»."""
    return set(_PLACE.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """A letter with its places filled in; a place without a value stays as it is, and is seen."""
    return _PLACE.sub(lambda found: str(values.get(found[1], found[0])), text)


def one_line(text: str) -> str:
    """A subject: whatever was filled in, no line break gets into a header."""
    return " ".join(text.split())[:300]


def as_html(text: str, title: str) -> str:
    """The text as a plain page for mail readers: paragraphs and links, nothing else."""
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = html.escape(paragraph).replace("\n", "<br>\n")
        paragraphs.append(f"<p>{_LINK.sub(_anchor, lines)}</p>")
    body = "\n".join(paragraphs)
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title></head>\n<body>\n{body}\n</body></html>\n"
    )


def _anchor(found: re.Match[str]) -> str:
    address = found[0].rstrip(".,;:)")
    return f'<a href="{address}">{address}</a>{found[0][len(address) :]}'
