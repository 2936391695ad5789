"""Blocs and clusters: who is in them, who leads them in which year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from thidua.console.units.act import Act, Rows
from thidua.console.units.fields import UnitField, day_field, decision_field
from thidua.console.units.forms import ActForm
from thidua.console.units.rights import may_edit
from thidua.console.units.tables import BlocTable
from thidua.organizations import services
from thidua.organizations.models import Bloc
from thidua.organizations.selectors import (
    get_bloc_for,
    get_membership_for,
    list_bloc_members,
    list_blocs,
    list_leads,
    list_living,
)
from thidua.support.clock import local_date, now
from thidua.web.doors import StaffRequest
from thidua.web.forms import LineField
from thidua.web.listing import Empty, Listing
from thidua.web.words import say_day


class NewBlocForm(ActForm):
    """A new bloc or cluster."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=Bloc.KINDS)
    name = LineField(label=gettext_lazy("Tên"), max_length=300)
    code = LineField(label=gettext_lazy("Mã"), max_length=40)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Its first day and its paper."""
        super().__init__(*args, **options)
        self.fields["on"] = day_field(label=_("Hoạt động từ ngày"))
        self.fields["decision"] = decision_field(required=False)


class ChangedBlocForm(ActForm):
    """Another name, another paper."""

    name = LineField(label=gettext_lazy("Tên"), max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Its paper."""
        super().__init__(*args, **options)
        self.fields["decision"] = decision_field(required=False)


class JoinForm(ActForm):
    """A unit comes in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Any living unit; from a bloc where it was it goes."""
        super().__init__(*args, **options)
        self.fields["unit"] = UnitField(
            list_living().exclude(is_root=True),
            label=_("Đơn vị"),
            help_text=_("Đơn vị đang ở cụm, khối khác thì ra khỏi đó từ hôm trước."),
        )
        self.fields["on"] = day_field(label=_("Từ ngày"))
        self.fields["decision"] = decision_field(required=False)


class LastDayForm(ActForm):
    """The last day of a membership or of a bloc."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """A day, and why."""
        super().__init__(*args, **options)
        self.fields["on"] = day_field(label=_("Đến hết ngày"))
        self.fields["reason"] = LineField(label=_("Lý do, căn cứ"), max_length=300)


class LeadForm(ActForm):
    """Who leads in a year."""

    def __init__(self, *args: Any, bloc: Bloc, **options: Any) -> None:
        """Members of today stand in the list."""
        super().__init__(*args, **options)
        members = bloc.memberships.values("unit_id")
        self.fields["year"] = forms.IntegerField(label=_("Năm"), min_value=1945, max_value=2100)
        self.fields["unit"] = UnitField(
            list_living().filter(pk__in=members), label=_("Đơn vị thành viên")
        )
        self.fields["place"] = forms.ChoiceField(
            label=_("Vai"), choices=[("head", _("Trưởng")), ("deputy", _("Phó trưởng"))]
        )


class BlocList(Listing):
    """All blocs and clusters."""

    title = gettext_lazy("Cụm, khối thi đua")
    table_class = BlocTable
    search = ("folded",)
    empty = Empty(
        gettext_lazy("Chưa có cụm, khối thi đua"),
        gettext_lazy("Lập cụm, khối rồi đưa đơn vị vào, để xếp hạng trong cùng nhóm."),
    )

    def get_rows(self) -> QuerySet[Bloc]:
        """Whoever has an account sees them."""
        return list_blocs(local_date(now()))

    def get_acts(self) -> list[dict[str, Any]]:
        """For those who keep them."""
        if not may_edit(self.request.actor):
            return []
        url = reverse("console:bloc-add")
        return [{"url": url, "label": _("Lập cụm, khối"), "icon": "plus"}]


@require_safe
def show_bloc(request: StaffRequest, pk: int) -> HttpResponse:
    """One bloc: members of today and before, who leads in which year."""
    bloc = get_bloc_for(request.actor, pk)
    if bloc is None:
        raise Http404
    today = local_date(now())
    members = list_bloc_members(bloc)
    context = {
        "title": bloc.name,
        "bloc": bloc,
        "members": [one for one in members if one.valid_until is None or one.valid_until >= today],
        "former": [one for one in members if one.valid_until and one.valid_until < today],
        "leads": list_leads(bloc),
        "may_edit": may_edit(request.actor) and bloc.valid_until is None,
    }
    return render(request, "console/units/bloc.html", context)


class AddBloc(Act):
    """A new bloc."""

    title = gettext_lazy("Lập cụm, khối thi đua")
    submit = gettext_lazy("Lập")
    form_class = NewBlocForm
    has_preview = False

    def act(self, form: ActForm, who: dict[str, Any]) -> Bloc:
        """Open it."""
        return services.create_bloc(**form.cleaned_data, **who)

    def tell(self, form: ActForm, done: Any) -> Rows:
        """What will be, for those acts that have a preview."""
        raise NotImplementedError

    def back(self) -> str:
        """To the list."""
        return reverse("console:bloc-list")

    def answer(self, form: ActForm, done: Bloc) -> tuple[str, str, str]:
        """To its page."""
        del form
        return bloc_page(done), _("Đã lập «%s».") % done.name, ""


def bloc_page(bloc: Bloc) -> str:
    """The bloc's page."""
    return reverse("console:bloc-detail", kwargs={"pk": bloc.pk})


class BlocAct(Act):
    """An act on the bloc in the address."""

    has_preview = False
    bloc: Bloc

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Find the bloc."""
        super().setup(request, *args, **kwargs)
        bloc = get_bloc_for(request.actor, kwargs["pk"])
        if bloc is None:
            raise Http404
        self.bloc = bloc

    def tell(self, form: ActForm, done: Any) -> Rows:
        """What will be, for those acts that have a preview."""
        raise NotImplementedError

    def back(self) -> str:
        """To its page."""
        return bloc_page(self.bloc)

    def answer(self, form: ActForm, done: Any) -> tuple[str, str, str]:
        """To its page."""
        del form, done
        return self.back(), _("Đã ghi."), ""


class EditBloc(BlocAct):
    """Another name or paper."""

    title = gettext_lazy("Sửa cụm, khối")
    submit = gettext_lazy("Lưu")
    form_class = ChangedBlocForm

    def get_options(self) -> dict[str, Any]:
        """As stored."""
        return {"initial": {"name": self.bloc.name, "decision": self.bloc.decision}}

    def act(self, form: ActForm, who: dict[str, Any]) -> None:
        """Keep it."""
        services.change_bloc(bloc=self.bloc, **form.cleaned_data, **who)


class CloseBloc(BlocAct):
    """The bloc ends."""

    title = gettext_lazy("Kết thúc cụm, khối")
    submit = gettext_lazy("Kết thúc")
    form_class = LastDayForm
    has_preview = True

    def act(self, form: ActForm, who: dict[str, Any]) -> list[str]:
        """End it; the names of those that leave."""
        on = form.cleaned_data["on"]
        inside = [one.unit.name for one in list_bloc_members(self.bloc, on)]
        services.close_bloc(bloc=self.bloc, **form.cleaned_data, **who)
        return inside

    def tell(self, form: ActForm, done: list[str]) -> Rows:
        """Who leaves."""
        return [
            (_("Kết thúc"), self.bloc.name),
            (_("Đến hết ngày"), say_day(form.cleaned_data["on"])),
            (_("Đơn vị ra khỏi cụm, khối"), ", ".join(done) or _("không có")),
        ]


class Join(BlocAct):
    """A unit comes in."""

    title = gettext_lazy("Đưa đơn vị vào cụm, khối")
    submit = gettext_lazy("Đưa vào")
    form_class = JoinForm

    def act(self, form: ActForm, who: dict[str, Any]) -> None:
        """Keep it."""
        services.join_bloc(bloc=self.bloc, **form.cleaned_data, **who)


class Leave(BlocAct):
    """A unit goes out."""

    title = gettext_lazy("Cho đơn vị ra khỏi cụm, khối")
    submit = gettext_lazy("Cho ra")
    form_class = LastDayForm

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Find the membership."""
        super().setup(request, *args, **kwargs)
        membership = get_membership_for(request.actor, self.bloc, kwargs["row"])
        if membership is None:
            raise Http404
        self.membership = membership
        self.about = membership.unit.name

    def act(self, form: ActForm, who: dict[str, Any]) -> None:
        """Keep it."""
        services.leave_bloc(membership=self.membership, **form.cleaned_data, **who)


class Lead(BlocAct):
    """Who leads in a year."""

    title = gettext_lazy("Trưởng, phó trưởng cụm, khối")
    submit = gettext_lazy("Ghi")
    about = gettext_lazy("Đã ghi đơn vị khác cho năm đó thì thay bằng đơn vị này.")
    form_class = LeadForm

    def get_options(self) -> dict[str, Any]:
        """The bloc, and the year that it is."""
        return {"bloc": self.bloc, "initial": {"year": local_date(now()).year}}

    def act(self, form: ActForm, who: dict[str, Any]) -> None:
        """Keep it."""
        services.set_bloc_lead(bloc=self.bloc, **form.cleaned_data, **who)
