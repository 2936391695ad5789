"""What changed between two versions of a standard: by the content of leaves first, by id next.

Ids are only unique within a version, so a clause that moved from `c2` to `c3` with the same
question is the same condition; one that kept its id and kind but asks something else has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from lawengine.book import Leaf, Tree, Version
from lawengine.conditions import Produced

REQUIRED, ALTERNATIVE, EXCLUDED = "required", "alternative", "excluded"
_ALIKE = 0.55


class Standing(NamedTuple):
    """A leaf with the place where it stands.

    place: `required` (must hold), `alternative` (one of several) or `excluded` (must not hold).
    path: the words of the groups around it, the outermost first.
    """

    leaf: Leaf
    place: str
    path: tuple[str, ...]


class Change(NamedTuple):
    """One difference, or one leaf that stayed.

    kind: `same`, `changed`, `added` or `removed`. aspects: what differs of a changed one:
    `condition` (what is asked), `words` (the text only), `place` (required or alternative).
    Citations of two laws always differ and count as no change.
    """

    kind: str
    before: Standing | None
    after: Standing | None
    aspects: tuple[str, ...] = ()


def standings(version: Version) -> tuple[Standing, ...]:
    """The leaves of a version in the order of the law; of one not encoded, what is known of it."""
    if version.when is None:
        return tuple(Standing(leaf, REQUIRED, ()) for leaf in version.known)
    return tuple(_walk(version.when, ()))


def _walk(tree: Tree, path: tuple[str, ...]) -> Iterator[Standing]:
    if isinstance(tree, Leaf):
        if "not" in path:
            place = EXCLUDED
        else:
            place = ALTERNATIVE if "any" in path else REQUIRED
        yield Standing(tree, place, path)
    else:
        for part in tree.parts:
            yield from _walk(part, (*path, tree.word))


def comparable(before: Version, after: Version) -> bool:
    """Are both texts encoded, so that a difference between them means something?"""
    return before.when is not None and after.when is not None


def differences(version_a: Version, version_b: Version) -> tuple[Change, ...]:
    """Every leaf of both versions once, in the order of the later text, removed ones last.

    Where one of the two is not encoded only the leaves known of it are compared; ask
    `comparable` before saying that something was added or removed.
    """
    before, after = standings(version_a), standings(version_b)
    pairs = _pairs(before, after)
    found = []
    for index, one in enumerate(after):
        earlier = pairs.get(index)
        if earlier is None:
            found.append(Change("added", None, one))
        else:
            aspects = _aspects(before[earlier], one)
            found.append(Change("changed" if aspects else "same", before[earlier], one, aspects))
    matched = set(pairs.values())
    found += [
        Change("removed", one, None) for index, one in enumerate(before) if index not in matched
    ]
    return tuple(found)


def _aspects(before: Standing, after: Standing) -> tuple[str, ...]:
    found = []
    if before.leaf.condition != after.leaf.condition:
        found.append("condition")
    if before.leaf.vi != after.leaf.vi:
        found.append("words")
    if before.place != after.place:
        found.append("place")
    return tuple(found)


def _pairs(before: tuple[Standing, ...], after: tuple[Standing, ...]) -> dict[int, int]:
    """Index of a later leaf → index of the earlier one that it continues; the surest first."""
    candidates = []
    for later, new in enumerate(after):
        for earlier, old in enumerate(before):
            score = _score(old.leaf, new.leaf)
            if score:
                candidates.append((-score, abs(later - earlier), later, earlier))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, later, earlier in sorted(candidates):
        if later not in pairs and earlier not in taken:
            pairs[later] = earlier
            taken.add(earlier)
    return pairs


def _score(old: Leaf, new: Leaf) -> float:
    """How surely two leaves are one condition; 0 where they are not."""
    if old.kind != new.kind:
        return 0
    alike = SequenceMatcher(None, old.vi, new.vi, autojunk=False).ratio()
    if old.condition == new.condition:
        return 4 + alike
    same_id = old.id == new.id
    # Judgements on different matters are different conditions, however alike their ids.
    if isinstance(old.condition, Produced) and isinstance(new.condition, Produced):
        if not old.condition.kinds & new.condition.kinds:
            return 0
        return 3 + alike
    if old.kind in ("attested", "external", "belongs"):
        return 1 + alike if alike >= _ALIKE else 0
    if same_id:
        return 2 + alike
    return alike if alike >= _ALIKE else 0
