"""`python -m bench.audit`: what the trail costs, on a PostgreSQL that pays for durability.

Start it with `tools/with-postgres .venv/bin/python -m bench.audit --durable`; figures go between
the marks in bench/README.md. A chained write is `audit.services.change`; a plain audited write is
the same UPDATE and an event row without chain, lock, hash or salt.
"""

from __future__ import annotations

import argparse
import os
import statistics
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thidua.organizations.models import UnitKind

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- audit: begin -->", "<!-- audit: end -->"
PAYLOAD = 400
CLIENTS = 4


def prepare(*, durable: bool) -> None:
    """An empty database with all tables, of its own."""
    import django
    from django.core.management import call_command
    from django.db import connection

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings.dev")
    django.setup()
    assert connection.vendor == "postgresql", "tools/with-postgres python -m bench.audit"
    with connection.cursor() as cursor:
        if durable:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                cursor.execute(f"ALTER SYSTEM SET {setting} = on")
            cursor.execute("SELECT pg_reload_conf()")
    call_command("migrate", verbosity=0)


def rate(
    act: Callable[[UnitKind, int], None], rows: list[Any], seconds: float
) -> tuple[float, float]:
    """Acts in a second by all clients, and the median of one, in ms."""
    from django.db import connection

    took: list[float] = []
    end = time.perf_counter() + seconds

    def client(row: UnitKind) -> None:
        number = 0
        while (start := time.perf_counter()) < end:
            number += 1
            act(row, number)
            took.append(time.perf_counter() - start)
        connection.close()

    threads = [threading.Thread(target=client, args=(row,)) for row in rows]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return len(took) / seconds, statistics.median(took) * 1e3


def measure_writes(seconds: float, rounds: int) -> dict[str, tuple[float, float]]:
    """Chained and plain in turns; the median round counts."""
    from django.db import transaction

    from thidua.audit import services
    from thidua.audit.models import Event
    from thidua.organizations.models import UnitKind
    from thidua.support.actor import Actor

    who, at = Actor(7, "Lê Hoài Thương"), datetime.now(UTC)
    rows = [
        services.create(UnitKind(code=f"b{n}", name="Cục"), actor=who, at=at, action="new")
        for n in range(CLIENTS)
    ]
    reason = "x" * PAYLOAD

    def chained(row: UnitKind, number: int) -> None:
        services.change(
            row, actor=who, at=at, action="move", reason=reason, position=number % 2 + 1
        )

    def plain(row: UnitKind, number: int) -> None:
        with transaction.atomic():
            stored = UnitKind.objects.select_for_update().get(pk=row.pk)
            stored.position = number % 2 + 1
            stored.save(update_fields=["position"])
            Event.objects.create(
                stream=f"plain:{row.pk}:{time.perf_counter_ns()}",
                stream_seq=1, at=at, actor_id=7, actor_name=who.name, action="move",
                payload=reason, prev=b"", leaf=b"",
            )  # fmt: skip

    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(rounds):
        for name, act in (("plain", plain), ("chained", chained)):
            for clients in (1, CLIENTS):
                found.setdefault(f"{name} {clients}", []).append(rate(act, rows[:clients], seconds))
    return {name: sorted(several)[len(several) // 2] for name, several in found.items()}


def fill(count: int) -> None:
    """Events with a payload of 400 bytes, of as many rows, placed in the tree."""
    from thidua.audit import services
    from thidua.organizations.models import UnitKind
    from thidua.support.actor import Actor

    who, at = Actor(7, "Lê Hoài Thương", request_id="0" * 36), datetime.now(UTC)
    for start in range(0, count, 5000):
        rows = [UnitKind(code=f"f{start + n}", name="C" * 120) for n in range(5000)]
        services.create_many(rows, actor=who, at=at, action="unit_kind.create", reason="x" * 180)
    services.sequence(at=at)


def size_of(*tables: str) -> int:
    """Bytes on disk, indexes included."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(t)) FROM unnest(%s::regclass[]) t", [list(tables)]
        )
        return int(cursor.fetchone()[0])


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.audit", description=__doc__)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--durable", action="store_true", help="fsync on, as in an installation")
    parser.add_argument("--no-write", action="store_true")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    prepare(durable=options.durable)
    from django.db import connection

    from thidua.audit import services
    from thidua.audit.lifecycle.report import Report
    from thidua.audit.selectors.keys import key_path, list_verifiers
    from thidua.audit.selectors.verifying import check_streams, verify

    if not key_path().exists():
        services.init_key(name="bench")
    writes = measure_writes(options.seconds, options.rounds)
    for name, (per_second, median) in writes.items():
        print(f"{name:12} {per_second:8,.0f}/s  median {median:.2f} ms", flush=True)
    with connection.cursor() as cursor:  # what was written plainly is no chain
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE audit_event, audit_sequenced, audit_checkpoint CASCADE")
        cursor.execute("SET session_replication_role = DEFAULT")
    fill(options.events)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT avg(length(payload)) FROM audit_event")
        payload = float(cursor.fetchone()[0])
    per_event = size_of("audit_event", "audit_sequenced") / options.events
    start = time.process_time(), time.perf_counter()
    check_streams(Report(), 0)
    streams = time.process_time() - start[0], time.perf_counter() - start[1]
    start = time.process_time(), time.perf_counter()
    report = verify(verifiers=list_verifiers())
    whole = time.process_time() - start[0], time.perf_counter() - start[1]
    ratio = writes[f"chained {CLIENTS}"][0] / writes[f"plain {CLIENTS}"][0]
    added = writes["chained 1"][1] - writes["plain 1"][1]
    lines = [
        (
            f"## The trail ({datetime.now(UTC):%Y-%m-%d}, PostgreSQL, durable: {options.durable}, "
            f"load at the start {load:.1f})"
        ),
        "",
        "| what | figure | to reach |",
        "|---|---|---|",
        *(
            f"| {name} client(s) | {per_second:,.0f} writes/s, median {median:.2f} ms | |"
            for name, (per_second, median) in writes.items()
        ),
        f"| chained to plain at {CLIENTS} clients | {ratio:.2f}× | ≥ 0.5× |",
        f"| added at the median, 1 client | {added:.2f} ms | ≤ 1.0 ms |",
        f"| disk per event, payload {payload:.0f} B, indexes included | {per_event:,.0f} B | ≤ 1,024 B |",
        (
            f"| check by streams with rows, {report.events:,} events and rows "
            f"| {options.events / streams[0]:,.0f}/s of our core, "
            f"{options.events / streams[1]:,.0f}/s by the clock | |"
        ),
        (
            f"| whole check | {options.events / whole[0]:,.0f}/s of our core, "
            f"{options.events / whole[1]:,.0f}/s by the clock | ≥ 100,000/s |"
        ),
    ]
    text = "\n".join(lines)
    print(text)
    if not options.no_write:
        document = README.read_text("utf-8")
        before, _, rest = document.partition(BEGIN)
        after = rest.partition(END)[2]
        README.write_text(f"{before.rstrip()}\n\n{BEGIN}\n{text}\n{END}\n{after.lstrip()}", "utf-8")


if __name__ == "__main__":
    main()
