"""Whatever is done in whatever order: no ring, no overlap, no gap, one root, a closure that is true.

The model knows nothing of links: it asks the database, and recomputes everything day by day.
"""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from thidua.organizations import services
from thidua.organizations.errors import UnitError
from thidua.organizations.models import (
    Unit,
    UnitClosure,
    UnitKind,
    UnitLink,
    UnitName,
    UnitSuccession,
)
from thidua.support.actor import system

AT = datetime(2020, 1, 10, 2, 0, tzinfo=UTC)
TODAY = date(2020, 1, 10)
START = date(2020, 1, 1)
DAYS = [START + timedelta(days=number) for number in range(-1, 21)]
days = st.sampled_from(DAYS)
picks = st.integers(0, 50)


class Acts(RuleBasedStateMachine):
    """Random acts on a few units over three weeks; an act that is refused must leave nothing."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.number = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def act(self, service, /, **words):
        before = self.everything()
        try:
            with transaction.atomic():
                getattr(services, service)(actor=system("test"), at=AT, **words)
        except UnitError:
            assert self.everything() == before

    @staticmethod
    def everything():
        tables = (Unit, UnitName, UnitLink, UnitSuccession, UnitClosure)
        return [sorted(map(str, table.objects.values_list())) for table in tables]

    @staticmethod
    def pick(number, table=Unit):
        rows = list(table.objects.order_by("pk"))
        return rows[number % len(rows)]

    @initialize()
    def root(self):
        self.act("create_kind", code="k", name="Đơn vị")
        for code in ("R", "A", "B"):
            self.found(0, START, code)

    @rule(parent=picks, on=days)
    def found(self, parent, on, code=None):
        self.number += 1
        above = self.pick(parent) if Unit.objects.exists() else None
        code = code or f"U{self.number}"
        self.act(
            "create_unit", code=code, kind=UnitKind.objects.get(), name=code, parent=above, on=on
        )

    @rule(unit=picks, on=days, name=st.sampled_from(["Cục Đo lường", "Vụ X", "Ban Y"]))
    def rename(self, unit, on, name):
        self.act("rename_unit", unit=self.pick(unit), name=name, on=on)

    @rule(unit=picks, parent=picks, on=days)
    def move(self, unit, parent, on):
        self.act("move_unit", unit=self.pick(unit), parent=self.pick(parent), on=on)

    @rule(units=st.lists(picks, min_size=1, max_size=2), into=picks, on=days)
    def merge(self, units, into, on):
        chosen = list({one.pk: one for one in map(self.pick, units)}.values())
        self.act("merge_units", units=chosen, into=self.pick(into), on=on)

    @rule(unit=picks, into=st.lists(picks, min_size=1, max_size=2), on=days)
    def split(self, unit, into, on):
        chosen = list({one.pk: one for one in map(self.pick, into)}.values())
        self.act("split_unit", unit=self.pick(unit), into=chosen, on=on)

    @rule(unit=picks, on=days)
    def dissolve(self, unit, on):
        self.act("dissolve_unit", unit=self.pick(unit), on=on)

    @rule(unit=picks)
    def reopen(self, unit):
        self.act("reopen_unit", unit=self.pick(unit), reason="thử")

    @rule(unit=picks, on=days)
    def correct_founding(self, unit, on):
        self.act("correct_founding", unit=self.pick(unit), on=on, reason="thử")

    @rule(unit=picks, on=days)
    def correct_end(self, unit, on):
        self.act("correct_end", unit=self.pick(unit), on=on, decision="", reason="thử")

    @rule(row=picks, parent=picks, on=days)
    def correct_link(self, row, parent, on):
        if UnitLink.objects.exists():
            link = self.pick(row, UnitLink)
            self.act(
                "correct_link",
                row=link,
                parent=self.pick(parent),
                on=on,
                decision="",
                reason="thử",
            )

    @rule(row=picks)
    def drop_link(self, row):
        if UnitLink.objects.exists():
            self.act("drop_link", row=self.pick(row, UnitLink), reason="thử")

    @rule(row=picks)
    def drop_name(self, row):
        self.act("drop_name", row=self.pick(row, UnitName), reason="thử")

    @rule(unit=picks)
    def remove(self, unit):
        self.act("remove_unit", unit=self.pick(unit), reason="thử")

    @invariant()
    def every_day_is_a_tree(self):
        units = list(Unit.objects.all())
        if not units:
            return
        links, names = list(UnitLink.objects.all()), list(UnitName.objects.all())
        assert sum(one.is_root for one in units) == 1
        for day in [DAYS[0], *DAYS, DAYS[-1] + timedelta(days=90)]:
            living = {one.pk for one in units if holds(one.founded_on, one.dissolved_on, day)}
            above = [
                (one.child_id, one.parent_id)
                for one in links
                if holds(one.valid_from, one.valid_until, day)
            ]
            named = [one.unit_id for one in names if holds(one.valid_from, one.valid_until, day)]
            assert sorted(named) == sorted(living)
            roots = {one.pk for one in units if one.is_root}
            assert sorted(child for child, _parent in above) == sorted(living - roots)
            assert {parent for _child, parent in above} <= living
            parents = dict(above)
            for unit in living - roots:
                assert climb(unit, parents) in roots

    @invariant()
    def the_closure_is_that_of_today(self):
        stored = set(UnitClosure.objects.values_list("ancestor_id", "descendant_id"))
        assert len(stored) == UnitClosure.objects.count()
        expected = set()
        for unit in Unit.objects.all():
            front = {unit.pk}
            while front:
                expected |= {(one, unit.pk) for one in front}
                above = {up for one in front for up in above_today(one)}
                front = above - {up for up, down in expected if down == unit.pk}
        assert stored == expected


def climb(unit, parents):
    for _step in range(len(parents) + 1):
        unit = parents.get(unit, unit)
    return unit


def above_today(unit):
    """Above a unit today: by its link, else its heirs, else where it stood last (or will first)."""
    links = list(UnitLink.objects.filter(child=unit).order_by("valid_from"))
    held = [one.parent_id for one in links if holds(one.valid_from, one.valid_until, TODAY)]
    one = Unit.objects.get(pk=unit)
    if held or not links:
        return held
    if one.dissolved_on and one.dissolved_on < TODAY:
        heirs = UnitSuccession.objects.filter(predecessor=unit, on__lte=TODAY)
        return list(heirs.values_list("successor_id", flat=True)) or [links[-1].parent_id]
    return [links[0].parent_id]


def holds(first, last, day):
    return (first is None or first <= day) and (last is None or day <= last)


@pytest.mark.django_db
@pytest.mark.slow
def test_random_acts():
    nightly = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Acts,
        settings=settings(
            max_examples=200 if nightly else 12, stateful_step_count=25, deadline=None
        ),
    )
