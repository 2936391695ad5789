"""Writes of positions, categories, and what a category means from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit import services as audit
from thidua.people.errors import BadDate, PeopleError
from thidua.people.lifecycle import gettext_noop
from thidua.people.models import CategoryStatus, Position, PositionCategory
from thidua.people.services.rights import ask_for_positions
from thidua.support.actor import Actor
from thidua.support.text import clean, fold, sort_key


@transaction.atomic
def create_category(
    *,
    code: str,
    name: str,
    law_category: str = "",
    law_classes: Sequence[str] = (),
    rank: int = 0,
    actor: Actor,
    at: datetime,
) -> PositionCategory:
    """Store a category of positions. Raises NotAllowed; PeopleError for a code that is taken."""
    ask_for_positions(actor)
    if PositionCategory.objects.filter(code=code).exists():
        raise PeopleError(
            _("Mã «%(code)s» đã có nhóm chức danh khác dùng.") % {"code": code}, "code"
        )
    category = PositionCategory(
        code=code,
        name=clean(name),
        law_category=law_category,
        law_classes=list(law_classes),
        rank=rank,
    )
    return audit.create(category, actor=actor, at=at, action="position_category.create")


@transaction.atomic
def change_category(
    category: PositionCategory, *, actor: Actor, at: datetime, **values: Any
) -> bool:
    """Rename a category, map it to the law, or take it out of use. Raises NotAllowed."""
    ask_for_positions(actor)
    return audit.change(category, actor=actor, at=at, action="position_category.change", **values)


@transaction.atomic
def set_category_status(
    *,
    category: PositionCategory,
    is_leader: bool | None,
    is_direct_worker: bool | None,
    valid_from: date,
    citation: str,
    actor: Actor,
    at: datetime,
) -> CategoryStatus:
    """From a day on, those of the category are leaders, or direct workers, or not.

    The status before it ends the day before. Raises NotAllowed; PeopleError without a citation;
    BadDate for a day on or before the beginning of the newest status.
    """
    ask_for_positions(actor)
    if not citation.strip():
        raise PeopleError(
            _("Cần văn bản làm căn cứ, ví dụ «Quyết định 12/QĐ-BTTTT, phụ lục 1»."), "citation"
        )
    PositionCategory.objects.select_for_update().get(pk=category.pk)
    last = CategoryStatus.objects.filter(category=category).order_by("-valid_from").first()
    if last is not None:
        if valid_from <= last.valid_from:
            raise BadDate(
                gettext_noop(
                    "Cách phân loại đang dùng bắt đầu từ %(valid_from)s. Chọn ngày sau đó."
                ),
                "valid_from",
                valid_from=f"{last.valid_from:%d/%m/%Y}",
            )
        end = valid_from - timedelta(days=1)
        audit.change(
            last, actor=actor, at=at, action="position_category.end_status", valid_until=end
        )
    status = CategoryStatus(
        category=category,
        is_leader=is_leader,
        is_direct_worker=is_direct_worker,
        valid_from=valid_from,
        citation=clean(citation),
    )
    return audit.create(status, actor=actor, at=at, action="position_category.set_status")


@transaction.atomic
def create_position(
    *, name: str, category: PositionCategory, law_role: str = "", actor: Actor, at: datetime
) -> Position:
    """Store a position. Raises NotAllowed; PeopleError for a name that is there."""
    ask_for_positions(actor)
    words = _free_name(name)
    position = Position(
        name=words,
        folded=fold(words),
        sort_key=sort_key(words),
        category=category,
        law_role=law_role,
    )
    return audit.create(position, actor=actor, at=at, action="position.create")


@transaction.atomic
def change_position(position: Position, *, actor: Actor, at: datetime, **values: Any) -> bool:
    """Rename a position, give it another category, or take it out of use.

    Posts keep the category under which they began. Raises NotAllowed; PeopleError for a name that
    another position has.
    """
    ask_for_positions(actor)
    if "name" in values:
        words = _free_name(values["name"], but=position)
        values |= {"name": words, "folded": fold(words), "sort_key": sort_key(words)}
    return audit.change(position, actor=actor, at=at, action="position.change", **values)


def _free_name(name: str, but: Position | None = None) -> str:
    """The name as it is stored. Raises PeopleError for none, or one that another position has."""
    words = clean(name)
    if not words:
        raise PeopleError(_("Cần tên chức danh."), "name")
    if Position.objects.filter(name=words).exclude(pk=but.pk if but else 0).exists():
        raise PeopleError(_("Đã có chức danh «%(words)s».") % {"words": words}, "name")
    return words
