"""The people of the measurements: both readings agree on the book's own eight awards."""

import importlib

import pytest

from lawbook import load_book, wording
from lawengine.explain import Judge
from lawengine.planes import bits, screen


@pytest.fixture
def bench(repository, monkeypatch):
    monkeypatch.syspath_prepend(str(repository))
    return importlib.import_module("bench.cases"), importlib.import_module("bench.population")


def test_both_readings_agree_on_the_eight_awards(bench):
    cases, population = bench
    columns = population.make(150)
    people = population.facts_of(columns, range(150))
    seen = set()
    for case in cases.CASES:
        found = screen(load_book(), case.frame, columns, case.awards)
        judge = Judge(load_book(), case.frame, wording())
        for award in case.awards:
            for index, facts in enumerate(people):
                truth = judge.explain(award, facts).truth
                assert found[award].truth_of(index) is truth
                seen.add(truth)
    assert len(seen) == 3


def test_who_is_short_of_one_condition_is_a_no(bench):
    cases, population = bench
    case = cases.CASES[0]
    found = screen(load_book(), case.frame, population.make(2000), case.awards)
    planes = found["grassroots-emulation-fighter"]
    assert planes.short
    union = set()
    for plane in planes.short.values():
        rows = set(bits.indices(plane).tolist())
        assert not rows & union
        union |= rows
    assert union <= set(bits.indices(planes.no).tolist())
    assert sum(planes.counts().values()) == 2000
