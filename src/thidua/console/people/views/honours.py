"""Honours of a person in the register: entered from an outside decision, corrected, taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from thidua.console.people.forms.fields import make_source
from thidua.console.people.forms.honours import (
    CorrectionForm,
    HonourForm,
    ReissueForm,
    RevocationForm,
)
from thidua.console.people.views.answering import answer_form, find_person, person_url
from thidua.console.people.words import STATUSES, ribbon_of, say_award
from thidua.documents.models import Location
from thidua.people.lifecycle import write_partial
from thidua.people.models import Person
from thidua.people.permissions import can_edit_people, can_see_people
from thidua.people.selectors import get_person_line
from thidua.register import services
from thidua.register.models import DecisionRecord, RegisterEntry
from thidua.register.permissions import can_change_any_entry, can_change_entry
from thidua.register.selectors import Honour, list_honours_of_people
from thidua.support.clock import local_date, now
from thidua.web.doors import StaffRequest, door

FORM = require_http_methods(["GET", "HEAD", "POST"])
_DECISION = ("number", "decided_on", "issuer", "issuer_level", "signer", "signer_title", "abstract")


def _record_decision(
    request: StaffRequest, form: forms.Form, source: Location | None
) -> DecisionRecord | None:
    """The decision that a form names, found again where it is there; None where it names none."""
    data = {name: form.cleaned_data[name] for name in _DECISION}
    if not (data["number"] or data["decided_on"] or data["abstract"]):
        return None
    draft = services.draft_decision(**data, source=source)
    return services.record_decision(draft, actor=request.actor, at=now())


@FORM
@door(can_edit_people)
def honour_create(request: StaffRequest, person: int) -> HttpResponse:
    """An honour that an outside decision gave."""
    who = find_person(request, person)
    form = HonourForm(
        request.POST or None, request.FILES or None, initial={"holder_name": who.full_name}
    )

    def save() -> str:
        data, source = form.cleaned_data, make_source(request, form)
        names = ("award", "year", "period_from", "period_until", "stream")
        written = ("holder_name", "holder_unit", "wording")
        entry = RegisterEntry(
            person=who,
            decision=_record_decision(request, form, source),
            source=source,
            award_name=say_award(data["award"]),
            **{name: data[name] for name in (*names, *written)},
        )
        services.enter_honour(entry, actor=request.actor, at=now())
        return person_url(who.pk)

    return answer_form(
        request,
        form,
        save,
        title=_("Ghi khen thưởng theo quyết định"),
        back=person_url(who.pk),
        done=_("Đã ghi vào sổ khen thưởng."),
        person=who,
    )


def _find(who: Person, pk: int) -> Honour:
    for honour in list_honours_of_people([who.pk])[who.pk]:
        if honour.grant.pk == pk:
            return honour
    raise Http404


@require_safe
@door(can_see_people)
def honour_detail(request: StaffRequest, person: int, pk: int) -> HttpResponse:
    """One honour with everything that was entered about it."""
    who = find_person(request, person)
    honour = _find(who, pk)
    line = get_person_line(who.pk, local_date(now()))
    said = honour.said
    context = {
        "title": said.award_name or say_award(said.award),
        "person": who,
        "honour": honour,
        "chip": STATUSES[honour.status],
        "ribbon": ribbon_of(said.award),
        "decision": said.decision,
        "decision_day": write_partial(said.decision.decided_on) if said.decision else "",
        "lines": (honour.grant, *honour.later),
        "source": said.source,
        "changes": can_change_entry(request.actor, line) and honour.status != "revoked",
    }
    return render(request, "console/people/honour.html", context)


def _change(
    request: StaffRequest, person: int, pk: int, form: forms.Form, act: Any, **more: Any
) -> HttpResponse:
    who = find_person(request, person)
    honour = _find(who, pk)
    url = reverse("console:honour-detail", args=[who.pk, pk])

    def save() -> str:
        act(honour.grant)
        return url

    return answer_form(
        request,
        form,
        save,
        back=url,
        about=f"{honour.said.award_name or say_award(honour.said.award)}, {who.full_name}",
        person=who,
        **more,
    )


@FORM
@door(can_change_any_entry)
def honour_correct(request: StaffRequest, person: int, pk: int) -> HttpResponse:
    """A line that says the honour again, mended."""
    who = find_person(request, person)
    said = _find(who, pk).said
    names = ("holder_name", "holder_unit", "award", "year", "stream", "wording")
    form = CorrectionForm(
        request.POST or None,
        request.FILES or None,
        initial={name: getattr(said, name) for name in names},
    )

    def act(grant: RegisterEntry) -> None:
        values = {name: form.cleaned_data[name] for name in names}
        values["award_name"] = say_award(values["award"])
        source = make_source(request, form)
        if source is not None:
            values["source"] = source
        reason = form.cleaned_data["reason"]
        services.correct_entry(grant, reason=reason, actor=request.actor, at=now(), **values)

    return _change(
        request, person, pk, form, act, title=_("Đính chính"), submit=_("Ghi đính chính")
    )


@FORM
@door(can_change_any_entry)
def honour_reissue(request: StaffRequest, person: int, pk: int) -> HttpResponse:
    """A line that the paper was issued anew."""
    form = ReissueForm(request.POST or None, request.FILES or None)

    def act(grant: RegisterEntry) -> None:
        services.reissue_entry(
            grant,
            source=make_source(request, form),
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            at=now(),
        )

    return _change(
        request, person, pk, form, act, title=_("Cấp lại, cấp đổi"), submit=_("Ghi cấp lại")
    )


@FORM
@door(can_change_any_entry)
def honour_revoke(request: StaffRequest, person: int, pk: int) -> HttpResponse:
    """A line that the honour was taken back: a word is typed first."""
    form = RevocationForm(request.POST or None, request.FILES or None, word=_("THU HỒI"))

    def act(grant: RegisterEntry) -> None:
        source = make_source(request, form)
        services.revoke_entry(
            grant,
            decision=_record_decision(request, form, source),
            source=source,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            at=now(),
        )

    return _change(
        request,
        person,
        pk,
        form,
        act,
        title=_("Thu hồi"),
        submit=_("Ghi thu hồi"),
        seal=True,
        confirm=form.asked,
    )
