"""Reads of the organisation's profile."""

from __future__ import annotations

from thidua.organizations.models import Profile


def get_profile() -> Profile:
    """The profile with its emblem; an unsaved, empty one before the set-up."""
    return Profile.objects.select_related("emblem").filter(pk=1).first() or Profile(pk=1)


def get_site_url() -> str:
    """The address of this site without a slash at the end; empty before the set-up."""
    return (Profile.objects.filter(pk=1).values_list("site_url", flat=True).first() or "").rstrip(
        "/"
    )
