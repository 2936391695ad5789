"""What all facts have: whose they are, where they come from, who wrote them down."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from thidua.accounts.models import User
from thidua.documents.models import Location
from thidua.organizations.models import Unit
from thidua.people.models import Household, Person


class Fact(models.Model):
    """The source of a record (file, page, row, or words), who confirmed it, who wrote it down."""

    source = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.CharField(max_length=120, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


class PersonFact(Fact):
    """A fact of a person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True


class CollectiveFact(Fact):
    """A fact of a person, a unit or a household: exactly one of them."""

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )

    class Meta:
        abstract = True

    @property
    def subject(self) -> Person | Unit | Household | None:
        """Whose fact it is."""
        return self.person or self.unit or self.household


def one_subject(name: str) -> models.CheckConstraint:
    """Exactly one of person, unit, household."""
    return models.CheckConstraint(
        name=name,
        condition=Q(person__isnull=False, household__isnull=True, unit__isnull=True)
        | Q(person__isnull=True, household__isnull=False, unit__isnull=True)
        | Q(person__isnull=True, household__isnull=True, unit__isnull=False),
    )


def once_each(name: str, *fields: str) -> tuple[models.UniqueConstraint, ...]:
    """At most one row for each subject and the given fields."""
    return tuple(
        models.UniqueConstraint(
            fields=[subject, *fields],
            condition=Q(**{f"{subject}__isnull": False}),
            name=f"{subject}_{name}",
        )
        for subject in ("person", "unit", "household")
    )
