"""Number books: each number once, none left out, in the order of issue (FLT-12)."""

import sys
import threading
import time
from collections import Counter
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from thidua.audit.models import Event
from thidua.documents import services
from thidua.documents.errors import BookRefused
from thidua.documents.models import BookNumber, NumberBook
from thidua.documents.numbering import pattern_problem, symbol_pattern, write_symbol

DAY = date(2017, 10, 4)


@pytest.fixture
def book(officer, at):
    return services.open_number_book(
        code="quyet-dinh",
        year=2017,
        title="Quyết định",
        pattern="{số}/QĐ-BTTTT",
        actor=officer,
        at=at,
    )


def take(book, actor, at, key, on=DAY, subject="Quyết định khen thưởng"):
    return services.take_number(book=book, on=on, subject=subject, key=key, actor=actor, at=at)


def test_numbers_are_written_as_the_decree_says():
    assert write_symbol("{số}/QĐ-BTTTT", 7, 2017) == "07/QĐ-BTTTT"
    assert write_symbol("{số}/QĐ-BTTTT", 2902, 2017) == "2902/QĐ-BTTTT"
    assert write_symbol("{số}/{năm}/TTr-TĐKT", 12, 2017) == "12/2017/TTr-TĐKT"
    assert symbol_pattern("QĐ", "BTTTT") == "{số}/QĐ-BTTTT"
    assert symbol_pattern("", "BNV", "VP") == "{số}/BNV-VP"
    with pytest.raises(ValueError, match="begin at 1"):
        write_symbol("{số}", 0, 2017)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("{số}/QĐ-BTTTT", ""),
        ("{số}/{năm}/TTr-TĐKT", ""),
        ("QĐ-BTTTT", "đúng một chỗ {số}"),
        ("{số}/{số}", "đúng một chỗ {số}"),
        ("{số}/{x.__class__}", "Không có chỗ điền {x.__class__}"),
        ("{số}/<b>", "Ký hiệu chỉ gồm chữ"),
    ],
)
def test_a_wrong_pattern_is_named_with_its_fix(pattern, says):
    assert says in pattern_problem(pattern)
    assert bool(says) == bool(pattern_problem(pattern))


@pytest.mark.django_db
def test_numbers_follow_each_other(book, officer, at):
    taken = [take(book, officer, at, f"d:{n}") for n in range(11)]
    assert [one.number for one in taken] == list(range(1, 12))
    assert [taken[0].symbol, taken[10].symbol] == ["01/QĐ-BTTTT", "11/QĐ-BTTTT"]
    assert Event.objects.filter(action="book_number.take").count() == 11


@pytest.mark.django_db
def test_a_book_goes_on_from_its_paper_years(officer, at):
    book = services.open_number_book(
        code="to-trinh",
        year=2017,
        title="Tờ trình",
        pattern="{số}/TTr-TĐKT",
        first=58,
        actor=officer,
        at=at,
    )
    assert take(book, officer, at, "t:1").symbol == "58/TTr-TĐKT"


@pytest.mark.django_db
def test_the_same_act_gets_the_same_number(book, officer, at):
    first = take(book, officer, at, "d:1")
    assert take(book, officer, at, "d:1") == first
    assert BookNumber.objects.count() == 1


@pytest.mark.django_db
def test_a_rolled_back_paper_gives_its_number_back(book, officer, at):
    take(book, officer, at, "d:1")
    with transaction.atomic():
        take(book, officer, at, "d:2")
        transaction.set_rollback(True)
    assert take(book, officer, at, "d:3").number == 2


@pytest.mark.django_db
def test_a_cancelled_number_stays_and_is_never_given_again(book, officer, at):
    first = take(book, officer, at, "d:1")
    services.cancel_number(number=first, reason="Sai tên người nhận", actor=officer, at=at)
    first.refresh_from_db()
    assert first.is_cancelled
    assert first.cancelled_by_name == "Lê Văn Nam"
    assert take(book, officer, at, "d:2").number == 2
    with pytest.raises(BookRefused, match="đã hủy từ trước"):
        services.cancel_number(number=first, reason="Lần nữa", actor=officer, at=at)
    with pytest.raises(BookRefused, match="Cần lý do"):
        services.cancel_number(number=first, reason="  ", actor=officer, at=at)
    assert Event.objects.filter(action="book_number.cancel").count() == 1


@pytest.mark.django_db
def test_days_follow_the_order_of_issue(book, officer, at):
    take(book, officer, at, "d:1")
    with pytest.raises(BookRefused, match="từ 04/10/2017 trở đi"):
        take(book, officer, at, "d:2", on=date(2017, 10, 3))
    with pytest.raises(BookRefused, match="Mở sổ của năm 2018"):
        take(book, officer, at, "d:3", on=date(2018, 1, 2))
    assert take(book, officer, at, "d:4", on=date(2017, 12, 31)).number == 2


@pytest.mark.django_db
def test_a_closed_book_gives_no_number(book, officer, at):
    services.change_number_book(
        book=book, title="Quyết định", pattern="{số}/QĐ-BTTTT", is_open=False, actor=officer, at=at
    )
    with pytest.raises(BookRefused, match="đã khóa"):
        take(book, officer, at, "d:1")


@pytest.mark.django_db
def test_one_book_of_a_kind_a_year(book, officer, at):
    with pytest.raises(BookRefused, match="Đã có sổ"):
        services.open_number_book(
            code="quyet-dinh", year=2017, title="x", pattern="{số}/QĐ", actor=officer, at=at
        )
    assert NumberBook.objects.count() == 1


@pytest.mark.django_db
def test_the_database_itself_refuses_a_number_twice(book, officer, at):
    one = take(book, officer, at, "d:1")
    one.pk, one.key = None, "d:2"
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


# ------------------------------------------------------------------ many at once
THREADS, EACH = 16, 25


def race(one_act):
    """Run `one_act(n)` in many threads until each succeeded; returns how many a second."""
    faults, barrier = [], threading.Barrier(THREADS)

    def work(thread):
        try:
            barrier.wait()
            done = attempt = 0
            while done < EACH:
                attempt += 1
                with transaction.atomic():
                    one_act(f"{thread}:{done}")
                    if (thread + attempt) % 5 == 0:
                        transaction.set_rollback(True)
                        continue
                done += 1
        except BaseException as fault:  # noqa: BLE001 - shown by the test itself
            faults.append(fault)
        finally:
            connection.close()

    # Whoever holds the counter must not wait 5 ms for the interpreter that fifteen others ask for.
    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.0002)
    threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
    began = time.monotonic()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    took = time.monotonic() - began
    sys.setswitchinterval(interval)
    assert faults == []
    return THREADS * EACH / took


def wrong(numbers):
    """How many numbers were given twice, and how many were left out."""
    twice = sum(count - 1 for count in Counter(numbers).values())
    return twice, max(numbers) - len(set(numbers))


postgres_only = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite lets one writer in at a time: threads race on PostgreSQL (tools/with-postgres)",
)


@postgres_only
@pytest.mark.django_db(transaction=True)
def test_one_act_asked_sixteen_times_at_once_takes_one_number(book, officer, at):
    race(lambda key: take(book, officer, at, key.partition(":")[2]))
    assert sorted(BookNumber.objects.values_list("number", flat=True)) == list(range(1, EACH + 1))


@postgres_only
@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_get_each_number_once(book, officer, at):
    """At least 200 a second by the clock or, where others keep the processors busy, of our own time."""
    rates = []
    while len(rates) < 3 and max(rates, default=0) < 200:
        turn, busy = len(rates), time.process_time()
        by_clock = race(lambda key, turn=turn: take(book, officer, at, f"{turn}:{key}"))
        own_time = THREADS * EACH / (time.process_time() - busy)
        rates.append(max(by_clock, own_time))
        numbers = list(BookNumber.objects.order_by("pk").values_list("number", flat=True))
        assert wrong(numbers) == (0, 0)
        assert len(numbers) == THREADS * EACH * len(rates)
        assert numbers == sorted(numbers)  # given in the order in which they were taken
    assert max(rates) >= 200


@pytest.fixture
def scratch(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE scratch_number (number integer)")
        cursor.execute("CREATE SEQUENCE scratch_sequence")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE scratch_number")
        cursor.execute("DROP SEQUENCE scratch_sequence")


def scratch_numbers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM scratch_number")
        return [row[0] for row in cursor.fetchall()]


@postgres_only
@pytest.mark.django_db(transaction=True)
def test_the_highest_plus_one_gives_numbers_twice(scratch):
    """Negative control: the same race must catch the way that is not ours."""

    def act(_key):
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM scratch_number")
            number = cursor.fetchone()[0]
            time.sleep(0.001)
            cursor.execute("INSERT INTO scratch_number VALUES (%s)", [number])

    race(act)
    assert wrong(scratch_numbers())[0] > 0


@postgres_only
@pytest.mark.django_db(transaction=True)
def test_a_sequence_leaves_numbers_out(scratch):
    """Negative control: a rolled-back paper takes its number with it."""

    def act(_key):
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO scratch_number VALUES (nextval('scratch_sequence'))")

    race(act)
    assert wrong(scratch_numbers())[1] > 0
