"""A file of the unit's user; a number book and a template, one for the whole organisation."""

import io
from datetime import date

from docx import Document

from factories.accounts import AT, SYSTEM
from thidua.accounts.selectors import get_actor
from thidua.documents import services
from thidua.documents.models import BookNumber, NumberBook, TemplateVersion

HEIGHT = 1  # needs `user`


def word(*paragraphs):
    """A Word file with these paragraphs."""
    paper, out = Document(), io.BytesIO()
    for text in paragraphs:
        paper.add_paragraph(text)
    paper.save(out)
    return out.getvalue()


def samples(unit, text, world):
    """`stored_file`, `number_book`, `book_number`, `template`."""
    del unit
    if not NumberBook.objects.exists():
        book = services.open_number_book(
            code="to-trinh",
            year=2026,
            title="Tờ trình",
            pattern="{số}/TTr-VTĐKT",
            actor=SYSTEM,
            at=AT,
        )
        services.take_number(
            book=book, on=date(2026, 3, 10), subject="Tờ trình", key="t:1", actor=SYSTEM, at=AT
        )
        services.add_template(
            kind="submission-letter",
            raw=word("{{ ve_viec }}"),
            name="Mẫu.docx",
            note="Đổi lề",
            issued_from=date(2026, 1, 1),
            actor=SYSTEM,
            at=AT,
        )
    file = services.store_file(
        raw=b"%PDF-1.7 " + text.encode(),
        name=f"{text}.pdf",
        actor=get_actor(world["user"], AT),
        at=AT,
    )
    return {
        "stored_file": file,
        "number_book": NumberBook.objects.get(),
        "book_number": BookNumber.objects.get(),
        "template": TemplateVersion.objects.get(),
    }
