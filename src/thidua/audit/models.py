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
