"""Kinds of unit: vụ, cục, viện…"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit.services import change, create
from thidua.organizations.errors import CodeTaken
from thidua.organizations.models import UnitKind
from thidua.organizations.services.tree import open_tree, require_words
from thidua.support.actor import Actor
from thidua.support.text import clean


@transaction.atomic
def create_kind(*, actor: Actor, at: datetime, code: str, name: str, position: int = 0) -> UnitKind:
    """A new kind of unit; `position` is its place in lists. Raises CodeTaken, WordsMissing."""
    open_tree(actor)
    require_words(code=code, name=name)
    if UnitKind.objects.filter(code=clean(code)).exists():
        raise CodeTaken(_("Đã có loại đơn vị mã «%s». Chọn mã khác.") % clean(code))
    kind = UnitKind(code=clean(code), name=clean(name), position=position)
    return create(kind, actor=actor, at=at, action="unit_kind.create")


@transaction.atomic
def change_kind(
    *, actor: Actor, at: datetime, kind: UnitKind, name: str, position: int, is_active: bool
) -> UnitKind:
    """Another name or place; one that is no longer active stays with the units that have it."""
    open_tree(actor)
    require_words(name=name)
    change(
        kind,
        actor=actor,
        at=at,
        action="unit_kind.change",
        name=clean(name),
        position=position,
        is_active=is_active,
    )
    return kind
