"""Months of service count whole months, the last day included."""

from datetime import date

from lawengine.conditions_more import months_between


def test_the_last_day_counts() -> None:
    assert months_between(date(2023, 3, 1), date(2023, 12, 31)) == 10
    assert months_between(date(2023, 3, 2), date(2023, 12, 31)) == 9
    assert months_between(date(2023, 3, 15), date(2024, 3, 14)) == 12
    assert months_between(date(2023, 3, 15), date(2024, 3, 13)) == 11


def test_a_start_after_the_end_is_no_time() -> None:
    assert months_between(date(2024, 1, 1), date(2023, 12, 31)) == 0
