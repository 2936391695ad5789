"""Units: kinds, names, links, successions, the closure of today."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class UnitKind(models.Model):
    """A kind of unit: vụ, cục, viện, doanh nghiệp…"""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit from its founding to its end; `name` and `short_name` are those of today (or its last).

    Its older names are in `UnitName`, its places in the tree in `UnitLink`.
    """

    code = models.CharField(max_length=40, unique=True)
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=60, blank=True)
    folded = models.CharField(max_length=400, db_index=True, editable=False)
    sort_key = models.CharField(max_length=1000, db_index=True, editable=False)
    founded_on = models.DateField(null=True, blank=True)
    dissolved_on = models.DateField(null=True, blank=True)
    end_decision = models.CharField(max_length=200, blank=True)
    is_root = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["is_root"], condition=Q(is_root=True), name="unit_one_root"
            ),
            models.CheckConstraint(
                name="unit_ends_after_it_begins",
                condition=Q(dissolved_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(dissolved_on__gte=F("founded_on")),
            ),
        )

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """A name that a unit bears or bore."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=60, blank=True)
    folded = models.CharField(max_length=400, db_index=True, editable=False)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("unit_id", F("valid_from").asc(nulls_first=True))
        constraints = (
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_until__isnull=True), name="unit_one_name_now"
            ),
            models.CheckConstraint(
                name="unit_name_dates_in_order",
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return self.name


class UnitLink(models.Model):
    """A unit stands, or stood, under another; the root has none."""

    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="links_down")
    child = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="links_up")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["child"], condition=Q(valid_until__isnull=True), name="unit_one_parent_now"
            ),
            models.CheckConstraint(name="unit_not_under_itself", condition=~Q(parent=F("child"))),
            models.CheckConstraint(
                name="unit_link_dates_in_order",
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.parent_id} › {self.child_id}"


class UnitSuccession(models.Model):
    """What became of a unit: merged into, split into, replaced by another, on a day."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField()
    act = models.CharField(
        max_length=10, choices=[("merge", "sáp nhập, hợp nhất"), ("split", "chia, tách")]
    )
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["predecessor", "successor"], name="unit_succeeds_once"),
        )

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class UnitClosure(models.Model):
    """Who stands above whom today, each unit above itself at depth 0; rebuilt with every change.

    A unit that is no more stands under its successors, so that its history stays in their hands.
    """

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["ancestor", "descendant"], name="unit_closure_pair"),
        )
        indexes = (models.Index(fields=["descendant", "ancestor"]),)

    def __str__(self) -> str:
        return f"{self.ancestor_id} ≥ {self.descendant_id}"
