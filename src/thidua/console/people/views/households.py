"""Households and their members."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from thidua.console.people.forms.facts import with_reason
from thidua.console.people.forms.fields import make_source
from thidua.console.people.forms.persons import EndForm, HouseholdForm, MemberForm
from thidua.console.people.tables import Households
from thidua.console.people.views.answering import answer_form
from thidua.console.people.words import VERDICTS, ribbon_of, say_award
from thidua.people import services
from thidua.people.models import Household
from thidua.people.permissions import can_edit_people, can_see_people
from thidua.people.selectors import (
    get_household_for,
    list_household_members,
    list_households,
    list_units_to_edit,
)
from thidua.register.selectors import list_honours_of_households
from thidua.screening.saying import say_assessments
from thidua.screening.selectors import assess_households, make_judge
from thidua.support.clock import now
from thidua.web.doors import StaffRequest, door
from thidua.web.listing import Empty, Listing

FORM = require_http_methods(["GET", "HEAD", "POST"])


@method_decorator(door(can_see_people), name="dispatch")
class HouseholdList(Listing):
    """Households of the units that the actor answers for."""

    title = gettext_lazy("Hộ gia đình")
    table_class = Households
    search = ("folded",)
    empty = Empty(
        gettext_lazy("Chưa có hộ gia đình nào"),
        gettext_lazy(
            "Hộ gia đình được xét danh hiệu và khen thưởng riêng; thêm hộ khi có đề nghị."
        ),
        gettext_lazy("Thêm hộ"),
        "console:household-create",
    )

    def get_rows(self) -> QuerySet[Household]:
        """By name."""
        return list_households(self.request.actor)

    def get_acts(self) -> list[dict[str, Any]]:
        """Adding is for those who edit."""
        if not can_edit_people(self.request.actor):
            return []
        url = reverse("console:household-create")
        return [{"url": url, "label": _("Thêm hộ"), "icon": "plus"}]


@FORM
@door(can_edit_people)
def household_create(request: StaffRequest) -> HttpResponse:
    """A new household."""
    form = HouseholdForm(request.POST or None, request.FILES or None, actor=request.actor)

    def save() -> str:
        data = form.cleaned_data
        unit = get_object_or_404(list_units_to_edit(request.actor), pk=data["unit"])
        stored = services.register_household(
            name=data["name"],
            unit=unit,
            address=data["address"],
            source=make_source(request, form),
            actor=request.actor,
            at=now(),
        )
        return reverse("console:household-detail", args=[stored.pk])

    return answer_form(
        request, form, save, title=_("Thêm hộ gia đình"), back=reverse("console:household-list")
    )


@require_safe
@door(can_see_people)
def household_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Who belongs to a household, what it has and what is missing."""
    household = get_household_for(request.actor, pk)
    at = now()
    judge = make_judge(at)
    honours = list_honours_of_households([pk])[pk]
    context = {
        "title": household.name,
        "household": household,
        "members": list_household_members(pk),
        "honours": [(one, ribbon_of(one.said.award), say_award(one.said.award)) for one in honours],
        "chips": VERDICTS,
        "said_all": say_assessments(assess_households([pk], judge, at), judge),
        "year": judge.frame.year,
        "edits": can_edit_people(request.actor),
    }
    return render(request, "console/people/household.html", context)


@FORM
@door(can_edit_people)
def household_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A household, corrected with a reason."""
    household = get_household_for(request.actor, pk)
    initial = {"name": household.name, "unit": household.unit_id, "address": household.address}
    form = with_reason(HouseholdForm)(  # type: ignore[call-arg]
        request.POST or None, request.FILES or None, actor=request.actor, initial=initial
    )
    back = reverse("console:household-detail", args=[pk])

    def save() -> str:
        data = form.cleaned_data
        values = {
            "name": data["name"],
            "address": data["address"],
            "unit": get_object_or_404(list_units_to_edit(request.actor), pk=data["unit"]),
        }
        services.correct_household(
            household, reason=data["reason"], actor=request.actor, at=now(), **values
        )
        return back

    return answer_form(request, form, save, title=_("Sửa hộ gia đình"), back=back)


@FORM
@door(can_edit_people)
def household_member(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody belongs to a household."""
    household = get_household_for(request.actor, pk)
    form = MemberForm(request.POST or None, actor=request.actor)
    back = reverse("console:household-detail", args=[pk])

    def save() -> str:
        services.add_household_member(
            household=household, **form.cleaned_data, actor=request.actor, at=now()
        )
        return back

    return answer_form(
        request, form, save, title=_("Thêm thành viên"), about=household.name, back=back
    )


@FORM
@door(can_edit_people)
def household_member_end(request: StaffRequest, household: int, pk: int) -> HttpResponse:
    """Somebody no longer belongs to a household."""
    house = get_household_for(request.actor, household)
    member = get_object_or_404(list_household_members(house.pk), pk=pk)
    form = EndForm(request.POST or None)
    back = reverse("console:household-detail", args=[house.pk])

    def save() -> str:
        last_day = form.cleaned_data["last_day"]
        services.end_household_membership(member, last_day=last_day, actor=request.actor, at=now())
        return back

    return answer_form(
        request,
        form,
        save,
        title=_("Thôi là thành viên hộ"),
        about=f"{member.person.full_name}, {house.name}",
        back=back,
    )
