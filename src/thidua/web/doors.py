"""The door of a view: who may come in at all. What they see inside, selectors decide."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from thidua.support.actor import Actor
from thidua.web.once import answer_once


class StaffRequest(HttpRequest):
    """A request that has passed `ActorMiddleware`."""

    actor: Actor


class View(Protocol):
    def __call__(self, request: StaffRequest, /, *args: Any, **kwargs: Any) -> HttpResponse: ...


def door(may_enter: Callable[[Actor], bool]) -> Callable[[Callable[..., Any]], View]:
    """Let in those for whom `may_enter(actor)` holds; others see the login, or a page that says no.

    A form sent twice is done once, when it carries the key of `{% once %}`.
    """

    def guard(view: Callable[..., Any]) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.actor
            if not actor.is_known:
                return redirect_to_login(request.get_full_path())
            if not may_enter(actor):
                raise PermissionDenied
            if request.method != "POST":
                return view(request, *args, **kwargs)  # type: ignore[no-any-return]
            return answer_once(
                request, f"user:{actor.user_id}", lambda: view(request, *args, **kwargs)
            )

        return guarded

    return guard


def anyone(actor: Actor) -> bool:
    """Whoever is logged in may enter."""
    return actor.is_known
