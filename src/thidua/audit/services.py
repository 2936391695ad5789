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
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from thidua.audit.lifecycle.events import Draft, canonical, hidden_digest, seal
from thidua.audit.models import Event, HiddenValue
from thidua.support.actor import Actor
from thidua.support.privacy import DataClass, TablePolicy, room_policies

M = TypeVar("M", bound=models.Model)
_START = b"\x00" * 32


def stream_of(obj: models.Model) -> str:
    """The name of an object in the trail: `organizations.unit:12`."""
    return f"{obj._meta.label_lower}:{obj.pk}"


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
    type(rows[0])._base_manager.bulk_create(rows, batch_size=500)
    names = _audited_fields(rows[0])
    drafts = [(stream_of(one), {n: (None, _value(one, n)) for n in names}) for one in rows]
    _append(drafts, _policy(rows[0]), actor, at, action, reason, fresh=True)
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
        name: (_value(stored, name), _value(obj, name))
        for name in values
        if _value(stored, name) != _value(obj, name)
    }
    if not changes:
        return False
    obj.save(update_fields=list(changes))
    _append([(stream_of(obj), changes)], _policy(obj), actor, at, action, reason)
    return True


@transaction.atomic
def remove(obj: models.Model, *, actor: Actor, at: datetime, action: str, reason: str = "") -> None:
    """Delete a row and record what it held."""
    stored = type(obj)._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    stream = stream_of(obj)
    changes = {name: (_value(stored, name), None) for name in _audited_fields(stored)}
    stored.delete()
    _append([(stream, changes)], _policy(obj), actor, at, action, reason)


@transaction.atomic
def note(
    stream: str, *, actor: Actor, at: datetime, action: str, facts: Mapping[str, Any] | None = None
) -> None:
    """Record something that changed no row: a login, an export, a look at a sensitive value."""
    _append([(stream, {})], None, actor, at, action, "", facts=facts)


def _append(
    drafts: Sequence[tuple[str, Mapping[str, tuple[Any, Any]]]],
    policy: TablePolicy | None,
    actor: Actor,
    at: datetime,
    action: str,
    reason: str,
    *,
    fresh: bool = False,
    facts: Mapping[str, Any] | None = None,
) -> None:
    hidden: list[HiddenValue] = []
    events = []
    for stream, changes in drafts:
        last = None if fresh else Event.objects.filter(stream=stream).order_by("stream_seq").last()
        payload: dict[str, Any] = {"changes": _written(stream, changes, policy, hidden)}
        if reason:
            payload["reason"] = reason
        if facts:
            payload["facts"] = dict(facts)
        draft = Draft(
            stream=stream,
            stream_seq=last.stream_seq + 1 if last else 1,
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            on_behalf_of_id=_lender(actor),
            action=action,
            request_id=actor.request_id,
            ip=actor.ip,
            payload=canonical(payload),
            prev=bytes(last.leaf) if last else _START,
        )
        events.append(Event(**draft.values(), leaf=seal(draft)))
    HiddenValue.objects.bulk_create(hidden, batch_size=500)
    Event.objects.bulk_create(events, batch_size=500)


def _written(
    stream: str,
    changes: Mapping[str, tuple[Any, Any]],
    policy: TablePolicy | None,
    hidden: list[HiddenValue],
) -> dict[str, Any]:
    """Changes as they stand in an event: hidden values as hashes, put aside in `hidden`."""
    written = {}
    for name, pair in changes.items():
        field_policy = policy.fields[name] if policy else None
        if field_policy is None or not field_policy.is_hidden:
            written[name] = list(pair)
            continue
        digests: list[Any] = []
        for value in pair:
            if value is None:
                digests.append(None)
                continue
            salt, text = secrets.token_bytes(16), canonical(value)
            digest = hidden_digest(salt, text)
            if field_policy.data_class is not DataClass.SECRET:
                hidden.append(
                    HiddenValue(digest=digest, stream=stream, field=name, salt=salt, value=text)
                )
            digests.append({"hash": digest.hex()})
        written[name] = digests
    return written


def _policy(obj: models.Model) -> TablePolicy:
    return room_policies(type(obj).__module__.partition(".models")[0])[type(obj).__name__]


def _audited_fields(obj: models.Model) -> list[str]:
    fields = _policy(obj).fields
    return [
        field.name
        for field in obj._meta.concrete_fields
        if not field.primary_key and not fields[field.name].unaudited_because
    ]


def _value(obj: models.Model, name: str) -> Any:
    """A field's value as the database would give it back; of a link, the key it points to."""
    field = obj._meta.get_field(name)
    if isinstance(field, models.FileField):
        return getattr(obj, name).name or ""
    if isinstance(field, models.ForeignKey):
        return getattr(obj, field.attname)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of {type(obj).__name__}")
    return field.to_python(getattr(obj, name))


def _lender(actor: Actor) -> int | None:
    """Who lent the roles, when all of them are lent: the event names both."""
    lenders = {grant.delegated_by for grant in actor.grants}
    return lenders.pop() if len(lenders) == 1 else None
