from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thidua.web.doors import StaffRequest, anyone, door
from thidua.web.guide import all_guides, find_guides


@require_safe
@door(anyone)
def guide_index(request: StaffRequest) -> HttpResponse:
    """All help pages, or those that hold some words."""
    text = request.GET.get("q", "").strip()
    guides = find_guides(text) if text else list(all_guides().values())
    context = {"title": _("Hướng dẫn"), "guides": guides, "text": text}
    return render(request, "console/guide/index.html", context)


@require_safe
@door(anyone)
def guide(request: StaffRequest, slug: str) -> HttpResponse:
    """One help page."""
    found = all_guides().get(slug)
    if found is None:
        raise Http404
    return render(request, "console/guide/guide.html", {"title": found.title, "page": found})
