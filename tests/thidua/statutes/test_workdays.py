"""Working days: known terms by hand, years that are not known, the organisation's own days."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.audit.models import Event
from thidua.statutes import services
from thidua.statutes.errors import CalendarFault, StatuteFault, YearNotCovered
from thidua.statutes.models import CalendarDay, CalendarYear
from thidua.statutes.selectors import get_calendar
from thidua.statutes.selectors.calendars import _book_calendar
from thidua.statutes.workdays import ends_at, is_late, months_of

BOOK = _book_calendar()


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2017-10-02", 10, "2017-10-16"),  # ten plain days over two weekends
        ("2017-10-06", 1, "2017-10-09"),  # Friday → Monday
        ("2017-08-30", 3, "2017-09-05"),  # 2/9 is a Saturday, made up for on Monday the 4th
        ("2017-01-25", 1, "2017-02-02"),  # Tết from the 26th of January to the 1st of February
        ("2019-04-26", 1, "2019-05-02"),  # 29/4 swapped, 30/4, 1/5
        ("2019-05-03", 1, "2019-05-04"),  # a Saturday that is worked for it
        ("2017-10-02", 0, "2017-10-02"),
        ("2017-10-16", -10, "2017-10-02"),
    ],
)
def test_terms_counted_by_hand(start, count, end):
    start, end = date.fromisoformat(start), date.fromisoformat(end)
    assert BOOK.add_working_days(start, count) == end
    if count > 0:
        assert BOOK.count_working_days(start, end) == count


COVERED = st.dates(date(2017, 3, 1), date(2027, 6, 1))


@given(start=COVERED, count=st.integers(1, 60))
def test_adding_and_counting_say_the_same(start, count):
    end = BOOK.add_working_days(start, count)
    assert BOOK.is_working(end)
    assert BOOK.count_working_days(start, end) == count
    assert BOOK.count_working_days(start, end - timedelta(days=1)) == count - 1


@given(start=COVERED, count=st.integers(1, 30))
def test_back_from_a_working_day_is_where_one_began(start, count):
    begin = BOOK.next_working_day(start)
    assert BOOK.add_working_days(BOOK.add_working_days(begin, count), -count) == begin


@given(day=COVERED)
def test_the_next_working_day_is_the_first(day):
    found = BOOK.next_working_day(day)
    assert BOOK.is_working(found)
    assert not any(BOOK.is_working(day + timedelta(days=n)) for n in range((found - day).days))


@pytest.mark.parametrize(("start", "year"), [("2016-12-30", 2016), ("2027-12-30", 2028)])
def test_a_year_that_is_not_known_is_refused_with_the_reason(start, year):
    with pytest.raises(YearNotCovered, match=f"lịch làm việc năm {year}: Lịch nghỉ") as caught:
        BOOK.add_working_days(date.fromisoformat(start), 2)
    assert caught.value.year == year
    assert "Người giữ lịch nhập" in str(caught.value)


def test_days_are_counted_forward():
    with pytest.raises(StatuteFault, match="Đổi chỗ"):
        BOOK.count_working_days(date(2017, 10, 4), date(2017, 10, 3))


def test_a_deadline_ends_with_its_day_in_vietnam():
    due = date(2017, 10, 31)
    hanoi = timezone(timedelta(hours=7))
    last = datetime(2017, 10, 31, 23, 59, 59, 999_999, hanoi)
    assert not is_late(last, due)
    assert is_late(last + timedelta(microseconds=1), due)
    assert ends_at(due) == datetime(2017, 11, 1, 0, 0, tzinfo=hanoi)
    assert not is_late(datetime(2017, 10, 31, 16, 59, tzinfo=UTC), due)
    assert is_late(datetime(2017, 10, 31, 17, 0, tzinfo=UTC), due)


def test_what_was_not_checked_is_not_certain():
    assert BOOK.is_certain(date(2017, 10, 2), date(2017, 10, 20))
    assert not BOOK.is_certain(date(2017, 8, 30), date(2017, 9, 6))


@pytest.mark.parametrize("year", [2017, 2024, 2027])
def test_a_year_has_all_its_days_in_their_columns(year):
    days = [day for month in months_of(year) for week in month for day in week if day]
    assert len(days) == (366 if year == 2024 else 365)
    assert days == sorted(days)
    for month in months_of(year):
        for week in month:
            assert len(week) == 7
            assert all(day is None or day.weekday() == n for n, day in enumerate(week))


# ------------------------------------------------------------------ own days
def set_day(
    officer,
    at,
    day,
    *,
    is_working=False,
    name="Nghỉ Tết",
    symbol="1/TB-BTTTT",
    signed_on=date(2016, 12, 1),
):
    return services.set_calendar_day(
        day=day,
        is_working=is_working,
        name=name,
        symbol=symbol,
        signed_on=signed_on,
        actor=officer,
        at=at,
    )


@pytest.mark.django_db
def test_an_own_day_stands_over_the_book(officer, at):
    friday = date(2017, 10, 13)
    assert get_calendar().is_working(friday)
    row = set_day(officer, at, friday, name="Ngày truyền thống")
    calendar = get_calendar()
    assert not calendar.is_working(friday)
    assert calendar.mark(friday).cite == "1/TB-BTTTT"
    assert calendar.mark(friday).source == "own"
    set_day(officer, at, friday, is_working=True, name="Làm bù")
    assert get_calendar().is_working(friday)
    assert CalendarDay.objects.count() == 1
    services.remove_calendar_day(day=row, reason="Nhập nhầm", actor=officer, at=at)
    assert get_calendar() == BOOK
    actions = Event.objects.filter(stream__startswith="statutes.calendarday:").order_by("pk")
    assert [one.action for one in actions] == [
        "calendar.set_day",
        "calendar.set_day",
        "calendar.remove_day",
    ]


@pytest.mark.django_db
def test_a_year_is_counted_once_it_is_announced_whole(officer, at):
    words = {"symbol": "99/TB-VPCP", "signed_on": date(2027, 11, 1), "actor": officer, "at": at}
    with pytest.raises(CalendarFault, match="Chưa nhập ngày nghỉ nào của năm 2028"):
        services.announce_year(year=2028, **words)
    for day in range(25, 30):
        set_day(officer, at, date(2028, 1, day), signed_on=date(2027, 11, 1))
    with pytest.raises(YearNotCovered):
        get_calendar().is_working(date(2028, 1, 3))
    year = services.announce_year(year=2028, **words)
    calendar = get_calendar()
    assert calendar.add_working_days(date(2028, 1, 24), 1) == date(2028, 1, 31)
    assert not calendar.is_working(date(2028, 5, 1))  # the same date each year
    assert calendar.mark(date(2028, 5, 1)).source == "recalled"
    with pytest.raises(YearNotCovered):
        calendar.is_working(date(2029, 1, 2))
    with pytest.raises(CalendarFault, match="đã công bố từ trước"):
        services.announce_year(year=2028, **words)
    services.unannounce_year(year=year, reason="Thông báo bị thay", actor=officer, at=at)
    assert not CalendarYear.objects.exists()
    with pytest.raises(YearNotCovered):
        get_calendar().is_working(date(2028, 1, 3))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": " "}, "Cần tên ngày"),
        ({"symbol": ""}, "số, ký hiệu"),
        ({"signed_on": date(2017, 10, 14)}, "sau ngày 13/10/2017"),
    ],
)
def test_a_day_without_its_paper_is_refused(officer, at, change, says):
    with pytest.raises(CalendarFault, match=says):
        set_day(officer, at, date(2017, 10, 13), **change)
    assert not CalendarDay.objects.exists()
