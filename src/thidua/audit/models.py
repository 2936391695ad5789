"""Tables of the trail. Rows are added, never changed: triggers refuse it on both databases."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr


class Event(models.Model):
    """One thing that happened to one object.

    `stream` is the object (`organizations.unit:12`), `stream_seq` counts in it from 1. `leaf` is
    SHA-256 over 0x00 and the canonical text of the event, `prev` the leaf before it in the stream.
    """

    stream = models.CharField(max_length=120)
    stream_seq = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    actor_name = models.CharField(max_length=200)
    on_behalf_of_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=80)
    request_id = models.CharField(max_length=36, blank=True)
    ip = models.CharField(max_length=45, blank=True)
    payload = models.TextField()
    prev = models.BinaryField(max_length=32)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["stream", "stream_seq"], name="audit_event_in_stream"),
        )
        indexes = (models.Index(fields=["action"], name="audit_event_action"),)

    def __str__(self) -> str:
        return f"{self.stream}#{self.stream_seq} {self.action}"


class HiddenValue(models.Model):
    """A personal value, apart from the event that holds only its salted hash: it can be erased.

    `value` is the canonical text of the value (`events.canonical`: JSON, escaped to ASCII). Of a
    secret it is empty: the salt alone is kept, to tell whether the row still holds the same.
    """

    digest = models.BinaryField(max_length=32, primary_key=True)
    stream = models.CharField(max_length=120, db_index=True)
    field = models.CharField(max_length=80)
    salt = models.BinaryField(max_length=16)
    value = models.TextField()

    def __str__(self) -> str:
        return f"{self.stream}.{self.field}"


class Epoch(models.Model):
    """A tree from its first event on. A damaged one is closed and another opened, never repaired.

    `first` is the seq of its first event; `verifier` the public key that signs it; `closing` the
    signed note in which the epoch before it ended, with everything that was found wrong in it.
    """

    number = models.PositiveSmallIntegerField(primary_key=True)
    first = models.BigIntegerField(unique=True)
    opened_at = models.DateTimeField()
    verifier = models.CharField(max_length=300)
    reason = models.TextField(blank=True)
    closing = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="audit_epoch_says_why",
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"Kỳ {self.number}"


class Sequenced(models.Model):
    """The place of an event in the order of all: `seq` from 1, without gaps, over all epochs."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="sequenced")
    leaf = models.BinaryField(max_length=32)

    class Meta:
        # The code on printed papers is the beginning of a leaf.
        indexes = (models.Index(Substr("leaf", 1, 6), name="audit_sequenced_code"),)

    def __str__(self) -> str:
        return str(self.seq)


class Sequencer(models.Model):
    """One row: where the sequencer stands. Whoever holds it is the only sequencer.

    `peaks` are the roots of the full subtrees of the epoch. No event with an id up to `floor` will
    come any more; `mark` becomes the floor once all transactions older than `mark_xid` are over
    (PostgreSQL only: there an id may become visible after a higher one).
    """

    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="+")
    next_seq = models.BigIntegerField(default=1)
    size = models.BigIntegerField(default=0)
    peaks = models.BinaryField(default=b"")
    floor = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
    mark = models.BigIntegerField(default=0)
    mark_xid = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(name="audit_one_sequencer", condition=Q(pk=1)),)

    def __str__(self) -> str:
        return f"{self.next_seq}"


class Checkpoint(models.Model):
    """The root of the tree at a size, signed; `text` is the C2SP signed note."""

    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    made_at = models.DateTimeField(db_index=True)
    text = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["epoch", "size"], name="audit_checkpoint_at_size"),
        )

    def __str__(self) -> str:
        return f"{self.epoch_id}/{self.size}"


class OutsideCopy(models.Model):
    """A checkpoint on its way to a place that our own hands cannot change, tried until it is there."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="copies")
    target = models.CharField(max_length=300)
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["checkpoint", "target"], name="audit_outside_copy_once"
            ),
        )
        indexes = (models.Index(fields=["target", "delivered_at"], name="audit_copy_target"),)

    def __str__(self) -> str:
        return f"{self.checkpoint_id} → {self.target}"


class Verification(models.Model):
    """What a check of the whole trail found, for the screen that shows the last one."""

    at = models.DateTimeField(db_index=True)
    is_good = models.BooleanField()
    report = models.JSONField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
