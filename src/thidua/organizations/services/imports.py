"""Units are taken in from a workbook: all new rows in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thidua.audit.services import create, create_many
from thidua.documents.models import StoredFile
from thidua.organizations.lifecycle.rows import Plan, Row, State, name_spans
from thidua.organizations.models import Unit, UnitImport, UnitKind, UnitLink, UnitName
from thidua.organizations.services.tree import close_tree, name_words, open_tree, unit_words
from thidua.support.actor import Actor


@transaction.atomic
def import_units(*, actor: Actor, at: datetime, plan: Plan, file: StoredFile) -> list[Unit]:
    """Found the units of a plan's new rows, and keep the count of its rows. Raises UnitError.

    The plan was made of what was there when the workbook was read; what came between is found by the
    database and by the check of the whole tree, and then nothing is taken.
    """
    open_tree(actor)
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}
    by_code = {unit.code.casefold(): unit for unit in Unit.objects.all()}
    rows = [row for row in plan.new_rows() if row.code.casefold() not in by_code]
    made: list[Unit] = []
    links: list[UnitLink] = []
    for level in _levels(rows):
        units = [_unit(row, kinds[row.kind]) for row in level]
        create_many(units, actor=actor, at=at, action="unit.import")
        by_code |= {unit.code.casefold(): unit for unit in units}
        made += units
        links += [
            UnitLink(
                parent=by_code[row.parent.casefold()],
                child=by_code[row.code.casefold()],
                valid_from=row.on,
                valid_until=row.until,
                decision=row.decision,
            )
            for row in level
            if row.parent
        ]
    create_many(
        [name for row in rows for name in _names(row, by_code[row.code.casefold()])],
        actor=actor,
        at=at,
        action="unit.name",
    )
    create_many(links, actor=actor, at=at, action="unit.link")
    record = UnitImport(
        file=file,
        rows_read=len(plan.rows),
        rows_accepted=plan.accepted,
        rows_rejected=plan.count(State.REJECTED),
        rows_blank=plan.count(State.BLANK),
        units_created=len(made),
        taken_at=at,
        taken_by_name=actor.name,
    )
    create(record, actor=actor, at=at, action="unit.import_record")
    close_tree(at)
    return made


def _levels(rows: list[Row]) -> list[list[Row]]:
    """Rows in steps, each step after the one with the units above."""
    levels: list[list[Row]] = []
    height: dict[str, int] = {}
    for row in rows:
        level = height.get(row.parent.casefold(), -1) + 1
        height[row.code.casefold()] = level
        if level == len(levels):
            levels.append([])
        levels[level].append(row)
    return levels


def _unit(row: Row, kind: UnitKind) -> Unit:
    return Unit(
        code=row.code,
        kind=kind,
        founded_on=row.on,
        dissolved_on=row.until,
        end_decision=row.decision if row.until else "",
        is_root=not row.parent,
        **unit_words(name_words(row.name, row.short_name)),
    )


def _names(row: Row, unit: Unit) -> list[UnitName]:
    spans = name_spans(row)
    return [
        UnitName(
            unit=unit,
            valid_from=span.valid_from,
            valid_until=span.valid_until,
            decision=row.decision if number == len(spans) else "",
            **name_words(name, row.short_name if number == len(spans) else ""),
        )
        for number, (name, span) in enumerate(spans, start=1)
    ]
