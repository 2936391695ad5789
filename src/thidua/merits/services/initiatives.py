"""Writes of initiatives and their authors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit import services as audit
from thidua.merits.errors import AlreadyRecorded, MeritError, NotAllowed
from thidua.merits.models import Initiative, InitiativeAuthor
from thidua.merits.permissions import can_record_facts
from thidua.merits.services.facts import ask_for, check_dates
from thidua.merits.services.words import check_words
from thidua.people.errors import BadDate
from thidua.people.lifecycle import read_partial
from thidua.people.models import Person
from thidua.people.selectors import get_person_lines
from thidua.support.actor import Actor
from thidua.support.clock import local_date
from thidua.support.text import clean, fold


def draft_initiative(*, kind: str, name: str, decided_on: str = "", **more: Any) -> Initiative:
    """An initiative as it would be stored, not stored yet. Raises MeritError."""
    return Initiative(**initiative_values(kind=kind, name=name, decided_on=decided_on, **more))


def initiative_values(*, name: str, decided_on: str = "", **more: Any) -> dict[str, Any]:
    """Columns of an initiative, with the name repaired and the day read. Raises MeritError."""
    words = clean(name)
    if not words:
        raise MeritError(_("Cần tên sáng kiến, đề tài."), "name")
    try:
        day = read_partial(decided_on)
    except BadDate as error:
        raise MeritError(_(error.template) % error.parts, "decided_on") from None
    return {"name": words, "folded": fold(words), "decided_on": day, **more}


@transaction.atomic
def record_initiative(
    initiative: Initiative, authors: Sequence[InitiativeAuthor], *, actor: Actor, at: datetime
) -> Initiative:
    """Store an initiative with its authors. Raises NotAllowed, MeritError.

    Who records it must record facts of at least one of the authors.
    """
    record_initiatives([(initiative, authors)], actor=actor, at=at)
    return initiative


@transaction.atomic
def record_initiatives(
    drafts: Sequence[tuple[Initiative, Sequence[InitiativeAuthor]]], *, actor: Actor, at: datetime
) -> list[Initiative]:
    """Store many initiatives with their authors. Raises NotAllowed, MeritError."""
    check_words([one for one, _authors in drafts])
    lines: Mapping[int, frozenset[int]] = {}
    if not actor.is_system:
        people = {one.person_id for _, authors in drafts for one in authors}
        lines = get_person_lines(people, local_date(at))
    for initiative, authors in drafts:
        check_authors(authors)
        check_dates(initiative, local_date(at))
        if lines and not any(can_record_facts(actor, lines[one.person_id]) for one in authors):
            raise NotAllowed(_("Không tác giả nào thuộc phạm vi anh/chị được cập nhật."))
        initiative.recorded_at, initiative.recorded_by_id = at, actor.user_id
    stored = audit.create_many(
        [one for one, _ in drafts], actor=actor, at=at, action="initiative.record"
    )
    rows = []
    for initiative, authors in drafts:
        for author in authors:
            author.initiative = initiative
            rows.append(author)
    audit.create_many(rows, actor=actor, at=at, action="initiative.add_author")
    return stored


def check_authors(authors: Sequence[InitiativeAuthor]) -> None:
    """At least one, each once, shares that do not pass a hundred. Raises MeritError."""
    if not authors:
        raise MeritError(_("Cần ít nhất một tác giả."), "authors")
    people = [one.person_id for one in authors]
    if len(set(people)) < len(people):
        raise MeritError(_("Một tác giả được ghi hai lần."), "authors")
    total = sum(one.share or 0 for one in authors)
    if total > 100:
        raise MeritError(
            _("Tổng phần đóng góp là %(total)s%%, quá 100%%.") % {"total": total}, "authors"
        )


@transaction.atomic
def add_author(
    *,
    initiative: Initiative,
    person: Person,
    share: int | None = None,
    is_main: bool = False,
    actor: Actor,
    at: datetime,
) -> InitiativeAuthor:
    """Somebody else is an author too. Raises NotAllowed, MeritError, AlreadyRecorded."""
    ask_for([initiative], actor, at)
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    there = list(initiative.authors.all())
    if any(one.person_id == person.pk for one in there):
        raise AlreadyRecorded(_("%(name)s đã là tác giả.") % {"name": person.full_name}, "person")
    author = InitiativeAuthor(initiative=initiative, person=person, share=share, is_main=is_main)
    check_authors([*there, author])
    return audit.create(author, actor=actor, at=at, action="initiative.add_author")


@transaction.atomic
def change_share(
    author: InitiativeAuthor, *, share: int | None, reason: str, actor: Actor, at: datetime
) -> bool:
    """The share of an author is another. Raises NotAllowed, MeritError."""
    ask_for([author.initiative], actor, at)
    Initiative.objects.select_for_update().get(pk=author.initiative_id)
    others = [one for one in author.initiative.authors.all() if one.pk != author.pk]
    check_authors([*others, InitiativeAuthor(person_id=author.person_id, share=share)])
    return audit.change(
        author, actor=actor, at=at, action="initiative.change_share", reason=reason, share=share
    )


@transaction.atomic
def remove_author(author: InitiativeAuthor, *, reason: str, actor: Actor, at: datetime) -> None:
    """Somebody is no author after all. Raises NotAllowed; MeritError for the last one."""
    ask_for([author.initiative], actor, at)
    Initiative.objects.select_for_update().get(pk=author.initiative_id)
    if author.initiative.authors.count() == 1:
        raise MeritError(_("Đây là tác giả cuối cùng. Xóa cả sáng kiến nếu ghi nhầm."), "authors")
    audit.remove(author, actor=actor, at=at, action="initiative.remove_author", reason=reason)


@transaction.atomic
def withdraw_initiative(initiative: Initiative, *, reason: str, actor: Actor, at: datetime) -> None:
    """Remove an initiative that should not be, with its authors. Raises NotAllowed, MeritError."""
    ask_for([initiative], actor, at)
    if not reason.strip():
        raise MeritError(_("Cần lý do xóa. Viết ngắn, nêu giấy tờ làm căn cứ."), "reason")
    for author in initiative.authors.all():
        audit.remove(author, actor=actor, at=at, action="initiative.remove_author", reason=reason)
    audit.remove(initiative, actor=actor, at=at, action="initiative.withdraw", reason=reason)
