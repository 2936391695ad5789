"""The trail on screen; the public checkpoint."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua.audit.models import Checkpoint, Event
from thidua.audit.permissions import can_see_hidden
from thidua.audit.selectors.keys import key_path
from thidua.audit.selectors.reading import (
    find_code,
    get_event_for,
    get_last_verification,
    get_newest_checkpoint,
    list_changes,
    list_checkpoints,
    list_events_for,
)
from thidua.audit.selectors.sentences import say_report
from thidua.audit.services import note
from thidua.audit.services.copies import list_targets
from thidua.console.audit.tables import CheckpointTable, EventFilters, EventTable
from thidua.support.clock import now
from thidua.support.queue import enqueue
from thidua.web.doors import StaffRequest
from thidua.web.listing import Empty, Listing


class EventList(Listing):
    """All that happened, newest first."""

    title = gettext_lazy("Nhật ký")
    about = gettext_lazy("Mỗi lần ghi là một sự kiện, không sửa và không xóa được.")
    table_class = EventTable
    filters_class = EventFilters
    acts = (
        ("console:audit-check", gettext_lazy("Kiểm tra"), "shield-check"),
        ("console:audit-checkpoint-list", gettext_lazy("Điểm kiểm"), "list-checks"),
    )
    empty = Empty(gettext_lazy("Chưa có sự kiện nào"))

    def get_rows(self) -> QuerySet[Event]:
        """Newest first."""
        return list_events_for(self.request.actor)


class CheckpointList(Listing):
    """Signed heads of the tree, and where they lie outside."""

    title = gettext_lazy("Điểm kiểm")
    about = gettext_lazy(
        "Chữ ký trên toàn bộ nhật ký đến một số; bản ngoài chứng minh không ai sửa."
    )
    table_class = CheckpointTable
    empty = Empty(
        gettext_lazy("Chưa có điểm kiểm nào"),
        gettext_lazy("Cần khóa ký: thidua audit init-key. Sau đó máy ký mỗi 5 giây."),
    )
    template_name = "console/audit/checkpoints.html"

    def get_rows(self) -> QuerySet[Checkpoint]:
        """Newest first."""
        return list_checkpoints().prefetch_related("copies")

    def get_context(self) -> Mapping[str, Any]:
        """What is missing for copies to be made."""
        return {"has_key": key_path().exists(), "targets": list_targets()}


@require_safe
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One event, old and new; personal values hidden."""
    return _show(request, pk, is_revealed=False)


@require_POST
def reveal(request: StaffRequest, pk: int) -> HttpResponse:
    """The same with personal values; the look is an event of its own."""
    event = _find(request, pk)
    facts = {"event": event.pk}
    note(event.stream, actor=request.actor, at=now(), action="audit.look", facts=facts)
    return _show(request, pk, is_revealed=True)


def _find(request: StaffRequest, pk: int) -> Event:
    event = get_event_for(request.actor, pk)
    if event is None:
        raise Http404
    return event


def _show(request: StaffRequest, pk: int, *, is_revealed: bool) -> HttpResponse:
    event = _find(request, pk)
    payload = json.loads(event.payload)
    changes = list(list_changes(event, revealed=is_revealed))
    has_hidden = any(one.is_hidden for one in changes)
    facts = payload.get("facts")
    context = {
        "title": event.action,
        "event": event,
        "seq": event.sequenced.seq if hasattr(event, "sequenced") else None,
        "changes": changes,
        "reason": payload.get("reason", ""),
        "facts": json.dumps(facts, ensure_ascii=False) if facts else "",
        "leaf": bytes(event.leaf).hex(),
        "may_reveal": has_hidden and not is_revealed and can_see_hidden(request.actor),
        "is_revealed": is_revealed,
    }
    return render(request, "console/audit/event.html", context)


@require_safe
def check(request: StaffRequest) -> HttpResponse:
    """What the last check found; the code of a printed paper."""
    last, code = get_last_verification(), request.GET.get("code", "").strip()
    context = {
        "title": _("Kiểm tra nhật ký"),
        "last": last[0] if last else None,
        "lines": list(say_report(last[1])) if last else [],
        "code": code,
        "found": find_code(code) if code else [],
    }
    return render(request, "console/audit/check.html", context)


@require_POST
def check_now(request: StaffRequest) -> HttpResponse:
    """Queue a check of everything."""
    enqueue("thidua.audit.tasks.verify_nightly", actor=request.actor, key="audit.verify")
    messages.success(request, _("Đã xếp việc kiểm tra. Kết quả hiện ở đây khi xong."))
    return redirect("console:audit-check")


@require_safe
@never_cache
def public_checkpoint(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """The newest signed head of the trail, for everybody to keep."""
    newest = get_newest_checkpoint()
    if newest is None:
        raise Http404
    return HttpResponse(newest.text, content_type="text/plain; charset=utf-8")
