"""The one table of the face: what a form that was sent has led to."""

from __future__ import annotations

from django.db import models


class FormReceipt(models.Model):
    """A form that was sent once. Sent again, by a double click or a lost answer, it leads there too.

    `owner` is whose form it was (`user:12`); `key` was drawn when the form was shown.
    """

    owner = models.CharField(max_length=40)
    key = models.UUIDField()
    path = models.CharField(max_length=500)
    led_to = models.CharField(max_length=2000, blank=True)
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "key"], name="form_is_taken_once"),)

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"
