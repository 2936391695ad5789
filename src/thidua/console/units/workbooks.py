"""Units from a workbook and into one: template, preview, good rows or none, rows to mend."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from thidua.audit.services import note
from thidua.console.units.views import read_day
from thidua.documents.errors import FileRefused
from thidua.documents.models import StoredFile
from thidua.documents.selectors import get_file_for
from thidua.documents.services import store_file
from thidua.flows.rehearse import rehearse
from thidua.organizations import services
from thidua.organizations.errors import UnitError
from thidua.organizations.lifecycle.rows import Plan, State
from thidua.organizations.selectors import export_rows, header_row, list_imports, plan_import
from thidua.screening.sheets.reading import read_workbook
from thidua.screening.sheets.unreadable import Unreadable
from thidua.support.clock import now
from thidua.web.chips import Chip
from thidua.web.doors import StaffRequest
from thidua.web.listing.export import MIME, write_workbook

KINDS = ("xlsx", "xls", "xlsb", "ods")
MOST_BYTES = 20 * 2**20
SHOWN = 500
STATES = {
    State.NEW: Chip(gettext_lazy("Nhận: đơn vị mới"), "luc", "circle-check"),
    State.SAME: Chip(gettext_lazy("Nhận: đã có, giữ nguyên"), "thanh", "equal"),
    State.REJECTED: Chip(gettext_lazy("Loại: lỗi"), "gach", "circle-x"),
    State.BLANK: Chip(gettext_lazy("Trống"), "xam", "minus"),
}


class UploadForm(forms.Form):
    """A workbook."""

    file = forms.FileField(
        label=gettext_lazy("Tệp bảng tính"),
        help_text=gettext_lazy("Excel hoặc OpenDocument, trang tính đầu tiên, theo tệp mẫu."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: StaffRequest) -> HttpResponse:
    """Send a workbook; what it says is shown before anything is taken."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            file = store_file(
                raw=sent.read(),
                name=sent.name,
                kinds=KINDS,
                most_bytes=MOST_BYTES,
                actor=request.actor,
                at=now(),
            )
            read_cells(file)
        except (FileRefused, Unreadable) as error:
            form.add_error("file", say_fault(error))
        else:
            url = reverse("console:unit-import-preview", kwargs={"key": file.key})
            return HttpResponseRedirect(url)
    context = {"title": _("Nhập cây đơn vị"), "form": form, "imports": list_imports()}
    return render(request, "console/units/import.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: StaffRequest, key: str) -> HttpResponse:
    """Each row with what becomes of it and why; take the good rows, or none."""
    file = own_file(request, key)
    plan = read_plan(file)
    who: dict[str, Any] = {"actor": request.actor, "at": now()}
    problem = plan.header_problem
    try:
        if request.method == "POST" and not problem and plan.count(State.NEW):
            made = services.import_units(plan=plan, file=file, **who)
            words = _("Đã thêm %(made)d đơn vị; %(same)d đơn vị đã có, giữ nguyên.") % {
                "made": len(made),
                "same": plan.count(State.SAME),
            }
            messages.success(request, words)
            return HttpResponseRedirect(reverse("console:unit-list"))
        if not problem:
            rehearse(lambda: services.import_units(plan=plan, file=file, **who))
    except UnitError as error:
        problem = str(error)
    context = {
        "title": _("Xem trước cây đơn vị"),
        "file": file,
        "plan": plan,
        "problem": problem,
        "rows": [(row, STATES[row.state]) for row in plan.rows[:SHOWN]],
        "hidden": max(0, len(plan.rows) - SHOWN),
        "accepted": plan.accepted,
        "new": plan.count(State.NEW),
        "rejected": plan.count(State.REJECTED),
        "blank": plan.count(State.BLANK),
    }
    return render(request, "console/units/import_preview.html", context)


@require_safe
def rejected_rows(request: StaffRequest, key: str) -> HttpResponse:
    """The rows that were not taken, as they came, each with its reasons: to mend and send again."""
    plan = read_plan(own_file(request, key))
    header = [*header_row(), _("Vì sao bị loại")]
    width = len(header_row())
    rows = [
        [
            *(_kept(cell) for cell in [*row.raw, *[None] * width][:width]),
            " ".join(f"{one.cell}: {one.reason}" for one in row.problems),
        ]
        for row in plan.rows
        if row.state is State.REJECTED
    ]
    return workbook(_("Dòng bị loại"), header, rows, "dong-bi-loai")


@require_safe
def template(request: StaffRequest) -> HttpResponse:
    """An empty workbook with the right header."""
    del request
    return workbook(_("Đơn vị"), header_row(), [], "mau-don-vi")


@require_safe
def export(request: StaffRequest) -> HttpResponse:
    """The tree of a day, as a workbook that can be taken in again."""
    _form, day, _today = read_day(request)
    note(
        "console.unit-export",
        actor=request.actor,
        at=now(),
        action="list.export",
        facts={"day": f"{day:%Y-%m-%d}"},
    )
    return workbook(_("Đơn vị"), header_row(), list(export_rows(day)), f"don-vi-{day:%Y-%m-%d}")


def workbook(title: str, header: list[str], rows: list[list[Any]], name: str) -> HttpResponse:
    """A workbook to keep."""
    content, _number = write_workbook(title, header, rows)
    disposition = f'attachment; filename="{name}.xlsx"'
    return HttpResponse(content, content_type=MIME, headers={"Content-Disposition": disposition})


def own_file(request: StaffRequest, key: str) -> StoredFile:
    """The file that this user sent; 404 for any other."""
    file = get_file_for(request.actor, key)
    if file is None or file.kind not in KINDS:
        raise Http404
    return file


def read_plan(file: StoredFile) -> Plan:
    """What the stored workbook says, against the units of this moment."""
    try:
        return plan_import(read_cells(file))
    except Unreadable as error:
        return Plan(header_problem=say_fault(error))


def read_cells(file: StoredFile) -> Any:
    """The first sheet, parsed in the limited child. Raises Unreadable."""
    return read_workbook(Path(file.content.path)).sheets[0].rows


def say_fault(error: FileRefused | Unreadable) -> str:
    """Why, and what to do."""
    if isinstance(error, Unreadable):
        return f"{error.reason} {error.fix}"
    return str(error)


def _kept(cell: Any) -> Any:
    """A cell as it came; what is no value (a failed formula) as it is shown."""
    return cell if cell is None or isinstance(cell, str | int | float | date) else str(cell)
