"""Blocs and clusters (cụm, khối thi đua): opened, filled, led in turn, closed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from thidua.audit.services import change, create, remove
from thidua.organizations.errors import BlocError, CodeTaken
from thidua.organizations.lifecycle.tree import DAY, Span
from thidua.organizations.models import Bloc, BlocLead, BlocMembership, Unit
from thidua.organizations.services.tree import (
    name_words,
    open_tree,
    require_alive,
    require_words,
    said,
)
from thidua.support.actor import Actor
from thidua.support.text import clean, sort_key


@transaction.atomic
def create_bloc(
    *, actor: Actor, at: datetime, code: str, kind: str, name: str, on: date, decision: str = ""
) -> Bloc:
    """A new bloc (`bloc`, khối) or cluster (`cluster`, cụm) from a day. Raises CodeTaken."""
    open_tree(actor)
    require_words(code=code, name=name)
    if Bloc.objects.filter(code__iexact=clean(code)).exists():
        raise CodeTaken(_("Đã có cụm, khối mã «%s». Chọn mã khác.") % clean(code))
    bloc = Bloc(
        code=clean(code), kind=kind, valid_from=on, decision=clean(decision), **_words(name)
    )
    return create(bloc, actor=actor, at=at, action="bloc.create")


@transaction.atomic
def change_bloc(
    *, actor: Actor, at: datetime, bloc: Bloc, name: str, decision: str, reason: str = ""
) -> Bloc:
    """Another name or decision."""
    open_tree(actor)
    require_words(name=name)
    change(
        bloc,
        actor=actor,
        at=at,
        action="bloc.change",
        reason=reason,
        decision=clean(decision),
        **_words(name),
    )
    return bloc


@transaction.atomic
def close_bloc(*, actor: Actor, at: datetime, bloc: Bloc, on: date, reason: str = "") -> None:
    """The bloc ends with that day, and its memberships with it. Raises BlocError."""
    open_tree(actor)
    bloc.refresh_from_db()
    if bloc.valid_until is not None and bloc.valid_until == on:
        return
    if on < bloc.valid_from or (bloc.valid_until and on > bloc.valid_until):
        raise BlocError(
            _("«%(bloc)s» có từ %(first)s đến %(last)s. Chọn ngày trong khoảng đó.")
            % {
                "bloc": bloc.name,
                "first": said(bloc.valid_from),
                "last": said(bloc.valid_until) if bloc.valid_until else _("nay"),
            }
        )
    after = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    for row in bloc.memberships.filter(after):
        _cut(row, on, actor, at, reason)
    for lead in bloc.leads.filter(year__gt=on.year):
        remove(lead, actor=actor, at=at, action="bloc.lead_ends", reason=reason)
    change(bloc, actor=actor, at=at, action="bloc.close", reason=reason, valid_until=on)


@transaction.atomic
def join_bloc(
    *, actor: Actor, at: datetime, bloc: Bloc, unit: Unit, on: date, decision: str = ""
) -> BlocMembership:
    """The unit is in the bloc from `on`; a membership elsewhere ends the day before.

    Raises BlocError, UnitNotAlive.
    """
    open_tree(actor)
    require_alive(unit, on)
    if not Span(bloc.valid_from, bloc.valid_until).holds_on(on):
        raise BlocError(
            _("«%(bloc)s» không hoạt động vào ngày %(day)s.") % {"bloc": bloc.name, "day": said(on)}
        )
    for row in unit.memberships.filter(valid_until=None).select_related("bloc"):
        if row.bloc_id == bloc.pk and row.valid_from <= on:
            return row
        if row.valid_from >= on:
            raise BlocError(
                _("«%(unit)s» vào «%(bloc)s» từ ngày %(day)s; ngày mới phải sau ngày đó.")
                % {"unit": unit.name, "bloc": row.bloc.name, "day": said(row.valid_from)}
            )
        change(row, actor=actor, at=at, action="bloc.leave", valid_until=on - DAY)
    late = unit.memberships.filter(valid_until__gte=on).select_related("bloc").first()
    if late:
        raise BlocError(
            _("«%(unit)s» ở trong «%(bloc)s» đến hết ngày %(day)s; ngày mới phải sau ngày đó.")
            % {"unit": unit.name, "bloc": late.bloc.name, "day": said(late.valid_until)}
        )
    row = BlocMembership(
        bloc=bloc,
        unit=unit,
        valid_from=on,
        valid_until=bloc.valid_until,
        decision=clean(decision),
    )
    return create(row, actor=actor, at=at, action="bloc.join")


@transaction.atomic
def leave_bloc(
    *, actor: Actor, at: datetime, membership: BlocMembership, on: date, reason: str = ""
) -> None:
    """The unit is in the bloc to the end of that day. Raises BlocError."""
    open_tree(actor)
    membership.refresh_from_db()
    if membership.valid_until is not None and on > membership.valid_until:
        raise BlocError(_("Đơn vị đã ra khỏi cụm, khối từ ngày %s.") % said(membership.valid_until))
    _cut(membership, on, actor, at, reason)


@transaction.atomic
def set_bloc_lead(
    *, actor: Actor, at: datetime, bloc: Bloc, unit: Unit, year: int, place: str = "head"
) -> BlocLead:
    """The unit leads the bloc in that year; whoever was recorded for it is replaced.

    Raises BlocError: not a member in that year, or leads in the other place.
    """
    open_tree(actor)
    year_span = Span(date(year, 1, 1), date(year, 12, 31))
    spans = [Span(row.valid_from, row.valid_until) for row in bloc.memberships.filter(unit=unit)]
    if not any(span.meets(year_span) for span in spans):
        raise BlocError(
            _("«%(unit)s» không ở trong «%(bloc)s» năm %(year)s. Đưa vào cụm, khối trước.")
            % {"unit": unit.name, "bloc": bloc.name, "year": year}
        )
    if bloc.leads.filter(unit=unit, year=year).exclude(place=place).exists():
        raise BlocError(
            _("«%(unit)s» đã giữ vai khác của «%(bloc)s» năm %(year)s. Chọn đơn vị khác.")
            % {"unit": unit.name, "bloc": bloc.name, "year": year}
        )
    lead = bloc.leads.filter(year=year, place=place).first()
    if lead is None:
        lead = BlocLead(bloc=bloc, unit=unit, year=year, place=place)
        return create(lead, actor=actor, at=at, action="bloc.lead")
    change(lead, actor=actor, at=at, action="bloc.lead", unit=unit)
    return lead


def leave_all_blocs(unit: Unit, last_day: date, actor: Actor, at: datetime, reason: str) -> None:
    """A unit that ends is in no bloc afterwards, and leads none."""
    after = Q(valid_until__isnull=True) | Q(valid_until__gt=last_day)
    for row in unit.memberships.filter(after):
        _cut(row, last_day, actor, at, reason)
    for lead in unit.leads.filter(year__gt=last_day.year):
        remove(lead, actor=actor, at=at, action="bloc.lead_ends", reason=reason)


def return_to_bloc(unit: Unit, last_day: date, actor: Actor, at: datetime, reason: str) -> None:
    """A unit whose end was a mistake is in the bloc again in which it was, if that is still there."""
    if unit.memberships.filter(valid_from__gt=last_day).exists():
        return
    for row in unit.memberships.filter(valid_until=last_day, bloc__valid_until__isnull=True):
        change(row, actor=actor, at=at, action="unit.undo", reason=reason, valid_until=None)


def _cut(row: BlocMembership, on: date, actor: Actor, at: datetime, reason: str) -> None:
    """End a membership with a day; one that begins later never was."""
    if row.valid_from > on:
        remove(row, actor=actor, at=at, action="bloc.leave", reason=reason)
    else:
        change(row, actor=actor, at=at, action="bloc.leave", reason=reason, valid_until=on)


def _words(name: str) -> dict[str, str]:
    words = name_words(name)
    return {"name": words["name"], "folded": words["folded"], "sort_key": sort_key(words["name"])}
