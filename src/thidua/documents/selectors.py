"""Reads of files and places in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from thidua.documents.lifecycle import READERS
from thidua.documents.models import StoredFile
from thidua.support.actor import Actor


def get_file_for(actor: Actor, key: str) -> StoredFile | None:
    """The file of a key, for whoever sent it and for those who answer for all files; else None.

    Everybody else meets a file by way of the record that it proves, whose own view asks.
    """
    found = StoredFile.objects.filter(key=key).first()
    if found is None:
        return None
    is_own = actor.user_id is not None and actor.user_id == found.uploaded_by_id
    return found if is_own or actor.has(*READERS) else None


def read_content(file: StoredFile) -> bytes:
    """The bytes of a file."""
    with file.content.open("rb") as stream:
        return bytes(stream.read())


def find_damaged() -> Iterator[tuple[StoredFile, str]]:
    """Files whose bytes are gone or no longer those that were sent: the file, and "gone" or "changed"."""
    for file in StoredFile.objects.order_by("pk").iterator(chunk_size=200):
        try:
            digest = hashlib.sha256(read_content(file)).hexdigest()
        except FileNotFoundError:
            yield file, "gone"
            continue
        if digest != file.sha256:
            yield file, "changed"


def find_orphans() -> Iterator[Path]:
    """Files on disk that no row knows: left by a transaction that was rolled back or killed."""
    root = Path(settings.FILES_ROOT)
    if not root.is_dir():
        return
    known = set(StoredFile.objects.values_list("content", flat=True))
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.relative_to(root).as_posix() not in known:
            yield path
