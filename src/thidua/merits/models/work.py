"""Work of a year and over the years: ratings, registration, initiatives, absences, service."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from thidua.merits.models.fact import CollectiveFact, Fact, PersonFact, once_each, one_subject
from thidua.people.models import PartialDateField, Person


class AnnualRating(CollectiveFact):
    """The rating of a year. `level`: a word of `ratings`, `none` (stated: not rated) or `unknown`.

    `at_least`: only a lower bound is known.
    """

    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=20)
    at_least = models.BooleanField(default=False)
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (one_subject("rating_of_one_subject"), *once_each("rated_once", "year"))

    def __str__(self) -> str:
        return f"{self.year} {self.level}"


class Registration(CollectiveFact):
    """Registered for emulation in a year; `awards`: what for (may be empty); or stated not to be."""

    year = models.PositiveSmallIntegerField()
    is_registered = models.BooleanField(default=True)
    awards = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = (
            one_subject("registration_of_one_subject"),
            *once_each("registered_once", "year"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.is_registered}"


class Initiative(Fact):
    """An initiative, research project, invention, work or combat creativity (`kind`: `products`).

    `reach`, `recognised_by`: words of `reaches`, "" not stated. `used_for`: awards that it was used
    for; an empty list says for none, null that nobody said.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=400, db_index=True, editable=False)
    code = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    reach = models.CharField(max_length=20, blank=True)
    recognised_by = models.CharField(max_length=20, blank=True)
    is_applied = models.BooleanField(null=True, blank=True)
    is_accepted = models.BooleanField(null=True, blank=True)
    used_for = models.JSONField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True)
    decided_on = PartialDateField()

    def __str__(self) -> str:
        return self.name


class InitiativeAuthor(models.Model):
    """An author of an initiative; `share` in percent, as the decision states it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="authors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="initiatives")
    share = models.PositiveSmallIntegerField(null=True, blank=True)
    is_main = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["initiative", "person"], name="initiative_author_once"),
            models.CheckConstraint(
                name="initiative_share_in_percent",
                condition=Q(share__isnull=True) | Q(share__gte=1, share__lte=100),
            ),
        )

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.person_id}"


class Absence(PersonFact):
    """Leave or training in a year; `kind`: a word of `absences`, `result`: of `results`."""

    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    in_calendar_days = models.BooleanField(default=False)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    result = models.CharField(max_length=20, blank=True)
    absent_from = models.DateField(null=True, blank=True)
    absent_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="absence_dates_in_order",
                condition=Q(absent_from__isnull=True)
                | Q(absent_until__isnull=True)
                | Q(absent_until__gte=models.F("absent_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.kind}"


class ServicePeriod(PersonFact):
    """Time served in a role (`roles` of the book), in or outside the organisation.

    Months are stated, or counted from the dates. `ended_on` blank: to this day, unless `has_ended`.
    """

    role = models.CharField(max_length=40)
    title = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    started_on = PartialDateField()
    ended_on = PartialDateField()
    has_ended = models.BooleanField(default=False)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    is_continuous = models.BooleanField(null=True, blank=True)
    is_first_recruitment = models.BooleanField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.role} {self.started_on}"
