"""Bars and judgements: discipline, pending matters, what a responsible person attests."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from thidua.merits.models.fact import CollectiveFact, one_subject
from thidua.people.models import PartialDateField


class Discipline(CollectiveFact):
    """A disciplinary measure; `level`: a word of `discipline`, "" not known."""

    level = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    decided_on = PartialDateField()
    ends_on = PartialDateField()
    cleared_on = PartialDateField()
    decision = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            one_subject("discipline_of_one_subject"),
            models.CheckConstraint(
                name="discipline_says_when", condition=Q(year__isnull=False) | ~Q(decided_on="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.level} {self.decided_on}"


class Investigation(CollectiveFact):
    """A pending matter (`kind`: a word of `pending`). `is_open` null: nobody said."""

    kind = models.CharField(max_length=20)
    opened_on = PartialDateField()
    closed_on = PartialDateField()
    is_open = models.BooleanField(null=True, blank=True)
    about = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            one_subject("investigation_of_one_subject"),
            models.CheckConstraint(
                name="investigation_closed_is_not_open",
                condition=Q(closed_on="") | Q(is_open__isnull=True) | Q(is_open=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.opened_on}"


class Attestation(CollectiveFact):
    """A responsible person judged a condition (`what`: a word of `judgements`) for a year.

    `verdict`: met, not_met or awaiting.
    """

    what = models.CharField(max_length=40)
    reach = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField()
    verdict = models.CharField(
        max_length=10,
        choices=[("met", "đạt"), ("not_met", "không đạt"), ("awaiting", "chờ ý kiến")],
    )
    attested_by = models.CharField(max_length=200, blank=True)
    attested_on = PartialDateField()
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            one_subject("attestation_of_one_subject"),
            *(
                models.UniqueConstraint(
                    fields=[subject, "what", "reach", "year"],
                    condition=Q(**{f"{subject}__isnull": False}),
                    name=f"{subject}_attested_once",
                )
                for subject in ("person", "unit", "household")
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.year}"
