"""The outbox: what waits, went, came back; batches are looked at before they go."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from thidua.console.acting import act
from thidua.console.mail.forms import AddressForm
from thidua.console.mail.tables import (
    MESSAGE_CHIPS,
    BatchTable,
    MessageFilters,
    MessageTable,
)
from thidua.outbox import services
from thidua.outbox.errors import MailFault
from thidua.outbox.lifecycle import MessageState, can_be_cancelled, can_be_sent_again
from thidua.outbox.models import Batch, Message
from thidua.outbox.permissions import can_act_on_message
from thidua.outbox.selectors import (
    get_batch_for,
    get_message_for,
    get_server,
    list_batches_for,
    list_kinds,
    list_messages_for,
)
from thidua.support.clock import now
from thidua.web.doors import StaffRequest
from thidua.web.listing import Empty, Listing
from thidua.web.words import say_moment

FAULTS = (MailFault,)


class MessageList(Listing):
    """Messages that the actor may see."""

    title = gettext_lazy("Hộp thư đi")
    about = gettext_lazy("Thư gửi lại khi máy chủ thư có việc; mỗi thư chỉ đi một lần.")
    table_class = MessageTable
    filters_class = MessageFilters
    search = ("folded",)
    search_label = gettext_lazy("Tìm theo người nhận hoặc tiêu đề, có dấu hay không dấu")
    empty = Empty(gettext_lazy("Chưa có thư nào"))
    acts = (("console:batch-list", gettext_lazy("Đợt thư"), "mail"),)
    template_name = "console/mail/messages.html"

    def get_rows(self) -> QuerySet[Message]:
        """Newest first."""
        return list_messages_for(self.request.actor)

    def get_context(self) -> dict[str, Any]:
        """What keeps mail from going."""
        server = get_server()
        return {"is_off": not server.is_on, "problem": server.last_error}


class BatchList(Listing):
    """Batches that the actor may see."""

    title = gettext_lazy("Đợt thư")
    about = gettext_lazy("Thư lập cùng nhau, chỉ đi khi đã có người xem.")
    table_class = BatchTable
    empty = Empty(gettext_lazy("Chưa có đợt thư nào"))

    def get_rows(self) -> QuerySet[Batch]:
        """Newest first."""
        return list_batches_for(self.request.actor).order_by("-pk")


def _message(request: StaffRequest, pk: int, *, to_act: bool = False) -> Message:
    try:
        message = get_message_for(request.actor, pk)
    except Message.DoesNotExist:
        raise Http404 from None
    if to_act and not can_act_on_message(request.actor, message.created_by_id):
        raise Http404
    return message


def _batch(request: StaffRequest, pk: int, *, to_act: bool = False) -> Batch:
    try:
        batch = get_batch_for(request.actor, pk)
    except Batch.DoesNotExist:
        raise Http404 from None
    if to_act and not can_act_on_message(request.actor, batch.made_by_id):
        raise Http404
    return batch


@require_safe
def message_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One message as it goes, and what became of it."""
    message = _message(request, pk)
    may_act = can_act_on_message(request.actor, message.created_by_id)
    rows = [
        (_("Người nhận"), f"{message.name} <{message.address}>".strip()),
        (_("Loại"), list_kinds()[message.kind].label),
        (_("Lúc lập"), say_moment(message.created_at)),
        (_("Lúc gửi"), say_moment(message.sent_at)),
        (_("Số lần thử"), message.tries),
    ]
    if message.state == MessageState.WAITING:
        rows.append((_("Lần gửi tới"), say_moment(message.next_try_at)))
    context = {
        "title": message.subject,
        "message": message,
        "chip_of": MESSAGE_CHIPS[message.state],
        "rows": rows,
        "may_cancel": may_act and can_be_cancelled(message.state),
        "may_send": may_act and can_be_sent_again(message.state),
        "may_confirm": may_act and message.state == MessageState.UNSURE,
        "form": AddressForm(initial={"address": message.address}),
    }
    return render(request, "console/mail/message.html", context)


@require_POST
def message_cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """It does not go."""
    message = _message(request, pk, to_act=True)
    return act(
        request,
        lambda: services.cancel_message(message=message, actor=request.actor, at=now()),
        FAULTS,
        _("Đã hủy thư."),
        reverse("console:message-detail", args=[pk]),
    )


@require_POST
def message_send(request: StaffRequest, pk: int) -> HttpResponse:
    """Once more, to a mended address if one was typed."""
    message = _message(request, pk, to_act=True)
    address = request.POST.get("address", "")
    return act(
        request,
        lambda: services.send_again(
            message=message, address=address, actor=request.actor, at=now()
        ),
        FAULTS,
        _("Thư đã vào hàng chờ gửi."),
        reverse("console:message-detail", args=[pk]),
    )


@require_POST
def message_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """It arrived after all."""
    message = _message(request, pk, to_act=True)
    return act(
        request,
        lambda: services.confirm_sent(message=message, actor=request.actor, at=now()),
        FAULTS,
        _("Đã ghi là thư đã đến."),
        reverse("console:message-detail", args=[pk]),
    )


@require_safe
def batch_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """A batch as it would go: how many, to whom, the first letters whole."""
    batch = _batch(request, pk)
    letters = batch.messages.order_by("pk")
    context = {
        "title": batch.title,
        "batch": batch,
        "first": letters[:3],
        "messages_of": [(one, MESSAGE_CHIPS[one.state]) for one in letters[:200]],
        "may_act": not batch.released_at
        and not batch.cancelled_at
        and can_act_on_message(request.actor, batch.made_by_id),
    }
    return render(request, "console/mail/batch.html", context)


@require_POST
def batch_release(request: StaffRequest, pk: int) -> HttpResponse:
    """Let them go."""
    batch = _batch(request, pk, to_act=True)
    return act(
        request,
        lambda: services.release_batch(batch=batch, actor=request.actor, at=now()),
        FAULTS,
        _("Thư của đợt này đã vào hàng chờ gửi."),
        reverse("console:batch-detail", args=[pk]),
    )


@require_POST
def batch_cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """None of them goes."""
    batch = _batch(request, pk, to_act=True)
    return act(
        request,
        lambda: services.cancel_batch(batch=batch, actor=request.actor, at=now()),
        FAULTS,
        _("Đã hủy đợt thư."),
        reverse("console:batch-detail", args=[pk]),
    )
