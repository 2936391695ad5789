"""Number books on screen."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from thidua.console.documents.forms import BookChangeForm, BookForm, ReasonForm
from thidua.console.documents.tables import BookFilters, BookTable, KeptNumberTable, NumberTable
from thidua.documents import services
from thidua.documents.errors import BookRefused
from thidua.documents.models import BookNumber, NumberBook
from thidua.documents.numbering import write_symbol
from thidua.documents.permissions import can_keep_number_books
from thidua.documents.selectors import (
    get_number_book_for,
    get_number_for,
    list_number_books,
    list_numbers,
)
from thidua.support.clock import local_date, now
from thidua.web.doors import StaffRequest
from thidua.web.listing import Empty, Listing
from thidua.web.words import say_day


class NumberBookList(Listing):
    """All number books."""

    title = gettext_lazy("Sổ văn bản")
    about = gettext_lazy("Mỗi loại văn bản một sổ, mỗi năm một sổ. Số không trùng, không sót.")
    table_class = BookTable
    filters_class = BookFilters
    empty = Empty(
        gettext_lazy("Chưa có sổ nào"),
        gettext_lazy("Mở sổ trước khi ban hành văn bản đầu tiên của năm."),
    )

    def get_rows(self) -> QuerySet[NumberBook]:
        """Newest year first."""
        return list_number_books(self.request.actor)

    def get_acts(self) -> list[dict[str, Any]]:
        """Keepers open books."""
        if not can_keep_number_books(self.request.actor):
            return []
        return [{"url": reverse("console:number-book-add"), "label": _("Mở sổ"), "icon": "plus"}]


class NumberBookDetail(Listing):
    """The numbers of a book."""

    template_name = "console/documents/number_book.html"
    table_class = NumberTable
    empty = Empty(
        gettext_lazy("Chưa lấy số nào"),
        gettext_lazy("Số được lấy khi văn bản được ký, ngay trong việc ban hành."),
    )

    @cached_property
    def book(self) -> NumberBook:
        """The book; 404 for those who may not look into it."""
        return get_number_book_for(self.request.actor, self.kwargs["pk"])

    def get(self, request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keepers may cancel numbers."""
        if can_keep_number_books(request.actor):
            self.table_class = KeptNumberTable
        return super().get(request, *args, **kwargs)

    def get_title(self) -> str:
        """Which book."""
        return str(self.book)

    def get_rows(self) -> QuerySet[BookNumber]:
        """The last number first."""
        return list_numbers(self.book)

    def get_acts(self) -> list[dict[str, Any]]:
        """Keepers change the book."""
        if not can_keep_number_books(self.request.actor):
            return []
        url = reverse("console:number-book-change", kwargs={"pk": self.kwargs["pk"]})
        return [{"url": url, "label": _("Sửa sổ"), "icon": "pencil-line"}]

    def get_context(self) -> dict[str, Any]:
        """The book, and what its next number will be."""
        book = self.book
        following = book.counter.last + 1
        return {"book": book, "next_symbol": write_symbol(book.pattern, following, book.year)}


@require_http_methods(["GET", "HEAD", "POST"])
def number_book_add(request: StaffRequest) -> HttpResponse:
    """Open a book."""
    at = now()
    form = BookForm(request.POST or None, day=local_date(at))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            book = services.open_number_book(
                code=said["code"],
                year=said["year"],
                title=said["title"],
                pattern=said["pattern"],
                first=said["first"],
                actor=request.actor,
                at=at,
            )
        except BookRefused as refused:
            form.add_error(None, str(refused))
        else:
            symbol = write_symbol(book.pattern, book.first, book.year)
            messages.success(
                request, _("Đã mở sổ. Số đầu tiên sẽ là %(symbol)s.") % {"symbol": symbol}
            )
            return redirect("console:number-book-detail", pk=book.pk)
    context = {
        "title": _("Mở sổ văn bản"),
        "form": form,
        "submit": _("Mở sổ"),
        "back": reverse("console:number-book-list"),
    }
    return render(request, "console/documents/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def number_book_change(request: StaffRequest, pk: int) -> HttpResponse:
    """Title, pattern, the book's end."""
    book = get_number_book_for(request.actor, pk)
    initial = {"title": book.title, "pattern": book.pattern, "is_open": book.is_open}
    form = BookChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_number_book(book=book, actor=request.actor, at=now(), **form.cleaned_data)
        messages.success(request, _("Đã lưu sổ."))
        return redirect("console:number-book-detail", pk=pk)
    context = {
        "title": _("Sửa sổ văn bản"),
        "form": form,
        "submit": _("Lưu"),
        "back": reverse("console:number-book-detail", kwargs={"pk": pk}),
    }
    return render(request, "console/documents/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def number_cancel(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """Cancel a number, with the reason."""
    row = get_number_for(request.actor, pk, number)
    form = ReasonForm(request.POST or None)
    back = reverse("console:number-book-detail", kwargs={"pk": pk})
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_number(
                number=row, reason=form.cleaned_data["reason"], actor=request.actor, at=now()
            )
        except BookRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Đã hủy số %(symbol)s. Số này không dùng lại.") % {"symbol": row.symbol}
            )
            return redirect(back)
    context = {
        "title": _("Hủy số văn bản"),
        "facts": [
            (_("Số, ký hiệu"), row.symbol),
            (_("Ngày văn bản"), say_day(row.on)),
            (_("Trích yếu"), row.subject),
        ],
        "form": form,
        "submit": _("Hủy số"),
        "back": back,
    }
    return render(request, "console/documents/reason.html", context)
