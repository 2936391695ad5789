"""An act in two steps: the form, then what the act will do, then the act itself.

What will happen is not guessed: the act is done and taken back at once (`flows.rehearse`), so that
the preview tells what it found, and what cannot be is said beside the form with nothing lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from thidua.console.units.forms import ActForm
from thidua.flows.rehearse import rehearse
from thidua.organizations.errors import UnitError
from thidua.organizations.models import Unit
from thidua.organizations.selectors import get_unit_for
from thidua.people.errors import PeopleError
from thidua.support.clock import now
from thidua.web.doors import StaffRequest
from thidua.web.words import Label

Rows = list[tuple[str, Any]]


class Act(View):
    """One act. Subclasses say the form, what is done (`act`) and what it means (`tell`)."""

    title: Label = ""
    submit: Label = gettext_lazy("Ghi")
    about: Label = ""
    form_class: Callable[..., ActForm]
    has_preview: ClassVar[bool] = True
    http_method_names = ("get", "head", "post", "options")
    request: StaffRequest
    unit: Unit

    def is_rehearsal(self) -> bool:
        """Is the preview asked for, not the act itself."""
        return self.has_preview and self.request.POST.get("step") != "do"

    def get_form(self, data: Any = None) -> ActForm:
        """The form, empty or with what was sent."""
        return self.form_class(data, **self.get_options())

    def get_options(self) -> dict[str, Any]:
        """What the form must know, its `initial` included."""
        return {}

    def get_data(self) -> Any:
        """What was sent."""
        return self.request.POST

    def act(self, form: ActForm, who: dict[str, Any]) -> Any:
        """Do it; `who` holds actor and at."""
        raise NotImplementedError

    def tell(self, form: ActForm, done: Any) -> Rows:
        """What it does, in rows for the preview."""
        raise NotImplementedError

    def answer(self, form: ActForm, done: Any) -> tuple[str, str, str]:
        """After it: where to go, what to say, and the address that undoes it ("": none)."""
        raise NotImplementedError

    def back(self) -> str:
        """Where «Bỏ qua» leads."""
        return reverse("console:unit-list")

    def get(self, request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """The empty form."""
        return self.show(self.get_form())

    def post(self, request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - as above
        """Rehearse, or do."""
        form = self.get_form(self.get_data())
        if request.POST.get("step") == "edit" or not form.is_valid():
            return self.show(form)
        who = {"actor": request.actor, "at": now()}
        try:
            if self.is_rehearsal():
                rows = rehearse(lambda: self.tell(form, self.act(form, who)))
                return self.preview(form, rows)
            done = self.act(form, who)
        except (UnitError, PeopleError) as error:
            form.add_error(None, str(error))
            return self.show(form)
        url, words, undo = self.answer(form, done)
        messages.success(request, words, extra_tags=f"undo:{undo}" if undo else "")
        return HttpResponseRedirect(url)

    def show(self, form: ActForm) -> HttpResponse:
        """The form's page."""
        submit = _("Xem trước") if self.has_preview else self.submit
        return self.page("console/units/form.html", form=form, submit=submit)

    def preview(self, form: ActForm, rows: Rows) -> HttpResponse:
        """What will happen, with the way on, back to the form, and out."""
        form.hide()
        return self.page("console/units/preview.html", form=form, rows=rows, submit=self.submit)

    def page(self, template: str, **more: Any) -> HttpResponse:
        """A page of this act."""
        context = {
            "title": self.title,
            "about": self.about,
            "back": self.back(),
            "unit": getattr(self, "unit", None),
            **more,
        }
        return render(self.request, template, context)


class UnitAct(Act):
    """An act on the unit in the address."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Find the unit; 404 for one that is not there."""
        super().setup(request, *args, **kwargs)
        unit = get_unit_for(request.actor, kwargs["pk"])
        if unit is None:
            raise Http404
        self.unit = unit

    def get_options(self) -> dict[str, Any]:
        """The form knows the unit."""
        return {"unit": self.unit}

    def back(self) -> str:
        """To the unit's page."""
        return reverse("console:unit-detail", kwargs={"pk": self.unit.pk})
