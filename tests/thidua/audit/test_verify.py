"""A clean trail is good, whatever happened in it."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_clean_trail_is_good(trail):
    for _ in range(4):
        trail.live(15)
        trail.sequence()
    report = trail.verify()
    assert report.problems == []
    assert report.is_good
    assert report.events == report.placed == report.covered > 40
    assert report.waiting == 0
    assert report.rows == len(trail.kinds) + len(trail.users)


def test_an_empty_trail_is_good(trail):
    assert trail.verify().is_good
    trail.sequence()
    assert trail.verify().is_good


def test_what_waits_is_counted(trail):
    trail.live(10)
    trail.sequence()
    trail.live(5)
    report = trail.verify()
    assert report.is_good
    assert report.waiting == report.events - report.placed == 5
