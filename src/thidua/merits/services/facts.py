"""Writes of facts of one subject. One set of acts for all kinds of record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.audit import services as audit
from thidua.merits.errors import AlreadyRecorded, MeritError, NotAllowed
from thidua.merits.models import (
    Composition,
    Discipline,
    Fact,
    Initiative,
    Investigation,
    LedgerScope,
)
from thidua.merits.permissions import can_record_facts
from thidua.merits.services.words import check_words
from thidua.organizations.selectors import get_line
from thidua.people.errors import BadDate
from thidua.people.lifecycle import partial_bounds, read_partial
from thidua.people.models import Household, PartialDateField, Person
from thidua.people.selectors import get_person_lines
from thidua.support.actor import Actor
from thidua.support.clock import local_date

F = TypeVar("F", bound=Fact)


def record_fact(fact: F, *, actor: Actor, at: datetime) -> F:
    """Store one record. Raises NotAllowed, MeritError; AlreadyRecorded for a second of a year."""
    return record_facts([fact], actor=actor, at=at)[0]


@transaction.atomic
def record_facts(facts: Sequence[F], *, actor: Actor, at: datetime, reason: str = "") -> list[F]:
    """Store many records of one kind: the same few queries for any number. All or none.

    Raises NotAllowed, MeritError; AlreadyRecorded where a subject would have two for one year.
    """
    ask_for(facts, actor, at)
    check_words(facts)
    for fact in facts:
        check_dates(fact, local_date(at))
        fact.recorded_at, fact.recorded_by_id = at, actor.user_id
    try:
        with transaction.atomic():
            return audit.create_many(
                facts, actor=actor, at=at, action=_action(facts, "record"), reason=reason
            )
    except IntegrityError as error:
        raise _told(facts, error) from error


@transaction.atomic
def correct_fact(fact: Fact, *, reason: str, actor: Actor, at: datetime, **values: Any) -> bool:
    """Set what was wrong, with the reason; False where nothing differed. Whose it is stays.

    Raises NotAllowed, MeritError, AlreadyRecorded.
    """
    ask_for([fact], actor, at)
    if not reason.strip():
        raise MeritError(_("Cần lý do sửa. Viết ngắn, nêu giấy tờ làm căn cứ."), "reason")
    if values.keys() & {"person", "unit", "household", "everybody_in"}:
        raise TypeError("a fact is not given to somebody else: withdraw it and record another")
    wanted = type(fact)._base_manager.get(pk=fact.pk)
    for name, value in values.items():
        setattr(wanted, name, value)
    check_words([wanted])
    check_dates(wanted, local_date(at))
    try:
        with transaction.atomic():
            return audit.change(
                fact, actor=actor, at=at, action=_action([fact], "correct"), reason=reason, **values
            )
    except IntegrityError as error:
        raise _told([wanted], error) from error


@transaction.atomic
def withdraw_fact(fact: Fact, *, reason: str, actor: Actor, at: datetime) -> None:
    """Remove a record that should not be; the trail keeps what it said. Raises NotAllowed."""
    ask_for([fact], actor, at)
    if not reason.strip():
        raise MeritError(_("Cần lý do xóa. Viết ngắn, nêu giấy tờ làm căn cứ."), "reason")
    audit.remove(fact, actor=actor, at=at, action=_action([fact], "withdraw"), reason=reason)


@transaction.atomic
def clear_discipline(
    discipline: Discipline, *, cleared_on: str, decision: str, actor: Actor, at: datetime
) -> bool:
    """A measure is lifted. `cleared_on` as people write it. Raises NotAllowed, MeritError."""
    ask_for([discipline], actor, at)
    return audit.change(
        discipline,
        actor=actor,
        at=at,
        action="discipline.clear",
        reason=decision,
        cleared_on=_typed(cleared_on, "cleared_on"),
    )


@transaction.atomic
def close_investigation(
    matter: Investigation, *, closed_on: str, result: str, actor: Actor, at: datetime
) -> bool:
    """A pending matter ends. `closed_on` as people write it. Raises NotAllowed, MeritError."""
    ask_for([matter], actor, at)
    return audit.change(
        matter,
        actor=actor,
        at=at,
        action="investigation.close",
        reason=result,
        closed_on=_typed(closed_on, "closed_on"),
        is_open=False,
    )


def _typed(text: str, field: str) -> str:
    try:
        return read_partial(text)
    except BadDate as error:
        raise MeritError(_(error.template) % error.parts, field) from None


def ask_for(facts: Iterable[Fact], actor: Actor, at: datetime) -> None:
    """Raises NotAllowed unless the actor records facts of every subject."""
    if actor.is_system:
        return
    people: set[int] = set()
    units: set[int] = set()
    for fact in facts:
        if isinstance(fact, Initiative):
            people.update(fact.authors.values_list("person_id", flat=True))
            continue
        if isinstance(fact, Composition):
            units.add(fact.unit_id)
            continue
        person, unit = getattr(fact, "person_id", None), getattr(fact, "unit_id", None)
        household = getattr(fact, "household", None)
        if isinstance(fact, LedgerScope) and fact.everybody_in_id is not None:
            unit = fact.everybody_in_id
        if person is not None:
            people.add(person)
        elif isinstance(household, Household):
            units.add(household.unit_id)
        elif unit is not None:
            units.add(unit)
    lines = [*get_person_lines(people, local_date(at)).values(), *(get_line(one) for one in units)]
    if not all(can_record_facts(actor, line) for line in lines):
        raise NotAllowed(_("Người hoặc đơn vị này không thuộc phạm vi anh/chị được cập nhật."))


def check_dates(fact: Fact, today: date) -> None:
    """A year or a day that is not yet, or is in no calendar, is refused. Raises MeritError."""
    year = getattr(fact, "year", None)
    if year is not None and not 1930 <= year <= today.year:
        raise MeritError(
            _("Năm %(year)s chưa tới hoặc quá xa. Ghi năm từ 1930 đến %(year2)s.")
            % {"year": year, "year2": today.year},
            "year",
        )
    for field in fact._meta.concrete_fields:
        if isinstance(field, PartialDateField) and getattr(fact, field.name):
            try:
                first = partial_bounds(getattr(fact, field.name)).earliest
            except BadDate as error:
                raise MeritError(_(error.template) % error.parts, field.name) from None
            if first > today and field.name not in ("ends_on", "ended_on"):
                raise MeritError(
                    _("Ngày %(first)s chưa tới.") % {"first": f"{first:%d/%m/%Y}"}, field.name
                )


def _action(facts: Sequence[Fact], verb: str) -> str:
    """`annual_rating.record`: for an empty list nothing is written, and the name is not used."""
    name = type(facts[0])._meta.verbose_name if facts else "fact"
    return f"{str(name).replace(' ', '_')}.{verb}"


def _told(facts: Sequence[Fact], error: IntegrityError) -> MeritError:
    """What a constraint refused, in words."""
    if "UNIQUE" not in str(error).upper():
        return MeritError(
            _(
                "Bản ghi thiếu hoặc trái ngược: kiểm tra lại ngày bắt đầu, ngày kết thúc và đối tượng."
            )
        )
    if len(facts) == 1:
        fact = facts[0]
        who = getattr(fact, "person", None)
        name = who.full_name if isinstance(who, Person) else _("Đối tượng này")
        year = getattr(fact, "year", None)
        when = _(" cho năm %(year)s") % {"year": year} if year else ""
        return AlreadyRecorded(
            _("%(name)s đã có bản ghi loại này%(when)s. Sửa bản ghi đó thay vì ghi thêm.")
            % {"name": name, "when": when},
            "year",
        )
    return AlreadyRecorded(
        _("Có người được ghi hai lần cho cùng một năm. Bỏ bớt một bản ghi."), "year"
    )
