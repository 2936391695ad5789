"""Kinds of unit and their keeper's screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.console.units.act import Act, Rows
from thidua.console.units.forms import ActForm
from thidua.console.units.tables import KindTable
from thidua.organizations import services
from thidua.organizations.models import UnitKind
from thidua.organizations.selectors import list_kinds
from thidua.web.forms import LineField
from thidua.web.listing import Empty, Listing


class KindForm(ActForm):
    """A kind's name and place in lists."""

    name = LineField(label=gettext_lazy("Tên loại"), max_length=120)
    position = forms.IntegerField(
        label=gettext_lazy("Thứ tự trong danh sách"), min_value=0, max_value=999, initial=0
    )


class NewKindForm(KindForm):
    """A new kind has a code, which stays."""

    field_order = ("code", "name", "position")
    code = forms.SlugField(
        label=gettext_lazy("Mã"),
        max_length=40,
        help_text=gettext_lazy("Chữ không dấu, số và dấu gạch nối; dùng khi nhập, xuất Excel."),
    )


class ChangedKindForm(KindForm):
    """A kind may go out of use; units that have it keep it."""

    is_active = forms.BooleanField(
        label=gettext_lazy("Đang dùng: chọn được khi thêm đơn vị"), required=False
    )


class KindList(Listing):
    """All kinds."""

    title = gettext_lazy("Loại đơn vị")
    table_class = KindTable
    empty = Empty(
        gettext_lazy("Chưa có loại đơn vị"),
        gettext_lazy("Thêm loại đầu tiên (vụ, cục, viện…) rồi thêm đơn vị."),
        gettext_lazy("Thêm loại"),
        "console:unit-kind-add",
    )
    acts = (("console:unit-kind-add", gettext_lazy("Thêm loại"), "plus"),)

    def get_rows(self) -> QuerySet[UnitKind]:
        """Those out of use too."""
        return list_kinds(with_retired=True)


class AddKind(Act):
    """A new kind."""

    title = gettext_lazy("Thêm loại đơn vị")
    submit = gettext_lazy("Thêm loại")
    form_class: type[KindForm] = NewKindForm
    has_preview = False

    def act(self, form: ActForm, who: dict[str, Any]) -> UnitKind:
        """Keep it."""
        return services.create_kind(**form.cleaned_data, **who)

    def tell(self, form: ActForm, done: Any) -> Rows:
        """No preview."""
        raise NotImplementedError

    def back(self) -> str:
        """To the list."""
        return reverse("console:unit-kind-list")

    def answer(self, form: ActForm, done: Any) -> tuple[str, str, str]:
        """To the list."""
        del form
        return self.back(), _("Đã ghi loại «%s».") % done.name, ""


class EditKind(AddKind):
    """Another name, another place, out of use."""

    title = gettext_lazy("Sửa loại đơn vị")
    submit = gettext_lazy("Lưu")
    form_class = ChangedKindForm

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Find the kind."""
        super().setup(request, *args, **kwargs)
        kind = list_kinds(with_retired=True).filter(pk=kwargs["pk"]).first()
        if kind is None:
            raise Http404
        self.kind = kind

    def get_options(self) -> dict[str, Any]:
        """As stored."""
        kind = self.kind
        return {
            "initial": {
                "name": kind.name,
                "position": kind.position,
                "is_active": kind.is_active,
            }
        }

    def act(self, form: ActForm, who: dict[str, Any]) -> UnitKind:
        """Keep it."""
        return services.change_kind(kind=self.kind, **form.cleaned_data, **who)
