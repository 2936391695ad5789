"""Tables of the trail. Rows are added, never changed: triggers refuse it on both databases."""

from __future__ import annotations

from django.db import models


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
    action = models.CharField(max_length=80, db_index=True)
    request_id = models.CharField(max_length=36, blank=True)
    ip = models.CharField(max_length=45, blank=True)
    payload = models.TextField()
    prev = models.BinaryField(max_length=32)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["stream", "stream_seq"], name="audit_event_in_stream"),
        )

    def __str__(self) -> str:
        return f"{self.stream}#{self.stream_seq} {self.action}"


class HiddenValue(models.Model):
    """A personal value, apart from the event that holds only its salted hash: it can be erased."""

    digest = models.BinaryField(max_length=32, primary_key=True)
    stream = models.CharField(max_length=120, db_index=True)
    field = models.CharField(max_length=80)
    salt = models.BinaryField(max_length=16)
    value = models.TextField()

    def __str__(self) -> str:
        return f"{self.stream}.{self.field}"


class Epoch(models.Model):
    """One tree under one key. It is closed, with the reason, when the trail was found damaged.

    `floor` is an event id below which all events have their place in a tree.
    """

    number = models.PositiveIntegerField(primary_key=True)
    opened_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    public_key = models.BinaryField(max_length=32)
    first_seq = models.BigIntegerField()
    floor = models.BigIntegerField(default=0)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["is_open"], condition=models.Q(is_open=True), name="audit_one_open_epoch"
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


class Sequenced(models.Model):
    """The place of an event in the tree: counted over all epochs, without gaps."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="sequenced")

    def __str__(self) -> str:
        return str(self.seq)


class Checkpoint(models.Model):
    """A signed head of an epoch's tree; `peaks` let the tree grow without reading old leaves."""

    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.BigIntegerField()
    at = models.DateTimeField()
    root = models.BinaryField(max_length=32)
    peaks = models.BinaryField()
    note = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["epoch", "size"], name="audit_checkpoint_size"),
        )

    def __str__(self) -> str:
        return f"{self.epoch_id}/{self.size}"


class OutsideCopy(models.Model):
    """One try to put a checkpoint out of the reach of this database."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="copies")
    place = models.CharField(max_length=300)
    at = models.DateTimeField()
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.checkpoint_id} → {self.place}"
