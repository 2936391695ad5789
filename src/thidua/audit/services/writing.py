"""The only writers of audited tables: each write and its event are one transaction.

    create(unit, actor=actor, at=at, action="unit.create")
    change(unit, actor=actor, at=at, action="unit.rename", name="Cục Viễn thông")
    remove(link, actor=actor, at=at, action="unit.unlink")

An event holds each changed field, old → new. A personal value stands in it as a salted hash; value
and salt lie in a table of their own and can be erased without breaking the chain.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, models, transaction

from thidua.audit.lifecycle.events import START, Draft, canonical, hidden_digest, seal
from thidua.audit.models import Event, HiddenValue
from thidua.audit.selectors.columns import audited_fields, policy_of, stream_of, value_of
from thidua.support.actor import Actor
from thidua.support.privacy import DataClass, FieldPolicy, TablePolicy

M = TypeVar("M", bound=models.Model)


@dataclass
class Told:
    """What an event is to say of one stream; `row` is `new` or `gone` when a row came or went.

    `is_fresh`: the stream has no event yet, and nobody else knows its name.
    """

    stream: str
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    policy: TablePolicy | None = None
    row: str = ""
    is_fresh: bool = False
    facts: Mapping[str, Any] | None = None


def create(obj: M, *, actor: Actor, at: datetime, action: str, reason: str = "") -> M:
    """Insert a row and record all its values."""
    return create_many([obj], actor=actor, at=at, action=action, reason=reason)[0]


@transaction.atomic
def create_many(
    objs: Iterable[M], *, actor: Actor, at: datetime, action: str, reason: str = ""
) -> list[M]:
    """Insert rows of one table and record each: two inserts for any number of rows."""
    rows = list(objs)
    if not rows:
        return rows
    model = type(rows[0])
    # A key that the database gives now was never used: nothing can be there to link to.
    is_fresh = isinstance(model._meta.pk, models.AutoField) and all(one.pk is None for one in rows)
    model._base_manager.bulk_create(rows, batch_size=500)
    names, policy = audited_fields(model), policy_of(model)
    told = [
        Told(
            stream_of(one),
            {name: (None, value_of(one, name)) for name in names},
            policy,
            "new",
            is_fresh,
        )
        for one in rows
    ]
    append(told, actor=actor, at=at, action=action, reason=reason)
    return rows


@transaction.atomic
def change(
    obj: models.Model, *, actor: Actor, at: datetime, action: str, reason: str = "", **values: Any
) -> bool:
    """Set the named fields under a lock on the row and record old → new; False: nothing differed.

    Only the named fields are written: what somebody else changed meanwhile stays.
    """
    stored = type(obj)._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    for name, value in values.items():
        setattr(obj, name, value)
    changes = {
        name: (was, will)
        for name in values
        if (was := value_of(stored, name)) != (will := value_of(obj, name))
    }
    if not changes:
        return False
    obj.save(update_fields=list(changes))
    told = Told(stream_of(obj), changes, policy_of(type(obj)))
    append([told], actor=actor, at=at, action=action, reason=reason)
    return True


@transaction.atomic
def remove(obj: models.Model, *, actor: Actor, at: datetime, action: str, reason: str = "") -> None:
    """Delete a row and record what it held."""
    model = type(obj)
    stored = model._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    changes = {name: (value_of(stored, name), None) for name in audited_fields(model)}
    told = Told(stream_of(obj), changes, policy_of(model), "gone")
    stored.delete()
    append([told], actor=actor, at=at, action=action, reason=reason)


@transaction.atomic
def note(
    stream: str, *, actor: Actor, at: datetime, action: str, facts: Mapping[str, Any] | None = None
) -> None:
    """Record something that changed no row: a login, an export, a look at a sensitive value.

    `facts` stand in the event in clear and for ever: keys and numbers, never a personal value.
    """
    append([Told(stream, facts=facts)], actor=actor, at=at, action=action)


def append(
    told: Sequence[Told], *, actor: Actor, at: datetime, action: str, reason: str = ""
) -> list[Event]:
    """Write events into the chains of their streams. Streams are locked in one order: no deadlock."""
    hidden: list[HiddenValue] = []
    events = []
    lender, loans = _lenders(actor)
    for one in told if told[0].is_fresh else sorted(told, key=lambda one: one.stream):
        seq, prev = (0, START) if one.is_fresh else _lock_end(one.stream)
        payload: dict[str, Any] = {"changes": _written(one, hidden)}
        if one.row:
            payload["row"] = one.row
        if reason:
            payload["reason"] = reason
        if one.facts:
            payload["facts"] = dict(one.facts)
        if loans:
            payload["loans"] = loans
        draft = Draft(
            stream=one.stream,
            stream_seq=seq + 1,
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            on_behalf_of_id=lender,
            action=action,
            request_id=actor.request_id,
            ip=actor.ip,
            payload=canonical(payload),
            prev=prev,
        )
        events.append(Event(**draft.values(), leaf=seal(draft)))
    HiddenValue.objects.bulk_create(hidden, batch_size=500)
    return Event.objects.bulk_create(events, batch_size=500)


def _lock_end(stream: str) -> tuple[int, bytes]:
    """Number and leaf of the last event of a stream, which nobody else can add to until we end.

    The row of an object is locked by its writer, but a note needs no row and a new stream has none.
    SQLite has one writer at a time. PostgreSQL gets two statements in one message: the second sees
    what the one who held the lock has committed.
    """
    last = "SELECT stream_seq, leaf FROM audit_event WHERE stream = %s ORDER BY stream_seq DESC LIMIT 1"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lock = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0)); "
            cursor.execute(lock + last, [stream, stream])
            cursor.nextset()
        else:
            cursor.execute(last, [stream])
        row = cursor.fetchone()
    return (row[0], bytes(row[1])) if row else (0, START)


def _written(told: Told, hidden: list[HiddenValue]) -> dict[str, Any]:
    """Changes as they stand in an event: hidden values as hashes, put aside in `hidden`."""
    written = {}
    for name, pair in told.changes.items():
        policy = told.policy.fields[name] if told.policy else None
        if policy is None or not policy.is_hidden:
            written[name] = list(pair)
            continue
        written[name] = [_hide(told.stream, name, value, policy, hidden) for value in pair]
    return written


def _hide(
    stream: str, name: str, value: Any, policy: FieldPolicy, hidden: list[HiddenValue]
) -> dict[str, str] | None:
    """The hash of a value, which is put aside with its salt; of a secret, the salt alone."""
    if value is None:
        return None
    salt, text = secrets.token_bytes(16), canonical(value)
    digest = hidden_digest(salt, text)
    kept = "" if policy.data_class is DataClass.SECRET else text
    hidden.append(HiddenValue(digest=digest, stream=stream, field=name, salt=salt, value=kept))
    return {"hash": digest.hex()}


def _lenders(actor: Actor) -> tuple[int | None, list[int]]:
    """Who lent the roles, when all of them are lent by one; else all whose loans are held.

    Nobody can say then in which of the roles the act was done: the event names the lenders.
    """
    lenders = {grant.delegated_by for grant in actor.grants}
    named = sorted(one for one in lenders if one is not None)
    return (named[0], []) if len(named) == len(lenders) == 1 else (None, named)
