"""A fresh installation leads to its first run from where a newcomer arrives."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from thidua.accounts.models import User
from thidua.flows.set_up import is_open


class FirstRun:
    """Leads nobody-in-particular from the first page and the login to the first run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead on."""
        arrives = request.method == "GET" and not isinstance(request.user, User)
        if arrives and request.path in {"/", reverse("account_login")} and is_open():
            return redirect("console:set-up")
        return self.get_response(request)
