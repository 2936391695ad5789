"""The question that each write asks first."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from thidua.organizations.selectors import get_line
from thidua.people.errors import NotAllowed
from thidua.people.permissions import can_edit_people, can_keep_positions
from thidua.people.selectors import get_person_line
from thidua.support.actor import Actor
from thidua.support.clock import local_date


def ask_for_person(actor: Actor, person: int, at: datetime) -> None:
    """Raises NotAllowed unless the actor edits the records of this person."""
    if not actor.is_system and not can_edit_people(actor, get_person_line(person, local_date(at))):
        raise NotAllowed(_("Anh/chị không được sửa hồ sơ của người thuộc đơn vị khác."))


def ask_for_unit(actor: Actor, unit: int) -> None:
    """Raises NotAllowed unless the actor edits the records of the people of this unit."""
    if not actor.is_system and not can_edit_people(actor, get_line(unit)):
        raise NotAllowed(_("Đơn vị này không thuộc phạm vi anh/chị được cập nhật."))


def ask_for_positions(actor: Actor) -> None:
    """Raises NotAllowed unless the actor keeps positions and categories."""
    if not can_keep_positions(actor):
        raise NotAllowed(_("Chỉ cơ quan thi đua, khen thưởng của tổ chức sửa danh mục này."))
