from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thidua.console.navigation import entries_for
from thidua.console.search.sources import SOURCES
from thidua.support.clock import now
from thidua.support.text import clean, fold
from thidua.web.doors import StaffRequest, anyone, door
from thidua.web.guide import find_guides


@require_safe
@door(anyone)
def search(request: StaffRequest) -> HttpResponse:
    """What the actor may see of people, units, pages and help."""
    text = clean(request.GET.get("q", ""))[:100]
    groups = _find(request, text) if fold(text) else []
    context = {"title": _("Tìm"), "text": text, "groups": groups}
    return render(request, "console/search/search.html", context)


def _find(request: StaffRequest, text: str) -> list[dict[str, Any]]:
    at = now()
    groups = []
    for source in SOURCES:
        try:
            reverse(source.url_name, kwargs={"pk": 0})
        except NoReverseMatch:
            continue
        hits = [
            {
                "url": reverse(source.url_name, kwargs={"pk": hit.pk}),
                "title": hit.title,
                "note": hit.note,
            }
            for hit in source.find(request.actor, at, text)
        ]
        groups.append({"label": source.label, "hits": hits})
    words = fold(text).split()
    pages = [
        {"url": entry.url, "title": entry.label, "note": label}
        for label, entries in entries_for(request.actor, at, counted=False)
        for entry in entries
        if all(word in fold(entry.label) for word in words)
    ]
    guides = [
        {"url": reverse("console:guide", kwargs={"slug": one.slug}), "title": one.title, "note": ""}
        for one in find_guides(text)[:10]
    ]
    groups += [{"label": _("Trang"), "hits": pages}, {"label": _("Hướng dẫn"), "hits": guides}]
    return [group for group in groups if group["hits"]]
