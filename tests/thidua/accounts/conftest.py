"""A ministry with two offices, one of them with an office of its own, and some people."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from thidua.accounts import services
from thidua.accounts.selectors import get_actor
from thidua.organizations.models import Unit, UnitClosure, UnitKind
from thidua.support.actor import Role, system
from thidua.support.text import fold, sort_key

PASSWORD = "mật khẩu đủ dài 2017"
SYSTEM = system("test")


@pytest.fixture
def at():
    return datetime(2017, 10, 4, 3, 0, tzinfo=UTC)


@pytest.fixture
def units(db):
    """root › (a › a1), b"""
    kind = UnitKind.objects.create(code="office-for-test", name="Đơn vị")

    def add(code, *above):
        unit = Unit.objects.create(
            code=code,
            kind=kind,
            name=f"Đơn vị {code}",
            folded=fold(code),
            sort_key=sort_key(code),
            is_root=not above,
        )
        for depth, ancestor in enumerate([unit, *above]):
            UnitClosure.objects.create(ancestor=ancestor, descendant=unit, depth=depth)
        return unit

    root = add("root")
    a = add("a", root)
    return SimpleNamespace(root=root, a=a, a1=add("a1", a, root), b=add("b", root))


@pytest.fixture
def person(at):
    """`person("Trần Thị Mai", (Role.UNIT_CLERK, unit))`: an account with roles since 2017-01-01."""

    def make(name, *roles, email="", password=None, since=date(2017, 1, 1)):
        address = email or f"{fold(name).replace(' ', '.')}@bo.example.vn"
        user = services.create_user(
            email=address, full_name=name, actor=SYSTEM, at=at, password=password
        )
        for role, unit in roles:
            services.grant_role(
                user=user, role=role, unit=unit, valid_from=since, actor=SYSTEM, at=at
            )
        return user

    return make


@pytest.fixture
def keeper(person, units, at):
    """The administrator of the whole ministry, as an actor."""
    return get_actor(person("Đỗ Quản Trị", (Role.ADMINISTRATOR, units.root)), at)
