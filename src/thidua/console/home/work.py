"""What waits for somebody, as data: each group of screens says what can wait there.

    WORK = (Work(_("Chờ tôi thẩm định"), "console:dossier-list", count_dossiers, "?state=sent"),)

stands in `console/<group>/work.py` and is named in `PROVIDERS` of `providers.py`. A tile that counts
nothing is not shown, so a page without tiles means that nothing waits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from thidua.support.actor import Actor
from thidua.web.words import Label


@dataclass(frozen=True)
class Pile:
    """How many, the nearest deadline (its last day), and what is best known about it in a word."""

    number: int
    nearest: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Work:
    """Something that can wait for an actor. `count` gives an empty pile to whom it does not concern.

    `query` is added to the address, so that the list shows just what was counted. `tone` colours
    the number where something is wrong (gach) or waits for this person (cam).
    """

    label: Label
    url_name: str
    count: Callable[[Actor, datetime], Pile]
    query: str = ""
    tone: str = ""
