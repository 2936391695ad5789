"""Reads of own rules."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

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


def get_overlay_for(actor: Actor, pk: int) -> OverlayRule:
    """One own rule; raises Http404 for those who may not read it."""
    return get_object_or_404(list_overlays_for(actor), pk=pk)
