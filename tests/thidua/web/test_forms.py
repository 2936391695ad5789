"""Forms: what is wrong stands on top and beside, nothing typed is lost, acts are confirmed, undone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from django.test import Client

from factories.accounts import make_user
from thidua.organizations.models import UnitKind
from thidua.web.forms import ConfirmForm, DayField

PAGE = '{%% extends "web/console.html" %%}{%% block content %%}{%% include "web/%s" %%}{%% endblock %%}'
TEMPLATES = {"acts/form.html": PAGE % "form.html", "acts/confirm.html": PAGE % "confirm.html"}


@pytest.fixture(autouse=True)
def _addresses(settings, tmp_path):
    (tmp_path / "acts").mkdir()
    for name, text in TEMPLATES.items():
        (tmp_path / name).write_text(text)
    settings.ROOT_URLCONF = "acts"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


@pytest.fixture
def inside(client, db):
    client.force_login(make_user("a@thu.vn", password=None))
    return client


def test_what_is_wrong_stands_on_top_with_links_and_beside_its_field(inside):
    typed = {"name": "", "begins": "31/02/2017", "level": "2", "way": "b", "is_shown": "on"}
    page = inside.post("/viec/them/", typed).content.decode()
    assert "Sửa 2 chỗ này rồi gửi lại; phần còn lại giữ nguyên." in page
    assert '<a href="#id_begins">Từ ngày</a>: Ngày này không có trong lịch.' in page
    day = re.search(r'<input[^>]*name="begins"[^>]*>', page)[0]
    assert 'aria-invalid="true"' in day
    assert 'aria-describedby="id_begins_error"' in day
    assert 'value="31/02/2017"' in day
    name = re.search(r'<input[^>]*name="name"[^>]*>', page)[0]
    assert 'aria-describedby="id_name_helptext id_name_error"' in name
    assert 'id="id_name_error"' in page
    assert '<option value="2" selected>' in page
    assert re.search(r'name="way" value="b"[^>]* checked', page)
    assert re.search(r'name="is_shown"[^>]* checked', page)


def test_a_form_that_comes_back_keeps_its_key(inside):
    key = "6b1a8d5e-3c5f-4c1e-9a55-0d7c4a3b2f10"
    page = inside.post("/viec/them/", {"_once": key}).content.decode()
    assert f'name="_once" value="{key}"' in page


def test_the_same_form_sent_twice_is_done_once(inside):
    sent = {
        "_once": "6b1a8d5e-3c5f-4c1e-9a55-0d7c4a3b2f10",
        "name": "Cục",
        "level": "1",
        "way": "a",
    }
    answers = [inside.post("/viec/them/", sent) for _ in range(3)]
    assert {one["Location"] for one in answers} == {"/viec/them/"}
    assert UnitKind.objects.count() == 1
    assert "Đã thêm Cục." in inside.get("/viec/them/").content.decode()


@pytest.mark.parametrize("typed", ["26/10/2017", "26-10-2017", "26.10.2017", "2017-10-26"])
def test_a_day_is_read_in_the_order_of_vietnam(typed):
    assert f"{DayField().clean(typed):%d/%m/%Y}" == "26/10/2017"


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [
        *[(word, True) for word in ("BAN HÀNH", "ban hành", "ban hanh", " Ban  Hành ")],
        *[(word, False) for word in ("", "BAN", "BAN HANHH", "THU HỒI")],
    ],
)
def test_a_word_is_compared_without_case_and_marks(typed, is_right):
    assert ConfirmForm({"word": typed}, word="BAN HÀNH").is_valid() is is_right


def test_a_wrong_word_writes_nothing(inside):
    answer = inside.post("/viec/ban-hanh/", {"word": "BAN"})
    assert "Chưa đúng chữ. Gõ BAN HÀNH rồi bấm lại." in answer.content.decode()


@pytest.fixture
def browser_page(page, live_server):
    client = Client()
    client.force_login(make_user("b@thu.vn", password=None), project.AUTHENTICATION_BACKENDS[-1])
    cookie = client.cookies[project.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": project.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page.emulate_media(reduced_motion="reduce")
    return page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_browser_acts_are_confirmed_done_once_and_undone(browser_page, live_server):
    page = browser_page
    page.goto(f"{live_server.url}/viec/ban-hanh/")
    seal = page.get_by_role("button", name="Ký và ban hành")
    assert seal.is_disabled()
    page.get_by_label("Gõ BAN HÀNH để tiếp tục").fill("ban hàn")
    assert seal.is_disabled()
    page.get_by_label("Gõ BAN HÀNH để tiếp tục").fill("ban hành")
    assert seal.is_enabled()
    assert Axe().run(page).violations_count == 0

    page.goto(f"{live_server.url}/viec/them/")
    page.get_by_role("button", name="Thêm").click()
    assert page.evaluate("document.activeElement.className").startswith("td-note td-errors")
    page.get_by_role("link", name="Tên loại").click()
    page.keyboard.type("Cục")
    assert Axe().run(page).violations_count == 0
    page.get_by_label("Theo tên").check()
    page.get_by_label("Theo tên").press("Control+Enter")
    page.get_by_text("Đã thêm Cục.").wait_for()
    assert UnitKind.objects.count() == 1
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("Đã hoàn tác.").wait_for()
    assert UnitKind.objects.count() == 0

    page.get_by_label("Tên loại").fill("Vụ")
    page.get_by_label("Theo mã").check()
    page.get_by_role("button", name="Thêm").dblclick()
    page.get_by_text("Đã thêm Vụ.").wait_for()
    assert UnitKind.objects.count() == 1
