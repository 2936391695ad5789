"""Pages for what went wrong, in our look and a clerk's words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "web/error.html", {"title": title, "text": text}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - asked for by Django
    """400."""
    return _page(
        request,
        400,
        _("Yêu cầu này không đọc được"),
        _("Trình duyệt gửi thiếu hoặc sai dữ liệu. Quay lại trang trước, tải lại rồi làm lại."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """403."""
    return _page(
        request,
        403,
        _("Trang này không thuộc phần việc của anh/chị"),
        _(
            "Vai trò hiện có không mở được trang này. Cần dùng thì nhờ quản trị hệ thống cấp vai trò."
        ),
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """403 of a form without its token."""
    return _page(
        request,
        403,
        _("Biểu mẫu đã cũ, chưa có gì được ghi"),
        _(
            "Trang mở quá lâu hoặc anh/chị đã đăng nhập lại ở cửa sổ khác. Tải lại trang rồi gửi lại."
        ),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """404, also for what is outside one's scope."""
    return _page(
        request,
        404,
        _("Không có trang này"),
        _("Địa chỉ gõ sai, hoặc nội dung nằm ngoài phạm vi đơn vị của anh/chị."),
    )


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """500: nothing is read from the database, which may be what is broken."""
    return render(None, "web/500.html", status=500)
