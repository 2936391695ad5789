"""Units are merged into one: their people, and their roles if so chosen, go on in it from that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from thidua.flows.unit_heirs import Followed, Roles, found_heir, settle_roles
from thidua.organizations import services
from thidua.organizations.models import Unit
from thidua.organizations.selectors import is_merged, list_children
from thidua.organizations.services import Founding
from thidua.people.services import move_posts
from thidua.support.actor import Actor


@transaction.atomic
def merge_units(
    *,
    units: Sequence[Unit],
    into: Unit | Founding,
    on: date,
    decision: str,
    actor: Actor,
    at: datetime,
    roles: Roles = Roles.END,
) -> Followed:
    """The units end the day before `on`; `into`, founded by this act if it is new, succeeds them.

    Asked for twice (the same units into the same one on the same day), it is done once: nothing of
    the second is written. Raises UnitError, PeopleError.
    """
    heir = found_heir(into, actor=actor, at=at)
    left = [unit for unit in units if not is_merged(unit, heir, on)]
    below = {child.pk: child for unit in left for child in list_children(unit, on)}
    services.merge_units(actor=actor, at=at, units=left, into=heir, on=on, decision=decision)
    ended = {unit.pk for unit in left}
    done = Followed(
        ended=left,
        heirs=[heir],
        moved_units=[one for pk, one in below.items() if pk not in ended | {heir.pk}],
    )
    for unit in left:
        done.posts += move_posts(
            from_unit=unit, to_unit=heir, on=on, decision=decision, actor=actor, at=at
        )
        settle_roles(done, unit, heir, roles, on=on, decision=decision, actor=actor, at=at)
    return done
