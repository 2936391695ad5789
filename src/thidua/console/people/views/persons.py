"""The list of people, the page of one, and who they are."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from thidua.console.people.forms.facts import FACT_FORMS, Reason, with_reason
from thidua.console.people.forms.fields import make_source
from thidua.console.people.forms.persons import (
    AccountForm,
    CaseForm,
    CodeForm,
    EndForm,
    NewPersonForm,
    PersonForm,
    PostForm,
)
from thidua.console.people.tables import People, PeopleFilters
from thidua.console.people.timeline import find_source, initials, make_timeline, say_scopes
from thidua.console.people.views.answering import answer_form, find_person, person_url
from thidua.console.people.words import VERDICTS, ribbon_of, say_award
from thidua.documents.selectors import read_content
from thidua.merits.permissions import can_see_sensitive_facts
from thidua.people import services
from thidua.people.lifecycle import write_partial
from thidua.people.models import Person, Post
from thidua.people.permissions import can_edit_people, can_see_people, can_see_self
from thidua.people.selectors import (
    get_person_line,
    get_position,
    list_organisations,
    list_people_for,
    list_posts,
    with_main_post,
)
from thidua.screening.saying import Said, provisional_note, say_assessments
from thidua.screening.selectors import assess_records, make_judge, read_records
from thidua.support.clock import local_date, now
from thidua.web.doors import StaffRequest, door
from thidua.web.files import attachment, mime_of
from thidua.web.listing import Empty, Listing

FORM = require_http_methods(["GET", "HEAD", "POST"])


@method_decorator(door(can_see_people), name="dispatch")
class PersonList(Listing):
    """People of the units that the actor answers for."""

    title = gettext_lazy("Người")
    about = gettext_lazy("Người thuộc các đơn vị anh/chị phụ trách, xếp theo tên.")
    table_class = People
    filters_class = PeopleFilters
    search = ("folded",)
    search_label = gettext_lazy("Tìm theo họ tên, có dấu hay không dấu")
    empty = Empty(
        gettext_lazy("Chưa có ai"),
        gettext_lazy("Thêm từng người, hoặc nhờ cơ quan khen thưởng nhập danh sách của đơn vị."),
        gettext_lazy("Thêm người"),
        "console:person-create",
    )

    def get_rows(self) -> QuerySet[Person]:
        """By given name, with their main posts."""
        at = now()
        return with_main_post(list_people_for(self.request.actor, at), local_date(at))

    def get_acts(self) -> list[dict[str, Any]]:
        """Adding is for those who edit."""
        if not can_edit_people(self.request.actor):
            return []
        return [
            {"url": reverse(name), "label": label, "icon": icon}
            for name, label, icon in (
                ("console:person-create", _("Thêm người"), "user-plus"),
                ("console:duplicate-list", _("Hồ sơ trùng"), "git-merge"),
                ("console:household-list", _("Hộ gia đình"), "house"),
            )
        ]


@require_safe
@door(can_see_people)
def person_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """What somebody has, what is missing, and where each fact comes from."""
    person = find_person(request, pk)
    if person.pk != pk:
        return HttpResponseRedirect(person_url(person.pk))
    line = get_person_line(person.pk, local_date(now()))
    return _page(
        request,
        person,
        edits=can_edit_people(request.actor, line),
        sensitive=can_see_sensitive_facts(request.actor, line),
    )


@require_safe
@door(can_see_people)
def source_file(request: StaffRequest, person: int, pk: int) -> HttpResponse:
    """The file from which something of this person is known, for whoever may see what it says."""
    who, at = find_person(request, person), now()
    line = get_person_line(who.pk, local_date(at))
    sensitive = can_see_sensitive_facts(request.actor, line)
    place = find_source(read_records([who.pk], at)[who.pk], pk, sensitive=sensitive)
    if place is None or place.file is None:
        raise Http404
    return attachment(read_content(place.file), place.file.name, mime_of(place.file.kind))


@require_safe
@door(can_see_self)
def self_page(request: StaffRequest) -> HttpResponse:
    """«Tôi có gì, còn thiếu gì»."""
    person = find_person(request, request.actor.person_id or 0)
    return _page(request, person, edits=False, sensitive=False, is_self=True)


def _page(
    request: StaffRequest,
    person: Person,
    *,
    edits: bool,
    sensitive: bool,
    is_self: bool = False,
) -> HttpResponse:
    at = now()
    records = read_records([person.pk], at)
    own = records[person.pk]
    asked = CaseForm(request.GET)
    case, provisional = asked.read()
    judge = make_judge(at, case, provisional=provisional)
    said = say_assessments(assess_records(records, judge, at), judge)
    kinds = [
        {
            "kind": kind,
            "label": label,
            "url": reverse("console:fact-create", args=[person.pk, kind]),
        }
        for kind, (_form, label) in FACT_FORMS.items()
    ]
    valid = [one for one in own.honours if one.status != "revoked"]
    context = {
        "title": person.full_name,
        "person": person,
        "standing": own.standing,
        "posts": own.posts[::-1],
        "initials": initials(person.full_name),
        "born": write_partial(person.birth),
        "rack": [(ribbon_of(one.said.award), say_award(one.said.award)) for one in reversed(valid)],
        "scopes": say_scopes(own.facts, person.pk),
        "chips": VERDICTS,
        "codes": person.codes.select_related("organisation"),
        "honours": valid,
        "first_year": min((one.said.year for one in valid if one.said.year), default=None),
        **_piles(said),
        "year": judge.frame.year,
        "case": asked,
        "provisional": provisional_note(judge, request.actor.name),
        "years": make_timeline(own, sensitive=sensitive),
        "kinds": kinds,
        "edits": edits,
        "is_self": is_self,
    }
    return render(request, "console/people/person.html", context)


_NEAR = ("eligible", "one_short", "awaiting", "unknown")


def _piles(said: list[Said]) -> dict[str, Any]:
    """The nearest award, those near, those far, and those that no text of the day answers for."""
    answered = [one for one in said if one.group != "refused"]
    refused = [one for one in said if one.group == "refused"]
    near = [one for one in answered if one.group in _NEAR and (one.has_ground or one.word == "yes")]
    first = near or answered
    return {
        "near": first[:1],
        "more": near[1:],
        "far": [one for one in answered if one not in near and one not in first[:1]],
        "refused": refused,
        "refusals": sorted({note for one in refused for note in one.notes}),
    }


@FORM
@door(can_edit_people)
def person_create(request: StaffRequest) -> HttpResponse:
    """Somebody new, with the post that they hold."""
    form = NewPersonForm(
        request.POST or None, request.FILES or None, actor=request.actor, initial={"is_main": True}
    )

    def save() -> str:
        data = form.cleaned_data
        person = services.draft_person(
            full_name=data["full_name"],
            sex=data["sex"],
            birth=data["birth"],
            ethnicity=data["ethnicity"],
            classes=data["classes"],
            source=make_source(request, form),
        )
        services.register_person(person=person, post=_post(data), actor=request.actor, at=now())
        return person_url(person.pk)

    return answer_form(
        request,
        form,
        save,
        title=_("Thêm người"),
        back=reverse("console:person-list"),
        done=_("Đã thêm. Xem lại hồ sơ rồi ghi các dữ kiện của năm."),
    )


def _post(data: dict[str, Any]) -> Post:
    position = get_position(data["position"])
    return Post(
        unit_id=data["unit"],
        position=position,
        category_id=position.category_id,
        is_main=data["is_main"],
        valid_from=data["valid_from"],
        valid_until=data["valid_until"],
        region=data["region"],
        decision=data["decision"],
    )


_WHO = ("full_name", "sex", "birth", "ethnicity", "classes")


@FORM
@door(can_edit_people)
def person_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Who somebody is, corrected with a reason."""
    person = find_person(request, pk)
    initial = {name: getattr(person, name) for name in _WHO}
    form = with_reason(PersonForm)(request.POST or None, request.FILES or None, initial=initial)

    def save() -> str:
        data = form.cleaned_data
        values = {name: data[name] for name in _WHO}
        source = make_source(request, form)
        if source is not None:
            values["source"] = source
        services.correct_person(
            person, reason=data["reason"], actor=request.actor, at=now(), **values
        )
        return person_url(person.pk)

    return answer_form(
        request, form, save, title=_("Sửa hồ sơ"), back=person_url(person.pk), person=person
    )


@FORM
@door(can_edit_people)
def person_code(request: StaffRequest, pk: int) -> HttpResponse:
    """The employee code in an organisation."""
    person = find_person(request, pk)
    units = [(unit.pk, unit.name) for unit in list_organisations(person.pk)]
    form = CodeForm(request.POST or None, units=units)

    def save() -> str:
        organisation = get_object_or_404(
            list_organisations(person.pk), pk=form.cleaned_data["organisation"]
        )
        services.give_code(
            person=person,
            organisation=organisation,
            code=form.cleaned_data["code"],
            actor=request.actor,
            at=now(),
        )
        return person_url(person.pk)

    return answer_form(
        request, form, save, title=_("Mã nhân sự"), back=person_url(person.pk), person=person
    )


@FORM
@door(can_edit_people)
def person_account(request: StaffRequest, pk: int) -> HttpResponse:
    """Whose account it is: with it somebody opens their own page."""
    person = find_person(request, pk)
    initial = {"email": person.account.email if person.account else ""}
    form = AccountForm(request.POST or None, person=person, initial=initial)

    def save() -> str:
        services.link_account(person=person, account=form.account, actor=request.actor, at=now())
        return person_url(person.pk)

    return answer_form(
        request,
        form,
        save,
        title=_("Tài khoản của người này"),
        back=person_url(person.pk),
        person=person,
    )


@FORM
@door(can_edit_people)
def post_create(request: StaffRequest, person: int) -> HttpResponse:
    """Another post of somebody."""
    who = find_person(request, person)
    form = PostForm(request.POST or None, actor=request.actor, initial={"is_main": True})

    def save() -> str:
        post = _post(form.cleaned_data)
        post.person = who
        services.appoint(post, actor=request.actor, at=now())
        return person_url(who.pk)

    return answer_form(
        request, form, save, title=_("Thêm chức danh"), back=person_url(who.pk), person=who
    )


def _find_post(person: Person, pk: int) -> Post:
    return get_object_or_404(list_posts(person.pk), pk=pk)


@FORM
@door(can_edit_people)
def post_edit(request: StaffRequest, person: int, pk: int) -> HttpResponse:
    """A post, corrected with a reason."""
    who = find_person(request, person)
    post = _find_post(who, pk)
    names = ("is_main", "valid_from", "valid_until", "region", "decision")
    initial = {
        "unit": post.unit_id,
        "position": post.position_id,
        **{name: getattr(post, name) for name in names},
    }
    form = with_reason(PostForm)(  # type: ignore[call-arg]
        request.POST or None, actor=request.actor, post=post, initial=initial
    )

    def save() -> str:
        wanted = _post(form.cleaned_data)
        values = {name: getattr(wanted, name) for name in names}
        services.correct_post(
            post,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            at=now(),
            unit=wanted.unit,
            position=wanted.position,
            category=wanted.category,
            **values,
        )
        return person_url(who.pk)

    links = [
        (reverse("console:post-end", args=[who.pk, post.pk]), _("Kết thúc chức danh này")),
        (reverse("console:post-withdraw", args=[who.pk, post.pk]), _("Xóa vì ghi nhầm")),
    ]
    return answer_form(
        request,
        form,
        save,
        title=_("Sửa chức danh"),
        back=person_url(who.pk),
        person=who,
        links=links,
        source=post.source,
    )


@FORM
@door(can_edit_people)
def post_end(request: StaffRequest, person: int, pk: int) -> HttpResponse:
    """A post ends with a day."""
    who = find_person(request, person)
    post = _find_post(who, pk)
    form = EndForm(request.POST or None)

    def save() -> str:
        services.end_post(post, **form.cleaned_data, actor=request.actor, at=now())
        return person_url(who.pk)

    return answer_form(
        request,
        form,
        save,
        title=_("Kết thúc chức danh"),
        about=f"{post.position.name}, {post.unit.name}",
        back=person_url(who.pk),
        person=who,
    )


@FORM
@door(can_edit_people)
def post_withdraw(request: StaffRequest, person: int, pk: int) -> HttpResponse:
    """A post that never was is removed; the trail keeps it."""
    who = find_person(request, person)
    post = _find_post(who, pk)
    form = Reason(request.POST or None)

    def save() -> str:
        services.withdraw_post(
            post, reason=form.cleaned_data["reason"], actor=request.actor, at=now()
        )
        return person_url(who.pk)

    return answer_form(
        request,
        form,
        save,
        title=_("Xóa chức danh ghi nhầm"),
        about=f"{post.position.name}, {post.unit.name}",
        back=person_url(who.pk),
        submit=_("Xóa"),
        done=_("Đã xóa. Nhật ký vẫn giữ nội dung."),
        person=who,
    )
