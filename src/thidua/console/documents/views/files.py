"""A file by itself, for whoever sent it."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from thidua.documents.selectors import get_file_for, read_content
from thidua.web.doors import StaffRequest
from thidua.web.files import attachment, mime_of


@require_safe
def file_fetch(request: StaffRequest, key: str) -> HttpResponse:
    """Always as an attachment."""
    file = get_file_for(request.actor, key)
    return attachment(read_content(file), file.name, mime_of(file.kind))
