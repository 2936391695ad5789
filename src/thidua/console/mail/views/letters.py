"""The words of letters, with a preview."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.console.acting import act
from thidua.console.mail.forms import LetterForm
from thidua.outbox import services
from thidua.outbox.errors import MailFault
from thidua.outbox.lifecycle import fill, one_line
from thidua.outbox.selectors import Kind, get_words, list_kinds
from thidua.support.clock import now
from thidua.web.doors import StaffRequest


def _kind(name: str) -> Kind:
    kind = list_kinds().get(name)
    if kind is None or not kind.values:
        raise Http404
    return kind


@require_safe
def letter_list(request: StaffRequest) -> HttpResponse:
    """Kinds with words of their own or the given ones."""
    kinds = [(kind, get_words(kind.kind)) for kind in list_kinds().values() if kind.values]
    return render(request, "console/mail/letters.html", {"title": _("Mẫu thư"), "kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
def letter_edit(request: StaffRequest, kind: str) -> HttpResponse:
    """Write, look, save."""
    one = _kind(kind)
    words = get_words(kind)
    form = LetterForm(request.POST or None, initial={"subject": words.subject, "body": words.body})
    subject, body = words.subject, words.body
    if request.method == "POST" and form.is_valid():
        subject, body = form.cleaned_data["subject"], form.cleaned_data["body"]
        if "look" not in request.POST:
            try:
                services.change_letter(
                    kind=kind, subject=subject, body=body, actor=request.actor, at=now()
                )
            except MailFault as fault:
                form.add_error("body", str(fault))
            else:
                messages.success(request, _("Đã lưu mẫu thư."))
                return redirect("console:letter-list")
    context = {
        "title": _(one.label),
        "form": form,
        "kind": one,
        "places": [f"{{{name}}}" for name in sorted(one.values)],
        "is_own": words.is_own,
        "subject": one_line(fill(subject, one.values)),
        "body": fill(body, one.values),
    }
    return render(request, "console/mail/letter.html", context)


@require_POST
def letter_restore(request: StaffRequest, kind: str) -> HttpResponse:
    """The given words again."""
    _kind(kind)
    return act(
        request,
        lambda: services.restore_letter(kind=kind, actor=request.actor, at=now()),
        (MailFault,),
        _("Đã trở về mẫu có sẵn."),
        reverse("console:letter-list"),
    )
