"""Planes of bits: one bit per subject in uint64 words; and circuits of AND, OR, NOT over them.

A circuit is built once for a rule, with equal parts shared, and then run block by block so that
what it works on stays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.uint64]

# Words of a block: 64 KB per plane; some dozens of planes in use lie in the second-level cache.
BLOCK = 8192
ZERO, ONE = 0, 1
_AND, _OR, _NOT = 0, 1, 2
_FULL = np.uint64(0xFFFFFFFFFFFFFFFF)


def words_for(count: int) -> int:
    """How many words hold so many bits."""
    return (count + 63) // 64


def pack(truths: npt.NDArray[np.bool_]) -> Plane:
    """Booleans, shape (count,), as a plane; the bits after the last subject are 0."""
    count = len(truths)
    octets = np.packbits(truths, bitorder="little")
    plane = np.zeros(words_for(count) * 8, np.uint8)
    plane[: len(octets)] = octets
    return plane.view(np.uint64)


def unpack(plane: Plane, count: int) -> npt.NDArray[np.bool_]:
    """A plane as booleans, shape (count,)."""
    return np.unpackbits(plane.view(np.uint8), count=count, bitorder="little").astype(bool)


def indices(plane: Plane) -> npt.NDArray[np.int64]:
    """The row numbers of the bits that are set, in order; quick where few are set."""
    places = np.flatnonzero(plane)
    if not len(places):
        return np.zeros(0, np.int64)
    bits = np.unpackbits(plane[places].view(np.uint8), bitorder="little").reshape(-1, 64)
    row, column = np.nonzero(bits)
    return (places[row] * 64 + column).astype(np.int64)


def tally(plane: Plane) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(plane).sum())


def bit(plane: Plane, index: int) -> bool:
    """Is the bit of one subject set?"""
    return bool((int(plane[index >> 6]) >> (index & 63)) & 1)


class Circuit:
    """Nodes of AND, OR, NOT over input planes. A node is a number; 0 is all zeros, 1 all ones.

    Equal nodes are one node, and constants are folded, so that a condition which several rules
    ask is computed once.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.inputs: list[Plane] = []
        self._digests: dict[bytes, int] = {}
        self._nodes: list[tuple[int, int, int]] = [(-1, 0, 0), (-1, 1, 0)]
        self._known: dict[tuple[int, int, int], int] = {}
        self._steps: dict[tuple[int, ...], Steps] = {}

    def tail(self) -> np.uint64:
        """The bits of the last word that belong to a subject."""
        used = self.count & 63
        return np.uint64((1 << used) - 1) if used else _FULL

    def add_input(self, plane: Plane) -> int:
        """A node for a plane; planes of only zeros or ones are constants, equal planes one node."""
        if not len(plane) or not plane.any():
            return ZERO
        if (plane[:-1] == _FULL).all() and plane[-1] == self.tail():
            return ONE
        digest = blake2b(plane.data, digest_size=16).digest()
        if digest not in self._digests:
            self.inputs.append(plane)
            self._digests[digest] = self._node((-1, len(self.inputs) + 1, 0))
        return self._digests[digest]

    def _node(self, node: tuple[int, int, int]) -> int:
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = len(self._nodes)
            self._nodes.append(node)
        return found

    def both(self, left: int, right: int) -> int:
        """left AND right."""
        if right in (left, ONE):
            return left
        if left == ONE:
            return right
        if ZERO in (left, right):
            return ZERO
        return self._node((_AND, left, right) if left < right else (_AND, right, left))

    def either(self, left: int, right: int) -> int:
        """left OR right."""
        if right in (left, ZERO):
            return left
        if left == ZERO:
            return right
        if ONE in (left, right):
            return ONE
        return self._node((_OR, left, right) if left < right else (_OR, right, left))

    def negated(self, node: int) -> int:
        """NOT node."""
        if node <= ONE:
            return 1 - node
        word, inner, _ = self._nodes[node]
        return inner if word == _NOT else self._node((_NOT, node, 0))

    def add(self, left: Sequence[int], right: Sequence[int]) -> list[int]:
        """The sum of two numbers per subject, each written in bits, the lowest first."""
        total, carry = [], ZERO
        for index in range(max(len(left), len(right))):
            one = left[index] if index < len(left) else ZERO
            two = right[index] if index < len(right) else ZERO
            half = self._differ(one, two)
            total.append(self._differ(half, carry))
            carry = self.either(self.both(one, two), self.both(half, carry))
        return [*total, carry] if carry != ZERO else total

    def _differ(self, left: int, right: int) -> int:
        if left == ZERO:
            return right
        if right == ZERO:
            return left
        return self.both(self.either(left, right), self.negated(self.both(left, right)))

    def at_least(self, number: Sequence[int], least: int) -> int:
        """Is the number per subject (in bits, the lowest first) at least so much?"""
        if least <= 0:
            return ONE
        if least >> len(number):
            return ZERO
        reached = ONE
        for index, one in enumerate(number):
            join = self.both if (least >> index) & 1 else self.either
            reached = join(one, reached)
        return reached

    def steps(self, wanted: Sequence[int]) -> Steps:
        """The order of work for the wanted nodes, found once."""
        key = tuple(wanted)
        if key not in self._steps:
            self._steps[key] = Steps(self._nodes, [n for n in wanted if self._nodes[n][0] >= 0])
        return self._steps[key]

    def run(self, wanted: Sequence[int]) -> list[Plane]:
        """The planes of the wanted nodes, read-only; the bits after the last subject are 0."""
        size = words_for(self.count)
        results: dict[int, Plane] = {}
        for node in wanted:
            if node in results:
                continue
            word, source, _ = self._nodes[node]
            if node <= ONE:
                results[node] = np.full(size, _FULL if node else 0, np.uint64)
            else:
                results[node] = self.inputs[source - 2] if word < 0 else np.empty(size, np.uint64)
        made = {node: plane for node, plane in results.items() if self._nodes[node][0] >= 0}
        if size:
            self.steps(wanted).fill(self.inputs, made, size)
            for node in {*made, *(results.keys() & {ONE})}:
                results[node][-1] &= self.tail()
        for plane in results.values():
            plane.flags.writeable = False
        return [results[node] for node in wanted]


class Steps:
    """The steps that make the wanted nodes, with as few scratch planes as their lifetimes allow.

    Every node has a slot: one of its own for inputs and wanted nodes, a shared one for the rest.
    """

    def __init__(self, nodes: Sequence[tuple[int, int, int]], wanted: Iterable[int]) -> None:
        self.nodes, self.wanted = nodes, set(wanted)
        self.slots = 0
        self.slot_of: dict[int, int] = {}
        self.loads: list[tuple[int, int]] = []
        self.steps: list[tuple[Any, int, int, int]] = []
        # Kept from run to run: fresh memory costs more than the work done in it.
        self._scratch: npt.NDArray[np.uint64] | None = None
        self._free: list[int] = []
        order = self._needed()
        last = {source: node for node in order for source in self._sources(node)}
        free: list[int] = []
        for node in order:
            word, left, right = nodes[node]
            if word < 0:
                self.loads.append((self._new_slot(node), left - 2))
                continue
            if node in self.wanted or not free:
                self._new_slot(node)
            else:
                self.slot_of[node] = free.pop()
            self.steps.append(
                (
                    (np.bitwise_and, np.bitwise_or, np.invert)[word],
                    self.slot_of[left],
                    -1 if word == _NOT else self.slot_of[right],
                    self.slot_of[node],
                )
            )
            free += [
                self.slot_of[source]
                for source in self._sources(node)
                if last[source] == node and nodes[source][0] >= 0 and source not in self.wanted
            ]

    def _sources(self, node: int) -> tuple[int, ...]:
        word, left, right = self.nodes[node]
        return () if word < 0 else (left,) if word == _NOT else (left, right)

    def _needed(self) -> list[int]:
        """The nodes on which the wanted ones rest, each after its sources."""
        needed, stack = set[int](), list(self.wanted)
        while stack:
            node = stack.pop()
            if node not in needed:
                needed.add(node)
                stack += self._sources(node)
        return sorted(needed)

    def _new_slot(self, node: int) -> int:
        self.slot_of[node] = self.slots
        self.slots += 1
        return self.slots - 1

    def fill(self, inputs: Sequence[Plane], made: Mapping[int, Plane], size: int) -> None:
        """Run the steps over all blocks and write the wanted planes."""
        block = min(BLOCK, size)
        if self._scratch is None or self._scratch.shape[1] != block:
            fixed = {slot for slot, _ in self.loads} | {self.slot_of[node] for node in made}
            self._free = sorted(set(range(self.slots)) - fixed)
            self._scratch = np.empty((len(self._free), block), np.uint64)
        scratch = dict(zip(self._free, self._scratch, strict=True))
        planes: list[Plane] = [np.empty(0, np.uint64)] * self.slots
        for start in range(0, size, block):
            stop = min(size, start + block)
            for slot, source in self.loads:
                planes[slot] = inputs[source][start:stop]
            for node, plane in made.items():
                planes[self.slot_of[node]] = plane[start:stop]
            for slot, plane in scratch.items():
                planes[slot] = plane[: stop - start]
            for act, left, right, out in self.steps:
                if right < 0:
                    act(planes[left], planes[out])
                else:
                    act(planes[left], planes[right], planes[out])
