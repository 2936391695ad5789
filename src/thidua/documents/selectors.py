"""Reads of files and places in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from thidua.documents.lifecycle import KEEPERS, READERS
from thidua.documents.models import BookNumber, NumberBook, StoredFile, TemplateVersion
from thidua.documents.rendering.filling import Filled, fill_template
from thidua.documents.shipped import Edition, load_kinds
from thidua.support.actor import Actor


def get_file_for(actor: Actor, key: str) -> StoredFile:
    """The file of a key, for whoever sent it; raises Http404 for all others.

    They meet a file by way of the record that it proves, whose own view asks who may see it.
    """
    if actor.user_id is None:
        raise Http404
    return get_object_or_404(StoredFile, key=key, uploaded_by_id=actor.user_id)


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


# ------------------------------------------------------------------ number books
def list_number_books(actor: Actor) -> QuerySet[NumberBook]:
    """All number books with how many numbers were taken and cancelled; none for other roles."""
    if not actor.has(*KEEPERS, *READERS):
        return NumberBook.objects.none()
    return NumberBook.objects.select_related("counter").annotate(
        taken_count=Count("numbers"),
        cancelled_count=Count("numbers", filter=Q(numbers__cancelled_at__isnull=False)),
    )


def get_number_book_for(actor: Actor, pk: int) -> NumberBook:
    """A number book; raises Http404 for those who may not look into it."""
    return get_object_or_404(list_number_books(actor), pk=pk)


def list_numbers(book: NumberBook) -> QuerySet[BookNumber]:
    """The numbers of a book, the last one first."""
    return BookNumber.objects.filter(book=book).order_by("-number")


def get_number_for(actor: Actor, book_pk: int, number: int) -> BookNumber:
    """A number of a book; raises Http404 for those who may not look into it."""
    book = get_number_book_for(actor, book_pk)
    return get_object_or_404(BookNumber.objects.select_related("book"), book=book, number=number)


# ------------------------------------------------------------------ templates
@dataclass(frozen=True)
class Template:
    """The template that serves for a day: the organisation's own version, or the shipped one."""

    kind: str
    version: TemplateVersion | None
    edition: Edition | None

    def read(self) -> bytes:
        """Its bytes."""
        if self.version is not None:
            return read_content(self.version.file)
        assert self.edition is not None  # noqa: S101 - one of the two
        return self.edition.read()


def choose_template(kind: str, issued_on: date) -> Template:
    """The template of a kind for papers issued on a day: the last published one that has begun."""
    own = (
        TemplateVersion.objects.select_related("file")
        .filter(
            kind=kind,
            published_at__isnull=False,
            withdrawn_at__isnull=True,
            issued_from__lte=issued_on,
        )
        .order_by("-issued_from", "-published_at", "-number")
        .first()
    )
    if own is not None:
        return Template(kind, own, None)
    return Template(kind, None, load_kinds()[kind].edition_on(issued_on))


def render_paper(kind: str, issued_on: date, data: Mapping[str, Any]) -> Filled:
    """A paper of a kind, filled with plain data. Raises TemplateRefused."""
    return fill_template(choose_template(kind, issued_on).read(), load_kinds()[kind].names, data)


def preview_template(template: Template) -> Filled:
    """A template filled with the example of its kind. Raises TemplateRefused."""
    kind = load_kinds()[template.kind]
    return fill_template(template.read(), kind.names, kind.sample)


def list_template_versions(actor: Actor, kind: str) -> QuerySet[TemplateVersion]:
    """The organisation's versions of a template, the newest first; none for other roles."""
    if not actor.has(*KEEPERS):
        return TemplateVersion.objects.none()
    return TemplateVersion.objects.select_related("file").filter(kind=kind).order_by("-number")


def get_template_version_for(actor: Actor, kind: str, number: int) -> TemplateVersion:
    """One version; raises Http404 for those who do not keep templates."""
    return get_object_or_404(list_template_versions(actor, kind), number=number)
