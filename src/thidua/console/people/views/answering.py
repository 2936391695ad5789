"""A form shown, sent, mended: the same for every screen of this group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.documents.errors import FileRefused
from thidua.merits.errors import MeritError
from thidua.people.errors import BadDate, PeopleError
from thidua.people.models import Person
from thidua.people.selectors import get_person_for
from thidua.register.errors import RegisterError
from thidua.support.clock import now
from thidua.web.doors import StaffRequest
from thidua.web.words import Label

SAID = (PeopleError, MeritError, RegisterError, FileRefused)


def answer_form(
    request: StaffRequest,
    form: forms.Form,
    save: Callable[[], str],
    *,
    title: Label,
    back: str,
    submit: Label = "",
    done: Label = "",
    **more: Any,
) -> HttpResponse:
    """Show the form; when it is sent and right, `save()` and go where it says.

    What a service refuses comes back at its field; nothing typed is lost, and nothing is written in
    half: a file or a decision that was kept before the refusal is not kept.
    """
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                where = save()
        except SAID as error:
            field = getattr(error, "field", "")
            form.add_error(field if field in form.fields else None, say_fault(error))
        else:
            messages.success(request, str(done) or _("Đã lưu."))
            return HttpResponseRedirect(where)
    context = {
        "title": title,
        "form": form,
        "back": back,
        "submit": submit or _("Lưu"),
        **more,
    }
    return render(request, "console/people/form.html", context)


def say_fault(error: Exception) -> str:
    """What a service refused, in the language of the page."""
    if isinstance(error, BadDate):
        return _(error.template) % error.parts
    return str(error)


def person_url(person: int) -> str:
    """The page of a person."""
    return reverse("console:person-detail", args=[person])


def find_person(request: StaffRequest, pk: int) -> Person:
    """A person whom the actor may see; else Http404."""
    return get_person_for(request.actor, pk, now())
