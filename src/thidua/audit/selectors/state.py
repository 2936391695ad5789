"""Do the rows hold what their last events say?"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from thidua.audit.lifecycle.events import canonical, hidden_digest
from thidua.audit.lifecycle.report import Problem, Report
from thidua.audit.models import Event, HiddenValue
from thidua.audit.selectors.columns import (
    audited_fields,
    audited_models,
    default_of,
    value_of,
)


@dataclass
class Recorded:
    """What the events of one row say, added up: last value of each field, is it there at all.

    `hidden` are hashes whose values must be found, each with its field and the place of its event;
    an erasure empties it and puts the fields into `erased` until they are written again.
    """

    stream: str
    label: str
    key: str
    seq: int | None = None
    is_there: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    hidden: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)

    def take(self, payload: Mapping[str, Any], action: str) -> None:
        """One event more."""
        if action == ERASE:
            self.hidden.clear()
            self.erased.update(self.fields)
        row = payload.get("row")
        if row:
            self.is_there = row != "gone"
        for name, pair in payload["changes"].items():
            self.fields[name] = pair[1]
            self.erased.discard(name)
            for one in pair:
                if type(one) is dict and "hash" in one:
                    self.hidden[one["hash"]] = (name, self.seq)


ERASE = "audit.erase"
_PLAIN = (str, int, bool, type(None))
Rows = Mapping[str, models.Model]


@cache
def tables() -> Mapping[str, type[models.Model]]:
    """Audited tables by the word that begins their streams."""
    return {one._meta.label_lower: one for one in audited_models()}


def check_rows(batch: Sequence[Recorded], report: Report) -> None:
    """Compare a batch with the tables: one query a table, one for hidden values."""
    wanted = [bytes.fromhex(one) for each in batch for one in each.hidden]
    hidden: dict[str, tuple[bytes, str]] = {}
    for start in range(0, len(wanted), 5000):
        rows = HiddenValue.objects.filter(digest__in=wanted[start : start + 5000])
        for digest, salt, value in rows.values_list("digest", "salt", "value"):
            hidden[bytes(digest).hex()] = (bytes(salt), value)
    by_table: dict[str, list[Recorded]] = defaultdict(list)
    for one in batch:
        by_table[one.label].append(one)
        _check_hidden(one, hidden, report)
    for label, recorded in by_table.items():
        model = tables()[label]
        rows_found = _fetch(model, recorded)
        for one in recorded:
            _check_row(model, one, rows_found.get(one.key), hidden, report)


def _fetch(model: type[models.Model], recorded: Iterable[Recorded]) -> Rows:
    pk = model._meta.pk
    keys = []
    for one in recorded:
        try:
            keys.append(pk.to_python(one.key))
        except (ValueError, TypeError, ValidationError):
            continue  # a forged stream, which names no row
    return {str(row.pk): row for row in model._base_manager.filter(pk__in=keys)}


def _check_hidden(one: Recorded, hidden: Mapping[str, tuple[bytes, str]], report: Report) -> None:
    for digest, (name, seq) in one.hidden.items():
        kept = hidden.get(digest)
        if kept is None:
            report.add(Problem("hidden_lost", seq, one.stream, name, digest[:16]))
        elif kept[1] and hidden_digest(kept[0], kept[1]).hex() != digest:
            report.add(Problem("hidden_changed", seq, one.stream, name, _short(kept[1])))


def _check_row(
    model: type[models.Model],
    one: Recorded,
    row: models.Model | None,
    hidden: Mapping[str, tuple[bytes, str]],
    report: Report,
) -> None:
    if row is None:
        if one.is_there:
            report.add(Problem("row_missing", one.seq, one.stream))
        return
    report.rows += 1
    if not one.is_there:
        report.add(Problem("row_unrecorded", one.seq, one.stream))
        return
    held = row.__dict__
    for name, column in _columns(model):
        # What needs no word on either side is equal as it stands.
        recorded = one.fields.get(name)
        if recorded is not None and type(recorded) in _PLAIN:
            raw = held.get(column)
            if type(raw) is type(recorded) and raw == recorded:
                continue
        actual = value_of(row, name)
        if name not in one.fields:
            good = canonical(actual) == _default_text(model, name)
        else:
            good = _is_same(one, name, actual, hidden, report)
        if not good:
            found = _short(canonical(actual))
            report.add(Problem("field", one.seq, one.stream, name, found))


def _is_same(
    one: Recorded,
    name: str,
    actual: Any,
    hidden: Mapping[str, tuple[bytes, str]],
    report: Report,
) -> bool:
    recorded = one.fields[name]
    if type(recorded) is dict and "hash" in recorded:
        if name in one.erased:
            report.erased += 1
            return True
        kept = hidden.get(recorded["hash"])
        # A lost one was counted already.
        return kept is None or (hidden_digest(kept[0], canonical(actual)).hex() == recorded["hash"])
    if type(actual) is type(recorded) and type(actual) in _PLAIN:
        return bool(actual == recorded)
    return canonical(actual) == canonical(recorded)


@cache
def _columns(model: type[models.Model]) -> tuple[tuple[str, str], ...]:
    """Audited fields with the names under which a row holds their raw values."""
    named = {one.name: one.attname for one in model._meta.concrete_fields}
    return tuple((name, named[name]) for name in audited_fields(model))


@cache
def _default_text(model: type[models.Model], name: str) -> str:
    return canonical(default_of(model, name))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def find_unrecorded(report: Report) -> None:
    """Rows of audited tables of which no event tells anything."""
    for label, model in tables().items():
        rows = (
            model._base_manager.annotate(
                audit_stream=Concat(Value(f"{label}:"), Cast("pk", CharField()))
            )
            .filter(~Exists(Event.objects.filter(stream=OuterRef("audit_stream"))))
            .order_by("pk")
        )
        for pk in rows.values_list("pk", flat=True).iterator(chunk_size=2000):
            report.rows += 1
            report.add(Problem("row_unrecorded", None, f"{label}:{pk}"))
