"""Pages that anybody who is logged in may read: the law of a day."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thidua.console.statutes.chips import CHANGE_CHIPS, QUESTIONS, STANDARD_CHIPS
from thidua.console.statutes.forms import DayForm, TwoDaysForm
from thidua.statutes.selectors import get_book
from thidua.statutes.selectors import law as reading
from thidua.support.clock import local_date, now
from thidua.web.doors import StaffRequest
from thidua.web.words import say_day


@require_safe
def statute_list(request: StaffRequest) -> HttpResponse:
    """The awards of a day, with what the book can say of each kind of subject."""
    form = DayForm(request.GET)
    day = form.day_or(local_date(now()))
    text = request.GET.get("q", "")
    book = get_book()
    awards = reading.list_awards(book, day, text)
    groups = [
        (label, [_with_chips(one) for one in awards if one.group == family])
        for family, label in (
            ("title", _("Danh hiệu thi đua")),
            ("form", _("Hình thức khen thưởng")),
        )
    ]
    is_unseen = bool(awards) and all(
        subject.state not in (reading.JUDGED, reading.DELEGATED)
        for one in awards
        for subject in one.subjects
    )
    context = {
        "title": _("Luật"),
        "is_unseen": is_unseen,
        "last_known": reading.last_known_day(book),
        "form": form,
        "day": day,
        "groups": [group for group in groups if group[1]],
        "search_text": text,
        "in_force": reading.list_in_force(book, day),
        "digest": book.digest[:12],
    }
    return render(request, "console/statutes/list.html", context)


@require_safe
def statute_detail(request: StaffRequest, award: str) -> HttpResponse:
    """The standards of an award on a day: each condition with its grounds and how sure they are."""
    book = get_book()
    label = reading.get_award_label(book, award)
    if label is None:
        raise Http404
    form = DayForm(request.GET)
    day = form.day_or(local_date(now()))
    rules: dict[str, list[reading.Rule]] = {}
    for rule in reading.list_rules(book, award, day):
        rules.setdefault(rule.question, []).append(rule)
    context = {
        "title": label,
        "award": award,
        "form": form,
        "day": day,
        "standards": [
            {"text": one, "chip": STANDARD_CHIPS[one.state]}
            for one in reading.list_standards(book, award, day)
        ],
        "rules": [(QUESTIONS.get(key, key), rows) for key, rows in rules.items()],
    }
    return render(request, "console/statutes/detail.html", context)


@require_safe
def statute_changes(request: StaffRequest) -> HttpResponse:
    """What is different between the law of two days."""
    today = local_date(now())
    form = TwoDaysForm(request.GET or None, initial=_default_days(today))
    before, after = form.days_or(*_default_days(today).values())
    changes = reading.list_changes(get_book(), before, after)
    context = {
        "title": _("Luật thay đổi thế nào"),
        "form": form,
        "about": _("Từ %(before)s đến %(after)s: %(count)s tiêu chuẩn đổi văn bản.")
        % {"before": say_day(before), "after": say_day(after), "count": len(changes)},
        "after": after,
        "changes": [
            {"text": one, "lines": [(CHANGE_CHIPS[line.kind], line) for line in one.lines]}
            for one in changes
        ],
    }
    return render(request, "console/statutes/changes.html", context)


def _default_days(today: date) -> dict[str, date]:
    return {"tu": date(today.year - 1, 1, 1), "den": today}


def _with_chips(award: reading.Award) -> dict[str, object]:
    """Subjects that share a state stand under one chip."""
    states: dict[str, list[str]] = {}
    for subject in award.subjects:
        states.setdefault(subject.state, []).append(subject.label)
    return {
        "award": award,
        "states": [(STANDARD_CHIPS[state], ", ".join(labels)) for state, labels in states.items()],
    }
