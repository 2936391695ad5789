"""The check of the whole trail, in two passes over it, with the memory of one stream.

By streams: does each event hash to its leaf, does it follow the one before it, does its place hold
the same leaf, do the rows hold what their last events say. By places: no gap, and the tree has the
roots that checkpoints say, ours and those that were copied outside.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

from thidua.audit.lifecycle.events import START, seal_columns
from thidua.audit.lifecycle.merkle import Frontier
from thidua.audit.lifecycle.notes import BadNote, Verifier, read_verifier
from thidua.audit.lifecycle.report import Problem, Report
from thidua.audit.models import Epoch, Sequencer
from thidua.audit.selectors.claims import (
    OUTSIDE,
    OWN,
    Claim,
    Closing,
    own_claims,
    read_closings,
)
from thidua.audit.selectors.state import ERASE, Recorded, check_rows, find_unrecorded, tables

ROWS = 500
FETCH = 2000
# A long import writes events that are as old as its beginning; more than this is a clock set back.
BACKWARDS = 30 * 60
_NO_CHANGES = '{"changes":{}'


def verify(
    *,
    verifiers: Sequence[Verifier],
    outside: Sequence[Claim] = (),
    since: Claim | None = None,
    report: Report | None = None,
) -> Report:
    """Check everything that there is, as of one moment, without keeping writers waiting.

    `verifiers` are the keys that are believed; without any, those that the epochs name (`has_key`
    tells). With `since`, events before that checkpoint are checked through the tree only.
    """
    report = report or Report()
    with _one_moment():
        epochs = list(Epoch.objects.order_by("number"))
        report.epochs = len(epochs)
        believed = list(verifiers)
        if not believed:
            report.has_key = False
            believed = _named_keys(epochs)
        closings = read_closings(epochs, believed, report)
        report.known = frozenset().union(*(one.accepted for one in closings.values()))
        _check_epochs(epochs, believed, report)
        claims = [*outside, *([since] if since else [])]
        check_streams(report, _first_to_check(epochs, since))
        find_unrecorded(report)
        _check_places(report, epochs, believed, claims, closings)
    report.settle()
    return report


@contextmanager
def _one_moment() -> Iterator[None]:
    """All reads see one state. On SQLite without the lock that our transactions take."""
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN DEFERRED"
    if connection.vendor == "postgresql":
        begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _named_keys(epochs: Sequence[Epoch]) -> list[Verifier]:
    found = []
    for one in epochs:
        try:
            found.append(read_verifier(one.verifier))
        except BadNote:
            continue
    return found


def _check_epochs(epochs: Sequence[Epoch], believed: Sequence[Verifier], report: Report) -> None:
    keys = {one.text for one in believed}
    for number, epoch in enumerate(epochs, start=1):
        if epoch.number != number:
            report.add(Problem("epoch", epoch.first, "", str(number)))
        if epoch.verifier not in keys:
            report.add(Problem("key", epoch.first, "", str(epoch.number)))


def _first_to_check(epochs: Sequence[Epoch], since: Claim | None) -> int:
    if since is None:
        return 0
    first = next((one.first for one in epochs if one.number == since.epoch), 1)
    return first + since.size


# ------------------------------------------------------------------------------ by streams
_STREAMS = """
SELECT e.stream, e.stream_seq, {at}, e.actor_id, e.actor_name, e.on_behalf_of_id, e.action,
       e.request_id, e.ip, e.payload, e.prev, e.leaf, e.id, s.seq, s.leaf
FROM audit_event e LEFT JOIN audit_sequenced s ON s.event_id = e.id
ORDER BY e.stream, e.stream_seq
"""
_AT = {
    "postgresql": "to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')",
    # «2017-10-04 03:00:00[.123456]», always in UTC
    "sqlite": "substr(e.at, 1, 10) || 'T' || substr(e.at, 12, 8) || "
    "CASE WHEN length(e.at) > 19 THEN substr(e.at, 20, 7) ELSE '.000000' END || '+00:00'",
}


def _rows(sql: str) -> Iterator[Any]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(FETCH):
            yield from rows


@dataclass
class _Stream:
    """Where the check stands in one stream."""

    name: str
    recorded: Recorded | None
    number: int = 0
    last: bytes = START


def check_streams(report: Report, first: int) -> None:
    """Seals and links of every stream; rows are compared in batches as their streams end."""
    state = Sequencer.objects.first()
    floor = state.floor if state else 0
    batch: list[Recorded] = []
    stream = _Stream("", None)
    for row in _rows(_STREAMS.format(at=_AT[connection.vendor])):
        if row[0] != stream.name:
            report.streams += 1
            stream = _Stream(row[0], _start(row[0]))
            if len(batch) >= ROWS:
                check_rows(batch, report)
                batch.clear()
            if stream.recorded:
                batch.append(stream.recorded)
        _check_event(stream, row, report, floor=floor, is_sealed_before=first)
        if stream.recorded:
            _take(stream.recorded, row, report)
    check_rows(batch, report)


def _check_event(
    stream: _Stream, row: Any, report: Report, *, floor: int, is_sealed_before: int
) -> None:
    stream_seq, prev, leaf, seq = row[1], bytes(row[10]), bytes(row[11]), row[13]
    report.events += 1
    stream.number += 1
    if stream_seq != stream.number or prev != stream.last:
        report.add(Problem("chain", seq, stream.name, str(stream_seq), prev.hex()[:16]))
        stream.number = stream_seq
    stream.last = leaf
    if seq is None:
        report.waiting += 1
        if row[12] <= floor:
            report.add(Problem("unplaced", None, stream.name, str(stream_seq)))
    elif bytes(row[14]) != leaf:
        report.add(Problem("place", seq, stream.name, str(stream_seq), leaf.hex()[:16]))
    if seq is None or seq >= is_sealed_before:
        found = seal_columns(row[:10], prev)
        if found != leaf:
            report.add(Problem("seal", seq, stream.name, str(stream_seq), found.hex()[:16]))


def _start(stream: str) -> Recorded | None:
    label, _, key = stream.partition(":")
    return Recorded(stream, label, key) if label in tables() else None


def _take(recorded: Recorded, row: Any, report: Report) -> None:
    payload, action, seq = row[9], row[6], row[13]
    recorded.seq = seq
    if payload.startswith(_NO_CHANGES) and action != ERASE and '"row":' not in payload:
        return
    try:
        recorded.take(json.loads(payload), action)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        report.add(Problem("seal", seq, recorded.stream, str(row[1])))


# ------------------------------------------------------------------------------- by places
_PLACES = """
SELECT s.seq, s.leaf, e.id, {seconds}
FROM audit_sequenced s LEFT JOIN audit_event e ON e.id = s.event_id
ORDER BY s.seq
"""
_SECONDS = {
    "postgresql": "extract(epoch FROM e.at)::float8",
    "sqlite": "CAST(strftime('%s', e.at) AS INTEGER)",
}


class _Tree:
    """The tree of one epoch as it grows, against what is said of it."""

    def __init__(self, epoch: int, first: int, claims: Sequence[Claim], report: Report) -> None:
        self.epoch, self.first, self.report = epoch, first, report
        self.tree = Frontier()
        self.claims = sorted(claims, key=lambda one: one.size, reverse=True)
        self.agreed = {OWN: 0, OUTSIDE: 0}
        self.broken: set[str] = set()

    def meet(self, own: Claim | None) -> bool:
        """What is said of this size; was our own checkpoint of it?"""
        while self.claims and self.claims[-1].size <= self.tree.size:
            self._compare(self.claims.pop())
        if own and own.size == self.tree.size:
            self._compare(own)
            return True
        return False

    def _compare(self, claim: Claim) -> None:
        source = OUTSIDE if claim.source == OUTSIDE else OWN
        root = self.tree.root()
        if claim.root == root:
            self.agreed[source] = claim.size
        elif source not in self.broken:
            self.broken.add(source)
            seq = self.first + self.agreed[source]
            self.report.add(Problem("root", seq, "", claim.name, root.hex()[:16]))

    def end(self, rest: Sequence[Claim]) -> None:
        """What is said of sizes that the tree never had."""
        missing = sorted([*self.claims, *rest], key=lambda one: one.size)
        if missing:
            seq, name = self.first + self.tree.size, missing[0].name
            self.report.add(Problem("short", seq, "", name, self.tree.root().hex()[:16]))


def _check_places(
    report: Report,
    epochs: Sequence[Epoch],
    believed: Sequence[Verifier],
    outside: Sequence[Claim],
    closings: dict[int, Closing],
) -> None:
    own = own_claims(believed, report)
    waiting = next(own, None)
    starts = {one.first: one.number for one in epochs}
    claims = [*outside, *(one.claim for one in closings.values())]
    expected, latest = 1, float("-inf")
    tree: _Tree | None = None
    grown = set()
    for seq, leaf, event, seconds in _rows(_PLACES.format(seconds=_SECONDS[connection.vendor])):
        if seq != expected:
            report.add(Problem("gap", expected, "", str(seq - expected)))
        expected = seq + 1
        report.placed += 1
        if seq in starts or tree is None:
            if tree:
                waiting = _end(tree, waiting, own)
            number = starts.get(seq, 1)
            grown.add(number)
            tree = _Tree(number, seq, [one for one in claims if one.epoch == number], report)
        tree.tree.add(bytes(leaf))
        if event is None:
            report.add(Problem("gone", seq, ""))
        else:
            if seconds < latest - BACKWARDS:
                report.backwards += 1
                report.first_backwards = report.first_backwards or seq
                latest = seconds
            latest = max(latest, seconds)
        while waiting and (waiting.epoch, waiting.size) < (tree.epoch, tree.tree.size):
            report.add(Problem("root", seq, "", waiting.name, bytes(waiting.root).hex()[:16]))
            waiting = next(own, None)
        if tree.meet(waiting if waiting and waiting.epoch == tree.epoch else None):
            waiting = next(own, None)
    if tree:
        waiting = _end(tree, waiting, own)
        report.covered = tree.first + tree.agreed[OUTSIDE] - 1
    ahead = [one for one in outside if one.epoch not in grown and one.size]
    for claim in [*([waiting] if waiting else []), *ahead]:
        report.add(Problem("short", expected, "", claim.name))
    for _ in own:
        pass
    _check_sequencer(report, expected, tree.tree if tree else Frontier())


def _end(tree: _Tree, waiting: Claim | None, own: Iterator[Claim]) -> Claim | None:
    """Close a tree: our own checkpoints beyond its end are missing events too."""
    rest = []
    while waiting and waiting.epoch == tree.epoch:
        rest = [waiting]
        waiting = next(own, None)
    tree.end(rest)
    return waiting


def _check_sequencer(report: Report, expected: int, tree: Frontier) -> None:
    state = Sequencer.objects.first()
    if state is None:
        if expected > 1:
            report.add(Problem("sequencer", expected, ""))
        return
    if state.size == 0 and state.next_seq == expected:
        return  # an epoch that has just been opened
    if (state.next_seq, state.size, bytes(state.peaks)) != (expected, tree.size, tree.packed()):
        report.add(Problem("sequencer", expected, "", str(state.next_seq), tree.root().hex()[:16]))
