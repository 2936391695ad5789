"""Facts of a person: recorded, corrected with a reason, removed with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.console.people.forms.facts import FACT_FORMS, Initiative, Reason, with_reason
from thidua.console.people.forms.fields import make_source, own_values
from thidua.console.people.forms.persons import AuthorForm
from thidua.console.people.views.answering import answer_form, find_person, person_url
from thidua.merits import services
from thidua.merits.models import Fact, InitiativeAuthor
from thidua.merits.selectors import KINDS, get_authorship, get_fact_of_person, list_co_authors
from thidua.people.permissions import can_edit_people
from thidua.support.clock import now
from thidua.web.doors import StaffRequest, door

FORM = require_http_methods(["GET", "HEAD", "POST"])


def _kind(kind: str) -> tuple[Any, type[forms.Form], str]:
    if kind not in KINDS:
        raise Http404
    form, label = FACT_FORMS[kind]
    return KINDS[kind], form, str(label)


@FORM
@door(can_edit_people)
def fact_create(request: StaffRequest, person: int, kind: str) -> HttpResponse:
    """One more record of a kind."""
    who = find_person(request, person)
    model, form_class, label = _kind(kind)
    initial = {"is_registered": True} if kind == "dang-ky" else {}
    form = form_class(request.POST or None, request.FILES or None, initial=initial)

    def save() -> str:
        fact: Fact = model(**own_values(form), person=who, source=make_source(request, form))
        services.record_fact(fact, actor=request.actor, at=now())
        return person_url(who.pk)

    return answer_form(
        request,
        form,
        save,
        title=_("Ghi: %(kind)s") % {"kind": label},
        back=person_url(who.pk),
        person=who,
    )


@FORM
@door(can_edit_people)
def fact_edit(request: StaffRequest, person: int, kind: str, pk: int) -> HttpResponse:
    """A record, corrected with a reason."""
    who = find_person(request, person)
    _model, form_class, label = _kind(kind)
    fact = get_fact_of_person(kind, who.pk, pk)
    initial = {name: getattr(fact, name) for name in form_class.base_fields if hasattr(fact, name)}
    form = with_reason(form_class)(request.POST or None, request.FILES or None, initial=initial)

    def save() -> str:
        values = own_values(form)
        source = make_source(request, form)
        if source is not None:
            values["source"] = source
        reason = form.cleaned_data["reason"]
        services.correct_fact(fact, reason=reason, actor=request.actor, at=now(), **values)
        return person_url(who.pk)

    url = reverse("console:fact-withdraw", args=[who.pk, kind, pk])
    return answer_form(
        request,
        form,
        save,
        title=_("Sửa: %(kind)s") % {"kind": label},
        back=person_url(who.pk),
        person=who,
        links=[(url, _("Xóa vì ghi nhầm"))],
        source=fact.source,
        recorded=fact,
    )


@FORM
@door(can_edit_people)
def fact_withdraw(request: StaffRequest, person: int, kind: str, pk: int) -> HttpResponse:
    """A record that should not be is removed; the trail keeps it."""
    who = find_person(request, person)
    _model, _form, label = _kind(kind)
    fact = get_fact_of_person(kind, who.pk, pk)
    form = Reason(request.POST or None)

    def save() -> str:
        reason = form.cleaned_data["reason"]
        services.withdraw_fact(fact, reason=reason, actor=request.actor, at=now())
        return person_url(who.pk)

    return answer_form(
        request,
        form,
        save,
        title=_("Xóa: %(kind)s") % {"kind": label},
        back=person_url(who.pk),
        submit=_("Xóa"),
        done=_("Đã xóa. Nhật ký vẫn giữ nội dung."),
        person=who,
    )


_OF_AUTHOR = ("share",)


def _initiative_values(form: forms.Form) -> dict[str, Any]:
    """Columns of the initiative; «đã dùng: có» without awards says nothing yet."""
    values = own_values(form)
    used, listed = values.pop("is_used"), values.pop("used_for")
    values["used_for"] = {True: listed or None, False: [], None: listed or None}[used]
    for name in _OF_AUTHOR:
        values.pop(name)
    return values


@FORM
@door(can_edit_people)
def initiative_create(request: StaffRequest, person: int) -> HttpResponse:
    """An initiative of somebody; co-authors are added on its own page."""
    who = find_person(request, person)
    form = Initiative(request.POST or None, request.FILES or None)

    def save() -> str:
        draft = services.draft_initiative(
            **_initiative_values(form), source=make_source(request, form)
        )
        author = InitiativeAuthor(person=who, share=form.cleaned_data["share"], is_main=True)
        services.record_initiative(draft, [author], actor=request.actor, at=now())
        return reverse("console:initiative-edit", args=[who.pk, draft.pk])

    return answer_form(
        request,
        form,
        save,
        title=_("Ghi: Sáng kiến, đề tài"),
        back=person_url(who.pk),
        person=who,
        done=_("Đã lưu. Thêm đồng tác giả ở trang này nếu có."),
    )


@FORM
@door(can_edit_people)
def initiative_edit(request: StaffRequest, person: int, pk: int) -> HttpResponse:
    """An initiative, corrected with a reason; its authors."""
    who = find_person(request, person)
    author = get_authorship(who.pk, pk)
    one = author.initiative
    initial = {name: getattr(one, name) for name in Initiative.base_fields if hasattr(one, name)}
    initial |= {"share": author.share, "used_for": one.used_for or []}
    initial["is_used"] = None if one.used_for is None else bool(one.used_for)
    form = with_reason(Initiative)(request.POST or None, request.FILES or None, initial=initial)

    def save() -> str:
        values = services.initiative_values(**_initiative_values(form))
        source = make_source(request, form)
        if source is not None:
            values["source"] = source
        reason = form.cleaned_data["reason"]
        more = {"reason": reason, "actor": request.actor, "at": now()}
        services.correct_fact(one, **more, **values)
        services.change_share(author, share=form.cleaned_data["share"], **more)
        return person_url(who.pk)

    links = [
        (reverse("console:initiative-author", args=[who.pk, pk]), _("Thêm đồng tác giả")),
        (reverse("console:initiative-withdraw", args=[who.pk, pk]), _("Xóa vì ghi nhầm")),
    ]
    return answer_form(
        request,
        form,
        save,
        title=_("Sửa: Sáng kiến, đề tài"),
        back=person_url(who.pk),
        person=who,
        links=links,
        source=one.source,
        recorded=one,
        authors=list_co_authors(one.pk),
    )


@FORM
@door(can_edit_people)
def initiative_author(request: StaffRequest, person: int, pk: int) -> HttpResponse:
    """Somebody else is an author too."""
    who = find_person(request, person)
    one = get_authorship(who.pk, pk).initiative
    form = AuthorForm(request.POST or None, actor=request.actor)
    back = reverse("console:initiative-edit", args=[who.pk, pk])

    def save() -> str:
        services.add_author(initiative=one, **form.cleaned_data, actor=request.actor, at=now())
        return back

    return answer_form(
        request, form, save, title=_("Thêm đồng tác giả"), about=one.name, back=back, person=who
    )


@FORM
@door(can_edit_people)
def initiative_author_remove(
    request: StaffRequest, person: int, initiative: int, pk: int
) -> HttpResponse:
    """Somebody is no author after all."""
    who = find_person(request, person)
    get_authorship(who.pk, initiative)
    author = get_object_or_404(list_co_authors(initiative), pk=pk)
    form = Reason(request.POST or None)
    back = reverse("console:initiative-edit", args=[who.pk, initiative])

    def save() -> str:
        reason = form.cleaned_data["reason"]
        services.remove_author(author, reason=reason, actor=request.actor, at=now())
        return person_url(who.pk)

    return answer_form(
        request,
        form,
        save,
        title=_("Bỏ tác giả"),
        about=f"{author.person.full_name}: {author.initiative.name}",
        back=back,
        submit=_("Bỏ"),
        person=who,
    )


@FORM
@door(can_edit_people)
def initiative_withdraw(request: StaffRequest, person: int, pk: int) -> HttpResponse:
    """An initiative that should not be is removed, with its authors."""
    who = find_person(request, person)
    one = get_authorship(who.pk, pk).initiative
    form = Reason(request.POST or None)

    def save() -> str:
        reason = form.cleaned_data["reason"]
        services.withdraw_initiative(one, reason=reason, actor=request.actor, at=now())
        return person_url(who.pk)

    return answer_form(
        request,
        form,
        save,
        title=_("Xóa sáng kiến, đề tài"),
        about=one.name,
        back=reverse("console:initiative-edit", args=[who.pk, pk]),
        submit=_("Xóa"),
        done=_("Đã xóa. Nhật ký vẫn giữ nội dung."),
        person=who,
    )
