"""Writes of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit import services as audit
from thidua.people.errors import BadDate
from thidua.people.lifecycle import read_partial
from thidua.people.permissions import can_edit_people
from thidua.register.errors import AlreadyEntered, NotAllowed, RegisterError
from thidua.register.lifecycle import number_key
from thidua.register.models import DecisionRecord
from thidua.support.actor import Actor
from thidua.support.text import clean, match_key


def draft_decision(
    *, number: str = "", decided_on: str = "", issuer: str, abstract: str = "", **more: Any
) -> DecisionRecord:
    """A decision as it would be stored, not stored yet. `decided_on` as people write it.

    more: issuer_level, signer, signer_title, is_own, file, source. Raises RegisterError.
    """
    if not (number.strip() or decided_on.strip() or abstract.strip()):
        raise RegisterError(_("Cần số, ngày, hoặc trích yếu của quyết định."), "number")
    if not issuer.strip():
        raise RegisterError(_("Cần tên cơ quan ban hành quyết định."), "issuer")
    try:
        day = read_partial(decided_on)
    except BadDate as error:
        raise RegisterError(_(error.template) % error.parts, "decided_on") from None
    return DecisionRecord(
        number=clean(number),
        number_key=number_key(number),
        decided_on=day,
        issuer=clean(issuer),
        issuer_key=match_key(issuer),
        abstract=clean(abstract),
        **more,
    )


@transaction.atomic
def record_decision(decision: DecisionRecord, *, actor: Actor, at: datetime) -> DecisionRecord:
    """Store a draft, or give back the same decision where it is there already.

    The same: number in any spelling, date and issuer. Raises NotAllowed.
    """
    if not can_edit_people(actor):
        raise NotAllowed(_("Anh/chị không được ghi quyết định khen thưởng."))
    if decision.number_key:
        found = DecisionRecord.objects.filter(
            number_key=decision.number_key,
            decided_on=decision.decided_on,
            issuer_key=decision.issuer_key,
        ).first()
        if found is not None:
            return found
    return audit.create(decision, actor=actor, at=at, action="decision.record")


@transaction.atomic
def record_decisions(
    decisions: Sequence[DecisionRecord], *, actor: Actor, at: datetime
) -> list[DecisionRecord]:
    """Store many drafts at once. Raises NotAllowed; IntegrityError for one that is there already."""
    if not can_edit_people(actor):
        raise NotAllowed(_("Anh/chị không được ghi quyết định khen thưởng."))
    return audit.create_many(decisions, actor=actor, at=at, action="decision.record")


@transaction.atomic
def correct_decision(
    decision: DecisionRecord, *, reason: str, actor: Actor, at: datetime, **values: Any
) -> bool:
    """Mend what was typed wrongly from an outside paper. Our own decisions are corrected by decision.

    Raises NotAllowed, RegisterError, AlreadyEntered.
    """
    if not can_edit_people(actor):
        raise NotAllowed(_("Anh/chị không được sửa quyết định khen thưởng."))
    if decision.is_own:
        raise RegisterError(
            _("Quyết định của đơn vị mình chỉ đính chính bằng một quyết định khác.")
        )
    if not reason.strip():
        raise RegisterError(_("Cần lý do sửa. Viết ngắn, nêu chỗ gõ sai."), "reason")
    wanted = DecisionRecord.objects.get(pk=decision.pk)
    for name, value in values.items():
        setattr(wanted, name, value)
    draft = draft_decision(
        number=wanted.number,
        decided_on=wanted.decided_on,
        issuer=wanted.issuer,
        abstract=wanted.abstract,
    )
    keys = {name: getattr(draft, name) for name in ("number_key", "issuer_key", "decided_on")}
    if keys["number_key"]:
        same = DecisionRecord.objects.filter(**keys).exclude(pk=decision.pk)
        if same.exists():
            raise AlreadyEntered(_("Đã có quyết định với số, ngày và cơ quan này."), "number")
    return audit.change(
        decision, actor=actor, at=at, action="decision.correct", reason=reason, **{**values, **keys}
    )
