"""A unit is merged, and its history stays readable under its old name."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from factories.accounts import PASSWORD, make_unit, make_user
from thidua.audit.models import Event
from thidua.people.models import Person, Post
from thidua.people.services import create_category, create_position, draft_person, register_person
from thidua.support.actor import system
from thidua.support.clock import now

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WHO = {"actor": system("test")}


@pytest.fixture
def ministry(transactional_db):
    """BO › Cục Báo chí with one person in it, Cục Viễn thông; an officer of the ministry."""
    root = make_unit("BO", "Bộ Thử nghiệm")
    press, telecom = make_unit("CBC", "Cục Báo chí", root), make_unit("CVT", "Cục Viễn thông", root)
    category = create_category(**WHO, at=now(), code="chuyen-mon", name="Chuyên môn")
    position = create_position(**WHO, at=now(), name="Chuyên viên", category=category)
    person = draft_person(full_name="Nguyễn Thị Ánh")
    post = Post(unit=press, position=position, category=category, valid_from=date(2015, 1, 1))
    register_person(**WHO, at=now(), person=person, post=post)
    make_user("vu@bo.vn", "Lê Hoài Thương", ministry_officer=root)
    return {"press": press, "telecom": telecom, "person": person}


@pytest.fixture
def log_in(page, live_server):
    def act(email):
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/")
        page.get_by_label("Địa chỉ thư").fill(email)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")

    return act


@pytest.mark.smoke
def test_a_merged_unit_stays_readable(page, live_server, ministry, log_in):
    log_in("vu@bo.vn")
    page.goto(f"{live_server.url}/don-vi/{ministry['press'].pk}/sap-nhap/")
    page.get_by_label("Nhập vào đơn vị đang có").select_option(str(ministry["telecom"].pk))
    page.locator("input[name=on]").fill("01/03/2025")
    page.locator("input[name=decision]").fill("102/QĐ-BKHCN")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Chưa có gì được ghi.")).to_be_visible()
    assert not Event.objects.filter(action="unit.merge").exists()
    page.locator("button[name=step][value=do]").click()
    assert Event.objects.filter(action="unit.merge").count() == 1

    # Found by its old name typed without marks, and readable as it was.
    page.goto(f"{live_server.url}/tim/?q=cuc bao chi")
    page.get_by_role("main").get_by_role("link", name=re.compile("Cục Báo chí")).first.click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("102/QĐ-BKHCN")
    expect(main).to_contain_text("Cục Viễn thông")
    page.goto(f"{live_server.url}/don-vi/?ngay=01/01/2020")
    expect(page.get_by_role("main")).to_contain_text("Cục Báo chí")
    page.goto(f"{live_server.url}/don-vi/")
    expect(page.get_by_role("main").get_by_role("link", name="Cục Báo chí")).to_have_count(0)

    # Whoever stood in it goes on in the other; the page of the person tells both.
    page.goto(f"{live_server.url}/nguoi/{Person.objects.get().pk}/")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Cục Viễn thông")
    expect(main).to_contain_text("Cục Báo chí")
