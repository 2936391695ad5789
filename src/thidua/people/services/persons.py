"""Writes of persons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.accounts.models import User
from thidua.audit import services as audit
from thidua.documents.models import Location
from thidua.organizations.models import Unit
from thidua.people.errors import NotAllowed, PeopleError, RepeatedCode
from thidua.people.lifecycle import read_partial
from thidua.people.models import EmployeeCode, Person, Post
from thidua.people.permissions import can_edit_people
from thidua.people.selectors import get_person_line
from thidua.people.services.posts import check_post
from thidua.people.services.rights import ask_for_person, ask_for_unit
from thidua.support.actor import Actor
from thidua.support.clock import local_date
from thidua.support.text import clean, fold, given_name_key


def draft_person(
    *,
    full_name: str,
    sex: str = "",
    birth: str = "",
    ethnicity: str = "",
    classes: Sequence[str] = (),
    source: Location | None = None,
) -> Person:
    """A person as it would be stored, not stored yet: name repaired, keys made, birth read.

    `birth` as people write it: `12/03/1986`, `1986`, or ISO. Raises BadDate, PeopleError.
    """
    name = clean(full_name)
    if len(name.split()) < 2:
        raise PeopleError(_("Cần đủ họ và tên."), "full_name")
    return Person(
        full_name=name,
        folded=fold(name),
        sort_key=given_name_key(name),
        sex=sex,
        birth=read_partial(birth),
        ethnicity=clean(ethnicity),
        classes=list(classes),
        source=source,
    )


@transaction.atomic
def register_person(
    *, person: Person, post: Post | None = None, actor: Actor, at: datetime
) -> Person:
    """Store a draft, with the first post if there is one.

    Raises NotAllowed (without a post only who works for the whole organisation may add somebody).
    """
    if post is not None:
        ask_for_unit(actor, post.unit_id)
    elif not can_edit_people(actor, get_person_line(0, local_date(at))):
        raise NotAllowed(_("Chọn chức danh và đơn vị của người này."))
    audit.create(person, actor=actor, at=at, action="person.register")
    if post is not None:
        post.person = person
        check_post(post)
        audit.create(post, actor=actor, at=at, action="post.appoint")
    return person


@transaction.atomic
def register_people(
    *, people: Sequence[Person], actor: Actor, at: datetime, reason: str = ""
) -> list[Person]:
    """Store many drafts at once; for who works for the whole organisation. Raises NotAllowed."""
    if not can_edit_people(actor, get_person_line(0, local_date(at))):
        raise NotAllowed(_("Chỉ cơ quan thi đua, khen thưởng của tổ chức ghi nhiều người một lần."))
    return audit.create_many(people, actor=actor, at=at, action="person.register", reason=reason)


_CORRECTABLE = {"full_name", "sex", "birth", "ethnicity", "classes", "source"}


@transaction.atomic
def correct_person(
    person: Person, *, reason: str, actor: Actor, at: datetime, **values: Any
) -> bool:
    """Set what was wrong, with the reason; False where nothing differed.

    Raises NotAllowed, BadDate, PeopleError.
    """
    ask_for_person(actor, person.pk, at)
    unknown = values.keys() - _CORRECTABLE
    if unknown:
        raise TypeError(f"not correctable: {sorted(unknown)}")
    if not reason.strip():
        raise PeopleError(
            _("Cần lý do sửa. Viết ngắn, ví dụ: «sai năm sinh theo quyết định»."), "reason"
        )
    if "full_name" in values:
        name = clean(values["full_name"])
        if len(name.split()) < 2:
            raise PeopleError(_("Cần đủ họ và tên."), "full_name")
        values |= {"full_name": name, "folded": fold(name), "sort_key": given_name_key(name)}
    if "birth" in values:
        values["birth"] = read_partial(values["birth"])
    return audit.change(
        person, actor=actor, at=at, action="person.correct", reason=reason, **values
    )


@transaction.atomic
def link_account(*, person: Person, account: User | None, actor: Actor, at: datetime) -> bool:
    """Say whose account it is (None: nobody's any more). Raises NotAllowed, PeopleError."""
    ask_for_person(actor, person.pk, at)
    if (
        account is not None
        and Person.objects.exclude(pk=person.pk).filter(account=account).exists()
    ):
        raise PeopleError(_("Tài khoản này đã gắn với người khác. Gỡ ở người kia trước."), "email")
    return audit.change(person, actor=actor, at=at, action="person.link_account", account=account)


@transaction.atomic
def give_code(
    *, person: Person, organisation: Unit, code: str, actor: Actor, at: datetime
) -> EmployeeCode:
    """Note or change the employee code of a person in an organisation.

    Raises NotAllowed; RepeatedCode where somebody else has it.
    """
    ask_for_person(actor, person.pk, at)
    text = clean(code)
    if not text:
        raise PeopleError(_("Mã nhân sự để trống."), "code")
    taken = EmployeeCode.objects.filter(organisation=organisation, code=text)
    other = taken.exclude(person=person).select_related("person").first()
    if other:
        raise RepeatedCode(
            _(
                "Mã «%(text)s» đã là của %(name)s. Kiểm tra lại mã, hoặc gộp hai hồ sơ nếu là một người."
            )
            % {"text": text, "name": other.person.full_name},
            "code",
        )
    held = EmployeeCode.objects.filter(organisation=organisation, person=person).first()
    if held is None:
        row = EmployeeCode(person=person, organisation=organisation, code=text)
        return audit.create(row, actor=actor, at=at, action="person.give_code")
    audit.change(held, actor=actor, at=at, action="person.give_code", code=text)
    return held


@transaction.atomic
def take_code(code: EmployeeCode, *, reason: str, actor: Actor, at: datetime) -> None:
    """Remove an employee code that was given in error. Raises NotAllowed."""
    ask_for_person(actor, code.person_id, at)
    audit.remove(code, actor=actor, at=at, action="person.take_code", reason=reason)
