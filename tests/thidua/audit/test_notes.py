"""A checkpoint is believed only with the signature of its key, whole."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from thidua.audit.lifecycle.notes import Head, NoteInvalid, read, sign

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()
HEAD = Head("thidua/bo-tttt", 42, b"\x01" * 32)


def test_a_signed_head_is_read_back():
    assert read(sign(HEAD, "thidua", KEY), PUBLIC) == HEAD


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda note: note.replace("\n42\n", "\n43\n"), "chữ ký sai"),
        (lambda note: note.replace("bo-tttt", "bo-khac"), "chữ ký sai"),
        (lambda note: note.replace("— thidua", "— other"), "không có chữ ký"),
        (lambda note: note.replace("\n\n", "\n"), "không đúng dạng"),
        (lambda note: note.replace("\n42\n", "\nx\n"), "không đọc được"),
        (lambda note: "", "không đúng dạng"),
    ],
)
def test_a_changed_note_is_refused(change, words):
    with pytest.raises(NoteInvalid, match=words):
        read(change(sign(HEAD, "thidua", KEY)), PUBLIC)


def test_a_note_of_another_key_is_refused():
    other = Ed25519PrivateKey.generate()
    with pytest.raises(NoteInvalid, match="không có chữ ký"):
        read(sign(HEAD, "thidua", other), PUBLIC)
