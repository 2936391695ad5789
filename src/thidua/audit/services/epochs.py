"""When a check failed and the damage has to stay: close the epoch, open another. Nothing is repaired."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from thidua.audit.errors import AuditError, ReasonMissing
from thidua.audit.lifecycle.merkle import Frontier
from thidua.audit.lifecycle.notes import epoch_origin
from thidua.audit.lifecycle.report import Problem, Report
from thidua.audit.models import Epoch, Sequenced, Sequencer
from thidua.audit.selectors.claims import closing_text
from thidua.audit.selectors.columns import audited_fields, policy_of, stream_of, value_of
from thidua.audit.selectors.keys import get_signer
from thidua.audit.selectors.state import tables
from thidua.audit.services.sequencing import be_the_sequencer
from thidua.audit.services.writing import Told, append
from thidua.support.actor import Actor

_ROWS = {"field", "row_unrecorded", "row_missing"}


@transaction.atomic
def adopt(
    objs: Iterable[models.Model], *, actor: Actor, at: datetime, action: str, reason: str
) -> None:
    """Record rows as they stand: they came, or changed, in a way that left no event.

    For data that a migration wrote, and for a table whose writes leave events from now on.
    """
    told = [
        Told(
            stream_of(one),
            {name: (None, value_of(one, name)) for name in audited_fields(type(one))},
            policy_of(type(one)),
            "adopted",
        )
        for one in objs
    ]
    if told:
        append(told, actor=actor, at=at, action=action, reason=reason)


@transaction.atomic
def new_epoch(*, report: Report, reason: str, actor: Actor, at: datetime) -> Epoch:
    """Close the epoch with all that `report` found in it, take the rows as they are, open another.

    The closing is a signed note with the last head of the tree and one line for each problem.
    Raises ReasonMissing, KeyMissing, AuditError.
    """
    if not reason.strip():
        raise ReasonMissing(_("Nêu lý do khép kỳ: người đọc sau này cần biết vì sao."))
    signer = get_signer()
    if not be_the_sequencer():
        raise AuditError(_("Đang có tiến trình khác xếp sự kiện. Thử lại sau vài giây."))
    state = Sequencer.objects.select_related("epoch").first()
    if state is None:
        raise AuditError(_("Nhật ký chưa có kỳ nào để khép."))
    old = state.epoch
    tree = Frontier()
    last = old.first - 1
    places = Sequenced.objects.filter(seq__gte=old.first).order_by("seq")
    for last, leaf in places.values_list("seq", "leaf").iterator(chunk_size=5000):  # noqa: B007
        tree.add(bytes(leaf))
    root = base64.b64encode(tree.root()).decode()
    name = old.verifier.split("+", 1)[0]
    keys = sorted({one.key for one in report.problems} | report.known)
    text = closing_text(epoch_origin(name, old.number), tree.size, root, reason, keys)
    epoch = Epoch.objects.create(
        number=old.number + 1,
        first=last + 1,
        opened_at=at,
        verifier=signer.verifier.text,
        reason=reason,
        closing=signer.sign(text),
    )
    Sequencer.objects.filter(pk=state.pk).delete()
    Sequencer.objects.create(pk=1, epoch=epoch, next_seq=last + 1)
    facts = {"epoch": epoch.number, "reason": reason, "problems": sum(report.counts.values())}
    opened = Told(f"audit.epoch:{epoch.number}", facts=facts)
    append([opened], actor=actor, at=at, action="audit.new_epoch")
    _adopt_rows(report.problems, actor, at, reason)
    return epoch


def _adopt_rows(problems: Sequence[Problem], actor: Actor, at: datetime, reason: str) -> None:
    """The rows that differ from their events: what they hold now is what they hold from now on."""
    for stream in sorted({one.stream for one in problems if one.kind in _ROWS}):
        label, _colon, key = stream.partition(":")
        row = tables()[label]._base_manager.filter(pk=key).first()
        if row is not None:
            adopt([row], actor=actor, at=at, action="audit.adopt", reason=reason)
        else:
            told = Told(stream, row="gone")
            append([told], actor=actor, at=at, action="audit.adopt", reason=reason)
