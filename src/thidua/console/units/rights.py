"""The predicates of the doors of these screens."""

from __future__ import annotations

from thidua.organizations.permissions import can_edit_tree
from thidua.organizations.selectors import get_root_id
from thidua.support.actor import Actor


def may_edit(actor: Actor) -> bool:
    """Keeps the tree of the whole organisation."""
    return can_edit_tree(actor, get_root_id())
