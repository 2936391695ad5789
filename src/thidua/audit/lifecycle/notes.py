"""Signed notes and checkpoints as C2SP writes them (signed-note, tlog-checkpoint), with Ed25519.

A note is text, an empty line, and a line «— name base64» for each signature. A checkpoint is a note
whose lines are origin, size and root; a fourth says when it was made.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from thidua.audit.lifecycle.events import instant_text

_ED25519 = b"\x01"
_SECRET = "PRIVATE+KEY+"  # noqa: S105 - how such a line begins


class BadNote(ValueError):
    """A text that is no signed note, or is signed by nobody who is known here."""


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


@dataclass(frozen=True)
class Verifier:
    """Who may have signed: a name and a public key; `text` is how it is written in one line."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that stand before each signature."""
        return _key_id(self.name, self.public)

    @property
    def text(self) -> str:
        """name+id+key."""
        key = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{key}"

    def accepts(self, text: bytes, signature: bytes) -> bool:
        """Is this the signature of the text?"""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A name and a private key."""

    name: str
    seed: bytes

    @classmethod
    def new(cls, name: str) -> Signer:
        """A fresh key."""
        if not name or not name.isprintable() or any(sign in name for sign in " +\n"):
            raise ValueError(f"no name of a key: {name!r}")
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def verifier(self) -> Verifier:
        """Its public side."""
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        return Verifier(self.name, key.public_key().public_bytes_raw())

    @property
    def text(self) -> str:
        """One line, for the file that holds it."""
        key = base64.b64encode(_ED25519 + self.seed).decode()
        return f"{_SECRET}{self.name}+{self.verifier.id.hex()}+{key}"

    def sign(self, text: str) -> str:
        """The note: the text, which ends with a line feed, and its signature."""
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        signature = base64.b64encode(self.verifier.id + key.sign(text.encode())).decode()
        return f"{text}\n— {self.name} {signature}\n"


def read_signer(line: str) -> Signer:
    """The private key of a line. Raises BadNote."""
    if not line.startswith(_SECRET):
        raise BadNote("no private key")
    name, seed = _read_key(line.removeprefix(_SECRET).strip())
    signer = Signer(name, seed)
    if signer.verifier.id.hex() != line.removeprefix(_SECRET + name + "+").split("+", 1)[0]:
        raise BadNote("the key does not fit its id")
    return signer


def read_verifier(line: str) -> Verifier:
    """The public key of a line. Raises BadNote."""
    name, public = _read_key(line.strip())
    verifier = Verifier(name, public)
    if verifier.text != line.strip():
        raise BadNote("the key does not fit its id")
    return verifier


def _read_key(line: str) -> tuple[str, bytes]:
    try:
        name, _, key = line.split("+", 2)
        raw = base64.b64decode(key, validate=True)
    except (ValueError, binascii.Error):
        raise BadNote("no key") from None
    if raw[:1] != _ED25519 or len(raw) != 33:
        raise BadNote("no Ed25519 key")
    return name, raw[1:]


def open_note(note: str, verifiers: Iterable[Verifier]) -> str:
    """The text of a note that at least one of them signed. Raises BadNote."""
    text, gap, signatures = note.rpartition("\n\n")
    if not gap or not signatures.endswith("\n"):
        raise BadNote("no signature")
    signed = f"{text}\n"
    known = {(one.name, one.id): one for one in verifiers}
    signed_by = [_read_signature(line) for line in signatures.splitlines()]
    for name, key_id, signature in signed_by:
        verifier = known.get((name, key_id))
        if verifier and verifier.accepts(signed.encode(), signature):
            return signed
    raise BadNote("signed by nobody who is known here")


def _read_signature(line: str) -> tuple[str, bytes, bytes]:
    try:
        dash, name, encoded = line.split(" ")
        raw = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        raise BadNote("a line that is no signature") from None
    if dash != "—":
        raise BadNote("a line that is no signature")
    return name, raw[:4], raw[4:]


@dataclass(frozen=True)
class CheckpointText:
    """What a checkpoint says: which tree, how many leaves, their root, when."""

    origin: str
    size: int
    root: bytes
    at: str = ""

    @property
    def text(self) -> str:
        """The lines that are signed."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode()]
        return "".join(f"{line}\n" for line in [*lines, *([self.at] if self.at else [])])


def write_checkpoint(signer: Signer, origin: str, size: int, root: bytes, at: datetime) -> str:
    """A signed checkpoint."""
    return signer.sign(CheckpointText(origin, size, root, instant_text(at)).text)


def read_checkpoint(note: str, verifiers: Iterable[Verifier]) -> CheckpointText:
    """What a signed checkpoint says. Raises BadNote."""
    lines = open_note(note, verifiers).splitlines()
    try:
        origin, size, root = lines[:3]
        found = CheckpointText(
            origin, int(size), base64.b64decode(root, validate=True), "".join(lines[3:4])
        )
    except (ValueError, binascii.Error):
        raise BadNote("no checkpoint") from None
    if len(found.root) != 32 or not origin or str(found.size) != size:
        raise BadNote("no checkpoint")
    return found


def epoch_origin(name: str, epoch: int) -> str:
    """The name of the tree of an epoch: `bo.gov.vn/epoch/2`."""
    return f"{name}/epoch/{epoch}"


def read_epoch(origin: str) -> int:
    """The epoch of a tree. Raises BadNote."""
    head, _, number = origin.rpartition("/epoch/")
    if not head or not number.isdecimal():
        raise BadNote("no epoch in the name of the tree")
    return int(number)
