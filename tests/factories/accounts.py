"""Units in a tree, and users with roles in it."""

from datetime import date

from thidua.accounts.models import RoleGrant, User
from thidua.organizations.models import Unit, UnitClosure, UnitKind, UnitLink
from thidua.support.text import fold, given_name_key, sort_key

PASSWORD = "một câu đủ dài để thử"


def make_unit(code, name, parent=None):
    kind, _ = UnitKind.objects.get_or_create(code="vu", defaults={"name": "Vụ"})
    unit = Unit.objects.create(
        code=code, kind=kind, name=name, folded=fold(name), sort_key=sort_key(name)
    )
    UnitClosure.objects.create(ancestor=unit, descendant=unit, depth=0)
    if parent is not None:
        UnitLink.objects.create(parent=parent, child=unit)
        for above in UnitClosure.objects.filter(descendant=parent):
            UnitClosure.objects.create(
                ancestor=above.ancestor, descendant=unit, depth=above.depth + 1
            )
    return unit


def make_user(email, name="Lê Hoài Thương", **roles):
    """`make_user("a@b.vn", unit_clerk=unit)`: the name of a role, and the unit for which it is held."""
    user = User.objects.create_user(email, PASSWORD, full_name=name, sort_key=given_name_key(name))
    for role, unit in roles.items():
        RoleGrant.objects.create(user=user, role=role, unit=unit, valid_from=date(2010, 1, 1))
    return user
