"""The organisation's own templates of papers; those that come with the product are no rows."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from thidua.documents.models.files import StoredFile


class TemplateVersion(models.Model):
    """A template of a kind of paper (`documents.shipped`), for papers issued from a day on.

    Draft until somebody publishes it; a withdrawn one gives way to the one before it.
    """

    kind = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="templates")
    note = models.CharField(max_length=300)
    issued_from = models.DateField()
    uploaded_at = models.DateTimeField()
    uploaded_by_name = models.CharField(max_length=200)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdraw_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("kind", "-number")
        constraints = (
            models.UniqueConstraint(fields=["kind", "number"], name="template_version_once"),
            models.CheckConstraint(
                name="template_published_by_somebody",
                condition=Q(published_at__isnull=True, published_by_name="")
                | (Q(published_at__isnull=False) & ~Q(published_by_name="")),
            ),
            models.CheckConstraint(
                name="template_withdrawn_whole",
                condition=Q(withdrawn_at__isnull=True, withdraw_reason="")
                | (
                    Q(published_at__isnull=False, withdrawn_at__gte=F("published_at"))
                    & ~Q(withdraw_reason="")
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} #{self.number}"

    @property
    def state(self) -> str:
        """draft, published or withdrawn."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "draft" if self.published_at is None else "published"
