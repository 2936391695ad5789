"""Persons and their employee codes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from thidua.accounts.models import User
from thidua.documents.models import Location
from thidua.organizations.models import Unit
from thidua.people.models.partial import PartialDateField


class Person(models.Model):
    """Somebody of whom the organisation keeps a record; no national id is kept.

    `classes`: words of the law for who is not described by a post (farmer, foreigner …).
    `merged_into`: another record of the same person, which is read in place of this one.
    """

    full_name = models.CharField(max_length=120)
    folded = models.CharField(max_length=160, db_index=True, editable=False)
    sort_key = models.CharField(max_length=500, editable=False)
    sex = models.CharField(
        max_length=6, blank=True, choices=[("female", "nữ"), ("male", "nam")], default=""
    )
    birth = PartialDateField()
    ethnicity = models.CharField(max_length=60, blank=True)
    classes = models.JSONField(default=list, blank=True)
    account = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="person"
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        db_index=False,  # nearly all are null: an index of those would be taken for the lists
    )
    source = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        # Of those that lists show; with the folded name in it, a search reads nothing else.
        indexes = (
            models.Index(
                fields=["sort_key", "id", "folded"],
                condition=Q(merged_into__isnull=True),
                name="person_listed",
            ),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="person_merged_into",
            ),
            models.Index(fields=["folded", "birth"], name="person_by_name_and_birth"),
        )
        constraints = (
            models.CheckConstraint(
                name="person_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def birth_year(self) -> int | None:
        """The year of birth, if it is known."""
        return int(self.birth[:4]) if self.birth else None


class EmployeeCode(models.Model):
    """The code under which an organisation knows an employee."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="codes")
    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "code"], name="employee_code_once"),
            models.UniqueConstraint(fields=["organisation", "person"], name="employee_one_code"),
        )

    def __str__(self) -> str:
        return self.code
