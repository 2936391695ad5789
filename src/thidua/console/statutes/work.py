"""What waits in this group."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from thidua.console.home.work import Pile, Work
from thidua.statutes.lifecycle import PROPOSED
from thidua.statutes.permissions import can_write_overlays
from thidua.statutes.selectors import list_overlays_for
from thidua.support.actor import Actor


def count_proposed(actor: Actor, at: datetime) -> Pile:  # noqa: ARG001 - the shape of all counts
    """Own rules that somebody else proposed and this person may release."""
    if not can_write_overlays(actor):
        return Pile(0)
    rows = list_overlays_for(actor).filter(state=PROPOSED).exclude(proposed_by_id=actor.user_id)
    return Pile(rows.count())


WORK = (
    Work(
        _("Quy định riêng chờ duyệt"),
        "console:overlay-list",
        count_proposed,
        f"?state={PROPOSED}",
        "cam",
    ),
)
