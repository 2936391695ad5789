"""Where the search looks, as data: each group of screens adds its source.

    Source(_("Người"), "console:person-detail", find_people)

`find(actor, at, text)` gives what the actor may see, at most LIMIT; whose page is not built, or
whose `find` gives nothing, is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from thidua.accounts.permissions import can_open_users
from thidua.accounts.selectors import list_users_for
from thidua.organizations.permissions import can_see_tree
from thidua.organizations.selectors import labels_on, search_units
from thidua.people.selectors import list_people_for, with_main_post
from thidua.support.actor import Actor
from thidua.support.clock import local_date
from thidua.web.listing import search_folded
from thidua.web.words import Label

LIMIT = 10


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    pk: int
    title: str
    note: str = ""


@dataclass(frozen=True)
class Source:
    """A kind of things that can be found, and the page that shows one (by its `pk`)."""

    label: Label
    url_name: str
    find: Callable[[Actor, datetime, str], Iterable[Hit]]


def find_people(actor: Actor, at: datetime, text: str) -> list[Hit]:
    """People by name, with their post of today."""
    day = local_date(at)
    people = search_folded(list_people_for(actor, at), text, ("folded",))
    hits = []
    for person in with_main_post(people, day)[:LIMIT]:
        posts = getattr(person, "main_posts", [])
        note = f"{posts[0].position.name}, {posts[0].unit.name}" if posts else ""
        hits.append(Hit(person.pk, person.full_name, note))
    return hits


def find_units(actor: Actor, at: datetime, text: str) -> list[Hit]:
    """Units by code or by a name of any time; the tree is known to everybody inside."""
    if not can_see_tree(actor):
        return []
    found = list(search_units(text).order_by("sort_key")[:LIMIT])
    now_called = labels_on([unit.pk for unit in found], local_date(at))
    return [
        Hit(unit.pk, unit.name, f"{unit.code} · {now_called[unit.pk]}")
        if now_called[unit.pk] != unit.name
        else Hit(unit.pk, unit.name, unit.code)
        for unit in found
    ]


def find_accounts(actor: Actor, at: datetime, text: str) -> list[Hit]:
    """Accounts by name or mail address, for those who keep or watch over them."""
    if not can_open_users(actor):
        return []
    users = search_folded(list_users_for(actor, at), text, ("folded",))
    return [Hit(user.pk, user.full_name, user.email) for user in users.order_by("sort_key")[:LIMIT]]


SOURCES: tuple[Source, ...] = (
    Source(_("Người"), "console:person-detail", find_people),
    Source(_("Đơn vị"), "console:unit-detail", find_units),
    Source(_("Tài khoản"), "console:user-detail", find_accounts),
)
