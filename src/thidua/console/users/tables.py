"""Lists of accounts."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.accounts.lifecycle import READERS
from thidua.accounts.models import User
from thidua.accounts.selectors import list_users_of_unit, list_users_with_role
from thidua.console.users.chips import FACTORS, STATES
from thidua.organizations.models import Unit
from thidua.organizations.selectors import list_units_under
from thidua.support.actor import Role
from thidua.support.roles import ROLES
from thidua.web.listing import ActColumn, ChipColumn, Column, Filters, MomentColumn, Table
from thidua.web.words import NOTHING


def role_label(role: str) -> str:
    """A role in words of the language that is shown."""
    return gettext(ROLES[Role(role)].label)


def say_roles(user: Any) -> str:
    """«Thủ trưởng đơn vị, Cục Viễn thông»: the roles of today, with their units."""
    said = [f"{role_label(one.role)}, {one.unit.name}" for one in user.grants_now]
    return "; ".join(said) or NOTHING


class UserTable(Table):
    """Accounts."""

    full_name = Column(_("Họ và tên"), sort="sort_key", link="console:user-detail", is_title=True)
    email = Column(_("Địa chỉ thư"), sort="email")
    roles = Column(_("Vai trò hiện nay"), accessor="pk", empty_values=())
    state = ChipColumn(_("Trạng thái"), STATES, sort="state")
    has_second_factor = ChipColumn(_("Xác thực"), FACTORS, sort="has_second_factor")
    last_login = MomentColumn(_("Đăng nhập lần cuối"), sort="last_login")
    act = ActColumn(lambda user: (reverse("console:user-detail", args=[user.pk]), _("Mở")))

    class Meta:
        order_by = "full_name"

    def render_roles(self, record: User) -> str:
        """On screen."""
        return say_roles(record)

    def value_roles(self, record: User) -> str:
        """In a workbook."""
        return say_roles(record)


def _units(request: HttpRequest | None) -> QuerySet[Unit]:
    actor = getattr(request, "actor", None)
    return list_units_under(actor.units(*READERS) if actor else ()).order_by("sort_key")


class UserFilters(Filters):
    """By role, unit, state, second factor."""

    role = django_filters.ChoiceFilter(
        label=_("Vai trò"),
        empty_label=_("Tất cả"),
        choices=[(role.value, _(ROLES[role].label)) for role in Role],
        method="by_role",
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Đơn vị"), empty_label=_("Tất cả"), queryset=_units, method="by_unit"
    )
    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"),
        empty_label=_("Tất cả"),
        choices=[(key, chip.label) for key, chip in STATES.items()],
    )
    second = django_filters.ChoiceFilter(
        label=_("Xác thực"),
        empty_label=_("Tất cả"),
        choices=[("1", FACTORS[True].label), ("0", FACTORS[False].label)],
        method="by_second",
    )

    def by_role(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Who holds, held or will hold it."""
        del name
        return list_users_with_role(rows, Role(value))

    def by_unit(self, rows: QuerySet[User], name: str, value: Unit) -> QuerySet[User]:
        """With a role there or under it."""
        del name
        return list_users_of_unit(rows, value)

    def by_second(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """With or without."""
        del name
        wanted: dict[str, Any] = {"has_second_factor": value == "1"}
        return rows.filter(**wanted)
