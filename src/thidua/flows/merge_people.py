"""Two records are one person; or were, and are two again; or never are.

What belongs to the retired record goes to the surviving one. Where both say something that a person
has once (a rating of a year, a main post at one time), somebody has chosen first, and the other's
stays with the retired record: nothing is lost. Every changed value is written down in order, so that
undoing reads the list from its end. Entries of the register stay where they are: they are read by
way of `Person.merged_into`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from thidua.accounts.models import User
from thidua.audit import services as audit
from thidua.people.errors import ConflictUndecided, MergeRefused, NotAllowed
from thidua.people.lifecycle import Period
from thidua.people.models import DistinctPair, Person, PersonMerge, Post
from thidua.people.permissions import can_merge_people
from thidua.people.selectors import get_person_lines
from thidua.support.actor import Actor
from thidua.support.clock import local_date

# Every link to a person: the fields that, with the person, may be there once. `test_merge_people`
# walks all tables and fails on a link that stands in neither list.
MOVES: dict[str, tuple[str, ...]] = {
    "people.Person.merged_into": (),
    "people.Post.person": (),
    "people.EmployeeCode.person": ("organisation",),
    "people.HouseholdMember.person": ("household", "valid_until"),
    "merits.AnnualRating.person": ("year",),
    "merits.Registration.person": ("year",),
    "merits.Attestation.person": ("what", "reach", "year"),
    "merits.BlocStanding.person": ("year", "name"),
    "merits.InitiativeAuthor.person": ("initiative",),
    "merits.Absence.person": (),
    "merits.ServicePeriod.person": (),
    "merits.Discipline.person": (),
    "merits.Investigation.person": (),
    "merits.MovementResult.person": (),
    "merits.LedgerScope.person": (),
}
STAYS: dict[str, str] = {
    "register.RegisterEntry.person": "entries never change; reads follow merged_into",
    "people.PersonMerge.survivor": "the record of the merge itself",
    "people.PersonMerge.retired": "the record of the merge itself",
    "people.DistinctPair.first": "what was said of that record",
    "people.DistinctPair.second": "what was said of that record",
}
# Nobody is asked about these: the surviving record's stay, the other's are found by the merge.
_NOT_ASKED = {"people.EmployeeCode.person"}
_OWN = ("full_name", "sex", "birth", "ethnicity", "classes", "account")
_KEYS = {"full_name": ("folded", "sort_key")}
# How a record came to be known does not make it another record.
_ABOUT_RECORD = {"source", "confirmed_by", "confirmed_on", "recorded_at", "recorded_by", "decision"}


class Conflict(NamedTuple):
    """Something that both records say and a person has once. `key` names it in `choices`."""

    key: str
    survivor: tuple[models.Model, ...]
    retired: tuple[models.Model, ...]


def find_conflicts(survivor: Person, retired: Person) -> list[Conflict]:
    """What must be chosen before the two are merged: `choices[key]` is survivor or retired.

    For the person's own values the key is `person.birth` and both sides are the persons.
    """
    found = [
        Conflict(f"person.{name}", (survivor,), (retired,))
        for name in _OWN
        if _differ(survivor, retired, name)
    ]
    found += _post_conflicts(survivor, retired)
    for link in MOVES:
        if link not in _NOT_ASKED:
            found += [
                Conflict(f"{link}:{other.pk}", (own,), (other,))
                for own, other in _pairs(link, survivor, retired)
                if _contents(own) != _contents(other)
            ]
    return found


def _differ(survivor: Person, retired: Person, name: str) -> bool:
    """Both say something, and not the same; a birth that says less of the same is no conflict."""
    own, other = getattr(survivor, name), getattr(retired, name)
    if name == "birth" and own and other:
        return not (own.startswith(other) or other.startswith(own))
    return bool(own and other and own != other)


def _rows(link: str, person: Person) -> list[models.Model]:
    label, _, field = link.rpartition(".")
    model = apps.get_model(label)
    return list(model._base_manager.filter(**{field: person}).order_by("pk"))


def _pairs(
    link: str, survivor: Person, retired: Person
) -> Iterator[tuple[models.Model, models.Model]]:
    """Rows of the two that stand for one thing."""
    once = MOVES[link]
    if not once:
        return
    own = {tuple(_value(row, name) for name in once): row for row in _rows(link, survivor)}
    for row in _rows(link, retired):
        key = tuple(_value(row, name) for name in once)
        if key in own:
            yield own[key], row


def _value(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    return getattr(row, field.attname if isinstance(field, models.ForeignKey) else name)


def _contents(row: models.Model) -> dict[str, Any]:
    """What a row says, without whose it is and how that came to be known."""
    left_out = _ABOUT_RECORD | {"id", "person"}
    return {
        field.name: _value(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in left_out
    }


def _post_conflicts(survivor: Person, retired: Person) -> list[Conflict]:
    """Main posts of the two at one time, put together where one clashes with several."""
    groups: list[tuple[set[Post], set[Post]]] = []
    for other in retired.posts.filter(is_main=True).order_by("id"):
        clashing = {own for own in survivor.posts.filter(is_main=True) if _clash(own, other)}
        if not clashing or any(_contents(own) == _contents(other) for own in clashing):
            continue
        mine, theirs = clashing, {other}
        for group in [one for one in groups if one[0] & clashing]:
            groups.remove(group)
            mine, theirs = mine | group[0], theirs | group[1]
        groups.append((mine, theirs))
    return [
        Conflict(
            f"people.Post.person:{min(one.pk for one in theirs)}", _by_date(mine), _by_date(theirs)
        )
        for mine, theirs in groups
    ]


def _by_date(posts: set[Post]) -> tuple[Post, ...]:
    return tuple(sorted(posts, key=lambda one: one.valid_from))


def _clash(one: Post, other: Post) -> bool:
    mine = Period(one.valid_from, one.valid_until)
    return mine.overlaps(Period(other.valid_from, other.valid_until))


class _Steps:
    """Changes values one by one and remembers them."""

    def __init__(self, actor: Actor, at: datetime, action: str) -> None:
        self.actor, self.at, self.action = actor, at, action
        self.taken: list[list[Any]] = []

    def set(self, row: models.Model, **values: Any) -> None:
        old = {name: _plain(row, name) for name in values}
        audit.change(row, actor=self.actor, at=self.at, action=self.action, **values)
        label = row._meta.label
        self.taken += [
            [label, row.pk, name, old[name], _plain(row, name)]
            for name in values
            if old[name] != _plain(row, name)
        ]


def _plain(row: models.Model, name: str) -> Any:
    """A value as JSON keeps it."""
    value = _value(row, name)
    return value.isoformat() if hasattr(value, "isoformat") else value


@transaction.atomic
def merge_people(
    *,
    survivor: Person,
    retired: Person,
    choices: Mapping[str, str],
    reasons: tuple[str, ...] = (),
    actor: Actor,
    at: datetime,
) -> PersonMerge:
    """The two records are one person, read as `survivor` from now on.

    `choices`: the key of each conflict → `survivor` or `retired`, whose word holds. Raises
    NotAllowed, MergeRefused; ConflictUndecided where a choice is missing.
    """
    survivor, retired = _lock(survivor.pk, retired.pk)
    _ask(actor, survivor.pk, retired.pk, at)
    conflicts = find_conflicts(survivor, retired)
    undecided = [one for one in conflicts if choices.get(one.key) not in ("survivor", "retired")]
    if undecided:
        raise ConflictUndecided(
            _("Còn %(len)s chỗ hai hồ sơ ghi khác nhau. Chọn bên đúng cho từng chỗ.")
            % {"len": len(undecided)}
        )
    steps = _Steps(actor, at, "person.merge")
    chosen = {one.key: choices[one.key] for one in conflicts}
    _merge_posts(survivor, retired, conflicts, chosen, steps)
    for link, once in MOVES.items():
        if link != "people.Post.person":
            _merge_rows(link, survivor, retired, chosen, steps, keyed=bool(once))
    _merge_own(survivor, retired, chosen, steps)
    steps.set(retired, merged_into=survivor)
    merge = PersonMerge(
        survivor=survivor,
        retired=retired,
        reasons=list(reasons),
        choices=chosen,
        steps=steps.taken,
        merged_at=at,
        merged_by_id=actor.user_id,
    )
    return audit.create(merge, actor=actor, at=at, action="person.merge")


def _lock(first: int, second: int) -> tuple[Person, Person]:
    """Both records under a lock, always the lower key first. Raises MergeRefused."""
    if first == second:
        raise MergeRefused(_("Cần hai hồ sơ khác nhau để gộp."))
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=(first, second))
    found = {one.pk: one for one in rows.order_by("pk")}
    gone = [one for one in found.values() if one.merged_into_id is not None]
    if gone or len(found) < 2:
        raise MergeRefused(_("Một trong hai hồ sơ đã được gộp trước đó. Tải lại danh sách."))
    return found[first], found[second]


def _ask(actor: Actor, first: int, second: int, at: datetime) -> None:
    if actor.is_system:
        return
    lines = get_person_lines((first, second), local_date(at))
    if not can_merge_people(actor, lines[first], lines[second]):
        raise NotAllowed(_("Chỉ người cập nhật được cả hai hồ sơ mới gộp hoặc gỡ gộp."))


def _merge_posts(
    survivor: Person,
    retired: Person,
    conflicts: list[Conflict],
    chosen: Mapping[str, str],
    steps: _Steps,
) -> None:
    """Posts that clash with nothing go over; of those that clash, the chosen side's hold."""
    clashing = [one for one in conflicts if one.key.startswith("people.Post.person:")]
    settled = {post.pk for one in clashing for post in one.retired}
    own = list(survivor.posts.all())
    for post in retired.posts.order_by("valid_from", "id"):
        same = any(_contents(one) == _contents(post) for one in own)
        if post.pk not in settled and not same:
            steps.set(post, person=survivor)
    for one in clashing:
        if chosen[one.key] == "retired":
            for row in one.retired:
                steps.set(row, is_main=False)
            for row in one.survivor:
                steps.set(row, person=retired)
            for row in one.retired:
                steps.set(row, person=survivor)
                steps.set(row, is_main=True)


def _merge_rows(
    link: str,
    survivor: Person,
    retired: Person,
    chosen: Mapping[str, str],
    steps: _Steps,
    *,
    keyed: bool,
) -> None:
    """Rows go over; of a thing that both say, the words are exchanged where the other was chosen."""
    field = link.rpartition(".")[2]
    met = (
        {other.pk: (own, other) for own, other in _pairs(link, survivor, retired)} if keyed else {}
    )
    for row in _rows(link, retired):
        if row.pk not in met:
            steps.set(row, **{field: survivor})
        elif chosen.get(f"{link}:{row.pk}") == "retired":
            own, other = met[row.pk]
            names = [
                one.name
                for one in row._meta.concrete_fields
                if one.name not in {"id", field, *MOVES[link]}
            ]
            mine = {name: getattr(own, name) for name in names}
            theirs = {name: getattr(other, name) for name in names}
            steps.set(own, **theirs)
            steps.set(other, **mine)


def _merge_own(survivor: Person, retired: Person, chosen: Mapping[str, str], steps: _Steps) -> None:
    """The person's own values: what the survivor does not say is taken, so is what was chosen."""
    account: User | None = None
    for name in _OWN:
        own, other = getattr(survivor, name), getattr(retired, name)
        fuller = name == "birth" and other.startswith(own) and other != own
        take = chosen.get(f"person.{name}") == "retired" or (other and not own) or fuller
        if not take:
            continue
        if name == "account":
            account = other
            continue
        values = {one: getattr(retired, one) for one in (name, *_KEYS.get(name, ()))}
        steps.set(survivor, **values)
    if account is not None:  # an account is one person's: it is let go before it is taken
        mine = survivor.account
        steps.set(retired, account=None)
        steps.set(survivor, account=account)
        steps.set(retired, account=mine)


@transaction.atomic
def undo_merge(*, merge: PersonMerge, actor: Actor, at: datetime) -> PersonMerge:
    """The two are two again, each with exactly what it had; what came later stays with the survivor.

    Raises NotAllowed; MergeRefused where a later merge must be undone first, or where what the merge
    changed was changed again.
    """
    people = Person.objects.select_for_update(of=("self",))
    list(people.filter(pk__in=(merge.survivor_id, merge.retired_id)).order_by("pk"))
    merge = PersonMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    _ask(actor, merge.survivor_id, merge.retired_id, at)
    if merge.undone_at is not None:
        raise MergeRefused(_("Lần gộp này đã được gỡ."))
    later = PersonMerge.objects.filter(undone_at__isnull=True, pk__gt=merge.pk)
    both = (merge.survivor_id, merge.retired_id)
    newest = later.filter(models.Q(survivor__in=both) | models.Q(retired__in=both)).last()
    if newest is not None:
        raise MergeRefused(
            _("Sau đó còn một lần gộp nữa (%(merged_at)s). Gỡ lần gộp đó trước.")
            % {"merged_at": f"{newest.merged_at:%d/%m/%Y}"}
        )
    for label, pk, name, old, new in reversed(merge.steps):
        _take_back(label, pk, name, old, new, actor=actor, at=at)
    audit.change(
        merge,
        actor=actor,
        at=at,
        action="person.undo_merge",
        undone_at=at,
        undone_by=User.objects.get(pk=actor.user_id) if actor.user_id else None,
    )
    return merge


def _take_back(
    label: str, pk: int, name: str, old: Any, new: Any, *, actor: Actor, at: datetime
) -> None:
    """Set one value as it was. A row that was withdrawn since is gone on both sides."""
    row = apps.get_model(label)._base_manager.filter(pk=pk).first()
    if row is None:
        return
    if _plain(row, name) != new:
        raise MergeRefused(
            _(
                "Bản ghi «%(row)s» đã được sửa sau khi gộp. Sửa lại như lúc gộp rồi gỡ, hoặc để nguyên."
            )
            % {"row": row}
        )
    field = row._meta.get_field(name)
    value: Any = old
    if isinstance(field, models.ForeignKey):
        value = None if old is None else field.related_model._base_manager.get(pk=old)
    elif isinstance(field, models.Field):
        value = field.to_python(old)
    audit.change(row, actor=actor, at=at, action="person.undo_merge", **{name: value})


@transaction.atomic
def say_distinct(
    *, first: Person, second: Person, reason: str = "", actor: Actor, at: datetime
) -> DistinctPair:
    """The two only look like one person: they are never suggested again. Raises NotAllowed."""
    _ask(actor, first.pk, second.pk, at)
    low, high = sorted((first, second), key=lambda one: one.pk)
    found = DistinctPair.objects.filter(first=low, second=high).first()
    if found is not None:
        return found
    pair = DistinctPair(first=low, second=high, reason=reason, said_at=at, said_by_id=actor.user_id)
    return audit.create(pair, actor=actor, at=at, action="person.say_distinct")


@transaction.atomic
def unsay_distinct(*, pair: DistinctPair, actor: Actor, at: datetime) -> None:
    """What was said of the two was wrong: they may be suggested again. Raises NotAllowed."""
    _ask(actor, pair.first_id, pair.second_id, at)
    audit.remove(pair, actor=actor, at=at, action="person.unsay_distinct")
