"""Who acts, and whose account this is."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from thidua.accounts.lifecycle import token_digest
from thidua.accounts.models import Delegation, Invitation, RoleGrant, User
from thidua.support.actor import Actor, Grant, Role
from thidua.support.clock import local_date


def get_own_account(actor: Actor) -> User:
    """The account that acts."""
    return User.objects.get(pk=actor.user_id or 0)


def get_actor(user: User, at: datetime, *, request_id: str = "", ip: str = "") -> Actor:
    """A user with the roles in force on that day, their own and those lent to them.

    A lent role ends with the loan, with the role of the lender and with the lender's account,
    whichever is first. A closed account has no role.
    """
    if not user.is_active:
        return Actor(user.pk, user.full_name, request_id=request_id, ip=ip)
    day = local_date(at)
    in_force = Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    own = RoleGrant.objects.filter(in_force, user=user)
    lent = Delegation.objects.filter(
        Q(grant__valid_until__isnull=True) | Q(grant__valid_until__gte=day),
        to_user=user,
        valid_from__lte=day,
        valid_until__gte=day,
        revoked_at__isnull=True,
        grant__valid_from__lte=day,
        grant__user__is_active=True,
    ).select_related("grant")
    grants = [Grant(Role(one.role), one.unit_id) for one in own]
    grants += [Grant(Role(one.grant.role), one.grant.unit_id, one.grant.user_id) for one in lent]
    return Actor(user.pk, user.full_name, tuple(grants), request_id=request_id, ip=ip)


def find_user(email: str) -> User | None:
    """The account with a mail address in any case, open or closed."""
    return User.objects.filter(email=email.strip().lower()).first()


def find_invited(token: str, at: datetime) -> User | None:
    """Whose account a link of an invitation opens now."""
    found = (
        Invitation.objects.filter(
            digest=token_digest(token), used_at__isnull=True, withdrawn_at__isnull=True
        )
        .filter(expires_at__gt=at, user__is_active=True)
        .select_related("user")
        .first()
    )
    return found.user if found else None
