"""Number books, and the numbers taken from them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class NumberBook(models.Model):
    """A book of one kind of paper for one year; `pattern` says how its numbers are written."""

    code = models.SlugField(max_length=40)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    pattern = models.CharField(max_length=80)
    first = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ("-year", "code")
        constraints = (
            models.UniqueConstraint(fields=["code", "year"], name="number_book_once_a_year"),
            models.CheckConstraint(
                name="number_book_year", condition=Q(year__gte=1945) & Q(year__lte=2200)
            ),
            models.CheckConstraint(name="number_book_from_one", condition=Q(first__gte=1)),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"


class NumberCounter(models.Model):
    """The last number of a book. Whoever takes one holds this row until the paper is written."""

    book = models.OneToOneField(
        NumberBook, on_delete=models.PROTECT, primary_key=True, related_name="counter"
    )
    last = models.PositiveIntegerField(default=0)
    last_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.book_id}: {self.last}"


class BookNumber(models.Model):
    """A number that was taken: never given again, also when its paper was cancelled («hủy»).

    `key` names the act that took it: the same act asked twice gets the same number.
    """

    book = models.ForeignKey(NumberBook, on_delete=models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField()
    symbol = models.CharField(max_length=120)
    on = models.DateField()
    subject = models.CharField(max_length=300)
    key = models.CharField(max_length=80, unique=True)
    taken_at = models.DateTimeField()
    taken_by_id = models.BigIntegerField(null=True)
    taken_by_name = models.CharField(max_length=200)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by_id = models.BigIntegerField(null=True, blank=True)
    cancelled_by_name = models.CharField(max_length=200, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("book_id", "-number")
        constraints = (
            models.UniqueConstraint(fields=["book", "number"], name="book_number_once"),
            models.CheckConstraint(name="book_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="book_number_cancelled_whole",
                condition=Q(cancelled_at__isnull=True, cancel_reason="")
                | (
                    Q(cancelled_at__isnull=False, cancelled_at__gte=F("taken_at"))
                    & ~Q(cancel_reason="")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.symbol

    @property
    def is_cancelled(self) -> bool:
        """Its paper was cancelled; the number stays in the book."""
        return self.cancelled_at is not None
