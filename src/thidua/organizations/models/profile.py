"""The organisation that this installation serves, as it shows itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from thidua.documents.models import StoredFile


class Profile(models.Model):
    """One row: emblem, how to reach it, and the address of this site (for links in mail)."""

    emblem = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    site_url = models.URLField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        constraints = (models.CheckConstraint(name="profile_is_one", condition=Q(pk=1)),)

    def __str__(self) -> str:
        return self.site_url
