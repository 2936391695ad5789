"""Reads of persons, within what an actor may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from thidua.accounts.models import User
from thidua.organizations.models import Unit, UnitClosure
from thidua.organizations.selectors import list_units_under
from thidua.people.lifecycle import EDITORS, READERS
from thidua.people.models import CategoryStatus, Person, Post
from thidua.support.actor import Actor
from thidua.support.clock import local_date
from thidua.support.text import clean, fold


def not_ended(day: date) -> Q:
    """Posts held on the day, or to be held later."""
    return Q(valid_until__isnull=True) | Q(valid_until__gte=day)


def list_people() -> QuerySet[Person]:
    """Everybody once, by given name: records that were merged into another are left out."""
    return Person.objects.filter(merged_into__isnull=True).order_by("sort_key", "id")


def list_people_for(actor: Actor, at: datetime) -> QuerySet[Person]:
    """Whom the actor may see, by given name.

    Somebody is of the units of their posts of that day; who holds none any more stays with those
    where they stood. Who never held one is seen from the root only, with the root's whole roll.
    """
    tops = actor.units(*READERS)
    if actor.is_system or _stand_at_the_root(tops):
        return list_people()
    if tops:
        return list_people().filter(in_units(list_units_under(tops), local_date(at)))
    return list_people().filter(pk=actor.person_id) if actor.person_id else list_people().none()


def in_units(units: QuerySet[Unit], day: date) -> Q:
    """People of the units on a day, and those who left from there."""
    posts = Post.objects.filter(unit__in=units)
    held = Post.objects.filter(not_ended(day), person=OuterRef("person"))
    return Q(pk__in=posts.filter(not_ended(day) | ~Exists(held)).values("person"))


def _stand_at_the_root(tops: Collection[int]) -> bool:
    """Is one of the units the root?"""
    return bool(tops) and Unit.objects.filter(pk__in=tops, is_root=True).exists()


def get_person_for(actor: Actor, pk: int, at: datetime) -> Person:
    """A person whom the actor may see; a merged record gives the one that took its place.

    Raises Http404 outside the actor's scope.
    """
    found = Person.objects.filter(pk=pk).values_list("merged_into_id", flat=True).first()
    key = found or pk
    people = list_people() if key == actor.person_id else list_people_for(actor, at)
    return get_object_or_404(people, pk=key)


def get_person_lines(people: Iterable[int], day: date) -> dict[int, frozenset[int]]:
    """Of each person: their units (of that day, else the former ones) with all that stand above."""
    posts: dict[int, list[tuple[int, bool]]] = {pk: [] for pk in people}
    for person, unit, until in Post.objects.filter(person__in=posts).values_list(
        "person_id", "unit_id", "valid_until"
    ):
        posts[person].append((unit, until is None or until >= day))
    units = {
        person: {unit for unit, held in those if held} or {unit for unit, _ in those}
        for person, those in posts.items()
    }
    above: dict[int, set[int]] = {}
    rows = UnitClosure.objects.filter(descendant_id__in=set().union(*units.values()))
    for descendant, ancestor in rows.values_list("descendant_id", "ancestor_id"):
        above.setdefault(descendant, {descendant}).add(ancestor)
    roots = Unit.objects.filter(is_root=True).values_list("id", flat=True)
    return {
        person: frozenset(roots).union(*(above.get(unit, {unit}) for unit in those))
        for person, those in units.items()
    }


def get_person_line(person: int, day: date) -> frozenset[int]:
    """The units of one person with all that stand above: what `Actor.has(over=…)` asks for."""
    return get_person_lines([person], day)[person]


def get_identity(people: Iterable[int]) -> dict[int, int]:
    """Keys of records of the people, those merged into them included → the key that stands."""
    wanted = set(people)
    rows = Person.objects.filter(merged_into__in=wanted).values_list("id", "merged_into_id")
    return {pk: pk for pk in wanted} | {pk: into for pk, into in rows if into is not None}


def find_person_of(user: User) -> int | None:
    """The person whose account it is."""
    return Person.objects.filter(account=user).values_list("id", flat=True).first()


def with_main_post(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """The same with `main_posts`: the main post of that day, unit and position at hand."""
    held = Post.objects.filter(not_ended(day), is_main=True, valid_from__lte=day)
    return people.prefetch_related(
        Prefetch(
            "posts",
            queryset=held.select_related("unit", "position", "category"),
            to_attr="main_posts",
        )
    )


def list_units_for(actor: Actor) -> QuerySet[Unit]:
    """Units whose people the actor may see, in Vietnamese order."""
    units = Unit.objects.all() if actor.is_system else list_units_under(actor.units(*READERS))
    return units.order_by("sort_key", "id")


def list_units_to_edit(actor: Actor) -> QuerySet[Unit]:
    """Units to which the actor may add people: those that are alive."""
    units = Unit.objects.all() if actor.is_system else list_units_under(actor.units(*EDITORS))
    return units.filter(dissolved_on__isnull=True).order_by("sort_key", "id")


def list_people_in(people: QuerySet[Person], tops: Collection[int], day: date) -> QuerySet[Person]:
    """Those of the people who are of the subtrees on the day, or left from there."""
    return people.filter(in_units(list_units_under(tops), day))


def _held(day: date) -> QuerySet[Post]:
    return Post.objects.filter(not_ended(day), is_main=True, valid_from__lte=day)


def in_category(people: QuerySet[Person], code: str, day: date) -> QuerySet[Person]:
    """Those whose main post of the day is of a category."""
    return people.filter(pk__in=_held(day).filter(category__code=code).values("person"))


def in_standing(people: QuerySet[Person], what: str, day: date) -> QuerySet[Person]:
    """Those who are leaders (`is_leader`) or direct workers that day, or hold no post (`left`)."""
    if what == "left":
        return people.exclude(pk__in=Post.objects.filter(not_ended(day)).values("person"))
    statuses = CategoryStatus.objects.filter(not_ended(day), valid_from__lte=day, **{what: True})
    held = _held(day).filter(category__in=statuses.values("category"))
    return people.filter(pk__in=held.values("person"))


def find_people_named(actor: Actor, text: str, at: datetime) -> list[Person]:
    """Whom the actor may see with this employee code, else with this full name; ten at most."""
    people = list_people_for(actor, at).prefetch_related("codes")
    coded = list(people.filter(codes__code=text).distinct()[:10])
    return coded or list(people.filter(folded=fold(clean(text)))[:10])


def get_people(people: Iterable[int], at: datetime) -> dict[int, Person]:
    """People by key, with their main posts of the day."""
    rows = with_main_post(Person.objects.filter(pk__in=list(people)), local_date(at))
    return {one.pk: one for one in rows}
