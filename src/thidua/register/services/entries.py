"""Writes of entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit import services as audit
from thidua.documents.models import Location
from thidua.organizations.selectors import get_line
from thidua.people.selectors import get_person_line
from thidua.register.errors import AlreadyEntered, EntryClosed, NotAllowed, RegisterError
from thidua.register.models import DecisionRecord, EntryKind, RegisterEntry
from thidua.register.permissions import can_change_entry, can_enter_decision
from thidua.statutes.selectors import get_book
from thidua.support.actor import Actor
from thidua.support.clock import local_date

_HOLDER = ("person", "household", "unit")
# What a correction may mend; everything else of an entry is what it is about.
_MENDABLE = {
    "award",
    "decision",
    "year",
    "period_from",
    "period_until",
    "times",
    "stream",
    "ground",
    "consumed",
    "holder_name",
    "holder_unit",
    "award_name",
    "wording",
    "source",
}


def _line(entry: RegisterEntry, at: datetime) -> frozenset[int]:
    """The units of the holder with all that stand above."""
    if entry.person_id is not None:
        return get_person_line(entry.person_id, local_date(at))
    if entry.household is not None:
        return get_line(entry.household.unit_id)
    return get_line(entry.unit_id or 0)


@transaction.atomic
def enter_honour(entry: RegisterEntry, *, actor: Actor, at: datetime) -> RegisterEntry:
    """Add the line of an honour (a grant). Raises NotAllowed, AlreadyEntered, RegisterError."""
    if not actor.is_system and not can_enter_decision(actor, _line(entry, at)):
        raise NotAllowed(_("Người, hộ hay đơn vị này không thuộc phạm vi anh/chị được cập nhật."))
    if entry.decision_id is None and entry.source_id is None:
        raise RegisterError(_("Cần quyết định, hoặc nơi ghi khi không còn quyết định."), "decision")
    _check_words([entry])
    _check_period(entry, local_date(at))
    _look_for_the_same(entry)
    entry.kind, entry.entered_at = EntryKind.GRANT, at
    entry.entered_by_id = actor.user_id
    return audit.create(entry, actor=actor, at=at, action="register.enter")


def _check_words(entries: Iterable[RegisterEntry]) -> None:
    """Raises RegisterError for an award or a stream that the book does not have."""
    words = get_book().vocabulary
    for entry in entries:
        if entry.award not in words.awards:
            said = _("«%(award)s» không có trong sách luật. Chọn lại danh hiệu, hình thức.")
            raise RegisterError(said % {"award": entry.award}, "award")
        if entry.stream and entry.stream not in words.words("streams"):
            said = _("«%(stream)s» không phải loại khen thưởng. Chọn lại trong danh sách.")
            raise RegisterError(said % {"stream": entry.stream}, "stream")


def _check_period(entry: RegisterEntry, today: date) -> None:
    """What is rewarded has begun, and a period has both its days in order. Raises RegisterError."""
    first, last = entry.period_from, entry.period_until
    if (first is None) != (last is None):
        field = "period_until" if last is None else "period_from"
        raise RegisterError(_("Giai đoạn cần cả ngày đầu và ngày cuối."), field)
    if first is not None and last is not None and last < first:
        raise RegisterError(
            _("Ngày cuối giai đoạn trước ngày đầu. Xem lại hai ngày."), "period_until"
        )
    if entry.year is not None and entry.year > today.year:
        raise RegisterError(_("Năm %(year)s chưa tới.") % {"year": entry.year}, "year")


def _look_for_the_same(entry: RegisterEntry) -> None:
    """Entering the same honour twice must not make two of it, with or without its decision."""
    holder: dict[str, Any] = {
        f"{name}_id": getattr(entry, f"{name}_id")
        for name in _HOLDER
        if getattr(entry, f"{name}_id") is not None
    }
    same = RegisterEntry.objects.filter(kind=EntryKind.GRANT, award=entry.award, **holder)
    if entry.decision_id is not None:
        same = same.filter(decision=entry.decision_id)
        where = _("theo Quyết định %(number)s") % {"number": entry.decision}
    else:
        if entry.year is None or entry.times != 1:
            return
        same = same.filter(year=entry.year)
        where = _("cho năm %(year)s") % {"year": entry.year}
    if same.exists():
        raise AlreadyEntered(
            _(
                "%(holder_name)s đã có danh hiệu, hình thức này trong sổ %(where)s. Ghi lại sẽ thành hai lần."
            )
            % {"holder_name": entry.holder_name, "where": where},
            "decision",
        )


@transaction.atomic
def enter_honours(
    entries: Sequence[RegisterEntry], *, actor: Actor, at: datetime, reason: str = ""
) -> list[RegisterEntry]:
    """Add many lines at once; for who may enter them all. Raises NotAllowed.

    A line that is there already by the same decision is refused by the database (IntegrityError).
    """
    if not actor.is_system and not all(can_enter_decision(actor, _line(e, at)) for e in entries):
        raise NotAllowed(_("Có người, hộ hay đơn vị không thuộc phạm vi anh/chị được cập nhật."))
    _check_words(entries)
    for entry in entries:
        entry.kind, entry.entered_at = EntryKind.GRANT, at
        entry.entered_by_id = actor.user_id
    return audit.create_many(entries, actor=actor, at=at, action="register.enter", reason=reason)


@transaction.atomic
def correct_entry(
    grant: RegisterEntry, *, reason: str, actor: Actor, at: datetime, **values: Any
) -> RegisterEntry:
    """Add a line that says again what an honour is, mended. Raises NotAllowed, EntryClosed."""
    unknown = values.keys() - _MENDABLE
    if unknown:
        raise TypeError(f"not correctable: {sorted(unknown)}")
    last = _open(grant, actor, at, reason)
    line = _about(grant, last, EntryKind.CORRECTION, reason, actor, at)
    for name, value in values.items():
        setattr(line, name, value)
    _check_words([line])
    _check_period(line, local_date(at))
    return audit.create(line, actor=actor, at=at, action="register.correct", reason=reason)


@transaction.atomic
def revoke_entry(
    grant: RegisterEntry,
    *,
    decision: DecisionRecord | None = None,
    source: Location | None = None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> RegisterEntry:
    """Add the line that an honour was taken back, by a decision. Raises NotAllowed, EntryClosed."""
    last = _open(grant, actor, at, reason)
    if decision is None and source is None:
        raise RegisterError(_("Cần quyết định thu hồi."), "decision")
    line = _about(grant, last, EntryKind.REVOCATION, reason, actor, at)
    line.decision, line.source = decision, source
    return audit.create(line, actor=actor, at=at, action="register.revoke", reason=reason)


@transaction.atomic
def reissue_entry(
    grant: RegisterEntry,
    *,
    decision: DecisionRecord | None = None,
    source: Location | None = None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> RegisterEntry:
    """Add the line that the paper was issued anew. Raises NotAllowed, EntryClosed."""
    last = _open(grant, actor, at, reason)
    line = _about(grant, last, EntryKind.REISSUE, reason, actor, at)
    if decision is not None or source is not None:
        line.decision, line.source = decision, source
    return audit.create(line, actor=actor, at=at, action="register.reissue", reason=reason)


def _open(grant: RegisterEntry, actor: Actor, at: datetime, reason: str) -> RegisterEntry:
    """Ask for the right, lock the honour, and give the line whose words hold."""
    if not can_change_entry(actor, _line(grant, at)):
        raise NotAllowed(_("Chỉ cơ quan thi đua, khen thưởng đính chính, thu hồi, cấp lại."))
    if not reason.strip():
        raise RegisterError(_("Cần lý do. Viết ngắn, nêu căn cứ."), "reason")
    if grant.kind != EntryKind.GRANT:
        raise TypeError("the line of the grant is wanted, not one about it")
    RegisterEntry.objects.select_for_update().get(pk=grant.pk)
    later = list(RegisterEntry.objects.filter(about=grant).order_by("id"))
    if any(one.kind == EntryKind.REVOCATION for one in later):
        raise EntryClosed(_("Danh hiệu, hình thức này đã bị thu hồi, không ghi thêm được nữa."))
    return next((one for one in reversed(later) if one.kind == EntryKind.CORRECTION), grant)


def _about(
    grant: RegisterEntry,
    last: RegisterEntry,
    kind: EntryKind,
    reason: str,
    actor: Actor,
    at: datetime,
) -> RegisterEntry:
    """A new line that repeats what holds, about the grant."""
    names = [f.attname for f in RegisterEntry._meta.concrete_fields if not f.primary_key]
    line = RegisterEntry(**{name: getattr(last, name) for name in names})
    line.kind, line.about, line.reason = kind, grant, reason
    line.entered_at, line.entered_by_id = at, actor.user_id
    return line
