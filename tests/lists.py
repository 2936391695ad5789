"""A list as docs/house.md shows it, over the units, at an address of its own."""

import django_filters
from django.urls import include, path

from thidua.config.urls import handler404
from thidua.config.urls import urlpatterns as all_addresses
from thidua.organizations.models import Unit, UnitKind
from thidua.organizations.selectors import list_units_under
from thidua.support.actor import Role
from thidua.web.chips import Chip
from thidua.web.doors import anyone, door
from thidua.web.listing import (
    ActColumn,
    ChipColumn,
    Column,
    DayColumn,
    Empty,
    Filters,
    Listing,
    NumberColumn,
    Table,
)


class UnitTable(Table):
    name = Column("Tên đơn vị", sort="sort_key", is_title=True)
    code = Column("Mã", sort="code")
    kind = ChipColumn("Loại", lambda kind: Chip(kind.name, "xam", "landmark"))
    founded_on = DayColumn("Thành lập", sort="founded_on")
    number = NumberColumn("Số", accessor="pk", sort="pk")
    act = ActColumn(lambda unit: (f"/thu/{unit.pk}/", "Mở"))


class UnitFilters(Filters):
    kind = django_filters.ModelChoiceFilter(
        label="Loại", queryset=UnitKind.objects.all(), empty_label="Tất cả"
    )


class UnitList(Listing):
    title = "Đơn vị [thử]"
    table_class = UnitTable
    filters_class = UnitFilters
    search = ("folded",)
    empty = Empty("Chưa có đơn vị", "Nhập cây đơn vị trước.")

    def get_rows(self):
        return list_units_under(self.request.actor.units(Role.UNIT_CLERK)).select_related("kind")


class UnscopedUnitList(UnitList):
    def get_rows(self):
        return Unit.objects.select_related("kind")


lists = ([path("thu/", door(anyone)(UnitList.as_view()), name="units")], "lists")
urlpatterns = [path("", include(lists)), *all_addresses]
__all__ = ["handler404", "urlpatterns"]
