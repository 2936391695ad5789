"""The tree of any day, one unit, the list."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from thidua.accounts.selectors import list_role_holders
from thidua.console.units.rights import may_edit
from thidua.console.units.tables import UnitTable
from thidua.organizations.models import Unit
from thidua.organizations.permissions import can_see_inside
from thidua.organizations.selectors import (
    count_units,
    get_line,
    get_unit_for,
    labels_on,
    list_children,
    list_history,
    list_kinds,
    list_memberships,
    list_names,
    list_units_with_parent,
    name_on,
    path_on,
    read_tree,
    search_units,
)
from thidua.people.selectors import list_staff
from thidua.support.actor import Role
from thidua.support.clock import local_date, now
from thidua.support.roles import ROLES
from thidua.web.doors import StaffRequest
from thidua.web.forms import DayField
from thidua.web.listing import Empty, Filters, Listing

MOST_FOUND = 50
OPEN_UNTIL = 60


class DayForm(forms.Form):
    """The day that is looked at, and words that are looked for."""

    ngay = DayField(label=gettext_lazy("Cây của ngày"), required=False)
    q = forms.CharField(
        label=gettext_lazy("Tìm theo tên hiện nay hoặc tên cũ, mã"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


def read_day(request: StaffRequest) -> tuple[DayForm, date, date]:
    """The form, the day asked for (today if none, or if it is no day), and today."""
    today = local_date(now())
    form = DayForm(request.GET or None, initial={"ngay": today})
    day = form.cleaned_data.get("ngay") if form.is_bound and form.is_valid() else None
    return form, day or today, today


@require_safe
def show_tree(request: StaffRequest) -> HttpResponse:
    """The tree of a day, or the units whose name of any time fits."""
    form, day, today = read_day(request)
    words = request.GET.get("q", "").strip()
    context: dict[str, Any] = {
        "title": _("Đơn vị"),
        "form": form,
        "day": day,
        "is_today": day == today,
        "words": words,
        "may_edit": may_edit(request.actor),
    }
    if words:
        found = list(search_units(words).select_related("kind").order_by("sort_key")[:MOST_FOUND])
        labels = labels_on([one.pk for one in found], day)
        context["found"] = [(one, labels[one.pk]) for one in found]
        context["is_cut"] = len(found) == MOST_FOUND
    else:
        tops = read_tree(day)
        counts = count_units(tops)
        context["tops"] = tops
        context["counts"] = counts.most_common()
        context["total"] = counts.total()
        context["open_until"] = 1 if counts.total() > OPEN_UNTIL else 9
    return render(request, "console/units/tree.html", context)


@require_safe
def show_unit(request: StaffRequest, pk: int) -> HttpResponse:
    """One unit as of a day, with all that became of it."""
    unit = get_unit_for(request.actor, pk)
    if unit is None:
        raise Http404
    form, day, today = read_day(request)
    sees_inside = can_see_inside(request.actor, get_line(unit.pk))
    context: dict[str, Any] = {
        "title": name_on(unit, day).name,
        "label": labels_on([unit.pk], day)[unit.pk],
        "unit": unit,
        "form": form,
        "day": day,
        "is_today": day == today,
        "lives": lives_on(unit, day),
        "path": path_on(unit, day),
        "children": list_children(unit, day),
        "names": list_names(unit),
        "history": list_history(unit),
        "memberships": list_memberships(unit),
        "may_edit": may_edit(request.actor),
        "sees_inside": sees_inside,
    }
    if sees_inside:
        context["staff"] = list_staff(unit.pk, day).count()
        context["holders"] = [
            (grant.user.full_name, _(ROLES[Role(grant.role)].label))
            for grant in list_role_holders(unit.pk, day)
        ]
    return render(request, "console/units/unit.html", context)


def lives_on(unit: Unit, day: date) -> bool:
    """Is the unit there on that day."""
    return (unit.founded_on is None or unit.founded_on <= day) and (
        unit.dissolved_on is None or day <= unit.dissolved_on
    )


class UnitFilters(Filters):
    """By kind, and still at work or not."""

    kind = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Loại"),
        queryset=lambda _request: list_kinds(with_retired=True),
        empty_label=gettext_lazy("Tất cả"),
    )
    con = django_filters.ChoiceFilter(
        label=gettext_lazy("Tình trạng"),
        choices=[
            ("co", gettext_lazy("Đang hoạt động")),
            ("het", gettext_lazy("Đã kết thúc")),
        ],
        empty_label=gettext_lazy("Tất cả"),
        method="by_life",
    )

    def by_life(self, rows: QuerySet[Unit], name: str, value: str) -> QuerySet[Unit]:
        """Those with no end, or those that ended."""
        del name
        return rows.filter(dissolved_on__isnull=value == "co")


class UnitList(Listing):
    """All units of all time, as a list."""

    title = gettext_lazy("Danh sách đơn vị")
    about = gettext_lazy("Mọi đơn vị, kể cả đơn vị đã kết thúc; tìm được bằng tên cũ.")
    table_class = UnitTable
    filters_class = UnitFilters
    search = ("folded",)
    empty = Empty(
        gettext_lazy("Chưa có đơn vị"),
        gettext_lazy("Nhập cây đơn vị từ bảng tính."),
        gettext_lazy("Nhập từ Excel"),
        "console:unit-import",
    )
    acts = (("console:unit-list", gettext_lazy("Xem dạng cây"), "network"),)

    def get_rows(self) -> QuerySet[Unit]:
        """The tree is known to everybody inside."""
        return list_units_with_parent(local_date(now()))

    def narrow(self, rows: QuerySet[Unit]) -> tuple[QuerySet[Unit], Filters | None]:
        """The search looks through names of all time, not only through those of today."""
        found = search_units(self.request.GET.get("q", ""), rows)
        filters = UnitFilters(self.request.GET, queryset=found, request=self.request)
        return filters.qs, filters
