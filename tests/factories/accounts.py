"""Units in a tree, and users with roles in it, made by the services that the application uses."""

from datetime import UTC, date, datetime

from thidua.accounts.models import Delegation, RoleGrant, User
from thidua.organizations import services as organizations
from thidua.organizations.models import UnitKind
from thidua.support.actor import system
from thidua.support.text import given_name_key

PASSWORD = "một câu đủ dài để thử"
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
SINCE = date(2010, 1, 1)
SYSTEM = system("test")


def make_unit(code, name, parent=None):
    """A unit since 2010, under `parent` if there is one."""
    kind, _ = UnitKind.objects.get_or_create(code="vu", defaults={"name": "Vụ"})
    return organizations.create_unit(
        actor=SYSTEM, at=AT, code=code, kind=kind, name=name, parent=parent, on=SINCE
    )


def make_user(email, name="Lê Hoài Thương", *, password=PASSWORD, **roles):
    """`make_user("a@b.vn", unit_clerk=unit)`: the name of a role, and the unit for which it is held.

    Without a password only `client.force_login` opens the account, and nothing is hashed.
    """
    user = User.objects.create_user(email, password, full_name=name, sort_key=given_name_key(name))
    for role, unit in roles.items():
        RoleGrant.objects.create(user=user, role=role, unit=unit, valid_from=SINCE)
    return user


def samples(unit, text, world):
    """An account of the unit with its role, a deputy, and what the one has lent to the other."""
    del world
    user = make_user(
        f"nguoi-{unit.code.lower()}-{fold_mail(text)}@thu.vn",
        f"Trần Văn {text}",
        password=None,
        unit_head=unit,
    )
    deputy = make_user(
        f"pho-{unit.code.lower()}-{fold_mail(text)}@thu.vn",
        f"Lê Thị {text}",
        password=None,
        employee=unit,
    )
    grant = user.grants.get()
    loan = Delegation.objects.create(
        grant=grant,
        to_user=deputy,
        valid_from=SINCE,
        valid_until=date(2100, 1, 1),
        decision=f"Giấy ủy quyền {text}",
    )
    return {"user": user, "grant": grant, "loan": loan}


def fold_mail(text):
    """The text as a part of a mail address."""
    return "".join(char for char in text.lower() if char.isalnum() and char.isascii())
