"""Accounts from a workbook: upload, preview, take or leave, the rows that were left."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thidua.accounts import services
from thidua.accounts.errors import AccountFault
from thidua.accounts.models import UserImport
from thidua.accounts.selectors import list_imports_for, list_units_to_grant
from thidua.accounts.services.imports import TAKEN
from thidua.console.users.chips import ROWS
from thidua.console.users.forms import ImportForm
from thidua.console.users.views.pages import queue_invitation, sure
from thidua.console.users.workbook import (
    COLUMNS,
    read_people,
    write_rejects,
    write_template,
)
from thidua.screening.sheets.unreadable import Unreadable
from thidua.support.clock import now
from thidua.web.doors import StaffRequest
from thidua.web.listing.export import MIME

_SHOWN = tuple(one for one in COLUMNS if one[0] in {"full_name", "email", "role", "unit"})


def upload(request: StaffRequest) -> HttpResponse:
    """Take up a workbook; nothing is written but the preview."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows, digest = read_people(file.read(), file.name)
            batch = services.stage_import(
                file_name=file.name, digest=digest, rows=rows, actor=request.actor, at=now()
            )
        except Unreadable as unreadable:
            form.add_error("file", f"{unreadable.reason} {unreadable.fix}")
        except AccountFault as fault:
            form.add_error("file", str(fault))
        else:
            return redirect("console:user-import-detail", pk=batch.pk)
    context = {
        "title": _("Nạp tài khoản từ Excel"),
        "form": form,
        "batches": list_imports_for(request.actor)[:20],
    }
    return render(request, "console/users/import.html", context)


def _find(request: StaffRequest, pk: int) -> UserImport:
    batch = list_imports_for(request.actor).filter(pk=pk).first()
    if batch is None:
        raise Http404
    return batch


@sure
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """The rows in green and red; POST takes the good ones."""
    batch = _find(request, pk)
    if request.method == "POST":
        if batch.uploaded_by_id != request.actor.user_id:
            raise Http404
        opened = services.take_import(batch=batch, actor=request.actor, at=now())
        for user in opened:
            queue_invitation(request, user)
        messages.success(
            request,
            _("Đã nhận các dòng đúng; %(count)d người mới sẽ nhận thư mời.")
            % {"count": len(opened)},
        )
        return redirect("console:user-import-detail", pk=pk)
    rows = [_shown(row) for row in batch.rows]
    good = sum(row["state"] in TAKEN for row in rows)
    blank = sum(row["state"] == "blank" for row in rows)
    context = {
        "title": _("Xem trước khi nạp") if batch.taken_at is None else _("Kết quả nạp"),
        "batch": batch,
        "rows": rows,
        "good": good,
        "blank": blank,
        "bad": len(rows) - good - blank,
        "columns": [title for _key, title in _SHOWN],
        "back": reverse("console:user-import"),
        "is_own": batch.uploaded_by_id == request.actor.user_id,
    }
    return render(request, "console/users/preview.html", context)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    values = [(title, row["raw"].get(key) or row["values"].get(key, "")) for key, title in _SHOWN]
    return {**row, "chip": ROWS[row["state"]], "said": values}


@require_safe
def template(request: StaffRequest) -> HttpResponse:
    """The workbook to fill in."""
    return _workbook(write_template(list_units_to_grant(request.actor)), "mau-tai-khoan.xlsx")


@require_safe
def rejects(request: StaffRequest, pk: int) -> HttpResponse:
    """The rows that were left, to be mended and taken up again."""
    return _workbook(write_rejects(_find(request, pk)), f"dong-chua-nhan-{pk}.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=MIME,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
