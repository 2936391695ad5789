"""Reads of own rules."""

from __future__ import annotations

from django.db.models import QuerySet

from thidua.statutes.lifecycle import KEEPERS, READERS, RELEASED, WITHDRAWN
from thidua.statutes.models import OverlayRule
from thidua.support.actor import Actor


def list_overlays_for(actor: Actor) -> QuerySet[OverlayRule]:
    """Own rules: all of them for keepers, what is or was in force for other officers."""
    if actor.has(*KEEPERS):
        return OverlayRule.objects.all()
    if actor.has(*READERS):
        return OverlayRule.objects.filter(state__in=[RELEASED, WITHDRAWN])
    return OverlayRule.objects.none()


def get_overlay_for(actor: Actor, pk: int) -> OverlayRule | None:
    """One own rule, for those who may read it; else None."""
    return list_overlays_for(actor).filter(pk=pk).first()
