"""Records that may be of one person, with the reasons: a machine suggests, a person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from thidua.people.models import DistinctPair, EmployeeCode, Person, PersonMerge, Post
from thidua.people.selectors.persons import list_people_for
from thidua.support.actor import Actor

# A name borne by more people than this says nothing about any two of them.
_COMMON_NAME = 12
# Why two records may be of one person, the surest first.
REASONS = ("name_and_birth", "name_and_birth_year", "name_and_unit", "code")


class Suggestion(NamedTuple):
    """Two records, the lower key first, and why they may be one person (keys of REASONS)."""

    first: int
    second: int
    reasons: tuple[str, ...]


def suggest_duplicates(actor: Actor, at: datetime, *, limit: int = 500) -> list[Suggestion]:
    """Pairs among those whom the actor may see, the surest first; pairs said to be two people and
    records with different full birth dates are left out.
    """
    people = list_people_for(actor, at).order_by()
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for pair, reason in (*_by_name(people), *_by_code(people)):
        found[pair].add(reason)
    distinct = set(
        DistinctPair.objects.filter(first__in={pair[0] for pair in found}).values_list(
            "first_id", "second_id"
        )
    )
    kept = [
        Suggestion(*pair, tuple(one for one in REASONS if one in reasons))
        for pair, reasons in found.items()
        if pair not in distinct
    ]
    order = REASONS
    kept.sort(key=lambda one: ([order.index(reason) for reason in one.reasons], one))
    return kept[:limit]


def _by_name(people: QuerySet[Person]) -> Iterable[tuple[tuple[int, int], str]]:
    """Pairs of one name that share birth date, birth year or a unit."""
    names = (
        people.values("folded")
        .annotate(number=Count("id"))
        .filter(number__gt=1, number__lte=_COMMON_NAME)
        .values("folded")
    )
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    rows = people.filter(folded__in=names).values_list("folded", "id", "birth")
    for folded, pk, birth in rows:
        groups[folded].append((pk, birth))
    units: dict[int, set[int]] = defaultdict(set)
    keys = [pk for those in groups.values() for pk, _ in those]
    for start in range(0, len(keys), 500):
        for pk, unit in Post.objects.filter(person__in=keys[start : start + 500]).values_list(
            "person_id", "unit_id"
        ):
            units[pk].add(unit)
    for those in groups.values():
        for (one, born), (other, also) in combinations(sorted(those), 2):
            yield from _compare(one, born, other, also, shared=bool(units[one] & units[other]))


def _compare(
    one: int, born: str, other: int, also: str, *, shared: bool
) -> Iterable[tuple[tuple[int, int], str]]:
    agree = born.startswith(also) or also.startswith(born)  # one may know less than the other
    if not agree:
        return
    if born and born == also and len(born) == len("2000-01-01"):
        yield (one, other), "name_and_birth"
    elif born and also:
        yield (one, other), "name_and_birth_year"
    if shared:
        yield (one, other), "name_and_unit"


def _by_code(people: QuerySet[Person]) -> Iterable[tuple[tuple[int, int], str]]:
    """Pairs that have one employee code in two organisations and one given name."""
    codes = EmployeeCode.objects.filter(person__in=people)
    twice = codes.values("code").annotate(number=Count("id")).filter(number__gt=1).values("code")
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for code, pk, folded in codes.filter(code__in=twice).values_list(
        "code", "person_id", "person__folded"
    ):
        groups[code].append((pk, folded))
    for those in groups.values():
        for (one, name), (other, named) in combinations(sorted(set(those)), 2):
            if one != other and name.split()[-1:] == named.split()[-1:]:
                yield (one, other), "code"


def list_distinct_for(actor: Actor, at: datetime) -> QuerySet[DistinctPair]:
    """Pairs that somebody said are two people, both of whom the actor may see; the newest first."""
    seen = list_people_for(actor, at).order_by().values("pk")
    pairs = DistinctPair.objects.select_related("first", "second", "said_by")
    return pairs.filter(first__in=seen, second__in=seen).order_by("-said_at")


def list_merges_for(actor: Actor, at: datetime) -> QuerySet[PersonMerge]:
    """Merges into people whom the actor may see, undone ones included; the newest first."""
    seen = list_people_for(actor, at).order_by().values("pk")
    merges = PersonMerge.objects.select_related("survivor", "retired", "merged_by", "undone_by")
    alive = Q(survivor__in=seen) | Q(survivor__merged_into__in=seen)
    return merges.filter(alive).order_by("-merged_at", "-id")
