"""A unit is dissolved: its people go on in another unit, or their posts end with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from thidua.flows.unit_heirs import Followed, Roles, settle_roles
from thidua.organizations import services
from thidua.organizations.models import Unit
from thidua.people.services import end_posts, move_posts
from thidua.support.actor import Actor


@transaction.atomic
def dissolve_unit(
    *,
    unit: Unit,
    on: date,
    decision: str,
    actor: Actor,
    at: datetime,
    people_to: Unit | None = None,
    roles: Roles = Roles.END,
) -> Followed:
    """The unit ends with the day `on`, with no successor; `people_to` takes its people the day after.

    Roles are carried to that unit only. Asked for twice, it is done once. Raises UnitError,
    PeopleError.
    """
    after = on + timedelta(days=1)
    unit.refresh_from_db()
    if unit.dissolved_on == on:
        return Followed()
    services.dissolve_unit(actor=actor, at=at, unit=unit, on=on, decision=decision)
    done = Followed(ended=[unit], heirs=[people_to] if people_to else [])
    if people_to is not None:
        services.require_alive(people_to, after, for_good=True)
        done.posts += move_posts(
            from_unit=unit, to_unit=people_to, on=after, decision=decision, actor=actor, at=at
        )
    else:
        done.posts += end_posts(unit=unit, last_day=on, decision=decision, actor=actor, at=at)
    settle_roles(done, unit, people_to, roles, on=after, decision=decision, actor=actor, at=at)
    return done
