"""Results of emulation: movements, blocs, and who a collective is made of."""

from __future__ import annotations

from django.db import models

from thidua.merits.models.fact import CollectiveFact, Fact, once_each, one_subject
from thidua.organizations.models import Unit


class MovementResult(CollectiveFact):
    """A result in a movement; `launched_by`: a word of `launchers`, `result` of
    `placement_results`, `review` of `reviews`; "" not stated.
    """

    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300, blank=True)
    launched_by = models.CharField(max_length=20, blank=True)
    duration_years = models.PositiveSmallIntegerField(null=True, blank=True)
    result = models.CharField(max_length=20, blank=True)
    review = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = (one_subject("movement_result_of_one_subject"),)

    def __str__(self) -> str:
        return f"{self.year} {self.name}"


class BlocStanding(CollectiveFact):
    """How a subject ended a year in its bloc; `organised_by`: a word of `launchers`."""

    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300, blank=True)
    organised_by = models.CharField(max_length=20, blank=True)
    result = models.CharField(max_length=20, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            one_subject("bloc_standing_of_one_subject"),
            *once_each("bloc_standing_once", "year", "name"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.name}"


class Composition(Fact):
    """The people of a collective in a year, counted; each count is of that level or above.

    `ratings`, `awards`, `discipline`: word → number.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="compositions")
    year = models.PositiveSmallIntegerField()
    total = models.PositiveIntegerField(null=True, blank=True)
    women = models.PositiveIntegerField(null=True, blank=True)
    ratings = models.JSONField(default=dict, blank=True)
    awards = models.JSONField(default=dict, blank=True)
    discipline = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "year"], name="composition_once_a_year"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"
