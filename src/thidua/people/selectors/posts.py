"""Reads of posts, positions and what a category means on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from thidua.organizations.models import Unit
from thidua.people.models import CategoryStatus, Person, Position, PositionCategory, Post


class Standing(NamedTuple):
    """What somebody is on a day by their main post; None: not said by the organisation's mapping."""

    post: Post
    is_leader: bool | None
    is_direct_worker: bool | None
    citation: str


def get_standings(people: Iterable[int], day: date) -> dict[int, Standing]:
    """Of each of the people who holds a main post on the day: what they are (two queries)."""
    held = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    posts = Post.objects.filter(
        held, person__in=list(people), is_main=True, valid_from__lte=day
    ).select_related("unit", "position", "category")
    statuses = {
        one.category_id: one for one in CategoryStatus.objects.filter(held, valid_from__lte=day)
    }
    found = {}
    for post in posts:
        status = statuses.get(post.category_id)
        found[post.person_id] = (
            Standing(post, status.is_leader, status.is_direct_worker, status.citation)
            if status
            else Standing(post, None, None, "")
        )
    return found


def get_standing(person: int, day: date) -> Standing | None:
    """What somebody is on a day by their main post; None for who holds none."""
    return get_standings([person], day).get(person)


def list_staff(unit: int, day: date) -> QuerySet[Person]:
    """Those who stand in a unit on a day or come to it later, in the order of given names."""
    held = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    inside = Post.objects.filter(held, unit=unit).values("person_id")
    return Person.objects.filter(pk__in=inside).order_by("sort_key")


def list_posts(person: int) -> QuerySet[Post]:
    """All posts of a person, the newest first."""
    return (
        Post.objects.filter(person=person)
        .select_related("unit", "position", "category")
        .order_by("-valid_from", "-is_main", "-id")
    )


def list_positions() -> QuerySet[Position]:
    """Positions in Vietnamese order."""
    return Position.objects.select_related("category").order_by("sort_key")


def list_categories() -> QuerySet[PositionCategory]:
    """Categories in their own order, with their dated statuses."""
    return PositionCategory.objects.prefetch_related("statuses").order_by("rank", "code")


def get_position(pk: int) -> Position:
    """A position with its category; raises Http404."""
    return get_object_or_404(list_positions(), pk=pk)


def list_organisations(person: int) -> QuerySet[Unit]:
    """Organisations that may have given a person a code: the root, and units where they stood."""
    held = Q(posts__person=person) | Q(is_root=True)
    return Unit.objects.filter(held).distinct().order_by("-is_root", "sort_key", "id")
