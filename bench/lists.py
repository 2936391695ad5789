"""`python -m bench.lists`: the list of people against a plain page, at 3,000 and at 300,000 people.

The database is a SQLite file of its own, or the one of THIDUA_DATABASE_URL, which is filled and must
be empty. Every request goes through the whole stack but the network, as a ministry's officer. The
plain page is `/health`: one trivial query and a line of JSON.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

FEWEST, MOST, RATIO = 3_000, 300_000, 0.03
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
_MIDDLE = ("Thị", "Văn", "Hồng", "Quốc", "Minh", "Ngọc", "Thanh", "Đức", "Thu", "Hữu")
_GIVEN = ("An", "Ánh", "Bình", "Cường", "Dung", "Đạt", "Đức", "Giang", "Hà", "Hạnh", "Yến")


def _fill(first: int, last: int, units: list[Any], position: Any) -> None:
    """People numbered first..last, each with a post; rows alone, without their events."""
    from thidua.people.models import Person, Post
    from thidua.people.services import draft_person

    for start in range(first, last, 5000):
        people = Person.objects.bulk_create(
            [
                draft_person(
                    full_name=f"{_FAMILY[n % 10]} {_MIDDLE[n // 10 % 10]} {_GIVEN[n // 7 % 11]}",
                    birth=str(1960 + n % 45),
                )
                for n in range(start, min(start + 5000, last))
            ],
            batch_size=1000,
        )
        Post.objects.bulk_create(
            [
                Post(
                    person=one,
                    unit=units[number % len(units)],
                    position=position,
                    category=position.category,
                    valid_from=date(2015, 1, 1),
                )
                for number, one in enumerate(people)
            ],
            batch_size=1000,
        )


def _median(ask: Callable[[], Any], times: int) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        answer = ask()
        spent.append(time.perf_counter() - start)
        assert answer.status_code == 200, answer.status_code
    return statistics.median(spent)


def _measure(client: Any, unit: int, times: int) -> list[tuple[str, float, int]]:
    from django.db import connection

    asked: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    rows = []
    for name, path in (
        ("trang thường (/health)", "/health"),
        ("danh sách, trang đầu", "/nguoi/"),
        ("danh sách, tìm «duc»", "/nguoi/?q=duc"),
        ("danh sách, một đơn vị", f"/nguoi/?unit={unit}"),
        ("danh sách, trang 100", "/nguoi/?page=100"),
    ):
        client.get(path)  # the first request imports
        asked.clear()
        with connection.execute_wrapper(count):
            client.get(path)
        rows.append((name, _median(lambda path=path: client.get(path), times), len(asked)))
    return rows


def main() -> int:
    """Fill, measure, print; 1 when a list is slower than asked or takes another number of queries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--most", type=int, default=MOST)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        os.environ.setdefault("THIDUA_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ.setdefault("THIDUA_DATA_DIR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings.test")
        return _run(asked.times, asked.most)


def _run(times: int, most: int) -> int:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    from thidua.accounts.models import RoleGrant, User
    from thidua.organizations import services as organizations
    from thidua.people import services as people
    from thidua.support.actor import system

    who: dict[str, Any] = {"actor": system("bench"), "at": datetime.now(UTC)}
    kind = organizations.create_kind(code="bench", name="Đơn vị", **who)
    root = organizations.create_unit(code="BO", kind=kind, name="Bộ", parent=None, **who)
    units = [
        organizations.create_unit(code=f"D{n}", kind=kind, name=f"Đơn vị {n}", parent=root, **who)
        for n in range(40)
    ]
    category = people.create_category(code="bench", name="Chuyên môn", **who)
    position = people.create_position(name="Chuyên viên", category=category, **who)
    user = User.objects.create_user("bench@example.vn", full_name="Người đo", sort_key="1")
    RoleGrant.objects.create(
        user=user, role="ministry_officer", unit=root, valid_from=date(2015, 1, 1)
    )
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    done, queries, slow = 0, {}, []
    for size in (FEWEST, most):
        _fill(done, size, units, position)
        done = size
        rows = _measure(client, units[3].pk, times)
        plain = rows[0][1]
        print(f"\n{size:,} người".replace(",", "."))
        for name, spent, asked in rows:
            ratio = plain / spent
            print(f"  {name:28} {spent * 1000:8.1f} ms  {asked:3} truy vấn  {ratio:6.3f}")
            if ratio < RATIO:
                slow.append((size, name))
            if queries.setdefault(name, asked) != asked:
                slow.append((size, f"{name}: {queries[name]} → {asked} truy vấn"))
    for fault in slow:
        print("chưa đạt:", *fault)
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
