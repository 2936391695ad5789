"""One act behind one button: done, or refused with its sentence; then back to a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thidua.web.doors import StaffRequest
from thidua.web.words import Label


def act(
    request: StaffRequest,
    do: Callable[[], Any],
    faults: tuple[type[Exception], ...],
    said: Label,
    back: str,
) -> HttpResponse:
    """Call `do`; say `said`, or what a fault says; go `back` (an address)."""
    try:
        do()
    except faults as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, str(said))
    return redirect(back)
