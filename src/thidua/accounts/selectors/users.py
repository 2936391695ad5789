"""Accounts that somebody may see.

A keeper of accounts sees those that hold, held or will hold a role in their units. The keeper of the
root organisation sees all, also those without any role.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When

from thidua.accounts.lifecycle import READERS
from thidua.accounts.models import Invitation, RoleGrant, User, UserImport
from thidua.audit.models import Event
from thidua.organizations.models import Unit
from thidua.organizations.selectors import get_line, get_root_id, in_force, list_units_under
from thidua.support.actor import Actor, Role
from thidua.support.clock import local_date

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_MOST_HAPPENINGS = 50


class State(StrEnum):
    """How an account stands."""

    ACTIVE = "active"
    INVITED = "invited"
    NEW = "new"
    CLOSED = "closed"


def list_users_for(actor: Actor, at: datetime) -> QuerySet[User]:
    """What the actor may see, with `state`, `has_second_factor` and `grants_now` (units joined)."""
    grants = RoleGrant.objects.filter(_within(actor))
    users = User.objects.all()
    if not _sees_all(actor):
        users = users.filter(pk__in=grants.values("user_id"))
    open_invitations = Invitation.objects.filter(
        user=OuterRef("pk"), used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
    )
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    now = grants.filter(in_force(local_date(at))).select_related("unit").order_by("unit__sort_key")
    return users.annotate(
        has_second_factor=Exists(factors),
        state=Case(
            When(is_active=False, then=Value(State.CLOSED.value)),
            When(last_login__isnull=False, then=Value(State.ACTIVE.value)),
            When(Exists(open_invitations), then=Value(State.INVITED.value)),
            default=Value(State.NEW.value),
        ),
    ).prefetch_related(Prefetch("grants", queryset=now, to_attr="grants_now"))


def get_user_for(actor: Actor, user_id: int, at: datetime) -> User | None:
    """One of them, or None."""
    return list_users_for(actor, at).filter(pk=user_id).first()


def list_users_of_unit(users: QuerySet[User], unit: Unit) -> QuerySet[User]:
    """Those with a role for the unit or one under it."""
    inside = list_units_under([unit.pk]).values("pk")
    return users.filter(pk__in=RoleGrant.objects.filter(unit__in=inside).values("user_id"))


def list_users_with_role(users: QuerySet[User], role: Role) -> QuerySet[User]:
    """Those who hold, held or will hold it."""
    return users.filter(pk__in=RoleGrant.objects.filter(role=role).values("user_id"))


def get_lines(user: User, at: datetime) -> list[frozenset[int]]:
    """For each unit in which an account holds a role, its own or a lent one, or will: the unit and
    all above it.
    """
    day = local_date(at)
    ends = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    own = RoleGrant.objects.filter(ends, user=user).values_list("unit_id", flat=True)
    # Whoever could take the account over would act in the lent role too.
    lent = user.delegations_held.filter(valid_until__gte=day, revoked_at__isnull=True)
    units = {*own, *lent.values_list("grant__unit_id", flat=True)}
    return [get_line(unit_id) for unit_id in sorted(units)]


def has_second_factor(user: User) -> bool:
    """Has enrolled an app or a key."""
    return bool(Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists())


def count_second_factors(user: User, kind: str) -> int:
    """How many keys (or apps) of a kind."""
    return int(Authenticator.objects.filter(user_id=user.pk, type=kind).count())


def count_sessions(user: User) -> int:
    """How many browsers may be logged in to an account."""
    return int(UserSession.objects.filter(user=user).count())


def list_happenings(user: User) -> QuerySet[Event]:
    """What happened to an account last: logins, failures, changes; the newest first."""
    stream = f"{user._meta.label_lower}:{user.pk}"
    return Event.objects.filter(stream=stream).order_by("-stream_seq")[:_MOST_HAPPENINGS]


def list_imports_for(actor: Actor) -> QuerySet[UserImport]:
    """Workbooks that the actor took up; those who watch over the whole organisation see all."""
    rows = UserImport.objects.select_related("uploaded_by").order_by("-pk")
    return rows if _sees_all(actor) else rows.filter(uploaded_by_id=actor.user_id)


def _sees_all(actor: Actor) -> bool:
    root = get_root_id()
    return root is not None and actor.has(*READERS, over={root})


def _within(actor: Actor) -> Q:
    """Roles in the units of a reader; of an own account, all."""
    inside = list_units_under(actor.units(*READERS)).values("pk")
    return Q(unit__in=inside)
