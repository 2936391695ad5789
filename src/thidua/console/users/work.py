"""What waits in this group."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from thidua.accounts.permissions import can_have_profile, can_manage_users
from thidua.accounts.selectors import State, get_own_account, list_last_days, list_users_for
from thidua.console.home.work import Pile, Work
from thidua.support.actor import Actor
from thidua.support.clock import local_date

# Roles that end within so many days are said beforehand.
AHEAD = timedelta(days=30)


def count_uninvited(actor: Actor, at: datetime) -> Pile:
    """Accounts in one's care that were not invited, or whose invitation has expired."""
    if not can_manage_users(actor):
        return Pile(0)
    wanted: dict[str, Any] = {"state": State.NEW.value}
    return Pile(list_users_for(actor, at).filter(**wanted).count())


def count_ending(actor: Actor, at: datetime) -> Pile:
    """Roles of one's own, and those one was lent, that end soon."""
    if not can_have_profile(actor):
        return Pile(0)
    today = local_date(at)
    days = list_last_days(get_own_account(actor), today, today + AHEAD)
    return Pile(len(days), days[0] if days else None)


WORK = (
    Work(_("Vai trò của tôi sắp hết hạn"), "console:profile", count_ending, tone="cam"),
    Work(
        _("Tài khoản chưa mời"),
        "console:user-list",
        count_uninvited,
        f"?state={State.NEW.value}",
        "cam",
    ),
)
