"""Posts in a unit that ends with no successor, or whose end was recorded by mistake.

Whoever may end the unit may do this: the act on the unit has asked already.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from thidua.audit import services as audit
from thidua.organizations.models import Unit
from thidua.people.models import Post
from thidua.support.actor import Actor


@transaction.atomic
def end_posts(
    *, unit: Unit, last_day: date, decision: str, actor: Actor, at: datetime
) -> list[Post]:
    """Every post in a unit ends with that day; one that would begin later never was."""
    held = Post.objects.select_for_update(of=("self",)).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=last_day), unit=unit
    )
    ended = list(held.order_by("id"))
    for post in ended:
        if post.valid_from > last_day:
            audit.remove(post, actor=actor, at=at, action="post.withdraw", reason=decision)
        else:
            audit.change(
                post, actor=actor, at=at, action="post.end", reason=decision, valid_until=last_day
            )
    return ended


@transaction.atomic
def take_back_posts(
    *, unit: Unit, heirs: Sequence[Unit], on: date, reason: str, actor: Actor, at: datetime
) -> list[Post]:
    """Undo `move_posts`: posts that went from `unit` to its heirs on a day come back.

    A post that was changed since (ended sooner, another position) stays where it is; who has moved
    on is not called back.
    """
    back = []
    ended = Post.objects.select_for_update(of=("self",)).filter(
        unit=unit, valid_until=on - timedelta(days=1)
    )
    for post in ended.order_by("id"):
        after = Post.objects.filter(
            person=post.person_id,
            unit__in=heirs,
            position=post.position_id,
            is_main=post.is_main,
            valid_from=on,
        ).first()
        if after is None:
            continue
        until = after.valid_until
        audit.remove(after, actor=actor, at=at, action="post.withdraw", reason=reason)
        audit.change(
            post, actor=actor, at=at, action="post.correct", reason=reason, valid_until=until
        )
        back.append(post)
    return back
