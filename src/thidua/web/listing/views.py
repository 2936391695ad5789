"""The view of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_tables2
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views import View

from thidua.accounts.models import User
from thidua.audit.services import note
from thidua.support.clock import local_date, now
from thidua.support.text import fold
from thidua.web.doors import StaffRequest
from thidua.web.listing.export import MIME, write_workbook
from thidua.web.listing.filters import Filters, search_folded
from thidua.web.words import Label

if TYPE_CHECKING:
    _Paginator = Paginator[Any]
else:
    _Paginator = Paginator
EXPORT = "xuat"


class Table(django_tables2.Table):
    """Columns of one list; the look is in `web/table.html`."""


@dataclass(frozen=True)
class Empty:
    """What a list says while it has no row at all: what that means, what comes next, one link."""

    title: Label
    text: Label = ""
    link: Label = ""
    url_name: str = ""


class Pages(_Paginator):
    """Pages of a list; beyond the last one is the last one."""

    def validate_number(self, number: Any) -> int:
        """A page that is there."""
        return max(1, min(int(number), self.num_pages))


class Listing(View):
    """A list of what the actor may see.

    Subclasses say `title`, `table_class`, `empty`, and `get_rows`; `search` names folded columns;
    `filters_class` the filters; `acts` the buttons beside the title as (url name, words, icon).
    Rows come from a selector that knows the actor, with what the columns need already joined.
    """

    title: Label = ""
    about: Label = ""
    table_class: type[Table]
    filters_class: type[Filters] | None = None
    search: tuple[str, ...] = ()
    search_label: Label = ""
    empty: Empty
    acts: tuple[tuple[str, Label, str], ...] = ()
    template_name = "web/list.html"
    per_page = 25
    is_exported = True
    http_method_names = ("get", "head", "options")
    request: StaffRequest

    def get_rows(self) -> QuerySet[Any]:
        """All rows that the actor may see."""
        raise NotImplementedError

    def get_title(self) -> Label:
        """The name of the page; rows of one object may say which."""
        return self.title

    def get_context(self) -> Mapping[str, Any]:
        """What a template of its own needs more."""
        return {}

    def get_acts(self) -> list[dict[str, Any]]:
        """Buttons beside the title, the first is the main one."""
        return [
            {"url": reverse(name), "label": label, "icon": icon} for name, label, icon in self.acts
        ]

    def get(self, request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """The page, or the workbook when it is asked for."""
        everything = self.get_rows()
        rows, filters = self.narrow(everything)
        table = self.table_class(rows, request=request, order_by=request.GET.get("sort") or None)
        if self.is_exported and request.GET.get(EXPORT) == "xlsx":
            return self.export(table)
        table.paginate(
            paginator_class=Pages,
            page=_page_number(request.GET.get("page", "")),
            per_page=self.per_page,
        )
        is_narrowed = self.is_narrowed()
        context = {
            "title": self.get_title(),
            "about": self.about,
            "table": table,
            "filters": filters,
            "search": self.search,
            "search_label": self.search_label,
            "search_text": request.GET.get("q", ""),
            "is_narrowed": is_narrowed,
            "has_filters": bool(self.search or self.filters_class),
            "empty": self.empty,
            "empty_url": reverse(self.empty.url_name) if self.empty.url_name else "",
            "acts": self.get_acts(),
            "query": self.query_without("page", EXPORT),
            "sort": request.GET.get("sort", ""),
            "is_exported": self.is_exported,
            "export": EXPORT,
            **self.get_kept(),
            **self.get_context(),
        }
        return render(request, self.template_name, context)

    def get_kept(self) -> dict[str, Any]:
        """The views that this user keeps of this list, and which of them is open."""
        match = self.request.resolver_match
        name = match.view_name if match and not match.kwargs else ""
        user = self.request.user
        query = self.query_without("page", EXPORT)
        kept = [
            {**one, "is_here": bool(query) and one["query"] == query}
            for one in (views_of(user.preferences, name) if isinstance(user, User) and name else ())
        ]
        return {"views": kept, "view_of": name, "view_query": query}

    def narrow(self, rows: QuerySet[Any]) -> tuple[QuerySet[Any], Filters | None]:
        """Rows that match the search and the filters, and the filters as a form."""
        text = self.request.GET.get("q", "")
        if self.search and text:
            rows = search_folded(rows, text, self.search)
        if self.filters_class is None:
            return rows, None
        filters = self.filters_class(self.request.GET, queryset=rows, request=self.request)
        return filters.qs, filters

    def is_narrowed(self) -> bool:
        """Has somebody searched or filtered?"""
        names = {"q"}
        if self.filters_class is not None:
            names |= set(self.filters_class.get_filters())
        return any(value for name, value in self.request.GET.items() if name in names)

    def query_without(self, *names: str) -> str:
        """The query of the page without some names, ready to be added to."""
        query = self.request.GET.copy()
        for name in names:
            query.pop(name, None)
        return query.urlencode()

    def export(self, table: Table) -> HttpResponse:
        """The workbook, and an event that says who took which rows."""
        values = table.as_values()
        header = [str(cell) for cell in next(values)]
        title = str(self.get_title())
        at = now()
        content, number = write_workbook(title, header, values)
        match = self.request.resolver_match
        note(
            f"web.list:{match.view_name if match else ''}",
            actor=self.request.actor,
            at=at,
            action="list.export",
            # What was typed into the search may be a name: events are for ever, so it stays out.
            facts={
                "rows": number,
                "query": self.query_without(EXPORT, "q"),
                "searched": bool(self.request.GET.get("q")),
            },
        )
        name = f"{slugify(fold(title)) or 'danh-sach'}-{local_date(at):%Y-%m-%d}.xlsx"
        return HttpResponse(
            content,
            content_type=MIME,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def views_of(preferences: Mapping[str, Any], url_name: str) -> list[dict[str, str]]:
    """The views of one list that somebody keeps: name and query."""
    return list(preferences.get("views", {}).get(url_name, ()))


def _page_number(text: str) -> int:
    """The page asked for; what is no number is the first."""
    return int(text) if text.isdecimal() and len(text) < 9 else 1
