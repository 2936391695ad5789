"""Tables of accounts. People log in with their mail address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.timezone import now

from thidua.organizations.models import Unit
from thidua.support.actor import Role
from thidua.support.text import fold, given_name_key


def fold_account(full_name: str, email: str) -> str:
    """What a search looks into: name and mail address without marks."""
    return fold(f"{full_name} {email}")


class UserManager(BaseUserManager["User"]):
    """Finds a user by mail address in any case, and makes rows for tests and the first set-up."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user with this address, whatever its case."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user without any role."""
        name = fields.get("full_name", "")
        derived = {"sort_key": given_name_key(name), "folded": fold_account(name, email)}
        user = self.model(email=email.lower(), **{**derived, **fields})
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """An account. What it may do stands in `RoleGrant`; the flags of Django's admin stay off."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=400, db_index=True, editable=False)
    folded = models.CharField(max_length=400, default="", editable=False)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)
    must_change_password = models.BooleanField(default=False)
    password_set_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=5, default="vi")
    preferences = models.JSONField(default=dict, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints = (
            models.CheckConstraint(name="user_email_is_lower", condition=Q(email=Lower("email"))),
        )

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """The name as it is written."""
        return self.full_name


class RoleGrant(models.Model):
    """A role of a user for a unit with all that stands under it, from a day to a day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(valid_until__isnull=True),
                name="role_granted_once",
            ),
            models.CheckConstraint(
                name="role_dates_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id}"


class Delegation(models.Model):
    """One user lends a role of theirs to another, from a day to a day, by a paper."""

    grant = models.ForeignKey(RoleGrant, on_delete=models.PROTECT, related_name="delegations")
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_held")
    valid_from = models.DateField()
    valid_until = models.DateField()
    decision = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="delegation_dates_in_order", condition=Q(valid_until__gte=F("valid_from"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.grant_id} → {self.to_user_id}"


class Invitation(models.Model):
    """A link that lets somebody take their account: once, and not for long.

    Only the hash of the token is kept: who reads the database cannot use it.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    digest = models.BinaryField(max_length=32, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
            ),
            models.CheckConstraint(
                name="invitation_used_or_withdrawn",
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.sent_at:%Y-%m-%d}"


class UserImport(models.Model):
    """A workbook of users as it was read: its rows with their faults, and what came of them.

    `digest` is the hash of the file. `rows` holds each row with its number, values and faults.
    Rows read = taken + left + blank.
    """

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="imports")
    uploaded_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    read = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    blank = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="user_import_adds_up",
                condition=Q(taken_at__isnull=True) | Q(read=F("taken") + F("left") + F("blank")),
            ),
        )

    def __str__(self) -> str:
        return self.file_name
