"""The Merkle tree of RFC 6962: roots, and proofs that a leaf or an older tree is inside. Pure.

A `Frontier` holds the roots of the full subtrees of a growing tree, largest first: enough to add
leaves and to know the root without reading the old leaves again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

HASH_SIZE = 32


def node(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """A tree that grows at its end: `size` leaves, `peaks` the roots of its full subtrees."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """One more leaf hash at the end."""
        self.peaks.append(leaf)
        self.size += 1
        merges = (self.size & -self.size).bit_length() - 1
        for _ in range(merges):
            right = self.peaks.pop()
            self.peaks[-1] = node(self.peaks[-1], right)

    def root(self) -> bytes:
        """The hash over all leaves; over none, the hash of nothing."""
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node(peak, root)
        return root

    def packed(self) -> bytes:
        """The peaks one after the other; with the size they say everything."""
        return b"".join(self.peaks)

    @classmethod
    def unpack(cls, size: int, packed: bytes) -> Frontier:
        """The tree again. Raises ValueError where size and peaks do not belong together."""
        peaks = [packed[at : at + HASH_SIZE] for at in range(0, len(packed), HASH_SIZE)]
        if len(peaks) != size.bit_count() or len(packed) % HASH_SIZE:
            raise ValueError("peaks do not fit the size")
        return cls(size, peaks)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def prove_inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of a leaf (RFC 6962, 2.1.1)."""
    if len(leaves) <= 1:
        return []
    at = _split(len(leaves))
    if index < at:
        return [*prove_inclusion(leaves[:at], index), root_of(leaves[at:])]
    return [*prove_inclusion(leaves[at:], index - at), root_of(leaves[:at])]


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Does the path lead from the leaf to the root? (RFC 9162, 2.1.3.2)"""
    if not 0 <= index < size:
        return False
    first, last, reached = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if first & 1 or first == last:
            reached = node(step, reached)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            reached = node(reached, step)
        first, last = first >> 1, last >> 1
    return last == 0 and reached == root


def prove_consistency(leaves: Sequence[bytes], old: int) -> list[bytes]:
    """That the tree over the first `old` leaves is a beginning of this one (RFC 6962, 2.1.2)."""

    def below(part: Sequence[bytes], size: int, *, whole: bool) -> list[bytes]:
        if size == len(part):
            return [] if whole else [root_of(part)]
        at = _split(len(part))
        if size <= at:
            return [*below(part[:at], size, whole=whole), root_of(part[at:])]
        return [*below(part[at:], size - at, whole=False), root_of(part[:at])]

    return below(leaves, old, whole=True) if 0 < old < len(leaves) else []


def is_consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Does the path show the old tree at the beginning of the new one? (RFC 9162, 2.1.4.2)"""
    if old in (0, new):
        return not path and (old == 0 or old_root == new_root)
    if not 0 < old < new or not path:
        return False
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    was = now = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            was, now = node(step, was), node(step, now)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            now = node(now, step)
        first, last = first >> 1, last >> 1
    return last == 0 and was == old_root and now == new_root
