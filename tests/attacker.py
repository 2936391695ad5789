"""Ten things that somebody with the keys of the database can do to a trail."""

from django.db import connection, transaction

from conftest import without_triggers
from thidua.audit.lifecycle.events import START, Draft, canonical, seal
from thidua.audit.lifecycle.merkle import Frontier, root_of
from thidua.audit.lifecycle.notes import epoch_origin, write_checkpoint
from thidua.audit.models import Checkpoint, Event, Sequenced, Sequencer
from thidua.audit.selectors.keys import get_signer

COLUMNS = tuple(Draft.__dataclass_fields__)


def free(act):
    """Triggers are no obstacle to somebody who may drop them."""

    def freed(trail):
        with without_triggers(connection):
            act(trail)

    return freed


def placed(trail, *, most: int | None = None):
    """An event that outside copies cover."""
    events = list(Event.objects.filter(sequenced__isnull=False).order_by("pk"))
    return trail.random.choice(events[:most] if most else events)


def rechain(stream: str) -> None:
    """Compute every number, link and leaf of a stream anew."""
    prev = START
    for number, event in enumerate(Event.objects.filter(stream=stream).order_by("stream_seq"), 1):
        event.stream_seq, event.prev = number, prev
        values = {name: getattr(event, name) for name in COLUMNS}
        event.leaf = prev = seal(Draft(**values))
        event.save()


def regrow(*, sign: bool) -> None:
    """Compute the tree anew; sign its heads with the stolen key, or leave none."""
    sizes = list(Checkpoint.objects.order_by("size").values_list("size", "made_at"))
    ids = list(Sequenced.objects.order_by("seq").values_list("event_id", flat=True))
    there = Event.objects.in_bulk(ids)
    Sequenced.objects.all().delete()
    Checkpoint.objects.all().delete()
    leaves = []
    for seq, pk in enumerate((pk for pk in ids if pk in there), 1):
        Sequenced.objects.create(seq=seq, event_id=pk, leaf=there[pk].leaf)
        leaves.append(bytes(there[pk].leaf))
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf)
    Sequencer.objects.update(next_seq=len(leaves) + 1, size=len(leaves), peaks=tree.packed())
    if not sign:
        return
    signer = get_signer()
    for size, made_at in sizes:
        kept = min(size, len(leaves))
        root = root_of(leaves[:kept])
        text = write_checkpoint(signer, epoch_origin(signer.name, 1), kept, root, made_at)
        Checkpoint.objects.get_or_create(
            epoch_id=1, size=kept, defaults={"root": root, "made_at": made_at, "text": text}
        )


def edit(trail):
    """Another actor, time, address, action or content in one event."""
    event = placed(trail)
    column, value = trail.random.choice(
        [
            ("actor_name", "Ai đó"),
            ("actor_id", 999),
            ("ip", "10.9.9.9"),
            ("action", "khac.di"),
            ("at", event.at.replace(year=2016)),
            ("payload", canonical({"changes": {}, "reason": "sửa"})),
        ]
    )
    Event.objects.filter(pk=event.pk).update(**{column: value})


def edit_and_rechain(trail):
    """The same, with every hash of the stream computed anew."""
    event = placed(trail)
    Event.objects.filter(pk=event.pk).update(actor_name="Ai đó")
    rechain(event.stream)


def edit_and_regrow(trail):
    """The same, with the tree computed anew and every checkpoint in the database dropped."""
    edit_and_rechain(trail)
    regrow(sign=False)


def steal_the_key(trail):
    """The same, with every checkpoint signed again."""
    edit_and_rechain(trail)
    regrow(sign=True)


def drop(trail):
    """One event is gone."""
    event = placed(trail)
    Sequenced.objects.filter(event=event).delete()
    event.delete()


def drop_and_regrow(trail):
    """An event is gone, and everything is computed anew as if it had never been."""
    notes = Event.objects.filter(sequenced__isnull=False, action="user.login")
    event = trail.random.choice(list(notes))
    Sequenced.objects.filter(event=event).delete()
    event.delete()
    rechain(event.stream)
    regrow(sign=False)


def truncate(trail):
    """The newest events are gone, with their places and checkpoints (their rows were not changed)."""
    for one in Sequenced.objects.order_by("-seq")[: trail.random.randrange(1, 6)]:
        event = one.event
        one.delete()
        event.delete()
    regrow(sign=False)


def forge(trail):
    """An event that never was stands in the middle of a stream, everything computed anew."""
    event = placed(trail)
    later = Event.objects.filter(stream=event.stream, stream_seq__gt=event.stream_seq)
    for one in later.order_by("-stream_seq"):
        one.stream_seq += 1
        one.save()
    values = {name: getattr(event, name) for name in COLUMNS}
    values.update(action="user.login", payload=canonical({"changes": {}}), leaf=b"")
    forged = Event.objects.create(**{**values, "stream_seq": event.stream_seq + 1})
    rechain(event.stream)
    # Its place is right after the event before it: the order of ids is not looked at.
    places = list(Sequenced.objects.order_by("seq").values_list("event_id", flat=True))
    places.insert(places.index(event.pk) + 1, forged.pk)
    Sequenced.objects.all().delete()
    Sequenced.objects.bulk_create(
        Sequenced(seq=seq, event_id=pk, leaf=b"") for seq, pk in enumerate(places, 1)
    )
    regrow(sign=False)


def reorder(trail):
    """Two events change places: what came first came last."""
    first, second = sorted(
        trail.random.sample(list(Sequenced.objects.all()), 2), key=lambda s: s.seq
    )
    places = list(Sequenced.objects.order_by("seq").values_list("event_id", flat=True))
    places[first.seq - 1], places[second.seq - 1] = second.event_id, first.event_id
    Sequenced.objects.all().delete()
    Sequenced.objects.bulk_create(
        Sequenced(seq=seq, event_id=pk, leaf=b"") for seq, pk in enumerate(places, 1)
    )
    regrow(sign=False)


def restore_backup(trail):
    """Everything is as it was before the newest acts, checkpoints and rows included."""
    before = (list(trail.kinds), list(trail.users))
    backup = transaction.savepoint()
    trail.live(trail.random.randrange(1, 8))
    trail.sequence()
    transaction.savepoint_rollback(backup)
    trail.kinds, trail.users = before


ATTACKS = {
    act.__name__: free(act)
    for act in (edit, edit_and_rechain, edit_and_regrow, drop, drop_and_regrow, truncate, forge)
} | {
    "reorder": free(reorder),
    "restore_backup": restore_backup,
    "steal_the_key": free(steal_the_key),
}
# What nothing inside the database shows.
HIDDEN_INSIDE = ("edit_and_regrow", "drop_and_regrow", "truncate", "reorder", "restore_backup",
                 "steal_the_key", "forge")  # fmt: skip
