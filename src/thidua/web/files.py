"""Files that are handed out: always as an attachment, never shown by the browser itself (SEC-12)."""

from __future__ import annotations

from types import MappingProxyType
from urllib.parse import quote

from django.http import HttpResponse

from thidua.support.text import fold

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MIMES = MappingProxyType(
    {
        "pdf": "application/pdf",
        "docx": DOCX,
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "png": "image/png",
        "jpeg": "image/jpeg",
        "webp": "image/webp",
    }
)


def mime_of(kind: str) -> str:
    """The type of a kind of stored file; what is rare is only bytes."""
    return _MIMES.get(kind, "application/octet-stream")


def attachment(content: bytes, name: str, mime: str) -> HttpResponse:
    """The answer that saves a file under its name, whatever signs are in it."""
    plain = "".join(
        char if char.isascii() and (char.isalnum() or char in "._- ") else "_"
        for char in fold(name)
    )
    return HttpResponse(
        content,
        content_type=mime,
        headers={
            "Content-Disposition": (
                f"attachment; filename=\"{plain or 'tep'}\"; filename*=UTF-8''{quote(name, safe='')}"
            ),
            "Cache-Control": "private, no-store",
        },
    )
