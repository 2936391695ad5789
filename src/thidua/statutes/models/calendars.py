"""The organisation's own days over the calendar of the book."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CalendarYear(models.Model):
    """A year whose holidays the organisation has announced whole, by a paper."""

    year = models.PositiveSmallIntegerField(unique=True)
    symbol = models.CharField(max_length=120)
    signed_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-year",)
        constraints = (
            models.CheckConstraint(name="calendar_year_has_its_paper", condition=~Q(symbol="")),
        )

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that is free, or worked, by a paper: Tết as announced, a swapped day, a local holiday."""

    day = models.DateField(unique=True)
    is_working = models.BooleanField()
    name = models.CharField(max_length=200)
    symbol = models.CharField(max_length=120)
    signed_on = models.DateField()

    class Meta:
        ordering = ("day",)
        constraints = (
            models.CheckConstraint(
                name="calendar_day_has_its_paper", condition=~Q(symbol="") & ~Q(name="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.name}"
