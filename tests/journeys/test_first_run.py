"""From an empty installation to a working organisation, in a real browser."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from thidua.accounts.models import RoleGrant
from thidua.console.setup.code import code_path
from thidua.organizations.models import Unit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PASSWORD = "chim-en-bay-qua-cau-rong"


@pytest.fixture(autouse=True)
def _as_in_production(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.DATA_DIR = tmp_path


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time() // 30)))


def test_from_nothing_to_a_working_organisation(page, live_server):
    page.goto(f"{live_server.url}/")
    expect(page).to_have_url(f"{live_server.url}/thiet-lap/")

    # What is missing is said, and what was typed stays.
    page.get_by_label("Tên cơ quan").fill("Bộ Thông tin và Truyền thông")
    page.get_by_role("button", name="Thiết lập", exact=True).click()
    expect(page.get_by_label("Tên cơ quan")).to_have_value("Bộ Thông tin và Truyền thông")
    assert not Unit.objects.exists()

    page.get_by_label("Mã thiết lập").fill(code_path().read_text().strip())
    page.get_by_label("Tên viết tắt").fill("Bộ TT&TT")
    page.get_by_label("Mã cơ quan").fill("BTTTT")
    page.get_by_label("Loại cơ quan").select_option(index=1)
    page.get_by_label("Giờ ghi ở trên là đúng").check()
    page.get_by_label("Họ và tên người quản trị").fill("Trần Văn Lý")
    page.get_by_label("Địa chỉ thư của người quản trị").fill("ly@bo.example")
    page.locator("input[name=password1]").fill(PASSWORD)
    page.locator("input[name=password2]").fill(PASSWORD)
    page.get_by_role("button", name="Thiết lập", exact=True).click()

    # The first administrator logs in and must have a second factor before anything else.
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    page.get_by_label("Địa chỉ thư").fill("ly@bo.example")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xác thực hai lớp")
    page.get_by_role("link", name="Bật ứng dụng tạo mã").click()
    page.get_by_label(re.compile("Mã 6 số")).fill(
        code_of(page.locator("#totp_secret").inner_text())
    )
    page.get_by_role("button", name="Bật").click()
    page.get_by_role("link", name="Đã cất, vào việc").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")

    # A unit is founded, somebody is invited to work in it.
    page.goto(f"{live_server.url}/don-vi/them/")
    page.get_by_label("Tên", exact=True).fill("Cục Viễn thông")
    page.get_by_label("Mã đơn vị").fill("CVT")
    page.locator("select[name=kind]").select_option(index=1)
    page.get_by_label("Trực thuộc").select_option(str(Unit.objects.get().pk))
    page.get_by_role("main").locator("form button[type=submit]").first.click()
    page.locator("button[name=step][value=do]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cục Viễn thông")

    page.goto(f"{live_server.url}/tai-khoan-can-bo/moi/")
    page.get_by_label("Họ và tên").fill("Trần Thu Hà")
    page.get_by_label("Địa chỉ thư công vụ").fill("ha@bo.example")
    page.get_by_label("Vai trò").select_option("unit_clerk")
    page.get_by_label("Đơn vị", exact=True).select_option(str(Unit.objects.get(code="CVT").pk))
    page.get_by_role("main").locator("form button[type=submit]").last.click()
    expect(page.get_by_role("main")).to_contain_text("Trần Thu Hà")
    grant = RoleGrant.objects.get(user__email="ha@bo.example")
    assert (grant.role, grant.unit.code) == ("unit_clerk", "CVT")

    # And the first run is over for good.
    assert page.goto(f"{live_server.url}/thiet-lap/").status == 404
