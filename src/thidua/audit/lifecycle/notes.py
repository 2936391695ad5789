"""Checkpoints as signed notes (C2SP signed-note and tlog-checkpoint), with Ed25519. No Django."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_ID_SIZE = 4


class NoteInvalid(Exception):
    """The text is no checkpoint signed by this key; the message says what is wrong."""


@dataclass(frozen=True)
class Head:
    """The head of a tree: whose it is, how many leaves, the root over them."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_id(name: str, public: bytes) -> bytes:
    """Which key signed: the first bytes of a hash over its name and itself."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_ID_SIZE]


def sign(head: Head, name: str, key: Ed25519PrivateKey) -> str:
    """The note: the head, an empty line, the signature."""
    body = head.body()
    mark = key_id(name, key.public_key().public_bytes_raw()) + key.sign(body.encode())
    return f"{body}\n— {name} {base64.b64encode(mark).decode()}\n"


def read(note: str, public: bytes) -> Head:
    """The head that a note holds, if this key signed it. Raises NoteInvalid."""
    body, gap, marks = note.partition("\n\n")
    body += "\n"
    lines = body.split("\n")
    if not gap or len(lines) < 4:
        raise NoteInvalid("không đúng dạng một bản ghi điểm kiểm")
    try:
        head = Head(lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True))
    except (ValueError, binascii.Error):
        raise NoteInvalid("kích thước hoặc gốc cây không đọc được") from None
    for mark in marks.splitlines():
        dash, _, rest = mark.partition(" ")
        name, _, encoded = rest.rpartition(" ")
        try:
            raw = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error):
            continue
        if dash != "—" or raw[:_ID_SIZE] != key_id(name, public):
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(raw[_ID_SIZE:], body.encode())
        except InvalidSignature:
            raise NoteInvalid("chữ ký sai") from None
        return head
    raise NoteInvalid("không có chữ ký của khóa này")
