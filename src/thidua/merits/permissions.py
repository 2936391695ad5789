"""Who may record facts. `over`: the units of the subject and all that stand above them."""

from __future__ import annotations

from collections.abc import Collection

from thidua.people.permissions import can_edit_people, can_see_people
from thidua.support.actor import Actor


def can_record_facts(actor: Actor, over: Collection[int]) -> bool:
    """Adds and corrects facts of a subject."""
    return can_edit_people(actor, over)


def can_see_sensitive_facts(actor: Actor, over: Collection[int]) -> bool:
    """Sees discipline and pending matters: not the person concerned, who asks their officer."""
    return can_see_people(actor, over)
