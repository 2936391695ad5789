"""Take in a file; say where a fact comes from."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from thidua.audit import services as audit
from thidua.documents.models import Location, StoredFile
from thidua.documents.models.files import private_storage
from thidua.documents.services.checking import clean_name, kind_of
from thidua.support.actor import Actor

MOST_BYTES = 100 * 2**20


def store_file(
    *,
    raw: bytes,
    name: str,
    actor: Actor,
    at: datetime,
    kinds: Collection[str] = (),
    most_bytes: int = MOST_BYTES,
) -> StoredFile:
    """Keep a file as it came, after a look at its content; `kinds` are those that are wanted here.

    Raises FileRefused. Bytes are written before the row: a kill between the two leaves a file that
    `find_orphans` names, never a row without its file.
    """
    kind = kind_of(raw, kinds=kinds, most_bytes=most_bytes)
    storage = private_storage()
    unguessable = secrets.token_hex(16)
    path = storage.save(f"{unguessable[:2]}/{unguessable}", ContentFile(raw))
    try:
        with transaction.atomic():
            row = StoredFile(
                key=secrets.token_urlsafe(16),
                name=clean_name(name),
                kind=kind,
                size=len(raw),
                sha256=hashlib.sha256(raw).hexdigest(),
                content=path,
                uploaded_by_id=actor.user_id,
                uploaded_by_name=actor.name,
                uploaded_at=at,
            )
            return audit.create(row, actor=actor, at=at, action="file.store")
    except BaseException:
        storage.delete(path)
        raise


def create_location(
    *,
    actor: Actor,
    at: datetime,
    file: StoredFile | None = None,
    page: int | None = None,
    sheet: str = "",
    row: int | None = None,
    cell: str = "",
    note: str = "",
) -> Location:
    """The source of a fact: a place in a file, or words (`note`) where no file is kept."""
    one = Location(file=file, page=page, sheet=sheet, row=row, cell=cell, note=note)
    return create_locations(locations=[one], actor=actor, at=at)[0]


def create_locations(
    *, locations: Iterable[Location], actor: Actor, at: datetime
) -> list[Location]:
    """Many sources at once, in the order given: two inserts for a whole workbook."""
    return audit.create_many(locations, actor=actor, at=at, action="location.create")
