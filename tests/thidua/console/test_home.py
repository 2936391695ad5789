"""«Việc của tôi»: counts that open their lists, the nearest deadline on a clock of working days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from factories.accounts import make_unit, make_user
from thidua.console.home import providers, views
from thidua.console.home.work import Pile, Work
from thidua.statutes.selectors import get_calendar
from thidua.support.actor import Role
from thidua.web.clock import read_clock

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2025, 10, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def clerk(client, monkeypatch):
    monkeypatch.setattr(views, "now", lambda: THURSDAY)
    client.force_login(
        make_user("canbo@thu.vn", password=None, unit_clerk=make_unit("BO", "Bộ Thử nghiệm"))
    )
    return client


def waits(number, nearest=None, label="Chờ tôi thẩm định", role=Role.UNIT_CLERK, **more):
    def count(actor, at):
        return Pile(number, nearest) if actor.has(role) else Pile(0)

    return Work(label, "console:search", count, **more)


def test_nothing_that_waits_is_said_so(clerk):
    page = clerk.get("/").content.decode()
    assert "Hết việc chờ xử lý" in page
    assert "td-tile" not in page


def test_each_count_opens_what_it_counted(clerk, monkeypatch):
    later = waits(1200, label="Chờ ký")
    sooner = waits(7, date(2025, 10, 28), query="?q=cho")
    monkeypatch.setattr(providers, "PROVIDERS", ((later,), (sooner,)))
    page = clerk.get("/").content.decode()
    assert 'href="/tim/?q=cho"><b>7</b>' in page
    assert "sớm nhất 28/10/2025" in page
    assert "<b>1.200</b>" in page
    assert page.index("<b>7</b>") < page.index("<b>1.200</b>")


def test_what_concerns_another_role_is_not_shown(clerk, monkeypatch):
    monkeypatch.setattr(providers, "PROVIDERS", ((waits(3, role=Role.SIGNER),),))
    assert "Hết việc chờ xử lý" in clerk.get("/").content.decode()


def test_the_clock_counts_working_days(clerk, monkeypatch):
    monkeypatch.setattr(providers, "PROVIDERS", ((waits(7, date(2025, 10, 28)),),))
    page = clerk.get("/").content.decode()
    assert "<b>3</b>" in page
    assert "Hạn 28/10/2025, còn 3 ngày làm việc." in page
    assert page.count('<li class="off') == 2
    assert "Thứ năm, 23/10/2025 · tuần 43" in page


def test_what_is_late_is_said_and_coloured(clerk, monkeypatch):
    monkeypatch.setattr(providers, "PROVIDERS", ((waits(7, date(2025, 10, 16)),),))
    page = clerk.get("/").content.decode()
    assert "quá hạn 5 ngày làm việc" in page
    assert 'data-tone="gach"' in page


def test_a_deadline_ends_with_its_day():
    clock = read_clock(get_calendar(), date(2025, 10, 23), date(2025, 10, 23))
    assert clock.said == "hết hạn hôm nay"
    assert not clock.is_overdue


def test_tet_is_not_counted():
    clock = read_clock(get_calendar(), date(2025, 1, 24), date(2025, 2, 3))
    assert clock.days == 1
    assert [one.is_off for one in clock.ruler] == [False, *[True] * 9, False]
    assert clock.ruler[5].name


def test_a_year_whose_days_are_not_known_is_not_guessed():
    clock = read_clock(get_calendar(), date(2062, 1, 3), date(2062, 1, 9))
    assert clock.days is None
    assert clock.said == "chưa có lịch nghỉ năm 2062 nên chưa đếm được ngày làm việc"


def test_far_deadlines_have_no_ruler():
    start = date(2025, 10, 1)
    assert read_clock(get_calendar(), start, start + timedelta(days=11)).ruler
    assert not read_clock(get_calendar(), start, start + timedelta(days=12)).ruler


def test_an_account_that_nobody_invited_waits_for_its_keeper(client):
    from factories.accounts import make_unit, make_user

    top = make_unit("BO", "Bộ Thử nghiệm")
    client.force_login(make_user("quantri@thu.vn", password=None, administrator=top))
    make_user("moi@thu.vn", "Trần Văn Mới", password=None, unit_clerk=top)
    page = client.get("/").content.decode()
    assert 'href="/tai-khoan-can-bo/?state=new"><b>1</b>' in page.replace(' data-tone="cam"', "")
    listed = client.get("/tai-khoan-can-bo/?state=new").content.decode()
    assert "Trần Văn Mới" in listed


def test_a_role_that_ends_soon_is_said_with_its_day(clerk, monkeypatch):
    from thidua.accounts.models import RoleGrant

    RoleGrant.objects.update(valid_until=date(2025, 10, 28))
    page = clerk.get("/").content.decode()
    assert "Vai trò của tôi sắp hết hạn" in page
    assert "Hạn 28/10/2025, còn 3 ngày làm việc." in page
    RoleGrant.objects.update(valid_until=date(2026, 10, 28))
    assert "Vai trò của tôi sắp hết hạn" not in clerk.get("/").content.decode()
