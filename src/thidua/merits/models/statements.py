"""What a missing record means: for whom and which years a list is complete."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from thidua.merits.models.fact import CollectiveFact
from thidua.organizations.models import Unit


class LedgerScope(CollectiveFact):
    """A kind of record (`ledger`: a word of `ledgers`) is complete, none or unknown for some years.

    `complete`: what is not recorded did not happen. `none`: nothing happened. `unknown`: nobody
    knows. Of one subject, or `complete` of everybody in the subtree of `everybody_in`. Without
    years: for all.
    """

    ledger = models.CharField(max_length=20)
    state = models.CharField(
        max_length=10,
        choices=[("complete", "đã ghi đủ"), ("none", "không có"), ("unknown", "chưa rõ")],
    )
    everybody_in = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="ledger_scopes_for_all"
    )
    year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    year_until = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="ledger_scope_of_one_subject",
                condition=Q(
                    person__isnull=False,
                    household__isnull=True,
                    unit__isnull=True,
                    everybody_in__isnull=True,
                )
                | Q(
                    person__isnull=True,
                    household__isnull=False,
                    unit__isnull=True,
                    everybody_in__isnull=True,
                )
                | Q(
                    person__isnull=True,
                    household__isnull=True,
                    unit__isnull=False,
                    everybody_in__isnull=True,
                )
                | Q(
                    person__isnull=True,
                    household__isnull=True,
                    unit__isnull=True,
                    everybody_in__isnull=False,
                    state="complete",
                ),
            ),
            models.CheckConstraint(
                name="ledger_scope_years_in_order",
                condition=Q(year_from__isnull=True, year_until__isnull=True)
                | Q(
                    year_from__isnull=False,
                    year_until__isnull=False,
                    year_until__gte=F("year_from"),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.ledger} {self.state}"
