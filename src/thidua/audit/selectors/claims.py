"""What was said of the tree at its sizes: by our own checkpoints, by outside copies, by closings."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from thidua.audit.lifecycle.notes import (
    BadNote,
    CheckpointText,
    Verifier,
    open_note,
    read_checkpoint,
    read_epoch,
    read_verifier,
)
from thidua.audit.lifecycle.report import Problem, Report
from thidua.audit.models import Checkpoint, Epoch

OWN, OUTSIDE, CLOSING = "own", "outside", "closing"
# Signatures of our own older checkpoints prove nothing that their roots do not: the newest are
# looked at, and every copy from outside.
SIGNATURES = 1000
CLOSED = "/closed"


@dataclass(frozen=True)
class Claim:
    """The tree of an epoch had this root at this size, says `source`."""

    epoch: int
    size: int
    root: bytes
    source: str
    name: str = ""


def read_outside(folder: Path, verifiers: Iterable[Verifier], report: Report) -> list[Claim]:
    """The checkpoints in a folder of outside copies; what is signed wrongly there is a problem."""
    known = list(verifiers)
    claims = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        # A name that begins with a dot is a copy whose writing was cut off.
        if path.suffix == ".pub" or path.name.startswith("."):
            continue
        try:
            found = read_checkpoint(path.read_text("utf-8"), known)
            claim = Claim(read_epoch(found.origin), found.size, found.root, OUTSIDE, path.name)
        except (BadNote, UnicodeDecodeError):
            report.add(Problem("signature", None, "", path.name))
            continue
        claims.append(claim)
    report.outside += len(claims)
    return claims


def read_since(path: Path, verifiers: Iterable[Verifier]) -> Claim:
    """The checkpoint that a check goes on from. Raises BadNote."""
    found = read_checkpoint(path.read_text("utf-8"), verifiers)
    return Claim(read_epoch(found.origin), found.size, found.root, OUTSIDE, path.name)


def find_keys(folder: Path) -> list[Verifier]:
    """Public keys that were laid beside the outside copies. Raises BadNote."""
    return [
        read_verifier(line)
        for path in sorted(folder.rglob("*.pub"))
        for line in path.read_text("ascii").splitlines()
        if line
    ]


def own_claims(verifiers: Sequence[Verifier], report: Report) -> Iterator[Claim]:
    """Our checkpoints by epoch and size; each is read, of the newest the signature is checked."""
    newest = set(Checkpoint.objects.order_by("-pk").values_list("pk", flat=True)[:SIGNATURES])
    rows = Checkpoint.objects.order_by("epoch_id", "size")
    for one in rows.iterator(chunk_size=2000):
        report.checkpoints += 1
        try:
            if one.pk in newest:
                said = read_checkpoint(one.text, verifiers)
            else:
                said = _unsigned(one.text)
            is_true = (read_epoch(said.origin), said.size, said.root) == (
                one.epoch_id,
                one.size,
                bytes(one.root),
            )
        except BadNote:
            is_true = False
        if not is_true:
            detail = f"{one.epoch_id}/{one.size}"
            report.add(Problem("signature", None, "", detail, bytes(one.root).hex()[:16]))
        yield Claim(one.epoch_id, one.size, bytes(one.root), OWN, f"{one.epoch_id}/{one.size}")


def _unsigned(note: str) -> CheckpointText:
    try:
        origin, size, root = note.splitlines()[:3]
        return CheckpointText(origin, int(size), base64.b64decode(root))
    except ValueError:
        raise BadNote("no checkpoint") from None


@dataclass(frozen=True)
class Closing:
    """How an epoch ended: its last head, and the problems that were known then."""

    claim: Claim
    accepted: frozenset[str]


def closing_text(origin: str, size: int, root_line: str, reason: str, keys: Iterable[str]) -> str:
    """The text that is signed when an epoch is closed."""
    lines = [f"{origin}{CLOSED}", str(size), root_line, " ".join(reason.split()), *keys]
    return "".join(f"{line}\n" for line in lines)


def read_closings(
    epochs: Iterable[Epoch], verifiers: Sequence[Verifier], report: Report
) -> dict[int, Closing]:
    """By the number of the epoch that ended; one that is signed by nobody accepts nothing."""
    found = {}
    for epoch in epochs:
        if epoch.number == 1:
            continue
        try:
            lines = open_note(epoch.closing, verifiers).splitlines()
            origin, size, root = lines[:3]
            ended = read_epoch(origin.removesuffix(CLOSED))
            claim = Claim(ended, int(size), base64.b64decode(root), CLOSING, str(ended))
        except (BadNote, ValueError):
            report.add(Problem("signature", epoch.first, "", f"kỳ {epoch.number}"))
            continue
        found[ended] = Closing(claim, frozenset(lines[4:]))
    return found
