"""A small ministry with people in it, made by the services that the application uses."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

from thidua.accounts.models import RoleGrant, User
from thidua.accounts.selectors import get_actor
from thidua.documents.services import create_location
from thidua.organizations import services as organizations
from thidua.organizations.models import UnitKind
from thidua.people import services as people
from thidua.people.models import Position, PositionCategory, Post
from thidua.people.selectors import find_person_of
from thidua.support.actor import Role, system

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
SYSTEM = system("test")
_numbers = itertools.count(1)


class Ministry:
    """BỘ › Cục Viễn thông (› Phòng Hạ tầng), Cục Báo chí; chuyên viên and trưởng phòng."""

    def __init__(self) -> None:
        kind = UnitKind.objects.create(code=f"k{next(_numbers)}", name="Đơn vị")

        def unit(code, name, parent=None):
            return organizations.create_unit(
                actor=SYSTEM, at=AT, code=code, kind=kind, name=name, parent=parent
            )

        self.root = unit("BO", "Bộ Thông tin và Truyền thông")
        self.telecom = unit("CVT", "Cục Viễn thông", self.root)
        self.network = unit("PHT", "Phòng Hạ tầng", self.telecom)
        self.press = unit("CBC", "Cục Báo chí", self.root)
        self.staff = self.category("chuyen-mon", "Chuyên môn")
        self.leaders = self.category("lanh-dao", "Lãnh đạo, quản lý")
        self.officer = self.position("Chuyên viên", self.staff)
        self.head = self.position("Trưởng phòng", self.leaders)

    @staticmethod
    def category(code: str, name: str, **more) -> PositionCategory:
        return people.create_category(code=code, name=name, actor=SYSTEM, at=AT, **more)

    @staticmethod
    def position(name: str, category, **more) -> Position:
        return people.create_position(name=name, category=category, actor=SYSTEM, at=AT, **more)

    def post(self, unit, since=date(2015, 1, 1), until=None, *, position=None, main=True, **more):
        position = position or self.officer
        return Post(
            unit=unit,
            position=position,
            category=position.category,
            is_main=main,
            valid_from=since,
            valid_until=until,
            **more,
        )

    def person(self, name="Nguyễn Thị Hồng Minh", unit=None, since=date(2015, 1, 1), **more):
        post = self.post(unit, since) if unit else None
        draft = people.draft_person(full_name=name, **more)
        return people.register_person(person=draft, post=post, actor=SYSTEM, at=AT)

    @staticmethod
    def actor(role: Role, unit, *, person=None):
        """An account with a role since 2010, as it acts; `person`: whose account it is."""
        number = next(_numbers)
        user = User.objects.create_user(
            f"u{number}@bo.example.vn", full_name=f"Người dùng {number}", sort_key=f"{number:09}"
        )
        RoleGrant.objects.create(user=user, role=role, unit=unit, valid_from=date(2010, 1, 1))
        if person is not None:
            people.link_account(person=person, account=user, actor=SYSTEM, at=AT)
        actor = get_actor(user, AT)
        return actor if person is None else _as_person(actor, find_person_of(user))

    @staticmethod
    def location(note="Sổ theo dõi khen thưởng 2017, dòng 12"):
        return create_location(note=note, actor=SYSTEM, at=AT)


def _as_person(actor, person):
    from dataclasses import replace

    return replace(actor, person_id=person)
