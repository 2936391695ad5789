"""An account with its first role, in one act; its invitation is queued by whoever calls."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from thidua.accounts.models import User
from thidua.accounts.services.roles import grant_role
from thidua.accounts.services.users import create_user
from thidua.organizations.models import Unit
from thidua.support.actor import Actor, Role


@transaction.atomic
def open_account(  # noqa: PLR0913 - an account and a role have so many parts
    *,
    email: str,
    full_name: str,
    role: Role,
    unit: Unit,
    valid_from: date,
    actor: Actor,
    at: datetime,
    valid_until: date | None = None,
    decision: str = "",
    phone: str = "",
) -> User:
    """The new account with its role; raises what both acts raise."""
    user = create_user(email=email, full_name=full_name, phone=phone, actor=actor, at=at)
    grant_role(
        user=user,
        role=role,
        unit=unit,
        valid_from=valid_from,
        valid_until=valid_until,
        decision=decision,
        actor=actor,
        at=at,
    )
    return user
