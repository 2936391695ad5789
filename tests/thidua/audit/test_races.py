"""Two who write to one stream at once both leave their events, in one chain."""

import threading
import time

import pytest
from django.db import connection

from thidua.audit import services
from thidua.audit.lifecycle.report import Report
from thidua.audit.models import Event, Sequenced
from thidua.audit.selectors.verifying import check_streams
from thidua.organizations.models import UnitKind
from thidua.support.actor import Actor
from thidua.support.clock import now

WHO = Actor(7, "Lê Hoài Thương")
pytestmark = [pytest.mark.django_db(transaction=True)]
only_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'",
    reason="SQLite lets one writer in at a time: threads race on PostgreSQL (tools/with-postgres)",
)


def at_once(*acts) -> list[Exception]:
    """Each act in a thread of its own, all let go together; what they raised."""
    gate, raised = threading.Barrier(len(acts)), []

    def run(act):
        try:
            gate.wait()
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return raised


def chain(stream: str) -> list[int]:
    report = Report()
    check_streams(report, 0)
    assert report.problems == []
    events = Event.objects.filter(stream=stream).order_by("stream_seq")
    return list(events.values_list("stream_seq", flat=True))


@only_postgresql
def test_the_first_event_of_a_stream_by_eight_at_once():
    for turn in range(10):
        stream = f"phien:{turn}"

        def note(stream=stream):
            services.note(stream, actor=WHO, at=now(), action="login")

        assert at_once(*[note] * 8) == []
        assert chain(stream) == list(range(1, 9))


@only_postgresql
def test_notes_and_changes_of_one_object_at_once():
    kind = services.create(UnitKind(code="cuc", name="Cục"), actor=WHO, at=now(), action="new")
    stream = services.stream_of(kind)

    def change(number):
        row = UnitKind.objects.get(pk=kind.pk)
        for step in range(5):
            services.change(
                row, actor=WHO, at=now(), action="move", position=number * 10 + step + 1
            )

    def note():
        for _ in range(5):
            services.note(stream, actor=WHO, at=now(), action="look")

    acts = [lambda n=n: change(n) for n in range(4)] + [note] * 4
    assert at_once(*acts) == []
    assert chain(stream) == list(range(1, 42))


@only_postgresql
def test_two_who_touch_two_streams_crosswise_do_not_wait_for_ever():
    """Rows are locked in the order of the acts; events of one act always in the same order."""
    kinds = [UnitKind(pk=f"{n}", code=f"k{n}", name="x") for n in range(20, 0, -1)]

    def create(rows):
        services.create_many(rows, actor=WHO, at=now(), action="new")

    other = [UnitKind(pk=100 + n, code=f"l{n}", name="x") for n in range(20)]
    assert at_once(lambda: create(kinds), lambda: create(other[::-1])) == []
    assert Event.objects.count() == 40


@only_postgresql
def test_only_one_sequencer_at_a_time(key):
    for turn in range(5):
        for number in range(20):
            services.note(f"phien:{turn}.{number}", actor=WHO, at=now(), action="login")
        assert at_once(*[lambda: services.sequence(at=now(), batch=7)] * 6) == []
        services.sequence(at=now())
    seqs = list(Sequenced.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, 101))


@only_postgresql
def test_an_event_that_is_committed_late_is_still_placed(key):
    """A long import takes its numbers early and commits late: nothing of it is left out."""
    from django.db import transaction

    started, go_on = threading.Event(), threading.Event()

    def import_slowly():
        with transaction.atomic():
            services.note("nhap:1", actor=WHO, at=now(), action="import")
            started.set()
            go_on.wait(10)

    thread = threading.Thread(target=lambda: (import_slowly(), connection.close()))
    thread.start()
    started.wait(10)
    for number in range(5):
        services.note(f"phien:{number}", actor=WHO, at=now(), action="login")
        services.sequence(at=now())
    assert Sequenced.objects.count() == 5
    go_on.set()
    thread.join()
    assert services.sequence(at=now()) == 1
    from thidua.audit.models import Sequencer

    # And then the floor rises above it, once all transactions of the server that ran are over:
    # those of the other half of this suite too.
    until, last = time.monotonic() + 180, Event.objects.latest("pk").pk
    while Sequencer.objects.get().floor != last and time.monotonic() < until:
        services.sequence(at=now())
        time.sleep(0.05)
    assert Sequencer.objects.get().floor == last
