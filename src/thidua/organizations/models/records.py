"""What was put right, and what was read from workbooks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from thidua.documents.models import StoredFile
from thidua.organizations.models.units import Unit


class UnitCorrection(models.Model):
    """Something recorded wrongly about a unit, put right: what it said, what it says, and why."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="corrections")
    what = models.CharField(max_length=200)
    was = models.CharField(max_length=400, blank=True)
    now = models.CharField(max_length=400, blank=True)
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.CheckConstraint(name="unit_correction_has_reason", condition=~Q(reason="")),
        )

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.what}"


class UnitImport(models.Model):
    """One workbook of units that was taken in; each row read is accepted, rejected or blank."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    rows_read = models.PositiveIntegerField()
    rows_accepted = models.PositiveIntegerField()
    rows_rejected = models.PositiveIntegerField()
    rows_blank = models.PositiveIntegerField()
    units_created = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    taken_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="unit_import_rows_add_up",
                condition=Q(
                    rows_read=F("rows_accepted") + F("rows_rejected") + F("rows_blank"),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_id} {self.taken_at:%d/%m/%Y}"
