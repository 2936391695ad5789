"""Writes of accounts. Each takes `actor` and `at`, and leaves its events."""

from thidua.accounts.services.forgetting import forget_old
from thidua.accounts.services.imports import RowRead, stage_import, take_import
from thidua.accounts.services.invitations import accept_invitation, invite, withdraw_invitation
from thidua.accounts.services.opening import open_account
from thidua.accounts.services.roles import delegate, end_role, grant_role, revoke_delegation
from thidua.accounts.services.security import end_sessions, reset_second_factors, set_password
from thidua.accounts.services.unit_grants import carry_grants, end_grants
from thidua.accounts.services.users import (
    change_user,
    create_user,
    disable_user,
    enable_user,
    set_preferences,
)

__all__ = [
    "RowRead",
    "accept_invitation",
    "carry_grants",
    "change_user",
    "create_user",
    "delegate",
    "disable_user",
    "enable_user",
    "end_grants",
    "end_role",
    "end_sessions",
    "forget_old",
    "grant_role",
    "invite",
    "open_account",
    "reset_second_factors",
    "revoke_delegation",
    "set_password",
    "set_preferences",
    "stage_import",
    "take_import",
    "withdraw_invitation",
]
