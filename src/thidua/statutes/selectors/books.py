"""The book in force: the law of this release with the organisation's released rules over it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from functools import lru_cache

from lawbook import fault_sentence, load_book, make_wording
from lawengine.book import Book
from lawengine.overlays import Overlay, lay_over, read_overlay
from lawengine.reading import Fault, read_text
from lawengine.wording import Wording
from thidua.statutes.errors import OverlayFault
from thidua.statutes.lifecycle import RELEASED
from thidua.statutes.models import BookDigest, OverlayRule
from thidua.statutes.terms import Period

Released = tuple[tuple[int, str], ...]


def text_digest(text: str) -> str:
    """sha256 of the text of an own rule."""
    return hashlib.sha256(text.encode()).hexdigest()


def base_digest() -> str:
    """The digest of the law alone, as this release carries it."""
    return load_book().digest


def released_now() -> Released:
    """The released own rules, as (id, digest): with the law they are the book. One query."""
    rows = OverlayRule.objects.filter(state=RELEASED).order_by("pk")
    return tuple(rows.values_list("pk", "digest"))


def get_book() -> Book:
    """The book that judges now; each of its rules stands on its own dates. One query when known."""
    return _book_of(released_now())


def get_book_with(rule: OverlayRule, covering: date | None = None) -> Book:
    """The book as it would be with one rule more, whatever its state. Raises OverlayFault.

    covering: as though the rule were in force on that day too, to try it on a year that is over.
    """
    overlay = check_text(rule.text, rule.pk)
    if covering is not None and covering not in overlay.in_force:
        start, end = overlay.in_force
        assert start is not None  # noqa: S101 - every own rule has its first day
        until = None if end is None else max(end, covering)
        overlay = replace(overlay, in_force=Period(min(start, covering), until))
    return lay_over(get_book_without(rule), [overlay], digest=f"{rule.digest}+")


def get_book_without(rule: OverlayRule) -> Book:
    """The book of the other released rules."""
    return _book_of(tuple(one for one in released_now() if one[0] != rule.pk))


def rebuild_book(pinned: BookDigest) -> Book | None:
    """The book of a digest, made again; None when it stood on the law of another release."""
    if pinned.base != base_digest():
        return None
    return _book_of(tuple((int(pk), str(digest)) for pk, digest in pinned.overlays))


def get_judge_words(book: Book) -> Wording:
    """The sentences of a book."""
    return _words_of(book.digest) if book.digest == base_digest() else make_wording(book)


def check_text(text: str, rule_id: int | None = None) -> Overlay:
    """Read the text of an own rule strictly, over the law. Raises OverlayFault: line, path, the fix."""
    try:
        return read_overlay(read_text(text), load_book(), str(rule_id or "moi"))
    except Fault as fault:
        where, _, said = fault_sentence(fault).partition(": ")
        sentence = said if where == fault.place and said else fault_sentence(fault)
        raise OverlayFault(sentence.removeprefix(": "), line=fault.line, path=fault.path) from None


def digest_of(released: Released) -> str:
    """The digest of the law with these own rules over it."""
    if not released:
        return base_digest()
    total = hashlib.sha256(base_digest().encode())
    for pk, digest in released:
        total.update(f"\0{pk}:{digest}".encode())
    return total.hexdigest()


@lru_cache(maxsize=16)
def _book_of(released: Released) -> Book:
    if not released:
        return load_book()
    texts = dict(OverlayRule.objects.in_bulk([pk for pk, _ in released]))
    overlays = [check_text(texts[pk].text, pk) for pk, _ in released]
    return lay_over(load_book(), overlays, digest=digest_of(released))


@lru_cache(maxsize=1)
def _words_of(_digest: str) -> Wording:
    return make_wording(load_book())
