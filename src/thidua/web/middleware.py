"""What every request carries: an id, and who acts."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from thidua.accounts.models import User
from thidua.accounts.selectors import get_actor
from thidua.support.actor import ANONYMOUS, Actor
from thidua.support.clock import now


class ActorMiddleware:
    """Puts `request.actor` on each request; roles are read when somebody asks for them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        request.actor = SimpleLazyObject(lambda: self.find_actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    @staticmethod
    def find_actor(request: HttpRequest) -> Actor:
        """The account that is logged in, or nobody."""
        user = request.user
        if not isinstance(user, User):
            return ANONYMOUS
        address = request.META.get("REMOTE_ADDR", "")
        return get_actor(user, now(), request_id=str(uuid.uuid4()), ip=address)
