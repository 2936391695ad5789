"""Two who move units at the same moment never make a ring, and two never found two roots."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, connections, transaction

from thidua.organizations import services
from thidua.organizations.errors import RootTaken, UnitError
from thidua.organizations.lifecycle.tree import find_fault
from thidua.organizations.models import Unit, UnitKind, UnitLink, UnitName
from thidua.organizations.services import tree as the_tree
from thidua.organizations.services.tree import load_forest
from thidua.support.actor import system

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
ON = date(2020, 1, 1)
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite lets one writing transaction in at a time (IMMEDIATE): there is no race",
    ),
]


def at_once(*acts):
    """Run all at the same moment, each in its own connection; what each raised, or None."""
    gate, raised = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait()
        try:
            act()
            raised.append(None)
        except (UnitError, IntegrityError) as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(one,)) for one in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return raised


def move(unit, parent):
    return lambda: services.move_unit(
        actor=system("test"), at=AT, unit=Unit.objects.get(pk=unit.pk), parent=parent, on=ON
    )


def ring_after_both_move(tree):
    raised = at_once(move(tree["A"], tree["B"]), move(tree["B"], tree["A"]))
    return raised, find_fault(load_forest())


def test_two_moves_that_would_close_a_ring(tree):
    raised, fault = ring_after_both_move(tree)
    assert fault is None
    assert [type(one).__name__ for one in raised if one] == ["CycleFound"]


def test_without_the_lock_the_ring_is_closed(tree, monkeypatch):
    # Negative control: the same race, with the lock taken away and both past the check before
    # either writes.
    both_checked = threading.Barrier(2, timeout=20)
    monkeypatch.setattr(the_tree, "lock_tree", lambda: None)
    whole_check = the_tree.close_tree

    def close_together(at):
        whole_check(at)
        both_checked.wait()

    monkeypatch.setattr("thidua.organizations.services.units.close_tree", close_together)
    monkeypatch.setattr(the_tree, "_write_closure", lambda forest, day: None)
    raised, fault = ring_after_both_move(tree)
    assert raised == [None, None]
    assert fault is not None
    assert fault.fault == "cycle"


def test_two_roots_at_once(act):
    kind = act("create_kind", code="k", name="Bộ")

    def root(code):
        return lambda: services.create_unit(
            actor=system("test"), at=AT, code=code, kind=kind, name=code, parent=None, on=ON
        )

    raised = at_once(root("X"), root("Y"))
    assert [type(one) for one in raised if one] == [RootTaken]
    assert Unit.objects.get().is_root


def test_the_database_refuses_a_second_name_or_place_itself(tree):
    kind = UnitKind.objects.get()
    for row in (
        UnitName(unit=tree["A"], name="X", folded="x", valid_from=ON, valid_until=ON),
        UnitLink(parent=tree["B"], child=tree["A"], valid_from=ON, valid_until=ON),
    ):
        with pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
            row.save()
    with pytest.raises(IntegrityError, match="unit_one_root"), transaction.atomic():
        Unit.objects.create(code="Z", kind=kind, name="Z", is_root=True)
