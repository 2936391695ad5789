"""A fresh installation leads to its first run from its first page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from thidua.accounts.models import User
from thidua.flows.set_up import is_open


class FirstRun:
    """Leads from the first page to the first run, while there is nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead on."""
        arrives = request.method == "GET" and not isinstance(request.user, User)
        if arrives and request.path == "/" and is_open():
            return redirect("console:set-up")
        return self.get_response(request)
