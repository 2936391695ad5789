"""Writes of posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit import services as audit
from thidua.organizations.models import Unit
from thidua.people.errors import BadDate, PeopleError, PostsOverlap
from thidua.people.lifecycle import Period, checked_period, first_overlap, gettext_noop
from thidua.people.models import Person, Post
from thidua.people.services.rights import ask_for_person, ask_for_unit
from thidua.support.actor import Actor


def check_post(post: Post) -> None:
    """Lock the person and look for another main post at that time. Raises PostsOverlap, BadDate.

    The database refuses an overlap too: this says which one, in words.
    """
    period = checked_period(post.valid_from, post.valid_until)
    if not post.is_main:
        return
    Person.objects.select_for_update().get(pk=post.person_id)
    others = Post.objects.filter(person=post.person_id, is_main=True).exclude(pk=post.pk)
    held = {
        Period(one.valid_from, one.valid_until): one
        for one in others.select_related("unit", "position")
    }
    clash = first_overlap(held, period)
    if clash is not None:
        other = held[clash]
        until = (
            _("đến %(day)s") % {"day": f"{other.valid_until:%d/%m/%Y}"}
            if other.valid_until
            else _("đến nay")
        )
        raise PostsOverlap(
            _(
                "Đã giữ chức danh chính «%(name)s», %(name2)s từ %(valid_from)s %(until)s. "
                "Kết thúc chức danh đó trước, hoặc ghi chức danh này là kiêm nhiệm."
            )
            % {
                "name": other.position.name,
                "name2": other.unit.name,
                "valid_from": f"{other.valid_from:%d/%m/%Y}",
                "until": until,
            },
            "valid_from",
        )


@transaction.atomic
def appoint(post: Post, *, actor: Actor, at: datetime) -> Post:
    """Store a post. Raises NotAllowed, PostsOverlap, BadDate."""
    ask_for_unit(actor, post.unit_id)
    if post.person.posts.exists():
        ask_for_person(actor, post.person_id, at)
    check_post(post)
    return audit.create(post, actor=actor, at=at, action="post.appoint")


@transaction.atomic
def appoint_many(
    posts: Sequence[Post], *, actor: Actor, at: datetime, reason: str = ""
) -> list[Post]:
    """Store many posts in a few queries; an overlap is refused by the database (IntegrityError).

    Raises NotAllowed.
    """
    for unit in {post.unit_id for post in posts}:
        ask_for_unit(actor, unit)
    return audit.create_many(posts, actor=actor, at=at, action="post.appoint", reason=reason)


@transaction.atomic
def end_post(post: Post, *, last_day: date, actor: Actor, at: datetime, reason: str = "") -> bool:
    """A post ends with the day. Raises NotAllowed, BadDate."""
    ask_for_person(actor, post.person_id, at)
    checked_period(post.valid_from, last_day)
    if post.valid_until is not None and last_day > post.valid_until:
        raise BadDate(
            gettext_noop(
                "Chức danh này đã kết thúc ngày %(valid_until)s. Sửa chức danh nếu ngày đó sai."
            ),
            "valid_until",
            valid_until=f"{post.valid_until:%d/%m/%Y}",
        )
    return audit.change(
        post, actor=actor, at=at, action="post.end", reason=reason, valid_until=last_day
    )


@transaction.atomic
def correct_post(post: Post, *, reason: str, actor: Actor, at: datetime, **values: Any) -> bool:
    """Set what was wrong in a post, with the reason. Raises NotAllowed, PostsOverlap, BadDate."""
    ask_for_person(actor, post.person_id, at)
    if not reason.strip():
        raise PeopleError(_("Cần lý do sửa. Viết ngắn, nêu giấy tờ làm căn cứ."), "reason")
    unit = values.get("unit")
    if unit is not None and unit.pk != post.unit_id:
        ask_for_unit(actor, unit.pk)
    wanted = Post.objects.get(pk=post.pk)
    for name, value in values.items():
        setattr(wanted, name, value)
    check_post(wanted)
    return audit.change(post, actor=actor, at=at, action="post.correct", reason=reason, **values)


@transaction.atomic
def withdraw_post(post: Post, *, reason: str, actor: Actor, at: datetime) -> None:
    """Remove a post that never was; the trail keeps what it said. Raises NotAllowed."""
    ask_for_person(actor, post.person_id, at)
    if not reason.strip():
        raise PeopleError(_("Cần lý do xóa. Viết ngắn, nêu giấy tờ làm căn cứ."), "reason")
    audit.remove(post, actor=actor, at=at, action="post.withdraw", reason=reason)


@transaction.atomic
def move_posts(
    *,
    from_unit: Unit,
    to_unit: Unit,
    on: date,
    decision: str,
    actor: Actor,
    at: datetime,
    people: Sequence[int] | None = None,
) -> list[Post]:
    """Everybody who stands in a unit (or those named) goes on in another from a day on.

    A post that began before ends the day before and a like one begins; one that would begin on the
    day or later begins in the new unit. Used when units merge, split or end.
    """
    held = Post.objects.select_for_update().filter(unit=from_unit)
    if people is not None:
        held = held.filter(person__in=people)
    begun: list[Post] = []
    for post in held.exclude(valid_until__lt=on).order_by("id"):
        if post.valid_from >= on:
            audit.change(
                post, actor=actor, at=at, action="post.move", reason=decision, unit=to_unit
            )
            continue
        begun.append(
            Post(
                person_id=post.person_id,
                unit=to_unit,
                position_id=post.position_id,
                category_id=post.category_id,
                is_main=post.is_main,
                valid_from=on,
                valid_until=post.valid_until,
                region=post.region,
                decision=decision,
            )
        )
        last_day = on - timedelta(days=1)
        audit.change(
            post, actor=actor, at=at, action="post.end", reason=decision, valid_until=last_day
        )
    return audit.create_many(begun, actor=actor, at=at, action="post.move", reason=decision)
