"""Positions, their categories, and what a category means from a day on."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from thidua.console.people.forms.persons import (
    CategoryForm,
    CategoryStatusForm,
    NewCategoryForm,
    PositionForm,
)
from thidua.console.people.tables import Categories, Positions
from thidua.console.people.views.answering import answer_form
from thidua.people import services
from thidua.people.models import Position, PositionCategory
from thidua.people.permissions import can_keep_positions
from thidua.people.selectors import list_categories, list_positions
from thidua.support.clock import now
from thidua.web.doors import StaffRequest, door
from thidua.web.listing import Empty, Listing

FORM = require_http_methods(["GET", "HEAD", "POST"])


@method_decorator(door(can_keep_positions), name="dispatch")
class PositionList(Listing):
    """All positions."""

    title = gettext_lazy("Chức danh")
    about = gettext_lazy("Danh mục chức danh dùng chung cho cả tổ chức.")
    table_class = Positions
    search = ("folded",)
    acts = (
        ("console:position-create", gettext_lazy("Thêm chức danh"), "plus"),
        ("console:category-list", gettext_lazy("Nhóm chức danh"), "list"),
    )
    empty = Empty(
        gettext_lazy("Chưa có chức danh nào"),
        gettext_lazy("Thêm nhóm chức danh trước, rồi thêm chức danh vào nhóm."),
        gettext_lazy("Thêm nhóm chức danh"),
        "console:category-create",
    )

    def get_rows(self) -> QuerySet[Position]:
        """In Vietnamese order."""
        return list_positions()


@method_decorator(door(can_keep_positions), name="dispatch")
class CategoryList(Listing):
    """All categories with what they mean today."""

    title = gettext_lazy("Nhóm chức danh")
    about = gettext_lazy(
        "Nhóm nào là lãnh đạo, là người trực tiếp lao động: theo văn bản, từ ngày, không tích ô trên hồ sơ."
    )
    table_class = Categories
    acts = (("console:category-create", gettext_lazy("Thêm nhóm"), "plus"),)
    empty = Empty(
        gettext_lazy("Chưa có nhóm nào"),
        gettext_lazy("Tỷ lệ người trực tiếp lao động tính theo nhóm chức danh."),
        gettext_lazy("Thêm nhóm"),
        "console:category-create",
    )

    def get_rows(self) -> QuerySet[PositionCategory]:
        """In their own order."""
        return list_categories()


@FORM
@door(can_keep_positions)
def position_create(request: StaffRequest) -> HttpResponse:
    """A new position."""
    form = PositionForm(request.POST or None, initial={"is_active": True})

    def save() -> str:
        data = form.cleaned_data
        category = get_object_or_404(list_categories(), pk=data["category"])
        services.create_position(
            name=data["name"],
            category=category,
            law_role=data["law_role"],
            actor=request.actor,
            at=now(),
        )
        return reverse("console:position-list")

    return answer_form(
        request, form, save, title=_("Thêm chức danh"), back=reverse("console:position-list")
    )


@FORM
@door(can_keep_positions)
def position_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A position; posts keep the category under which they began."""
    position = get_object_or_404(list_positions(), pk=pk)
    initial = {
        "name": position.name,
        "category": position.category_id,
        "law_role": position.law_role,
        "is_active": position.is_active,
    }
    form = PositionForm(request.POST or None, initial=initial)
    back = reverse("console:position-list")

    def save() -> str:
        data = form.cleaned_data
        data["category"] = get_object_or_404(list_categories(), pk=data["category"])
        services.change_position(position, actor=request.actor, at=now(), **data)
        return back

    return answer_form(request, form, save, title=_("Sửa chức danh"), back=back)


@FORM
@door(can_keep_positions)
def category_create(request: StaffRequest) -> HttpResponse:
    """A new category."""
    form = NewCategoryForm(request.POST or None, initial={"is_active": True, "rank": 0})

    def save() -> str:
        data = dict(form.cleaned_data)
        data.pop("is_active")
        stored = services.create_category(**data, actor=request.actor, at=now())
        return reverse("console:category-status", args=[stored.pk])

    return answer_form(
        request,
        form,
        save,
        title=_("Thêm nhóm chức danh"),
        back=reverse("console:category-list"),
        done=_("Đã lưu. Ghi tiếp nhóm này là gì, theo văn bản nào."),
    )


@FORM
@door(can_keep_positions)
def category_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A category, with all that it has meant."""
    category = get_object_or_404(list_categories(), pk=pk)
    names = ("name", "law_category", "law_classes", "rank", "is_active")
    form = CategoryForm(
        request.POST or None, initial={name: getattr(category, name) for name in names}
    )
    back = reverse("console:category-list")

    def save() -> str:
        services.change_category(category, actor=request.actor, at=now(), **form.cleaned_data)
        return back

    url = reverse("console:category-status", args=[pk])
    return answer_form(
        request,
        form,
        save,
        title=_("Sửa nhóm chức danh"),
        back=back,
        links=[(url, _("Phân loại từ một ngày khác"))],
        statuses=category.statuses.all(),
    )


@FORM
@door(can_keep_positions)
def category_status(request: StaffRequest, pk: int) -> HttpResponse:
    """What a category means from a day on, by which paper."""
    category = get_object_or_404(list_categories(), pk=pk)
    form = CategoryStatusForm(request.POST or None)

    def save() -> str:
        services.set_category_status(
            category=category, **form.cleaned_data, actor=request.actor, at=now()
        )
        return reverse("console:category-list")

    return answer_form(
        request,
        form,
        save,
        title=_("Phân loại nhóm chức danh"),
        about=category.name,
        back=reverse("console:category-edit", args=[pk]),
        statuses=category.statuses.all(),
    )
