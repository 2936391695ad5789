"""Accounts by the hundred: rows of a workbook are weighed, shown, then taken or left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from thidua.accounts.errors import AccountFault
from thidua.accounts.lifecycle import do_overlap
from thidua.accounts.models import RoleGrant, User, UserImport
from thidua.accounts.permissions import can_grant
from thidua.accounts.services.opening import open_account
from thidua.accounts.services.roles import grant_role
from thidua.audit import services as audit
from thidua.organizations.models import Unit
from thidua.organizations.selectors import get_line
from thidua.support.actor import Actor, Role
from thidua.support.clock import local_date
from thidua.support.roles import ROLES
from thidua.support.text import clean, match_key

MOST_ROWS = 2000
NEEDED = ("full_name", "email", "role", "unit")
TAKEN = frozenset({"new", "role"})
# As long as the columns are; a database that counts refuses more.
_LONGEST = {"full_name": 120, "email": 254, "phone": 20, "decision": 200}


@dataclass(frozen=True)
class RowRead:
    """A row as it stood in the sheet: its number, texts by column, the cells that they stood in.

    Days are ISO texts. `faults`: (cell, sentence) that the reading itself found; `raw`: what stood
    in those cells.
    """

    number: int
    values: Mapping[str, str]
    cells: Mapping[str, str]
    faults: Sequence[tuple[str, str]] = ()
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Weighed:
    """What a row means."""

    state: str
    faults: list[tuple[str, str]] = field(default_factory=list)
    user: User | None = None
    role: Role | None = None
    unit: Unit | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@transaction.atomic
def stage_import(
    *, file_name: str, digest: str, rows: Sequence[RowRead], actor: Actor, at: datetime
) -> UserImport:
    """Weigh rows and keep them with what is wrong with each; no account is written.

    Raises AccountFault for no row at all, or for more than 2,000.
    """
    if not rows:
        raise AccountFault(_("Tệp không có dòng nào dưới dòng tiêu đề."))
    if len(rows) > MOST_ROWS:
        raise AccountFault(
            _("Tệp có %(rows)d dòng, nhiều nhất %(most)d. Tách thành nhiều tệp.")
            % {"rows": len(rows), "most": MOST_ROWS}
        )
    weigh = _Scales(actor, at)
    kept = []
    for row in rows:
        weighed = weigh(row)
        kept.append(
            {
                "number": row.number,
                "values": dict(row.values),
                "cells": dict(row.cells),
                "read_faults": [list(one) for one in row.faults],
                "raw": dict(row.raw),
                "state": weighed.state,
                "faults": [list(one) for one in weighed.faults],
            }
        )
    if actor.user_id is None:
        raise AccountFault(_("Chỉ người có tài khoản mới nạp tệp được."))
    batch = UserImport(
        file_name=clean(file_name)[:200],
        digest=digest,
        uploaded_by_id=actor.user_id,
        uploaded_at=at,
        read=len(kept),
        rows=kept,
    )
    return audit.create(batch, actor=actor, at=at, action="user_import.stage")


@transaction.atomic
def take_import(*, batch: UserImport, actor: Actor, at: datetime) -> list[User]:
    """Write the good rows; the new accounts, to be invited. Twice is once.

    Rows are weighed anew: what others have written meanwhile is seen. The same file read again
    finds its accounts and roles there, and writes nothing.
    """
    stored = UserImport.objects.select_for_update().get(pk=batch.pk)
    if stored.taken_at is not None:
        return []
    weigh = _Scales(actor, at)
    opened, kept, counts = [], [], {"taken": 0, "left": 0, "blank": 0}
    for kept_row in stored.rows:
        row = RowRead(
            kept_row["number"],
            kept_row["values"],
            kept_row["cells"],
            [(cell, why) for cell, why in kept_row["read_faults"]],
        )
        weighed = weigh(row)
        if weighed.state in TAKEN:
            user = _write(row, weighed, actor, at)
            if weighed.state == "new":
                opened.append(user)
        kind = "taken" if weighed.state in TAKEN else "left"
        counts["blank" if weighed.state == "blank" else kind] += 1
        faults = [list(one) for one in weighed.faults]
        kept.append({**kept_row, "state": weighed.state, "faults": faults})
    audit.change(
        stored,
        actor=actor,
        at=at,
        action="user_import.take",
        taken_at=at,
        rows=kept,
        taken=counts["taken"],
        left=counts["left"],
        blank=counts["blank"],
    )
    return opened


def _write(row: RowRead, weighed: _Weighed, actor: Actor, at: datetime) -> User:
    held: dict[str, Any] = {
        "role": weighed.role,
        "unit": weighed.unit,
        "valid_from": weighed.valid_from,
        "valid_until": weighed.valid_until,
        "decision": row.values.get("decision", ""),
        "actor": actor,
        "at": at,
    }
    if weighed.state == "new":
        return open_account(
            email=row.values["email"],
            full_name=row.values["full_name"],
            phone=row.values.get("phone", ""),
            **held,
        )
    user = User.objects.get(email=_address(row))
    grant_role(user=user, **held)
    return user


def _address(row: RowRead) -> str:
    return clean(row.values.get("email", "")).lower()


class _Scales:
    """Weighs the rows of one workbook, in order: a row knows those before it."""

    def __init__(self, actor: Actor, at: datetime) -> None:
        self.actor, self.today = actor, local_date(at)
        self.roles = {match_key(meaning.label): role for role, meaning in ROLES.items()}
        self.units: dict[str, list[Unit]] = {}
        for unit in Unit.objects.filter(dissolved_on__isnull=True):
            for name in {match_key(unit.code), match_key(unit.name), match_key(unit.short_name)}:
                if name:
                    self.units.setdefault(name, []).append(unit)
        self.lines: dict[int, frozenset[int]] = {}
        self.names: dict[str, str] = {}
        self.seen: dict[tuple[str, Role, int], int] = {}

    def __call__(self, row: RowRead) -> _Weighed:
        """What a row means, with all that is wrong with it."""
        if not any(row.values.values()) and not row.faults:
            return _Weighed("blank")
        found = _Weighed("fault", list(row.faults))
        for key in NEEDED:
            if not row.values.get(key) and not self._is_said(row, key):
                self._fault(row, found, key, _("Ô này trống, cần điền."))
        for key, most in _LONGEST.items():
            if len(row.values.get(key, "")) > most:
                said = _("Dài quá %(most)d ký tự. Viết ngắn lại.") % {"most": most}
                self._fault(row, found, key, said)
        self._read_address(row, found)
        self._read_role(row, found)
        self._read_unit(row, found)
        self._read_days(row, found)
        if found.faults or found.role is None or found.unit is None or found.valid_from is None:
            return found
        return self._judge(row, found)

    def _judge(self, row: RowRead, found: _Weighed) -> _Weighed:
        """A row without a fault: somebody new, one more role, or nothing new."""
        role, unit, valid_from = found.role, found.unit, found.valid_from
        if role is None or unit is None or valid_from is None:
            return found
        address = _address(row)
        before = self.seen.get((address, role, unit.pk))
        if before is not None:
            return self._same(row, found, _("Trùng dòng %(row)d của tệp này.") % {"row": before})
        user = User.objects.filter(email=address).first()
        if user is not None:
            for held in RoleGrant.objects.filter(user=user, role=role, unit=unit):
                if do_overlap(valid_from, found.valid_until, held.valid_from, held.valid_until):
                    return self._same(
                        row, found, _("Tài khoản này đã có vai trò ấy tại đơn vị ấy.")
                    )
        self.seen[address, role, unit.pk] = row.number
        is_known = user is not None or address in self.names
        self.names.setdefault(address, row.values["full_name"])
        found.state, found.user = ("role" if is_known else "new"), user
        return found

    def _same(self, row: RowRead, found: _Weighed, why: str) -> _Weighed:
        found.state = "same"
        found.faults.append((row.cells.get("email", ""), why))
        return found

    def _read_address(self, row: RowRead, found: _Weighed) -> None:
        address = _address(row)
        if not address:
            return
        try:
            validate_email(address)
        except ValidationError:
            self._fault(row, found, "email", _("Không phải địa chỉ thư, ví dụ ten@bo.gov.vn."))
            return
        user = User.objects.filter(email=address).first()
        name = user.full_name if user else self.names.get(address)
        typed = row.values.get("full_name", "")
        if name is not None and typed and match_key(name) != match_key(typed):
            self._fault(
                row, found, "full_name", _("Địa chỉ thư này đã là của người khác tên. Xem lại.")
            )
        if user is not None and not user.is_active:
            self._fault(row, found, "email", _("Tài khoản này đang bị khóa. Mở khóa trước."))
        if user is not None and user.pk == self.actor.user_id:
            self._fault(row, found, "email", _("Không tự giao vai trò cho mình được."))

    def _read_role(self, row: RowRead, found: _Weighed) -> None:
        typed = row.values.get("role", "")
        if not typed:
            return
        found.role = self.roles.get(match_key(typed))
        if found.role is None:
            said = _(
                "Không có vai trò «%(role)s». Chọn đúng chữ trong trang «Vai trò» của tệp mẫu."
            )
            self._fault(row, found, "role", said % {"role": typed})

    def _read_unit(self, row: RowRead, found: _Weighed) -> None:
        typed = row.values.get("unit", "")
        if not typed:
            return
        units = list({one.pk: one for one in self.units.get(match_key(typed), [])}.values())
        if len(units) > 1:
            said = _("Có %(count)d đơn vị tên «%(unit)s». Ghi mã đơn vị thay cho tên.")
            self._fault(row, found, "unit", said % {"count": len(units), "unit": typed})
        elif not units or not can_grant(self.actor, 0, self._line(units[0])):
            said = _("Không có đơn vị «%(unit)s» trong phạm vi anh/chị quản trị.")
            self._fault(row, found, "unit", said % {"unit": typed})
        else:
            found.unit = units[0]

    def _read_days(self, row: RowRead, found: _Weighed) -> None:
        said_from, said_until = row.values.get("valid_from"), row.values.get("valid_until")
        found.valid_from = date.fromisoformat(said_from) if said_from else self.today
        found.valid_until = date.fromisoformat(said_until) if said_until else None
        if found.valid_until is not None and found.valid_until < found.valid_from:
            self._fault(row, found, "valid_until", _("Ngày cuối đứng trước ngày đầu."))

    def _line(self, unit: Unit) -> frozenset[int]:
        if unit.pk not in self.lines:
            self.lines[unit.pk] = get_line(unit.pk)
        return self.lines[unit.pk]

    @staticmethod
    def _is_said(row: RowRead, key: str) -> bool:
        return any(cell == row.cells.get(key) for cell, _why in row.faults)

    @staticmethod
    def _fault(row: RowRead, found: _Weighed, key: str, why: str) -> None:
        found.faults.append((row.cells.get(key, ""), why))
