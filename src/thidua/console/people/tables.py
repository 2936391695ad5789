"""Columns and filters of the lists."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.console.people.words import say
from thidua.people.lifecycle import write_partial
from thidua.people.models import Household, Person, PersonMerge, Position, PositionCategory, Post
from thidua.people.selectors import (
    in_category,
    in_standing,
    list_categories,
    list_people_in,
    list_units_for,
)
from thidua.support.clock import local_date, now
from thidua.web.listing import Column, Filters, MomentColumn, NumberColumn, Table


def main_post(person: Person) -> Post | None:
    """The main post of the day, read with the row."""
    posts: list[Post] = getattr(person, "main_posts", [])
    return posts[0] if posts else None


class People(Table):
    """People by given name."""

    name = Column(
        _("Họ và tên"), accessor="full_name", sort=("sort_key", "id"), link="console:person-detail"
    )
    birth = Column(_("Ngày sinh"), sort=("birth", "id"))
    unit = Column(_("Đơn vị"), accessor="pk")
    position = Column(_("Chức danh"), accessor="pk")
    category = Column(_("Nhóm"), accessor="pk")

    def render_birth(self, value: str) -> str:
        """As precise as it is known."""
        return write_partial(value)

    def render_unit(self, record: Person) -> str:
        """Where they stand today."""
        post = main_post(record)
        return post.unit.name if post else "–"

    def render_position(self, record: Person) -> str:
        """What they are today."""
        post = main_post(record)
        return post.position.name if post else "–"

    def render_category(self, record: Person) -> str:
        """The category of that."""
        post = main_post(record)
        return post.category.name if post else "–"


def _unit_choices(request: Any) -> list[tuple[int, str]]:
    return [(unit.pk, unit.name) for unit in list_units_for(request.actor)]


class PeopleFilters(Filters):
    """By unit with all under it, by category, by what the category makes of them."""

    unit = django_filters.ChoiceFilter(label=_("Đơn vị"), method="in_unit", empty_label=_("Tất cả"))
    category = django_filters.ChoiceFilter(
        label=_("Nhóm chức danh"), method="in_category", empty_label=_("Tất cả")
    )
    standing = django_filters.ChoiceFilter(
        label=_("Là"),
        method="in_standing",
        empty_label=_("Tất cả"),
        choices=[
            ("is_leader", _("lãnh đạo, quản lý")),
            ("is_direct_worker", _("người trực tiếp lao động")),
            ("left", _("người đã thôi giữ chức danh")),
        ],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["unit"].extra["choices"] = _unit_choices(self.request)
        self.filters["category"].extra["choices"] = [
            (one.code, one.name) for one in list_categories()
        ]

    def in_unit(self, rows: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """Of the unit and all that stands under it today."""
        return list_people_in(rows, [int(value)], local_date(now()))

    def in_category(self, rows: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """Whose main post is of the category."""
        return in_category(rows, value, local_date(now()))

    def in_standing(self, rows: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """Leaders, direct workers, or those without any post."""
        return in_standing(rows, value, local_date(now()))


class Households(Table):
    """Households by name."""

    name = Column(
        _("Tên hộ"), accessor="name", sort=("sort_key", "id"), link="console:household-detail"
    )
    unit = Column(_("Đơn vị theo dõi"), accessor="unit__name")
    address = Column(_("Địa chỉ"))

    class Meta:
        model = Household
        fields = ("name", "unit", "address")


class Positions(Table):
    """Positions in Vietnamese order."""

    name = Column(_("Chức danh"), accessor="name", sort="sort_key", link="console:position-edit")
    category = Column(_("Nhóm"), accessor="category__name", sort=("category__rank", "sort_key"))
    law_role = Column(_("Tính cho khen thưởng cống hiến"))
    state = Column(_("Tình trạng"), accessor="is_active")

    class Meta:
        model = Position
        fields = ("name", "category", "law_role", "state")

    def render_law_role(self, value: str) -> str:
        """The book's word for it."""
        return say("roles", value)

    def render_state(self, value: bool) -> str:
        """In use or not."""
        return str(_("đang dùng") if value else _("thôi dùng"))


class Categories(Table):
    """Categories in their own order."""

    rank = NumberColumn(_("Thứ tự"), sort="rank")
    name = Column(_("Nhóm chức danh"), accessor="name", link="console:category-edit")
    leader = Column(_("Lãnh đạo"), accessor="pk")
    worker = Column(_("Trực tiếp lao động"), accessor="pk")
    citation = Column(_("Theo văn bản"), accessor="pk")

    class Meta:
        model = PositionCategory
        fields = ("rank", "name")
        sequence = ("rank", "name", "leader", "worker", "citation")

    @staticmethod
    def _now(category: PositionCategory) -> Any:
        day = local_date(now())
        return next(
            (
                one
                for one in category.statuses.all()
                if one.valid_from <= day and (one.valid_until is None or one.valid_until >= day)
            ),
            None,
        )

    def _say(self, record: PositionCategory, name: str) -> str:
        status = self._now(record)
        value = getattr(status, name) if status else None
        return "–" if value is None else str(_("có") if value else _("không"))

    def render_leader(self, record: PositionCategory) -> str:
        """Today."""
        return self._say(record, "is_leader")

    def render_worker(self, record: PositionCategory) -> str:
        """Today."""
        return self._say(record, "is_direct_worker")

    def render_citation(self, record: PositionCategory) -> str:
        """The paper of today's status."""
        status = self._now(record)
        return str(status.citation) if status else "–"


class Merges(Table):
    """Merges, the newest first."""

    merged_at = MomentColumn(_("Gộp lúc"), sort="merged_at")
    survivor = Column(
        _("Hồ sơ giữ lại"),
        accessor="survivor__full_name",
        link="console:person-detail",
        args={"pk": "survivor_id"},
    )
    retired = Column(_("Hồ sơ đã gộp vào"), accessor="retired__full_name")
    merged_by = Column(_("Người gộp"), accessor="merged_by__full_name")
    undone = MomentColumn(_("Đã gỡ lúc"), accessor="undone_at")

    class Meta:
        model = PersonMerge
        fields = ("merged_at", "survivor", "retired", "merged_by", "undone")
