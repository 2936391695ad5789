"""Tables of the register. Entries are added and never changed: triggers refuse it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from thidua.accounts.models import User
from thidua.documents.models import Location, StoredFile
from thidua.organizations.models import Unit
from thidua.people.models import Household, PartialDateField, Person


class DecisionRecord(models.Model):
    """A decision of commendation: ours, or one taken in from outside.

    `number` is kept as written; `number_key` finds it in any spelling. What is not known is left
    blank: old papers may name no number or no date.
    """

    number = models.CharField(max_length=120, blank=True)
    number_key = models.CharField(max_length=160, blank=True, editable=False)
    decided_on = PartialDateField()
    issuer = models.CharField(max_length=200)
    issuer_key = models.CharField(max_length=240, editable=False)
    issuer_level = models.CharField(max_length=30, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    signer_title = models.CharField(max_length=120, blank=True)
    abstract = models.CharField(max_length=500, blank=True)
    is_own = models.BooleanField(default=False)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=["number_key"], name="decision_by_number"),)
        constraints = (
            models.UniqueConstraint(
                fields=["number_key", "decided_on", "issuer_key"],
                condition=~Q(number_key=""),
                name="decision_once",
            ),
            models.CheckConstraint(
                name="decision_says_what_it_is",
                condition=~Q(number="") | ~Q(decided_on="") | ~Q(abstract=""),
            ),
        )

    def __str__(self) -> str:
        return self.number or self.abstract


class EntryKind(models.TextChoices):
    """What an entry does to the honour that it is about."""

    GRANT = "grant", "khen thưởng"
    CORRECTION = "correction", "đính chính"
    REVOCATION = "revocation", "thu hồi"
    REISSUE = "reissue", "cấp lại, cấp đổi"


class RegisterEntry(models.Model):
    """One line of the roll: an honour, or what became of an honour that stands above it.

    The holder is one of person, household, unit. `about`: the line that a correction, revocation or
    reissue is about (always the grant). `year`, or `period_from`..`period_until`: what is rewarded;
    all blank where the paper names no year. `times`: honours that the line stands for, when old
    papers say «5 lần» without years. A correction repeats all that the grant says, mended.
    """

    kind = models.CharField(max_length=12, choices=EntryKind.choices, default=EntryKind.GRANT)
    about = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="later"
    )
    award = models.SlugField(max_length=80)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="honours"
    )
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.PROTECT, related_name="honours"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="honours"
    )
    decision = models.ForeignKey(
        DecisionRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    period_from = models.DateField(null=True, blank=True)
    period_until = models.DateField(null=True, blank=True)
    times = models.PositiveSmallIntegerField(default=1)
    stream = models.CharField(max_length=20, blank=True)
    ground = models.CharField(max_length=40, blank=True)
    consumed = models.JSONField(default=list, blank=True)
    holder_name = models.CharField(max_length=300)
    holder_unit = models.CharField(max_length=300, blank=True)
    award_name = models.CharField(max_length=300, blank=True)
    wording = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=["award", "year"], name="entry_by_award_and_year"),)
        constraints = (
            models.CheckConstraint(
                name="entry_has_one_holder",
                condition=Q(person__isnull=False, household__isnull=True, unit__isnull=True)
                | Q(person__isnull=True, household__isnull=False, unit__isnull=True)
                | Q(person__isnull=True, household__isnull=True, unit__isnull=False),
            ),
            models.CheckConstraint(
                name="entry_about_another",
                condition=Q(kind="grant", about__isnull=True)
                | (~Q(kind="grant") & Q(about__isnull=False)),
            ),
            models.CheckConstraint(
                name="entry_change_has_reason", condition=Q(kind="grant") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="entry_period_in_order",
                condition=Q(period_from__isnull=True, period_until__isnull=True)
                | Q(
                    period_from__isnull=False,
                    period_until__isnull=False,
                    period_until__gte=F("period_from"),
                ),
            ),
            models.CheckConstraint(
                name="entry_says_where_from",
                condition=Q(decision__isnull=False) | Q(source__isnull=False),
            ),
            models.CheckConstraint(name="entry_times_positive", condition=Q(times__gte=1)),
            models.UniqueConstraint(
                fields=["person", "award", "decision"],
                condition=Q(kind="grant"),
                name="person_honoured_once_by_decision",
            ),
            models.UniqueConstraint(
                fields=["household", "award", "decision"],
                condition=Q(kind="grant"),
                name="household_honoured_once_by_decision",
            ),
            models.UniqueConstraint(
                fields=["unit", "award", "decision"],
                condition=Q(kind="grant"),
                name="unit_honoured_once_by_decision",
            ),
            models.UniqueConstraint(
                fields=["about"], condition=Q(kind="revocation"), name="honour_revoked_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.holder_name}: {self.award}"
