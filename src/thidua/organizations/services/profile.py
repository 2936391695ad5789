"""What the organisation says of itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thidua.audit import services as audit
from thidua.documents import services as documents
from thidua.organizations.models import Profile
from thidua.support.actor import Actor
from thidua.support.text import clean

EMBLEM_KINDS = ("png", "jpeg")
EMBLEM_BYTES = 512 * 1024
_LINES = frozenset({"site_url", "address", "phone", "email"})


@transaction.atomic
def change_profile(*, actor: Actor, at: datetime, **values: str) -> Profile:
    """Set the named ones of site_url, address, phone, email."""
    unknown = set(values) - _LINES
    if unknown:
        raise TypeError(f"no such field of the profile: {sorted(unknown)}")
    said = {name: clean(text) for name, text in values.items()}
    profile = Profile.objects.filter(pk=1).first()
    if profile is None:
        return audit.create(
            Profile(pk=1, **said), actor=actor, at=at, action="organization.set_profile"
        )
    audit.change(profile, actor=actor, at=at, action="organization.set_profile", **said)
    return profile


@transaction.atomic
def set_emblem(*, raw: bytes, name: str, actor: Actor, at: datetime) -> Profile:
    """The emblem on pages and papers: PNG or JPEG by its content, at most 512 KiB.

    No SVG: it can carry scripts and links. Raises documents.errors.FileRefused.
    """
    file = documents.store_file(
        raw=raw, name=name, kinds=EMBLEM_KINDS, most_bytes=EMBLEM_BYTES, actor=actor, at=at
    )
    profile = change_profile(actor=actor, at=at)
    audit.change(profile, actor=actor, at=at, action="organization.set_emblem", emblem=file)
    return profile
