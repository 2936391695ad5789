"""The first act of an installation: the organisation, its kinds of unit, its first administrator.

It happens once. Two who try at the same moment: one sets up, the other is told so (the profile is a
table of one row, so its insert is the lock).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources

import yaml
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts import services as accounts
from thidua.accounts.models import User
from thidua.accounts.services.security import weigh_password
from thidua.organizations import services as organizations
from thidua.organizations.models import Profile, Unit, UnitKind
from thidua.outbox import services as outbox
from thidua.support.actor import Role, system
from thidua.support.clock import local_date


class SetUpClosed(Exception):
    """The installation is set up already."""


@dataclass(frozen=True)
class Organisation:
    """The root of the tree; `kind` is a code of unit_kinds.yaml."""

    code: str
    name: str
    short_name: str = ""
    kind: str = "co-quan"
    site_url: str = ""
    emblem: bytes = b""
    emblem_name: str = ""


@dataclass(frozen=True)
class Administrator:
    """The first one, who lets in all others."""

    full_name: str
    email: str
    password: str


@dataclass(frozen=True)
class Mail:
    """The mail server; without a host mail is set up later."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    username: str = ""
    password: str = ""
    sender_address: str = ""


@cache
def list_first_kinds() -> list[dict[str, str]]:
    """Kinds of unit that a new installation begins with: code and name."""
    text = (resources.files("thidua.flows") / "unit_kinds.yaml").read_text("utf-8")
    rows: list[dict[str, str]] = yaml.safe_load(text)
    return rows


def is_open() -> bool:
    """Nothing was set up yet; once it is closed it stays closed."""
    return not (
        Profile.objects.exists()
        or User.objects.exists()
        or Unit.objects.filter(is_root=True).exists()
    )


def set_up(
    *, organisation: Organisation, administrator: Administrator, mail: Mail, at: datetime
) -> User:
    """Set up a fresh installation; the administrator enrols a second factor at the first login.

    Raises SetUpClosed; UnitError, AccountFault (PasswordRefused), FileRefused, MailFault for what
    was said wrongly, and then nothing is written.
    """
    closed = SetUpClosed(_("Hệ thống đã được thiết lập từ trước. Đăng nhập để dùng."))
    if not is_open():
        raise closed
    try:
        return _write(organisation, administrator, mail, at)
    except IntegrityError:
        if is_open():
            raise
        raise closed from None


@transaction.atomic
def _write(
    organisation: Organisation, administrator: Administrator, mail: Mail, at: datetime
) -> User:
    by = system("set-up")
    organizations.change_profile(site_url=organisation.site_url, actor=by, at=at)
    if User.objects.exists():  # the other one was faster, and has ended while we waited
        raise SetUpClosed(_("Hệ thống đã được thiết lập từ trước. Đăng nhập để dùng."))
    kinds = {one.code: one for one in UnitKind.objects.all()}
    for position, row in enumerate(list_first_kinds()):
        if row["code"] not in kinds:
            kinds[row["code"]] = organizations.create_kind(
                code=row["code"], name=row["name"], position=position, actor=by, at=at
            )
    root = organizations.create_unit(
        code=organisation.code,
        kind=kinds[organisation.kind],
        name=organisation.name,
        short_name=organisation.short_name,
        parent=None,
        actor=by,
        at=at,
    )
    if organisation.emblem:
        organizations.set_emblem(
            raw=organisation.emblem, name=organisation.emblem_name, actor=by, at=at
        )
    if mail.host:
        outbox.change_mail_server(
            is_on=True,
            host=mail.host,
            port=mail.port,
            security=mail.security,
            username=mail.username,
            password=mail.password,
            sender_name=organisation.short_name or organisation.name[:120],
            sender_address=mail.sender_address,
            actor=by,
            at=at,
        )
    user = accounts.create_user(
        email=administrator.email,
        full_name=administrator.full_name,
        password=administrator.password,
        actor=by,
        at=at,
    )
    weigh_password(administrator.password, user)
    accounts.grant_role(
        user=user,
        role=Role.ADMINISTRATOR,
        unit=root,
        valid_from=local_date(at),
        actor=by,
        at=at,
    )
    return user
