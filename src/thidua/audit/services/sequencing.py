"""Give events their place in the order of all, and sign the tree over them.

One sequencer at a time; each batch is one transaction, so a kill leaves no gap and no double.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from thidua.audit.errors import KeyUnfit
from thidua.audit.lifecycle.merkle import Frontier
from thidua.audit.lifecycle.notes import Signer, epoch_origin, write_checkpoint
from thidua.audit.models import Checkpoint, Epoch, Event, Sequenced, Sequencer
from thidua.audit.selectors.keys import get_signer

BATCH = 1000
# Of nothing else: whoever holds it is the sequencer (PostgreSQL; SQLite has one writer anyway).
_LOCK = 0x7468_6964_7561


def sequence(*, at: datetime, batch: int = BATCH) -> int:
    """Place all events that wait; a signed checkpoint after each batch. How many were placed.

    Another sequencer at work: 0. Raises KeyMissing, KeyUnfit.
    """
    signer = get_signer()
    snapshot = _snapshot()
    total, after = 0, None
    while True:
        with transaction.atomic():
            if not be_the_sequencer():
                return total
            state = _take_up(signer, at)
            count, after = _place(state, signer, at, batch, after)
            if count < batch:
                _raise_floor(state, snapshot)
            state.save()
        total += count
        if count < batch:
            return total


def be_the_sequencer() -> bool:
    """Keep all others away until the transaction ends; False: another one is at work."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            return bool(cursor.fetchone()[0])
    return True


def _take_up(signer: Signer, at: datetime) -> Sequencer:
    """Where the sequencer stands; at its very beginning, the first epoch opens. Raises KeyUnfit."""
    state = Sequencer.objects.select_related("epoch").first()
    if state is None:
        epoch = Epoch.objects.create(number=1, first=1, opened_at=at, verifier=signer.verifier.text)
        return Sequencer(pk=1, epoch=epoch)
    if state.epoch.verifier != signer.verifier.text:
        raise KeyUnfit(
            _(
                "Khóa ký không phải là khóa của kỳ %s. Trả lại khóa cũ, hoặc mở kỳ mới: "
                "thidua audit new-epoch --reason «vì sao đổi khóa»"
            )
            % state.epoch_id
        )
    return state


def _place(
    state: Sequencer, signer: Signer, at: datetime, batch: int, after: int | None
) -> tuple[int, int | None]:
    """The next events by id into the tree: how many, and the id of the last."""
    waiting = list(
        Event.objects.filter(pk__gt=state.floor if after is None else after, sequenced=None)
        .order_by("pk")
        .values_list("pk", "leaf")[:batch]
    )
    if not waiting:
        return 0, after
    tree = Frontier.unpack(state.size, bytes(state.peaks))
    places = []
    for seq, (pk, leaf) in enumerate(waiting, start=state.next_seq):
        tree.add(bytes(leaf))
        places.append(Sequenced(seq=seq, event_id=pk, leaf=leaf))
    Sequenced.objects.bulk_create(places)
    state.next_seq += len(places)
    state.size, state.peaks = tree.size, tree.packed()
    sign_tree(state, signer, at)
    return len(places), waiting[-1][0]


def sign_tree(state: Sequencer, signer: Signer, at: datetime) -> Checkpoint:
    """A checkpoint of the tree as it stands."""
    root = Frontier.unpack(state.size, bytes(state.peaks)).root()
    origin = epoch_origin(signer.name, state.epoch_id)
    text = write_checkpoint(signer, origin, state.size, root, at)
    return Checkpoint.objects.create(
        epoch=state.epoch, size=state.size, root=root, made_at=at, text=text
    )


def _snapshot() -> tuple[int, int] | None:
    """On PostgreSQL: all transactions below the first are over, none at the second has begun."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, "
            "pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
        )
        oldest, coming = cursor.fetchone()
    return oldest, coming


def _raise_floor(state: Sequencer, snapshot: tuple[int, int] | None) -> None:
    """Remember below which id nothing can come any more, so that old events are not looked at.

    On PostgreSQL an id is taken before its transaction commits: ids up to `mark` are settled when
    all transactions are over that ran when a later run saw ids beyond it.
    """
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    if snapshot is None:
        state.floor = last
        return
    oldest, coming = snapshot
    if state.mark_xid is not None and state.mark_xid > coming:
        state.mark_xid = None  # another server counts its transactions anew
    if state.mark_xid is None or oldest >= state.mark_xid:
        if state.mark_xid is not None:
            state.floor = max(state.floor, state.mark)
        state.mark, state.mark_xid = state.seen, coming
    state.seen = last
