"""AUD-1: with copies outside every attack is found, without them some are not; no false alarm."""

import shutil

import pytest
from django.db import transaction

from attacker import ATTACKS, HIDDEN_INSIDE, placed
from how_many import TIMES
from thidua.audit.models import Sequenced

pytestmark = pytest.mark.django_db
# Nightly, DRAWN_TIMES=20: a hundred.
TRIALS = 5 * TIMES


@pytest.fixture
def life(trail):
    for _ in range(3):
        trail.live(20)
        trail.sequence()
    for _ in range(5):  # the newest events change no row
        trail.note()
    trail.sequence()
    assert trail.verify().is_good
    return trail


def tried(life, attack, *, outside: bool):
    """One attack on a trail that is then as it was: what was found."""
    folder = life.folder.with_name("mot-lan")
    shutil.copytree(life.folder, folder)
    usual, life.folder = life.folder, folder
    before = (list(life.kinds), list(life.users), life.at)
    start = transaction.savepoint()
    try:
        attack(life)
        return life.verify(outside=outside)
    finally:
        transaction.savepoint_rollback(start)
        life.kinds, life.users, life.at = before
        life.folder = usual
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_is_found(life, name):
    missed = []
    for trial in range(TRIALS):
        report = tried(life, ATTACKS[name], outside=True)
        if report.is_good or report.first.seq is None:
            missed.append(trial)
    assert missed == []
    assert life.verify().is_good


@pytest.mark.parametrize("name", HIDDEN_INSIDE)
def test_without_outside_copies_it_is_not_found(life, name):
    """The negative control: what finds these is the copy outside and nothing else."""
    found = sum(not tried(life, ATTACKS[name], outside=False).is_good for _ in range(TRIALS))
    assert found == 0


def test_an_edit_is_named_to_the_event(life):
    for _ in range(TRIALS):
        before = {one.event_id: one.seq for one in Sequenced.objects.all()}
        start = transaction.savepoint()
        state = life.random.getstate()
        expected = placed(life)
        life.random.setstate(state)
        ATTACKS["edit"](life)
        report = life.verify()
        transaction.savepoint_rollback(start)
        assert (report.first.seq, report.first.stream) == (before[expected.pk], expected.stream)


def test_a_clean_trail_raises_no_alarm(trail):
    """Fifty lives (nightly: a thousand), each checked with and without the copies outside."""
    for _ in range(50 * TIMES):
        start = transaction.savepoint()
        before = (list(trail.kinds), list(trail.users))
        trail.live(trail.random.randrange(1, 12))
        trail.sequence()
        trail.live(trail.random.randrange(4))
        assert trail.verify().problems == []
        assert trail.verify(outside=False).problems == []
        transaction.savepoint_rollback(start)
        trail.kinds, trail.users = before
        shutil.rmtree(trail.folder)
