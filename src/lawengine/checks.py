"""The book against itself: what the loader cannot see file by file."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import NamedTuple

from lawengine.book import Book, Standard, Version, leaves
from lawengine.conditions_more import Meets
from lawengine.wording import REQUIRED


class Flaw(NamedTuple):
    """Something that must be mended: where, a code of the wording, and its parts."""

    where: str
    code: str
    parts: dict[str, object]


def flaws(book: Book) -> list[Flaw]:
    """Every flaw found; an empty list is a sound book."""
    return [*_standards(book), *_wording(book), *_references(book), *_recalled(book)]


def _standards(book: Book) -> Iterator[Flaw]:
    """Each award has a standard for each subject that it names."""
    for award in book.vocabulary.awards.values():
        for subject in award.subjects:
            if (award.id, subject) not in book.standards:
                yield Flaw(award.id, "missing_standard", {"award": award.id, "subject": subject})


def _wording(book: Book) -> Iterator[Flaw]:
    """Each sentence that the engine may need is there, and asks only for known placeholders."""
    said = book.wording["vi"]
    for key, fields in REQUIRED.items():
        if key not in said:
            yield Flaw(f"wording {key}", "missing_sentence", {"key": key})
            continue
        asked = {name for _, name, _, _ in string.Formatter().parse(said[key]) if name}
        if not asked <= set(fields.split()):
            extra = ", ".join(sorted(asked - set(fields.split())))
            yield Flaw(f"wording {key}", "unknown_placeholder", {"key": key, "found": extra})


def _references(book: Book) -> Iterator[Flaw]:
    """No standard is met by way of itself."""
    graph: dict[str, set[str]] = {}
    for standard in book.standards.values():
        for _, version in _encoded(standard):
            assert version.when is not None  # noqa: S101 - encoded
            for leaf in leaves(version.when):
                if isinstance(leaf.condition, Meets):
                    graph.setdefault(standard.award, set()).update(leaf.condition.awards)
    for award, steps in graph.items():
        seen: set[str] = set()
        front = set(steps)
        while front:
            seen |= front
            front = {one for step in front for one in graph.get(step, ())} - seen
        if award in seen:
            yield Flaw(award, "circle", {"award": award})


def _recalled(book: Book) -> Iterator[Flaw]:
    """A standard that calls itself verified may not rest on recalled leaves alone."""
    for standard in book.standards.values():
        for where, version in _encoded(standard):
            assert version.when is not None  # noqa: S101 - encoded
            all_leaves = list(leaves(version.when))
            if version.confidence == "verified" and all(
                leaf.confidence == "recalled" for leaf in all_leaves
            ):
                yield Flaw(where, "verified_without_ground", {"award": standard.award})


def _encoded(standard: Standard) -> Iterator[tuple[str, Version]]:
    for version in standard.versions:
        if version.when is not None:
            yield f"{standard.award}/{standard.subject} {version.in_force}", version
