"""A trail with a key of its own, some life in it, and a folder of outside copies."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from thidua.accounts.models import User
from thidua.audit import services
from thidua.audit.lifecycle.report import Report
from thidua.audit.models import Checkpoint
from thidua.audit.selectors.claims import read_outside
from thidua.audit.selectors.keys import list_verifiers
from thidua.audit.selectors.verifying import verify
from thidua.organizations.models import UnitKind
from thidua.support.actor import Actor

WHO = Actor(user_id=7, name="Lê Hoài Thương", request_id="r1", ip="10.0.0.1")
START = datetime(2017, 10, 4, 3, 0, tzinfo=UTC)


@pytest.fixture
def key(tmp_path, settings):
    settings.AUDIT_KEY = tmp_path / "khoa" / "audit.key"
    return services.init_key(name="bo.example.vn")


class Trail:
    """Acts on the trail, as the application does them, and checks it as `verify` does."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self.folder, self.random, self.at = folder, Random(seed), START
        self.kinds: list[UnitKind] = []
        self.users: list[User] = []

    def tick(self) -> datetime:
        self.at += timedelta(seconds=self.random.randrange(1, 20))
        return self.at

    def kind(self, code: str) -> UnitKind:
        row = UnitKind(code=code, name=f"Loại {code}")
        services.create(row, actor=WHO, at=self.tick(), action="unit_kind.create")
        self.kinds.append(row)
        return row

    def user(self, name: str) -> User:
        row = User(email=f"{name}@bo.example.vn", full_name=name, sort_key=name, phone="0912345678")
        services.create(row, actor=WHO, at=self.tick(), action="user.create")
        self.users.append(row)
        return row

    def note(self) -> None:
        stream = f"accounts.user:{self.random.choice(self.users).pk}"
        facts = {"n": self.random.randrange(10**9)}
        services.note(stream, actor=WHO, at=self.tick(), action="user.login", facts=facts)

    def live(self, steps: int = 20) -> None:
        """Creations, changes, notes and removals, drawn."""
        for _ in range(steps):
            what = self.random.randrange(6)
            number = self.random.randrange(10**9)
            if what == 0 or not self.kinds:
                self.kind(f"k{number}")
            elif what == 1 or not self.users:
                self.user(f"u{number}")
            elif what == 2:
                row = self.random.choice(self.users)
                services.change(
                    row, actor=WHO, at=self.tick(), action="user.change", phone=f"09{number}"[:12]
                )
            elif what == 3:
                self.note()
            elif what == 4 and len(self.kinds) > 3:
                row = self.kinds.pop(self.random.randrange(len(self.kinds)))
                services.remove(row, actor=WHO, at=self.tick(), action="unit_kind.remove")
            else:
                row = self.random.choice(self.kinds)
                services.change(
                    row, actor=WHO, at=self.tick(), action="unit_kind.change", position=number % 999
                )

    def sequence(self, *, copy: bool = True) -> None:
        services.sequence(at=self.tick())
        if copy:
            self.copy()

    def copy(self) -> None:
        """Every checkpoint lies outside; what lies there is never changed."""
        self.folder.mkdir(exist_ok=True)
        for one in Checkpoint.objects.all():
            path = self.folder / f"{one.epoch_id}-{one.size}.txt"
            if not path.exists():
                path.write_text(one.text, "utf-8")

    def verify(self, *, outside: bool = True) -> Report:
        report, keys = Report(), list_verifiers()
        claims = read_outside(self.folder, keys, report) if outside and self.folder.exists() else []
        return verify(verifiers=keys, outside=claims, report=report)


@pytest.fixture
def trail(db, key, tmp_path):
    # What migrations put into audited tables without an event is none of these tests' concern.
    return Trail(tmp_path / "ngoai")
