"""Blocs and clusters (cụm, khối thi đua): who competes with whom, and who leads in which year."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from thidua.organizations.models.units import Unit


class Bloc(models.Model):
    """A group of units that compete with each other and are ranked among themselves."""

    KINDS = (("cluster", "cụm"), ("bloc", "khối"))

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=400, db_index=True, editable=False)
    sort_key = models.CharField(max_length=1000, db_index=True, editable=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="bloc_dates_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return self.name


class BlocMembership(models.Model):
    """A unit is in a bloc from a day to a day; in one bloc at a time, as it is ranked once."""

    bloc = models.ForeignKey(Bloc, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_until__isnull=True), name="unit_in_one_bloc_now"
            ),
            models.CheckConstraint(
                name="bloc_membership_dates_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.bloc_id} ∋ {self.unit_id}"


class BlocLead(models.Model):
    """Who leads a bloc in a year (trưởng cụm, phó trưởng khối…); it goes round from year to year."""

    PLACES = (("head", "trưởng"), ("deputy", "phó trưởng"))

    bloc = models.ForeignKey(Bloc, on_delete=models.PROTECT, related_name="leads")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="leads")
    year = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=10, choices=PLACES, default="head")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["bloc", "year", "place"], name="bloc_one_lead_a_year"),
            models.UniqueConstraint(
                fields=["bloc", "year", "unit"], name="bloc_leads_in_one_place"
            ),
        )

    def __str__(self) -> str:
        return f"{self.bloc_id} {self.year}: {self.unit_id}"
