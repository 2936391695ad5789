"""An organisation's own rule, as its text and its state."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from thidua.statutes.lifecycle import DRAFT, PROPOSED, RELEASED, WITHDRAWN


class OverlayRule(models.Model):
    """One rule of one document of the organisation; `text` is the rule, the rest is read from it.

    Its text changes only while it is a draft. Two different persons propose and release it.
    """

    text = models.TextField()
    digest = models.CharField(max_length=64)
    award = models.CharField(max_length=80)
    subject = models.CharField(max_length=40, blank=True)
    effect = models.CharField(max_length=10)
    symbol = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    signed_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=[(one, one) for one in (DRAFT, PROPOSED, RELEASED, WITHDRAWN)]
    )
    drafted_at = models.DateTimeField()
    drafted_by_id = models.BigIntegerField(null=True)
    drafted_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by_id = models.BigIntegerField(null=True, blank=True)
    proposed_by_name = models.CharField(max_length=200, blank=True)
    return_reason = models.CharField(max_length=300, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by_id = models.BigIntegerField(null=True, blank=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdraw_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-drafted_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="overlay_dates_in_order",
                condition=Q(starts_on__gte=F("signed_on"))
                & (Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))),
            ),
            models.CheckConstraint(
                name="overlay_proposed_by_somebody",
                condition=Q(state=DRAFT) | (Q(proposed_at__isnull=False) & ~Q(proposed_by_name="")),
            ),
            models.CheckConstraint(
                name="overlay_released_by_a_second_person",
                condition=Q(state__in=[DRAFT, PROPOSED])
                | (
                    Q(released_at__isnull=False, released_by_id__isnull=False)
                    & (Q(proposed_by_id__isnull=True) | ~Q(released_by_id=F("proposed_by_id")))
                ),
            ),
            models.CheckConstraint(
                name="overlay_withdrawn_with_reason",
                condition=~Q(state=WITHDRAWN)
                | (Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.symbol}: {self.award}"
