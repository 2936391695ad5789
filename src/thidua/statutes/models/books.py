"""Which book judged: a digest that rows pin, and what it was made of."""

from __future__ import annotations

from django.db import models


class BookDigest(models.Model):
    """A book that judged at least once: the law of a release with the own rules of that moment.

    `overlays` are the ids and digests of the own rules; their texts never change once proposed, so
    the same book can be made again from the law of `base`.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    base = models.CharField(max_length=64)
    overlays = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.digest[:12]
