"""Roles with their dates and papers, and loans of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.accounts.errors import NotLendable, NotYours, PeriodWrong, RoleOverlaps
from thidua.accounts.lifecycle import do_overlap, lies_within
from thidua.accounts.models import Delegation, RoleGrant, User
from thidua.accounts.permissions import can_grant, can_lend
from thidua.audit import services as audit
from thidua.organizations.models import Unit
from thidua.organizations.selectors import get_line
from thidua.support.actor import Actor, Role
from thidua.support.clock import local_date
from thidua.support.roles import LENDABLE, ROLES
from thidua.support.text import clean


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Role,
    unit: Unit,
    valid_from: date,
    actor: Actor,
    at: datetime,
    valid_until: date | None = None,
    decision: str = "",
) -> RoleGrant:
    """Give a role over a unit and all that stands under it; `valid_until` is its last day.

    Raises NotYours, PeriodWrong, RoleOverlaps.
    """
    if not can_grant(actor, user.pk, get_line(unit.pk)):
        raise NotYours(
            _("Chỉ người quản trị của đơn vị mới giao được vai trò, và không tự giao cho mình.")
        )
    _check_order(valid_from, valid_until)
    User.objects.select_for_update().get(pk=user.pk)
    for other in RoleGrant.objects.filter(user=user, role=role, unit=unit):
        if do_overlap(valid_from, valid_until, other.valid_from, other.valid_until):
            raise RoleOverlaps(
                _("%(name)s đã có vai trò «%(role)s» tại %(unit)s trong khoảng ngày này.")
                % {"name": user.full_name, "role": _(ROLES[role].label), "unit": unit.name}
            )
    grant = RoleGrant(
        user=user,
        role=role,
        unit=unit,
        valid_from=valid_from,
        valid_until=valid_until,
        decision=clean(decision),
    )
    return audit.create(grant, actor=actor, at=at, action="role.grant")


@transaction.atomic
def end_role(
    *, grant: RoleGrant, last_day: date, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """Let a role end with `last_day`, not earlier than yesterday; loans of it end with it.

    A role that has not begun by then is taken away whole, its loans too. Raises NotYours,
    PeriodWrong.
    """
    if not can_grant(actor, grant.user_id, get_line(grant.unit_id)):
        raise NotYours(_("Chỉ người quản trị của đơn vị mới cho thôi vai trò được."))
    if last_day < local_date(at) - timedelta(days=1):
        raise PeriodWrong(
            _("Ngày cuối không lùi quá hôm qua: việc đã làm trước đó vẫn là việc của vai trò này.")
        )
    if last_day < grant.valid_from:
        for loan in grant.delegations.all():
            audit.remove(loan, actor=actor, at=at, action="delegation.cancel", reason=reason)
        audit.remove(grant, actor=actor, at=at, action="role.cancel", reason=clean(reason))
        return
    if grant.valid_until is not None and last_day > grant.valid_until:
        raise PeriodWrong(_("Vai trò này đã kết thúc sớm hơn. Muốn kéo dài thì giao vai trò mới."))
    audit.change(
        grant, actor=actor, at=at, action="role.end", reason=clean(reason), valid_until=last_day
    )


@transaction.atomic
def delegate(
    *,
    grant: RoleGrant,
    to_user: User,
    valid_from: date,
    valid_until: date,
    decision: str,
    actor: Actor,
    at: datetime,
) -> Delegation:
    """Lend a role of one's own to somebody from a day to a day, by a paper.

    What was lent cannot be lent on: a loan hangs on the grant of its owner, never on a loan. It
    ends with its last day, with the owner's role and with the owner's account. Raises NotLendable,
    NotYours, PeriodWrong.
    """
    role = Role(grant.role)
    if role not in LENDABLE:
        raise NotLendable(
            _("Vai trò «%(role)s» không ủy quyền được: việc này phải tự mình làm.")
            % {"role": _(ROLES[role].label)}
        )
    if not can_lend(actor, grant.user_id, role, get_line(grant.unit_id)):
        raise NotYours(_("Chỉ người giữ vai trò hoặc người quản trị mới lập ủy quyền được."))
    if to_user.pk == grant.user_id or not to_user.is_active:
        raise NotLendable(_("Chọn một người khác, có tài khoản đang hoạt động, để nhận ủy quyền."))
    if not clean(decision):
        raise NotLendable(_("Cần ghi số và ngày của văn bản ủy quyền."))
    _check_order(valid_from, valid_until)
    if valid_until < local_date(at):
        raise PeriodWrong(_("Ngày cuối của ủy quyền đã qua."))
    if not lies_within(valid_from, valid_until, grant.valid_from, grant.valid_until):
        raise PeriodWrong(_("Thời hạn ủy quyền phải nằm trong thời hạn của vai trò được giao."))
    RoleGrant.objects.select_for_update().get(pk=grant.pk)
    for other in grant.delegations.filter(to_user=to_user, revoked_at__isnull=True):
        if do_overlap(valid_from, valid_until, other.valid_from, other.valid_until):
            raise RoleOverlaps(
                _("%(name)s đã được ủy quyền vai trò này trong khoảng ngày đó.")
                % {"name": to_user.full_name}
            )
    loan = Delegation(
        grant=grant,
        to_user=to_user,
        valid_from=valid_from,
        valid_until=valid_until,
        decision=clean(decision),
    )
    return audit.create(loan, actor=actor, at=at, action="delegation.create")


@transaction.atomic
def revoke_delegation(
    *, delegation: Delegation, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """Take a loan back: from this instant it gives nothing. Twice is once. Raises NotYours."""
    grant = delegation.grant
    if not can_lend(actor, grant.user_id, Role(grant.role), get_line(grant.unit_id)):
        raise NotYours(_("Chỉ người đã ủy quyền hoặc người quản trị mới thu lại được."))
    stored = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    if stored.revoked_at is None:
        audit.change(
            delegation,
            actor=actor,
            at=at,
            action="delegation.revoke",
            reason=clean(reason),
            revoked_at=at,
        )


def _check_order(valid_from: date, valid_until: date | None) -> None:
    if valid_until is not None and valid_until < valid_from:
        raise PeriodWrong(_("Ngày cuối đứng trước ngày đầu. Xem lại hai ngày."))
