"""Templates of papers on screen: which serves on a day, the organisation's own versions, a look."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from thidua.console.documents.chips import TEMPLATE_CHIPS
from thidua.console.documents.forms import ReasonForm, TemplateForm
from thidua.documents import services
from thidua.documents.errors import DocumentFault
from thidua.documents.selectors import (
    Template,
    choose_template,
    get_template_version_for,
    list_template_versions,
    preview_template,
    read_content,
)
from thidua.documents.shipped import Edition, Kind, load_kinds
from thidua.support.clock import local_date, now
from thidua.web.doors import StaffRequest
from thidua.web.files import DOCX, attachment
from thidua.web.words import say_day


def find_kind(code: str) -> Kind:
    """A kind of paper; 404 for none."""
    found = load_kinds().get(code)
    if found is None:
        raise Http404
    return found


@require_safe
def template_list(request: StaffRequest) -> HttpResponse:
    """Kinds of papers, with the template that serves today."""
    today = local_date(now())
    rows = [(kind, _says(choose_template(kind.code, today))) for kind in load_kinds().values()]
    return render(
        request, "console/documents/templates.html", {"title": _("Mẫu văn bản"), "rows": rows}
    )


def _says(template: Template) -> str:
    if template.version is not None:
        return _("Mẫu riêng số %(number)s, dùng từ %(day)s") % {
            "number": template.version.number,
            "day": say_day(template.version.issued_from),
        }
    assert template.edition is not None  # noqa: S101 - one of the two
    return _("Mẫu có sẵn theo %(cite)s") % {"cite": template.edition.cite}


@require_safe
def template_detail(request: StaffRequest, kind: str) -> HttpResponse:
    """A kind: its fields, shipped editions, own versions."""
    about = find_kind(kind)
    versions = [
        (one, TEMPLATE_CHIPS[one.state]) for one in list_template_versions(request.actor, kind)
    ]
    chosen = choose_template(kind, local_date(now()))
    context = {
        "title": about.title,
        "kind": about,
        "versions": versions,
        "says": _says(chosen),
        "serving": chosen.version,
        "editions": [(one, _edition_key(one)) for one in about.editions],
    }
    return render(request, "console/documents/template.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def template_add(request: StaffRequest, kind: str) -> HttpResponse:
    """Send a template; it is checked and filled with the example before it is kept."""
    about = find_kind(kind)
    at = now()
    form = TemplateForm(
        request.POST or None, request.FILES or None, initial={"issued_from": local_date(at)}
    )
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            version = services.add_template(
                kind=kind,
                raw=sent.read(services.MOST_TEMPLATE_BYTES + 1),
                name=sent.name or "",
                note=form.cleaned_data["note"],
                issued_from=form.cleaned_data["issued_from"],
                actor=request.actor,
                at=at,
            )
        except DocumentFault as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("Đã nhận mẫu. Xem thử rồi công bố để dùng."))
            return redirect("console:template-version", kind=kind, number=version.number)
    context = {
        "title": _("Gửi mẫu riêng"),
        "kind": about,
        "form": form,
        "submit": _("Kiểm tra và nhận mẫu"),
        "back": reverse("console:template-detail", kwargs={"kind": kind}),
    }
    return render(request, "console/documents/template_add.html", context)


@require_safe
def template_version(request: StaffRequest, kind: str, number: int) -> HttpResponse:
    """One own version, filled with the example, and what may be done with it."""
    about = find_kind(kind)
    version = get_template_version_for(request.actor, kind, number)
    fault = ""
    lines: tuple[str, ...] = ()
    try:
        lines = preview_template(Template(kind, version, None)).lines
    except DocumentFault as refused:
        fault = str(refused)
    context = {
        "title": _("%(title)s, mẫu số %(number)s") % {"title": about.title, "number": number},
        "kind": about,
        "version": version,
        "chip": TEMPLATE_CHIPS[version.state],
        "lines": lines,
        "fault": fault,
        "facts": [
            (_("Tệp"), version.file.name),
            (_("Khác mẫu trước"), version.note),
            (_("Dùng từ ngày ban hành"), say_day(version.issued_from)),
            (_("Người gửi"), version.uploaded_by_name),
            (_("Người công bố"), version.published_by_name or "–"),
        ],
    }
    return render(request, "console/documents/template_version.html", context)


@require_safe
def template_fetch(request: StaffRequest, kind: str, number: int) -> HttpResponse:
    """The file of an own version."""
    version = get_template_version_for(request.actor, kind, number)
    return attachment(read_content(version.file), version.file.name, DOCX)


@require_safe
def template_sample(_request: StaffRequest, kind: str, edition: str) -> HttpResponse:
    """A shipped template, to begin one's own from."""
    about = find_kind(kind)
    found = next((one for one in about.editions if _edition_key(one) == edition), None)
    if found is None:
        raise Http404
    return attachment(found.read(), f"{about.title}.docx", DOCX)


def _edition_key(edition: Edition) -> str:
    since: date | None = edition.issued_from
    return since.isoformat() if since else "truoc"


@require_http_methods(["POST"])
def template_publish(request: StaffRequest, kind: str, number: int) -> HttpResponse:
    """From now on it serves."""
    version = get_template_version_for(request.actor, kind, number)
    try:
        services.publish_template(version=version, actor=request.actor, at=now())
    except DocumentFault as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            _("Đã công bố. Văn bản ban hành từ %(day)s dùng mẫu này.")
            % {"day": say_day(version.issued_from)},
        )
    return redirect("console:template-version", kind=kind, number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def template_withdraw(request: StaffRequest, kind: str, number: int) -> HttpResponse:
    """Go back to the template before it."""
    version = get_template_version_for(request.actor, kind, number)
    form = ReasonForm(request.POST or None)
    back = reverse("console:template-version", kwargs={"kind": kind, "number": number})
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_template(
                version=version, reason=form.cleaned_data["reason"], actor=request.actor, at=now()
            )
        except DocumentFault as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã rút. Mẫu trước đó được dùng lại."))
            return redirect("console:template-detail", kind=kind)
    context = {
        "title": _("Rút mẫu"),
        "facts": [(_("Mẫu số"), str(number)), (_("Tệp"), version.file.name)],
        "form": form,
        "submit": _("Rút mẫu"),
        "back": back,
    }
    return render(request, "console/documents/reason.html", context)
