"""A checkpoint is believed only with the signature of its key, whole."""

from datetime import UTC, datetime

import pytest

from thidua.audit.lifecycle.notes import (
    BadNote,
    Signer,
    epoch_origin,
    open_note,
    read_checkpoint,
    read_epoch,
    read_signer,
    read_verifier,
    write_checkpoint,
)

# The key and the note of the reference implementation (golang.org/x/mod/sumdb/note).
SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
NOTE = f"""{TEXT}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""
SIGNER = Signer("bo.example.vn", b"\x07" * 32)
VERIFIER = SIGNER.verifier
AT = datetime(2017, 10, 4, 3, 0, tzinfo=UTC)
CHECKPOINT = write_checkpoint(SIGNER, "bo.example.vn/epoch/3", 42, b"\x01" * 32, AT)


def test_the_published_note_is_signed_and_read():
    assert read_signer(SECRET).sign(TEXT) == NOTE
    assert read_signer(SECRET).text == SECRET
    assert read_signer(SECRET).verifier == read_verifier(PUBLIC)
    assert open_note(NOTE, [read_verifier(PUBLIC)]) == TEXT


def test_a_checkpoint_is_read_back():
    found = read_checkpoint(CHECKPOINT, [VERIFIER])
    assert (found.origin, found.size, found.root) == ("bo.example.vn/epoch/3", 42, b"\x01" * 32)
    assert found.at == "2017-10-04T03:00:00.000000+00:00"
    assert read_epoch(found.origin) == 3
    assert epoch_origin("bo.example.vn", 3) == found.origin


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.replace("\n42\n", "\n43\n"),
        lambda note: note.replace("bo.example.vn/epoch", "khac.example.vn/epoch"),
        lambda note: note.replace("2017", "2018"),
        lambda note: note.replace("— bo.example", "— khac.example"),
        lambda note: note.replace("— ", "- "),
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note[:-1],
        lambda note: note + "x\n",
        lambda note: "",
    ],
)
def test_a_changed_note_is_refused(change):
    changed = change(CHECKPOINT)
    assert changed != CHECKPOINT
    with pytest.raises(BadNote):
        read_checkpoint(changed, [VERIFIER])


def test_a_note_of_another_key_is_refused():
    with pytest.raises(BadNote, match="nobody"):
        read_checkpoint(CHECKPOINT, [Signer.new("bo.example.vn").verifier])


@pytest.mark.parametrize(
    "text", ["a\nb\nc\n", "a\n1\nAA==\n", "a\n1\n", "a\n01\n" + "A" * 43 + "=\n"]
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(text):
    with pytest.raises(BadNote, match="no checkpoint"):
        read_checkpoint(SIGNER.sign(text), [VERIFIER])


@pytest.mark.parametrize("line", ["", "x", PUBLIC.replace("c7", "c8"), PUBLIC[:-4], "a+b+AAAA"])
def test_a_line_that_is_no_key_is_refused(line):
    with pytest.raises(BadNote):
        read_verifier(line)
    with pytest.raises(BadNote):
        read_signer(f"PRIVATE+KEY+{line}")


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_a_key_has_a_plain_name(name):
    with pytest.raises(ValueError, match="name"):
        Signer.new(name)


@pytest.mark.parametrize("origin", ["", "bo", "/epoch/1", "bo/epoch/x"])
def test_a_tree_without_an_epoch_is_refused(origin):
    with pytest.raises(BadNote, match="epoch"):
        read_epoch(origin)
