"""A unit's end was recorded by mistake: it lives on, and its people come back to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from thidua.flows.unit_heirs import Followed
from thidua.organizations import services
from thidua.organizations.models import Unit
from thidua.people.services import take_back_posts
from thidua.support.actor import Actor


@transaction.atomic
def reopen_unit(*, unit: Unit, reason: str, actor: Actor, at: datetime) -> Followed:
    """Undo a merger, a split or a dissolution, as far as nothing came after it.

    Roles do not come back by themselves: somebody gives them again. Raises UnitError.
    """
    unit.refresh_from_db()
    last_day = unit.dissolved_on
    heirs = [row.successor for row in unit.successions.select_related("successor")]
    back = services.reopen_unit(actor=actor, at=at, unit=unit, reason=reason)
    posts = []
    if last_day is not None and heirs:
        posts = take_back_posts(
            unit=unit,
            heirs=heirs,
            on=last_day + timedelta(days=1),
            reason=reason,
            actor=actor,
            at=at,
        )
    return Followed(heirs=heirs, moved_units=back, posts=posts)
