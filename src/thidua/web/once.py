"""A form is taken once: sent again within a day, it leads to where it led the first time (REL-3)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from thidua.support.clock import now
from thidua.web.models import FormReceipt

FIELD = "_once"
KEPT = timedelta(hours=24)


def draw_key() -> str:
    """A key for a form that is about to be shown."""
    return str(uuid.uuid4())


def answer_once(
    request: HttpRequest, owner: str, answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer a POST; with a key that was seen before, repeat where it led.

    Only an answer that leads on (a redirect) counts as taken: a form with faults comes back to be
    mended and sent again under the same key. What the answer writes and its receipt are one
    transaction, so neither is there without the other; of two that come at the same moment the
    second waits for the first.
    """
    try:
        key = uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return answer()
    at = now()
    try:
        with transaction.atomic():
            FormReceipt.objects.filter(sent_at__lt=at - KEPT).delete()
            receipt = FormReceipt.objects.create(
                owner=owner, key=key, path=request.path[:500], sent_at=at
            )
            response = answer()
            if isinstance(response, HttpResponseRedirect):
                receipt.led_to = response.url[:2000]
                receipt.save(update_fields=["led_to"])
            else:
                receipt.delete()
            return response
    except IntegrityError:
        first = FormReceipt.objects.filter(owner=owner, key=key).first()
        if first is None:
            raise
        return HttpResponseRedirect(first.led_to)
