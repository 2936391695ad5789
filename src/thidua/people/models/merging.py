"""Two records of one person, and two people who only look like one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from thidua.accounts.models import User
from thidua.people.models.person import Person


class PersonMerge(models.Model):
    """One record was found to be the person of another.

    `steps`: every value that was changed, in order, as [table, key, field, old, new]: the way back
    is the same list read from its end.
    """

    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_kept")
    retired = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_given")
    reasons = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["retired"], condition=Q(undone_at__isnull=True), name="person_merged_once"
            ),
            models.CheckConstraint(
                name="merge_of_two_records", condition=~Q(survivor=F("retired"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.retired_id} → {self.survivor_id}"


class DistinctPair(models.Model):
    """Two people who look like one and are not: somebody said so. The lower key stands first."""

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="distinct_after")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="distinct_before")
    reason = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="distinct_pair_once"),
            models.CheckConstraint(
                name="distinct_pair_in_order", condition=Q(first__lt=F("second"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
