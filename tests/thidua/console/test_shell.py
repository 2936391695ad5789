"""The shell: navigation by role, how pages look, kept views, search, help."""

import re

import pytest

from factories.accounts import make_unit, make_user
from thidua.console import navigation
from thidua.console.navigation import Group, Item, Waiting, holding
from thidua.support.actor import Role
from thidua.web.guide import all_guides

pytestmark = pytest.mark.django_db


@pytest.fixture
def top():
    return make_unit("BO", "Bộ Thử nghiệm")


@pytest.fixture
def user(top):
    return make_user("canbo@thu.vn", "Lê Hoài Thương", password=None, unit_clerk=top)


@pytest.fixture
def clerk(client, user):
    client.force_login(user)
    return client


def test_the_shell_says_who_where_and_in_what_role(clerk):
    page = clerk.get("/").content.decode()
    assert "Bộ Thử nghiệm" in page
    assert "Lê Hoài Thương" in page
    assert "Cán bộ thi đua đơn vị" in page
    assert ">LT<" in page
    assert '<html lang="vi"' in page


def test_the_navigation_shows_what_is_built_and_allowed(clerk, monkeypatch):
    groups = (
        Group("Một", (Item("Của cán bộ", "console:home", "inbox", holding(Role.UNIT_CLERK)),)),
        Group("Hai", (Item("Của quản trị", "console:menu", "menu", holding(Role.ADMINISTRATOR)),)),
        Group("Ba", (Item("Chưa làm", "console:khong-co", "menu", holding(Role.UNIT_CLERK)),)),
    )
    monkeypatch.setattr(navigation, "GROUPS", groups)
    page = clerk.get("/chuc-nang/").content.decode()
    assert "Của cán bộ" in page
    assert "Của quản trị" not in page
    assert "Chưa làm" not in page
    assert "Hai" not in page


def test_a_count_that_is_late_is_said_in_words(clerk, monkeypatch):
    item = Item(
        "Việc", "console:home", "inbox", holding(Role.UNIT_CLERK), lambda *_: Waiting(4, True)
    )
    monkeypatch.setattr(navigation, "GROUPS", (Group("Một", (item,)),))
    page = clerk.get("/chuc-nang/").content.decode()
    assert '<span class="n late">4<span class="visually-hidden"> trễ hạn</span></span>' in page


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("theme", "dark", 'data-bs-theme="dark"'),
        ("density", "compact", 'data-density="compact"'),
        ("keys", "off", 'data-keys="off"'),
        ("language", "en", '<html lang="en"'),
    ],
)
def test_a_choice_of_looks_is_kept_with_the_account(clerk, user, client, name, value, shown):
    assert shown not in clerk.get("/").content.decode()
    answer = clerk.post("/hien-thi/", {name: value, "next": "/chuc-nang/"})
    assert answer["Location"] == "/chuc-nang/"
    clerk.logout()
    client.force_login(user)
    assert shown in client.get("/").content.decode()


def test_a_choice_leads_back_to_our_own_pages_only(clerk):
    answer = clerk.post("/hien-thi/", {"theme": "dark", "next": "https://evil.example/"})
    assert answer["Location"] == "/"
    clerk.post("/hien-thi/", {"density": "purple"})
    assert "data-density" not in clerk.get("/").content.decode()


def test_what_a_browser_asks_for_is_no_choice(clerk):
    page = clerk.get("/", headers={"accept-language": "en-US,en;q=0.9"})
    assert page["Content-Language"] == "vi"
    assert '<html lang="vi"' in page.content.decode()


def test_a_view_of_a_list_is_kept_and_forgotten(clerk, top, settings):
    settings.ROOT_URLCONF = "lists"
    kept = {"of": "lists:units", "name": "Các vụ", "query": "q=vu&sort=name"}
    clerk.post("/hien-thi/giu/", kept)
    page = clerk.get("/thu/").content.decode()
    assert '<a href="?q=vu&amp;sort=name">Các vụ</a>' in page
    assert 'aria-current="true">Các vụ</a>' in clerk.get("/thu/?q=vu&sort=name").content.decode()
    clerk.post("/hien-thi/giu/", {**kept, "query": "q=cuc"})
    assert "q=vu" not in clerk.get("/thu/").content.decode()
    clerk.post("/hien-thi/bo/", {"of": "lists:units", "name": "Các vụ", "next": "/thu/"})
    assert "Các vụ" not in clerk.get("/thu/").content.decode()


def test_views_of_others_are_not_shown(clerk, client, settings):
    settings.ROOT_URLCONF = "lists"
    clerk.post("/hien-thi/giu/", {"of": "lists:units", "name": "Riêng tôi", "query": "q=vu"})
    client.force_login(make_user("khac@thu.vn", password=None))
    assert "Riêng tôi" not in client.get("/thu/").content.decode()


def test_a_search_finds_pages_and_help_without_marks(clerk):
    page = clerk.get("/tim/?q=viec+cua+toi").content.decode()
    assert '<a class="fw-semibold" href="/">Việc của tôi</a>' in page
    assert 'href="/huong-dan/home/"' in page
    assert "Không tìm thấy gì" in clerk.get("/tim/?q=xyzzy").content.decode()
    assert "Không tìm thấy gì" not in clerk.get("/tim/?q=++").content.decode()


def test_each_page_opens_its_own_help(clerk):
    assert 'href="/huong-dan/home/" data-guide' in clerk.get("/").content.decode()
    page = clerk.get("/huong-dan/home/").content.decode()
    assert '<h1><span lang="vi">Việc của tôi</span></h1>' in page
    assert "<kbd>j</kbd>" in page
    assert clerk.get("/huong-dan/khong-co/").status_code == 404


def test_help_is_searched_without_marks(clerk):
    page = clerk.get("/huong-dan/?q=han+gan+nhat").content.decode()
    assert 'href="/huong-dan/home/"' in page
    assert 'href="/huong-dan/menu/"' not in page
    assert len(all_guides()) > 3


def test_one_screen_is_the_current_one(clerk, user, monkeypatch):
    from thidua.accounts.models import RoleGrant

    RoleGrant.objects.filter(user=user).update(role="administrator")
    entries = [
        ("console:home", "Đầu"),
        ("console:user-list", "Danh sách"),
        ("console:user-add", "Mới"),
    ]
    items = tuple(Item(label, name, "inbox", lambda _actor: True) for name, label in entries)
    monkeypatch.setattr(navigation, "GROUPS", (Group("Một", items),))

    def current(path):
        page = clerk.get(path).content.decode()
        start = page.index('<nav class="td-nav"')
        shown = page[start : page.index("</nav>", start)]
        return re.findall(r'href="([^"]+)" aria-current="page"', shown)

    assert current("/tai-khoan-can-bo/moi/") == ["/tai-khoan-can-bo/moi/"]
    assert current("/tai-khoan-can-bo/nap/") == ["/tai-khoan-can-bo/"]
    assert current("/") == ["/"]
    assert current("/tim/") == []
