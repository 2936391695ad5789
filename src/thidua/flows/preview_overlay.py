"""Who would be affected by an own rule: the live records judged with and without it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from thidua.organizations.selectors import list_units_under
from thidua.people.selectors import list_households, list_people_for
from thidua.screening.comparing import Comparison, compare_books
from thidua.statutes.lifecycle import KEEPERS
from thidua.statutes.models import OverlayRule
from thidua.statutes.selectors import get_book_with, get_book_without
from thidua.statutes.selectors.vocabulary import subject_of
from thidua.support.actor import Actor
from thidua.support.clock import local_date

# A page waits for so many at most; more are tried in the order of the list.
MOST = 5_000


@dataclass(frozen=True)
class Preview:
    """The comparison; `as_if`: the rule is not in force at the end of that year, it was tried as if.

    total: how many the actor may see; more than were judged where the list is longer than `MOST`.
    """

    year: int
    as_if: bool
    kind: str
    total: int
    comparison: Comparison


def preview_overlay(*, rule: OverlayRule, actor: Actor, at: datetime) -> Preview | None:
    """Judge everybody whom the actor may see for the award of the rule, with and without it.

    None for a rule that limits numbers: it changes no verdict of a single subject.
    """
    if rule.effect == "limits":
        return None
    year, as_if = trial_year(rule.starts_on, rule.ends_on, local_date(at))
    books = get_book_without(rule), get_book_with(rule, date(year, 12, 31))
    kind = subject_of(rule.subject)
    rows: QuerySet[Any, int]
    if kind == "collective":
        units = list_units_under(actor.units(*KEEPERS)).filter(dissolved_on__isnull=True)
        rows = units.order_by("sort_key").values_list("pk", flat=True)
    elif kind == "household":
        rows = list_households(actor).order_by("pk").values_list("pk", flat=True)
    else:
        rows = list_people_for(actor, at).values_list("pk", flat=True)
    subjects = list(rows[:MOST])
    found = compare_books(kind, subjects, rule.award, books, year, at)
    return Preview(year, as_if, kind, rows.count(), found)


def trial_year(starts_on: date, ends_on: date | None, today: date) -> tuple[int, bool]:
    """The year on which a rule is tried, and whether only as if: the last full year that it covers."""
    last = today.year if (today.month, today.day) == (12, 31) else today.year - 1
    year = last
    if ends_on is not None and ends_on < date(last, 12, 31):
        year = ends_on.year if (ends_on.month, ends_on.day) == (12, 31) else ends_on.year - 1
    if starts_on <= date(year, 12, 31):
        return year, False
    return last, True
