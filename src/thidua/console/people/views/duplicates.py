"""Two records of one person: suggested with reasons, put side by side, decided, undone."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.console.people.tables import Merges
from thidua.console.people.views.answering import SAID, find_person, person_url
from thidua.console.people.words import REASONS, say, say_award
from thidua.flows.merge_people import (
    Conflict,
    find_conflicts,
    merge_people,
    say_distinct,
    undo_merge,
    unsay_distinct,
)
from thidua.merits.models import (
    AnnualRating,
    Attestation,
    BlocStanding,
    InitiativeAuthor,
    Registration,
)
from thidua.people.lifecycle import write_partial
from thidua.people.models import Person, PersonMerge, Post
from thidua.people.permissions import can_edit_people
from thidua.people.selectors import (
    get_people,
    list_distinct_for,
    list_merges_for,
    suggest_duplicates,
)
from thidua.screening.selectors import read_records
from thidua.support.clock import now
from thidua.web.doors import StaffRequest, door
from thidua.web.listing import Empty, Listing
from thidua.web.words import say_day


@require_safe
@door(can_edit_people)
def duplicate_list(request: StaffRequest) -> HttpResponse:
    """Pairs that may be one person, the surest first."""
    found = suggest_duplicates(request.actor, now())
    people = get_people({key for one in found for key in (one.first, one.second)}, now())
    pairs = [
        {
            "first": people[one.first],
            "both": [people[one.first], people[one.second]],
            "reasons": [REASONS[reason] for reason in one.reasons],
            "url": reverse("console:duplicate-review", args=[one.first, one.second]),
        }
        for one in found
    ]
    for one in people.values():
        one.said_birth = write_partial(one.birth)  # type: ignore[attr-defined]
    context = {
        "title": _("Hồ sơ trùng"),
        "pairs": pairs,
        "distinct": list_distinct_for(request.actor, now())[:50],
    }
    return render(request, "console/people/duplicates.html", context)


class Question(NamedTuple):
    """One conflict as the page asks it. `field`: the name of its choice in the form."""

    field: str
    about: str
    first: str
    second: str


@require_http_methods(["GET", "HEAD", "POST"])
@door(can_edit_people)
def duplicate_review(request: StaffRequest, first: int, second: int) -> HttpResponse:
    """The two side by side; merge them, or say that they are two people."""
    one, other = find_person(request, first), find_person(request, second)
    if one.pk == other.pk:
        raise Http404
    if request.method == "POST":
        try:
            return _decide(request, one, other)
        except SAID as error:
            messages.error(request, str(error))
    conflicts = find_conflicts(one, other)
    records = read_records([one.pk, other.pk], now())
    questions = [
        Question(
            conflict.key,
            *_about(conflict),
            " · ".join(_row(row) for row in conflict.retired),
        )
        for conflict in conflicts
    ]
    sides = [
        {
            "key": str(key),
            "label": label,
            "person": records[key].person,
            "birth": write_partial(records[key].person.birth),
            "posts": records[key].posts,
            "facts": len(records[key].facts) + len(records[key].authorships),
            "honours": [say_award(honour.said.award) for honour in records[key].honours],
            "url": person_url(key),
        }
        for key, label in ((one.pk, _("Hồ sơ thứ nhất")), (other.pk, _("Hồ sơ thứ hai")))
    ]
    context = {
        "title": _("Một người hay hai người?"),
        "sides": sides,
        "questions": [(each, request.POST.get(each.field, "")) for each in questions],
        "survivor": request.POST.get("survivor", str(one.pk)),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "console/people/review.html", context)


def _decide(request: StaffRequest, one: Person, other: Person) -> HttpResponse:
    at = now()
    if request.POST.get("act") == "distinct":
        say_distinct(
            first=one,
            second=other,
            reason=request.POST.get("reason", "")[:300],
            actor=request.actor,
            at=at,
        )
        messages.success(request, _("Đã ghi: hai người khác nhau. Cặp này không được gợi ý nữa."))
        return HttpResponseRedirect(reverse("console:duplicate-list"))
    swap = request.POST.get("survivor") == str(other.pk)
    survivor, retired = (other, one) if swap else (one, other)
    asked = {"first": "survivor", "second": "retired"}
    turned = {"first": "retired", "second": "survivor"}
    answers = {key: value for key, value in request.POST.items() if value in asked}
    named = _named(survivor, retired, answers, turned if swap else asked, swap=swap)
    merge_people(survivor=survivor, retired=retired, choices=named, actor=request.actor, at=at)
    messages.success(request, _("Đã gộp hai hồ sơ. Gộp nhầm thì gỡ ở trang «Các lần gộp»."))
    return HttpResponseRedirect(person_url(survivor.pk))


def _named(
    survivor: Person, retired: Person, answers: dict[str, str], sides: dict[str, str], *, swap: bool
) -> dict[str, str]:
    """Answers by the keys of conflicts: they were asked with the first record as the survivor."""
    if not swap:
        return {key: sides[value] for key, value in answers.items()}
    asked = find_conflicts(retired, survivor)
    found = find_conflicts(survivor, retired)
    named = {}
    for key, value in answers.items():
        rows = next(({*each.survivor, *each.retired} for each in asked if each.key == key), set())
        for each in found:
            same_field = key.startswith("person.") and each.key == key
            if same_field or (
                not key.startswith("person.") and rows & {*each.survivor, *each.retired}
            ):
                named[each.key] = sides[value]
    return named


_OWN = {
    "person.full_name": gettext_lazy("Họ và tên"),
    "person.sex": gettext_lazy("Giới tính"),
    "person.birth": gettext_lazy("Ngày sinh"),
    "person.ethnicity": gettext_lazy("Dân tộc"),
    "person.classes": gettext_lazy("Đối tượng theo luật"),
    "person.account": gettext_lazy("Tài khoản"),
}


def _about(conflict: Conflict) -> tuple[str, str]:
    """What the question is about, and what the first record says."""
    if conflict.key in _OWN:
        return str(_OWN[conflict.key]), _own(conflict.survivor[0], conflict.key)
    row = conflict.survivor[0]
    names = {
        Post: _("Chức danh chính cùng lúc"),
        AnnualRating: _("Xếp loại năm %(year)s"),
        Registration: _("Đăng ký thi đua năm %(year)s"),
        Attestation: _("Xác nhận năm %(year)s"),
        BlocStanding: _("Kết quả cụm, khối năm %(year)s"),
        InitiativeAuthor: _("Phần đóng góp vào một sáng kiến"),
    }
    about = names.get(type(row), _("Bản ghi"))
    return about % {"year": getattr(row, "year", "")}, " · ".join(
        _row(each) for each in conflict.survivor
    )


def _own(row: models.Model, key: str) -> str:
    value: Any = getattr(row, key.partition(".")[2])
    if key == "person.birth":
        return write_partial(value)
    if key == "person.sex":
        return str({"female": _("nữ"), "male": _("nam")}.get(value, ""))
    if key == "person.classes":
        return ", ".join(say("classes", one) for one in value)
    return str(value)


def _row(row: models.Model) -> str:
    if isinstance(row, Post):
        until = say_day(row.valid_until) if row.valid_until else _("nay")
        return f"{row.position.name}, {row.unit.name}, {say_day(row.valid_from)} – {until}"
    if isinstance(row, AnnualRating):
        return _("Không xếp loại") if row.level == "none" else say("ratings", row.level)
    if isinstance(row, Attestation):
        verdict = {"met": _("đạt"), "not_met": _("không đạt"), "awaiting": _("chờ ý kiến")}
        return f"{say('judgements', row.what)}: {verdict[row.verdict]}"
    if isinstance(row, Registration):
        listed = ", ".join(say_award(one) for one in row.awards)
        return (listed or _("có đăng ký")) if row.is_registered else _("không đăng ký")
    if isinstance(row, InitiativeAuthor):
        return f"{row.share}%" if row.share else _("không ghi phần đóng góp")
    if isinstance(row, BlocStanding):
        return say("placement_results", row.result)
    return str(row)


@method_decorator(door(can_edit_people), name="dispatch")
class MergeList(Listing):
    """Merges of people whom the actor may see."""

    title = gettext_lazy("Các lần gộp hồ sơ")
    template_name = "console/people/merges.html"
    table_class = Merges
    empty = Empty(
        gettext_lazy("Chưa gộp hồ sơ nào"),
        gettext_lazy("Khi hai hồ sơ được gộp, lần gộp hiện ở đây và gỡ được đúng như trước."),
        gettext_lazy("Xem hồ sơ trùng"),
        "console:duplicate-list",
    )

    def get_rows(self) -> QuerySet[PersonMerge]:
        """The newest first."""
        return list_merges_for(self.request.actor, now())


@require_http_methods(["GET", "HEAD", "POST"])
@door(can_edit_people)
def merge_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """What was merged, and the way back."""
    merge = get_object_or_404(list_merges_for(request.actor, now()), pk=pk)
    if request.method == "POST":
        try:
            undo_merge(merge=merge, actor=request.actor, at=now())
        except SAID as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Đã gỡ: hai hồ sơ trở lại đúng như trước khi gộp."))
            return HttpResponseRedirect(reverse("console:merge-list"))
    tables: dict[str, set[int]] = {}
    for label, key, *_rest in merge.steps:
        tables.setdefault(label, set()).add(key)
    context = {
        "title": _("Lần gộp hồ sơ"),
        "merge": merge,
        "rows": sum(len(keys) for keys in tables.values()),
    }
    return render(request, "console/people/merge.html", context)


@require_POST
@door(can_edit_people)
def distinct_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """What was said of two people was wrong."""
    pair = get_object_or_404(list_distinct_for(request.actor, now()), pk=pk)
    try:
        unsay_distinct(pair=pair, actor=request.actor, at=now())
    except SAID as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã bỏ. Cặp này có thể được gợi ý lại."))
    return HttpResponseRedirect(reverse("console:duplicate-list"))
