"""Posts: who stands where, in which position, from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from thidua.documents.models import Location
from thidua.organizations.models import Unit
from thidua.people.models.person import Person


class PositionCategory(models.Model):
    """A category of positions, as the organisation maps them to the law.

    `law_category` and `law_classes` are words of the book (`categories`, `classes`).
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    law_category = models.CharField(max_length=40, blank=True)
    law_classes = models.JSONField(default=list, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("rank", "code")

    def __str__(self) -> str:
        return self.name


class CategoryStatus(models.Model):
    """From a day on, those of a category are leaders, or direct workers, or not: by which paper."""

    category = models.ForeignKey(
        PositionCategory, on_delete=models.PROTECT, related_name="statuses"
    )
    is_leader = models.BooleanField(null=True)
    is_direct_worker = models.BooleanField(null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    citation = models.CharField(max_length=300)

    class Meta:
        ordering = ("category_id", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=["category"],
                condition=Q(valid_until__isnull=True),
                name="category_one_status_now",
            ),
            models.UniqueConstraint(
                fields=["category", "valid_from"], name="category_status_begins_once"
            ),
            models.CheckConstraint(
                name="category_status_dates_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="category_status_is_cited", condition=~Q(citation__exact="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.category_id} {self.valid_from}"


class Position(models.Model):
    """A position: chuyên viên, trưởng phòng… `law_role`: the word of the book that it serves as."""

    name = models.CharField(max_length=120, unique=True)
    folded = models.CharField(max_length=160, db_index=True, editable=False)
    sort_key = models.CharField(max_length=500, db_index=True, editable=False)
    category = models.ForeignKey(
        PositionCategory, on_delete=models.PROTECT, related_name="positions"
    )
    law_role = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A position that a person holds in a unit; a concurrent one stands beside a main one.

    Main posts of one person never overlap: the database refuses it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="posts")
    category = models.ForeignKey(PositionCategory, on_delete=models.PROTECT, related_name="posts")
    is_main = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    region = models.CharField(max_length=30, blank=True)
    decision = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=["unit", "valid_until"], name="post_of_unit"),)
        constraints = (
            models.CheckConstraint(
                name="post_dates_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(valid_until__isnull=True, is_main=True),
                name="person_one_main_post_now",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.position_id} {self.unit_id}"
