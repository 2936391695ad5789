"""What every request carries: a language, who acts, and an answer that no cache keeps."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from thidua.accounts.models import User
from thidua.accounts.selectors import get_actor
from thidua.people.selectors import find_person_of
from thidua.support.actor import ANONYMOUS, Actor
from thidua.support.clock import now

Answer = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Puts `request.actor` on each request; roles are read when somebody asks for them."""

    def __init__(self, get_response: Answer) -> None:
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
        actor = get_actor(user, now(), request_id=str(uuid.uuid4()), ip=address)
        return replace(actor, person_id=find_person_of(user))


class LanguageMiddleware:
    """Vietnamese, unless this browser or this account chose: what a browser asks for nobody chose."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language chosen."""
        language = self.find_language(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    @staticmethod
    def find_language(request: HttpRequest) -> str:
        """The language of the cookie, else of the account, else Vietnamese."""
        offered = dict(settings.LANGUAGES)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen in offered:
            return chosen
        user = request.user
        if isinstance(user, User) and user.language in offered:
            return user.language
        return settings.LANGUAGE_CODE


class UnkeptMiddleware:
    """No browser and no cache between keeps a page, unless its view says how long."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say that the answer is not to be kept."""
        response = self.get_response(request)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store, private"
        return response


class FormMethodsMiddleware:
    """Pages know what forms know: GET and POST. Everything else is refused before anybody looks."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """405, or the answer."""
        if request.method in {"GET", "HEAD", "POST", "OPTIONS"}:
            return self.get_response(request)
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
