"""Take in a template, publish it, withdraw it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from thidua.audit import services as audit
from thidua.documents.errors import DocumentFault, TemplateRefused
from thidua.documents.models import TemplateVersion
from thidua.documents.rendering.filling import fill_template
from thidua.documents.services.checking import kind_of
from thidua.documents.services.files import store_file
from thidua.documents.shipped import load_kinds
from thidua.support.actor import Actor
from thidua.support.text import clean

MOST_TEMPLATE_BYTES = 10 * 2**20


def add_template(
    *,
    kind: str,
    raw: bytes,
    name: str,
    note: str,
    issued_from: date,
    actor: Actor,
    at: datetime,
) -> TemplateVersion:
    """Keep a Word template as a draft. It is filled with the kind's example first.

    Raises FileRefused, or TemplateRefused for one that holds what it may not or cannot be filled.
    """
    about = load_kinds()[kind]
    if not clean(note):
        raise TemplateRefused("no_note", "Cần ghi mẫu này khác mẫu trước ở chỗ nào.")
    kind_of(raw, kinds=("docx",), most_bytes=MOST_TEMPLATE_BYTES)
    fill_template(raw, about.names, about.sample)
    with transaction.atomic():
        file = store_file(
            raw=raw, name=name, actor=actor, at=at, kinds=("docx",), most_bytes=MOST_TEMPLATE_BYTES
        )
        last = TemplateVersion.objects.filter(kind=kind).aggregate(last=Max("number"))["last"]
        version = TemplateVersion(
            kind=kind,
            number=(last or 0) + 1,
            file=file,
            note=clean(note),
            issued_from=issued_from,
            uploaded_at=at,
            uploaded_by_name=actor.name,
        )
        try:
            with transaction.atomic():
                return audit.create(version, actor=actor, at=at, action="template.add")
        except IntegrityError:
            raise DocumentFault(
                "Có người vừa gửi một mẫu khác của loại này. Xem mẫu đó, rồi gửi lại nếu vẫn cần."
            ) from None


@transaction.atomic
def publish_template(*, version: TemplateVersion, actor: Actor, at: datetime) -> None:
    """From now on papers issued from its day on are made with this template. Raises DocumentFault."""
    stored = TemplateVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if stored.published_at is not None:
        raise DocumentFault(f"Mẫu số {stored.number} đã công bố từ trước. Không cần làm gì thêm.")
    audit.change(
        version,
        actor=actor,
        at=at,
        action="template.publish",
        published_at=at,
        published_by_name=actor.name,
    )


@transaction.atomic
def withdraw_template(*, version: TemplateVersion, reason: str, actor: Actor, at: datetime) -> None:
    """Go back: the template before this one, or the shipped one, serves again. Raises DocumentFault."""
    if not clean(reason):
        raise DocumentFault("Cần lý do rút mẫu. Viết ngắn, nêu chỗ sai của mẫu.")
    stored = TemplateVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if stored.state != "published":
        raise DocumentFault(
            f"Mẫu số {stored.number} không ở trạng thái đang dùng nên không rút được."
        )
    audit.change(
        version,
        actor=actor,
        at=at,
        action="template.withdraw",
        reason=clean(reason),
        withdrawn_at=at,
        withdrawn_by_name=actor.name,
        withdraw_reason=clean(reason),
    )
