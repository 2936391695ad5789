"""Every page, at the width of a desk and of a phone: axe finds nothing, nothing runs over the edge.

The pages are those of tests/house/permissions.yaml that somebody may open, as somebody who holds
every role. Light everywhere; dark on every third page.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from factories.accounts import make_user
from factories.world import build_world
from house.matrix import address_of, read_list
from thidua.support.actor import Role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
WIDTHS = (1280, 390)
PARTS = 4
# They leave the page at once, end the session, or are tried by journeys of their own.
LEFT_OUT = {"account_logout", "health"}


def settle(page):
    """Colours are measured at rest, in the fonts that people see."""
    page.evaluate("document.fonts.ready")


def find_faults(page, name) -> list[str]:
    """What axe finds at both widths, and what runs over the edge."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page)
        faults += [
            f"{name} {width}: {one['id']} {[node['html'][:160] for node in one['nodes'][:3]]}"
            for one in found.response["violations"]
        ]
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            faults.append(f"{name} {width}: tràn ngang {over} px")
    return faults


@pytest.fixture
def world(transactional_db):
    return build_world()


@pytest.fixture
def open_page(page, live_server, world):
    """Opens an address as somebody who holds every role; complaints of the browser are kept."""
    everything = {role.value: world.root for role in Role}
    user = make_user("tat-ca@vai.thu.vn", "Lê Hoài Thương", password=None, **everything)
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page.emulate_media(reduced_motion="reduce")
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))

    def go(path, scheme="light"):
        page.emulate_media(reduced_motion="reduce", color_scheme=scheme)
        answer = page.goto(f"{live_server.url}{path}", wait_until="load")
        settle(page)
        return answer

    return go


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_on_a_desk_and_on_a_phone(page, open_page, world, part):
    pages = [
        entry
        for entry in read_list().values()
        if entry.is_page and "get" in entry.roles and entry.name not in LEFT_OUT
    ]
    faults, seen = [], 0
    for number, entry in enumerate(pages[part::PARTS]):
        path = address_of(entry, world.own)
        answer = open_page(path)
        if answer.status >= 400 or "text/html" not in answer.headers.get("content-type", ""):
            page.complaints.clear()
            continue
        seen += 1
        faults += find_faults(page, entry.name)
        if number % 3 == 0:
            open_page(path, "dark")
            faults += find_faults(page, f"{entry.name} (nền tối)")
    assert not faults, "\n".join(faults)
    assert page.complaints == []
    assert seen > 3


def test_pages_outside_and_faults_are_accessible(page, live_server, settings, transactional_db):
    settings.ROOT_URLCONF = "faulty"
    page.emulate_media(reduced_motion="reduce")
    faults = []
    for path in ("/tai-khoan/dang-nhap/", "/loi/400/", "/loi/403/", "/loi/404/", "/loi/500/"):
        for scheme in ("light", "dark"):
            page.emulate_media(reduced_motion="reduce", color_scheme=scheme)
            page.goto(f"{live_server.url}{path}")
            settle(page)
            faults += find_faults(page, f"{path} {scheme}")
    assert not faults, "\n".join(faults)


@pytest.mark.smoke
def test_the_keyboard_does_the_work(page, open_page):
    open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "td-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    page.keyboard.press("Control+k")
    page.wait_for_url("**/tim/")
    page.keyboard.type("viec cua")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim/?q=viec+cua")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.href") != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.href") == first
    page.keyboard.press("?")
    page.wait_for_url("**/huong-dan/search/")


def test_keys_of_one_letter_can_be_switched_off(page, open_page):
    open_page("/tim/")
    page.locator("summary").first.click()
    page.locator("button[name=keys][value=off]").click()
    page.wait_for_load_state()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.wait_for_timeout(300)
    assert page.url.endswith("/tim/")


def test_the_look_follows_the_system_until_somebody_chooses(page, open_page):
    def ground():
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    open_page("/", "dark")
    assert ground() == "rgb(18, 20, 25)"
    open_page("/", "light")
    assert ground() == "rgb(244, 244, 241)"
    page.locator("summary").first.click()
    page.locator("button[name=theme][value=dark]").click()
    page.wait_for_load_state()
    assert ground() == "rgb(18, 20, 25)"


def test_a_narrow_screen_and_paper_lose_nothing(page, open_page):
    open_page("/huong-dan/home/")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.emulate_media(media="print")
    assert not page.locator(".td-nav").is_visible()
    assert not page.locator(".td-dock").is_visible()
    assert page.locator("article").is_visible()
