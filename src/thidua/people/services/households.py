"""Writes of households."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit import services as audit
from thidua.documents.models import Location
from thidua.organizations.models import Unit
from thidua.people.errors import PeopleError
from thidua.people.lifecycle import checked_period
from thidua.people.models import Household, HouseholdMember, Person
from thidua.people.services.rights import ask_for_unit
from thidua.support.actor import Actor
from thidua.support.text import clean, fold, sort_key


@transaction.atomic
def register_household(
    *,
    name: str,
    unit: Unit,
    address: str = "",
    source: Location | None = None,
    actor: Actor,
    at: datetime,
) -> Household:
    """Store a household, named after its head or as it is called. Raises NotAllowed."""
    ask_for_unit(actor, unit.pk)
    words = clean(name)
    if not words:
        raise PeopleError(_("Cần tên hộ gia đình, ví dụ «Hộ ông Nguyễn Văn An»."), "name")
    household = Household(
        name=words,
        folded=fold(words),
        sort_key=sort_key(words),
        unit=unit,
        address=clean(address),
        source=source,
    )
    return audit.create(household, actor=actor, at=at, action="household.register")


@transaction.atomic
def correct_household(
    household: Household, *, reason: str, actor: Actor, at: datetime, **values: Any
) -> bool:
    """Set what was wrong, with the reason. Raises NotAllowed, PeopleError."""
    ask_for_unit(actor, household.unit_id)
    if not reason.strip():
        raise PeopleError(_("Cần lý do sửa."), "reason")
    if "name" in values:
        words = clean(values["name"])
        values |= {"name": words, "folded": fold(words), "sort_key": sort_key(words)}
    return audit.change(
        household, actor=actor, at=at, action="household.correct", reason=reason, **values
    )


@transaction.atomic
def add_household_member(
    *,
    household: Household,
    person: Person,
    is_head: bool = False,
    relation: str = "",
    valid_from: date | None = None,
    actor: Actor,
    at: datetime,
) -> HouseholdMember:
    """Somebody belongs to a household. Raises NotAllowed; PeopleError for a second head or twice."""
    ask_for_unit(actor, household.unit_id)
    now_there = HouseholdMember.objects.select_for_update().filter(
        household=household, valid_until__isnull=True
    )
    if any(one.person_id == person.pk for one in now_there):
        raise PeopleError(
            _("%(name)s đã là thành viên của hộ này.") % {"name": person.full_name}, "person"
        )
    if is_head and any(one.is_head for one in now_there):
        raise PeopleError(_("Hộ này đã có chủ hộ. Kết thúc người đang là chủ hộ trước."), "is_head")
    member = HouseholdMember(
        household=household,
        person=person,
        is_head=is_head,
        relation=clean(relation),
        valid_from=valid_from,
    )
    return audit.create(member, actor=actor, at=at, action="household.add_member")


@transaction.atomic
def end_household_membership(
    member: HouseholdMember, *, last_day: date, actor: Actor, at: datetime
) -> bool:
    """Somebody no longer belongs to a household from the day after. Raises NotAllowed, BadDate."""
    ask_for_unit(actor, member.household.unit_id)
    if member.valid_from is not None:
        checked_period(member.valid_from, last_day)
    return audit.change(
        member, actor=actor, at=at, action="household.end_member", valid_until=last_day
    )
