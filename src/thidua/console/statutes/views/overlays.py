"""Own rules on screen: list, form, text, preview, the steps of two persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from thidua.console.statutes.chips import EFFECTS, RULE_CHIPS
from thidua.console.statutes.forms import (
    ConditionRows,
    ReasonForm,
    RuleForm,
    TextForm,
    make_draft,
    show_draft,
)
from thidua.console.statutes.tables import OverlayFilters, OverlayTable
from thidua.flows.preview_overlay import preview_overlay
from thidua.statutes import services
from thidua.statutes.drafting import place_of, read_draft, write_draft
from thidua.statutes.errors import OverlayFault, StatuteFault
from thidua.statutes.lifecycle import DRAFT, PROPOSED, RELEASED
from thidua.statutes.models import OverlayRule
from thidua.statutes.permissions import can_write_overlays
from thidua.statutes.selectors import get_overlay_for, list_overlays_for
from thidua.statutes.selectors.law import list_own_lines
from thidua.statutes.selectors.vocabulary import say_award, say_subject
from thidua.support.clock import now
from thidua.web.doors import StaffRequest
from thidua.web.forms import ConfirmForm
from thidua.web.listing import Empty, Listing
from thidua.web.words import say_day, say_moment

FORM, TEXT = "bieu-mau", "van-ban"
_BLANK_ROWS = 2


class OverlayList(Listing):
    """All own rules that the actor may read."""

    title = gettext_lazy("Quy định riêng")
    about = gettext_lazy("Quy định của tổ chức, chồng lên luật trong những ngày có hiệu lực.")
    table_class = OverlayTable
    filters_class = OverlayFilters
    empty = Empty(
        gettext_lazy("Chưa có quy định riêng"),
        gettext_lazy("Luật đang được áp dụng nguyên văn."),
    )

    def get_rows(self) -> QuerySet[OverlayRule]:
        """Newest first."""
        return list_overlays_for(self.request.actor)

    def get_acts(self) -> list[dict[str, Any]]:
        """Whoever may write one may begin one."""
        if not can_write_overlays(self.request.actor):
            return []
        return [
            {"url": reverse("console:overlay-add"), "label": _("Thêm quy định"), "icon": "plus"}
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def overlay_add(request: StaffRequest) -> HttpResponse:
    """A new rule."""

    def save(text: str, at: datetime) -> OverlayRule:
        return services.draft_overlay(text=text, actor=request.actor, at=at)

    return _edit(request, None, save)


@require_http_methods(["GET", "HEAD", "POST"])
def overlay_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Another text for a draft."""
    rule = get_overlay_for(request.actor, pk)
    if rule.state != DRAFT:
        messages.info(request, _("Quy định đã trình hoặc đã ban hành thì không sửa được nữa."))
        return redirect("console:overlay-detail", pk=pk)

    def save(text: str, at: datetime) -> OverlayRule:
        services.change_overlay(rule=rule, text=text, actor=request.actor, at=at)
        return rule

    return _edit(request, rule, save)


def _edit(
    request: StaffRequest, rule: OverlayRule | None, save: Callable[[str, datetime], OverlayRule]
) -> HttpResponse:
    draft = read_draft(rule.text) if rule else None
    only_text = rule is not None and draft is None
    mode = request.POST.get("mode") or request.GET.get("cach") or (TEXT if only_text else FORM)
    if mode == TEXT or only_text:
        return _edit_text(request, rule, save, only_text=only_text)
    if request.method != "POST":
        initial, rows = show_draft(draft) if draft else ({}, [])
        rows += [{} for _number in range(_BLANK_ROWS)]
        return _show_form(request, rule, RuleForm(initial=initial), ConditionRows(initial=rows))
    if "them-dong" in request.POST:
        return _show_form(request, rule, *_with_more_rows(request))
    form, rows_form = RuleForm(request.POST), ConditionRows(request.POST)
    if all([form.is_valid(), rows_form.is_valid()]):
        is_limit = form.cleaned_data["effect"] == "limits"
        filled = [one for one in rows_form if one.condition() is not None]
        if not is_limit and not filled:
            form.add_error(None, _("Cần ít nhất một điều kiện. Điền dòng đầu tiên bên dưới."))
        else:
            try:
                saved = save(write_draft(make_draft(form.cleaned_data, rows_form)), now())
            except OverlayFault as fault:
                _place(fault, form, filled)
            except StatuteFault as fault:
                form.add_error(None, str(fault))
            else:
                return _saved(request, saved)
    return _show_form(request, rule, form, rows_form)


def _with_more_rows(request: StaffRequest) -> tuple[RuleForm, Any]:
    """What was typed, as it was typed, with blank rows more; nothing is judged yet."""
    initial = {name: request.POST.get(name, "") for name in RuleForm.base_fields}
    total = request.POST.get("form-TOTAL_FORMS", "0")
    count = min(int(total), 20) if total.isdecimal() else 0
    names = ConditionRows.form.base_fields
    rows = [
        {name: request.POST.get(f"form-{number}-{name}", "") for name in names}
        for number in range(count)
    ]
    rows += [{} for _number in range(_BLANK_ROWS)]
    return RuleForm(initial=initial), ConditionRows(initial=rows)


def _place(fault: OverlayFault, form: RuleForm, rows: list[Any]) -> None:
    """Show a fault of the text at the field that it came from."""
    row, name = place_of(fault.path)
    target: Any = form
    if row is not None and row < len(rows):
        target = rows[row]
    target.add_error(name if name in target.fields else None, fault.sentence)
    if target is not form:
        form.add_error(
            None, _("Điều kiện %(row)s: %(what)s") % {"row": (row or 0) + 1, "what": fault.sentence}
        )


def _show_form(
    request: StaffRequest, rule: OverlayRule | None, form: RuleForm, rows: Any
) -> HttpResponse:
    context = {
        "title": _("Sửa quy định riêng") if rule else _("Thêm quy định riêng"),
        "rule": rule,
        "form": form,
        "rows": rows,
        "head_fields": [
            form[name] for name in form.fields if name not in (*form.limit_names, "joint")
        ],
        "limit_fields": [form[name] for name in form.limit_names],
        "parameters": [
            (one, [one[name] for name in one.parameters], one["kind"], one["vi"], one["cite"])
            for one in rows
        ],
        "text_url": f"{request.path}?cach={TEXT}",
        "back": _back(rule),
    }
    return render(request, "console/statutes/overlay_form.html", context)


def _edit_text(
    request: StaffRequest,
    rule: OverlayRule | None,
    save: Callable[[str, datetime], OverlayRule],
    *,
    only_text: bool,
) -> HttpResponse:
    if request.method == "POST" and "text" in request.POST:
        form = TextForm(request.POST)
        if form.is_valid():
            try:
                saved = save(form.cleaned_data["text"].replace("\r\n", "\n"), now())
            except OverlayFault as fault:
                where = _("Dòng %(line)s: ") % {"line": fault.line} if fault.line else ""
                form.add_error("text", f"{where}{fault.sentence}")
            except StatuteFault as fault:
                form.add_error(None, str(fault))
            else:
                return _saved(request, saved)
    else:
        form = TextForm(initial={"text": rule.text if rule else _SKELETON})
    context = {
        "title": _("Sửa quy định riêng") if rule else _("Thêm quy định riêng"),
        "form": form,
        "only_text": only_text,
        "form_url": f"{request.path}?cach={FORM}",
        "mode": TEXT,
        "back": _back(rule),
    }
    return render(request, "console/statutes/overlay_text.html", context)


_SKELETON = """\
award: advanced-worker          # mã danh hiệu, hình thức
subject: person                 # person, collective, household…
effect: adds                    # adds: thêm điều kiện; sets: tiêu chuẩn luật giao; limits: tỷ lệ
in_force: 2026-01-01..          # từ ngày..đến hết ngày (để trống khi chưa biết)
document: {symbol: 01/QĐ-ABC, name: Quy chế thi đua, signed_on: 2025-12-15}
when:
  all:
  - {id: c1, vi: Câu của văn bản, cite: art-5.cl-1, registered: {}}
"""


def _back(rule: OverlayRule | None) -> str:
    if rule is None:
        return reverse("console:overlay-list")
    return reverse("console:overlay-detail", kwargs={"pk": rule.pk})


def _saved(request: StaffRequest, rule: OverlayRule) -> HttpResponseRedirect:
    messages.success(request, _("Đã lưu bản nháp. Chưa áp dụng cho ai cho đến khi ban hành."))
    return HttpResponseRedirect(_back(rule))


@require_safe
def overlay_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """A rule: what it says, who did what, who would be affected, the next step."""
    rule = get_overlay_for(request.actor, pk)
    may_write = can_write_overlays(request.actor)
    found = None
    asked = may_write and "anh-huong" in request.GET
    if asked:
        found = preview_overlay(rule=rule, actor=request.actor, at=now())
    context = {
        "title": f"{rule.symbol}",
        "rule": rule,
        "chip": RULE_CHIPS[rule.state],
        "facts": _facts(rule),
        "lines": list_own_lines(rule.text, rule.pk),
        "steps": _steps(rule),
        "may_edit": may_write and rule.state == DRAFT,
        "may_propose": may_write and rule.state == DRAFT,
        "may_return": may_write and rule.state == PROPOSED,
        "may_release": may_write
        and rule.state == PROPOSED
        and request.actor.user_id != rule.proposed_by_id,
        "is_own_proposal": may_write
        and rule.state == PROPOSED
        and request.actor.user_id == rule.proposed_by_id,
        "may_withdraw": may_write and rule.state == RELEASED,
        "may_preview": may_write and rule.effect != "limits",
        "asked": asked,
        "preview": _preview_context(found) if found else None,
    }
    return render(request, "console/statutes/overlay_detail.html", context)


def _facts(rule: OverlayRule) -> list[tuple[str, str]]:
    rows = [
        (_("Văn bản"), f"{rule.symbol}, {rule.title}"),
        (_("Ngày ký"), say_day(rule.signed_on)),
        (_("Danh hiệu, hình thức"), say_award(rule.award)),
    ]
    if rule.subject:
        rows.append((_("Đối tượng"), say_subject(rule.subject)))
    return [
        *rows,
        (_("Quy định"), str(EFFECTS[rule.effect])),
        (_("Có hiệu lực từ"), say_day(rule.starts_on)),
        (_("Đến hết ngày"), say_day(rule.ends_on) if rule.ends_on else _("chưa xác định")),
    ]


def _steps(rule: OverlayRule) -> list[tuple[str, str, str]]:
    """What happened, newest first: words, who, when."""
    rows = [
        (_("Rút"), rule.withdrawn_by_name, rule.withdrawn_at),
        (_("Ban hành"), rule.released_by_name, rule.released_at),
        (_("Trình"), rule.proposed_by_name, rule.proposed_at),
        (_("Soạn"), rule.drafted_by_name, rule.drafted_at),
    ]
    return [(words, who, say_moment(at)) for words, who, at in rows if at]


_WORDS = {
    "yes": gettext_lazy("đạt"),
    "no": gettext_lazy("không đạt"),
    "unknown": gettext_lazy("chưa đủ dữ liệu"),
    "refused": gettext_lazy("chưa thấy văn bản"),
}
_SHOWN = 200


def _preview_context(found: Any) -> dict[str, Any]:
    comparison = found.comparison
    counts = [
        (_WORDS[before], _WORDS[after], number)
        for (before, after), number in sorted(comparison.counts.items())
        if before != after
    ]
    return {
        "year": found.year,
        "as_if": found.as_if,
        "judged": comparison.judged,
        "total": found.total,
        "contradicting": comparison.contradicting,
        "changed": len(comparison.differences),
        "counts": counts,
        "shown": [
            (one, _WORDS[one.before], _WORDS[one.after]) for one in comparison.differences[:_SHOWN]
        ],
        "hidden": max(0, len(comparison.differences) - _SHOWN),
        "person_link": "console:person-detail" if found.kind == "person" else "",
    }


# ------------------------------------------------------------------ steps
@require_http_methods(["POST"])
def overlay_propose(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand it to a second person."""
    rule = get_overlay_for(request.actor, pk)
    try:
        services.propose_overlay(rule=rule, actor=request.actor, at=now())
    except StatuteFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Đã trình. Người thứ hai có quyền sẽ xem và ban hành."))
    return redirect("console:overlay-detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def overlay_return(request: StaffRequest, pk: int) -> HttpResponse:
    """Give it back with a reason."""
    rule = get_overlay_for(request.actor, pk)

    def act(reason: str, at: datetime) -> None:
        services.return_overlay(rule=rule, reason=reason, actor=request.actor, at=at)

    words = {
        "title": _("Trả lại để sửa"),
        "submit": _("Trả lại"),
        "done": _("Đã trả lại. Người soạn sửa rồi trình lại."),
    }
    return _with_reason(request, rule, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
def overlay_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take it out of force."""
    rule = get_overlay_for(request.actor, pk)

    def act(reason: str, at: datetime) -> None:
        services.withdraw_overlay(rule=rule, reason=reason, actor=request.actor, at=at)

    words = {
        "title": _("Rút quy định riêng"),
        "submit": _("Rút quy định"),
        "done": _("Đã rút. Từ nay việc xét không dùng quy định này nữa; kết quả cũ giữ nguyên."),
    }
    return _with_reason(request, rule, act, words)


def _with_reason(
    request: StaffRequest,
    rule: OverlayRule,
    act: Callable[[str, datetime], None],
    words: dict[str, str],
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"], now())
        except StatuteFault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, words["done"])
            return HttpResponseRedirect(_back(rule))
    context = {**words, "form": form, "facts": _facts(rule), "back": _back(rule)}
    return render(request, "console/statutes/reason.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def overlay_release(request: StaffRequest, pk: int) -> HttpResponse:
    """The second person puts it in force, by typing a word."""
    rule = get_overlay_for(request.actor, pk)
    form = ConfirmForm(request.POST or None, word=_("BAN HÀNH"))
    if request.method == "POST" and form.is_valid():
        try:
            services.release_overlay(rule=rule, actor=request.actor, at=now())
        except StatuteFault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(
                request,
                _("Đã ban hành. Quy định áp dụng từ %(day)s.") % {"day": say_day(rule.starts_on)},
            )
            return redirect("console:overlay-detail", pk=pk)
    context = {
        "title": _("Ban hành quy định riêng"),
        "form": form,
        "rows": [*_facts(rule), (_("Người trình"), rule.proposed_by_name)],
        "back": _back(rule),
    }
    return render(request, "console/statutes/overlay_release.html", context)
