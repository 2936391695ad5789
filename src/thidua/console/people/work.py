"""What waits in this group."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from thidua.console.home.work import Pile, Work
from thidua.people.permissions import can_edit_people
from thidua.people.selectors import suggest_duplicates
from thidua.support.actor import Actor


def count_duplicates(actor: Actor, at: datetime) -> Pile:
    """Pairs of records that may be of one person."""
    return Pile(len(suggest_duplicates(actor, at)) if can_edit_people(actor) else 0)


WORK = (Work(_("Hồ sơ có thể trùng nhau"), "console:duplicate-list", count_duplicates, tone="cam"),)
