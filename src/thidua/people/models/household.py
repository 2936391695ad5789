"""Households and who belongs to them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from thidua.documents.models import Location
from thidua.organizations.models import Unit
from thidua.people.models.person import Person


class Household(models.Model):
    """A household that may be commended; `unit` keeps its records."""

    name = models.CharField(max_length=160)
    folded = models.CharField(max_length=200, db_index=True, editable=False)
    sort_key = models.CharField(max_length=600, db_index=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="households")
    address = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.name


class HouseholdMember(models.Model):
    """A person who belongs, or belonged, to a household."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="households")
    is_head = models.BooleanField(default=False)
    relation = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["household", "person"],
                condition=Q(valid_until__isnull=True),
                name="household_member_once_now",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(valid_until__isnull=True, is_head=True),
                name="household_one_head_now",
            ),
            models.CheckConstraint(
                name="household_member_dates_in_order",
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.household_id} {self.person_id}"
