"""Reads of accounts."""

from thidua.accounts.selectors.actors import find_invited, find_user, get_actor, get_own_account
from thidua.accounts.selectors.attempts import count_failures, has_come_from
from thidua.accounts.selectors.roles import (
    Held,
    Lent,
    get_grant_for,
    get_loan_for,
    list_borrowers,
    list_grants_of,
    list_lendable_of,
    list_loans_of,
    list_units_to_grant,
)
from thidua.accounts.selectors.users import (
    SECOND_FACTORS,
    State,
    count_second_factors,
    count_sessions,
    get_lines,
    get_user_for,
    has_second_factor,
    list_happenings,
    list_imports_for,
    list_users_for,
    list_users_of_unit,
    list_users_with_role,
)

__all__ = [
    "SECOND_FACTORS",
    "Held",
    "Lent",
    "State",
    "count_failures",
    "count_second_factors",
    "count_sessions",
    "find_invited",
    "find_user",
    "get_actor",
    "get_grant_for",
    "get_lines",
    "get_loan_for",
    "get_own_account",
    "get_user_for",
    "has_come_from",
    "has_second_factor",
    "list_borrowers",
    "list_grants_of",
    "list_happenings",
    "list_imports_for",
    "list_lendable_of",
    "list_loans_of",
    "list_units_to_grant",
    "list_users_for",
    "list_users_of_unit",
    "list_users_with_role",
]
