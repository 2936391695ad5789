"""The way in, in a real browser: an invitation, an app's code, a passkey, a lost phone."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from factories.accounts import make_unit, make_user
from provider import configure, start_provider
from thidua.accounts import services
from thidua.support.actor import system
from thidua.support.clock import VIETNAM, now

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
PASSWORD = "bốn con vịt vàng"
expect.set_options(timeout=20_000)  # other tests run beside


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def invited(transactional_db):
    user = make_user(
        "mai@bo.example.vn",
        "Trần Thị Mai",
        password=None,
        unit_clerk=make_unit("BO", "Bộ Thử nghiệm"),
    )
    return services.invite(user=user, actor=system("test"), at=now())


@pytest.fixture
def authenticator(page):
    """The chip of a laptop that opens with a finger, as Chromium plays it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    added = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )

    def set_finger(right):
        devtools.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": added["authenticatorId"], "isUserVerified": right},
        )

    return set_finger


def take_invitation(page, live_server, token):
    page.goto(f"{live_server.url}/tai-khoan/moi/{token}/")
    expect(page).to_have_url(f"{live_server.url}/tai-khoan/moi/")
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Gõ lại mật khẩu mới").fill(PASSWORD)
    page.get_by_role("button", name="Nhận tài khoản").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xác thực hai lớp")


def log_out(page, live_server):
    page.goto(f"{live_server.url}/tai-khoan/dang-xuat/")
    page.locator("main").get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_text("Anh/chị đã đăng xuất.")).to_be_visible()


def code_of(secret):
    if time.time() % 30 > 25:
        time.sleep(5)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def type_password(page, live_server):
    page.goto(f"{live_server.url}/tai-khoan/dang-nhap/")
    page.get_by_label("Địa chỉ thư").fill("mai@bo.example.vn")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def test_from_the_invitation_to_work_with_an_app(page, live_server, invited):
    take_invitation(page, live_server, invited)
    page.get_by_role("link", name="Bật ứng dụng tạo mã").click()
    picture = page.get_by_alt_text("Mã QR để thêm tài khoản vào ứng dụng")
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    secret = page.locator("#totp_secret").inner_text()
    first = code_of(secret)
    page.get_by_label("Mã 6 số đang hiện trong ứng dụng").fill(first)
    page.get_by_role("button", name="Bật").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    spare = page.locator("#recovery_codes li").all_inner_texts()
    assert len(spare) == 10
    page.get_by_role("link", name="Đã cất, vào việc").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    log_out(page, live_server)

    type_password(page, live_server)
    expect(page).to_have_url(f"{live_server.url}/tai-khoan/hai-lop/ma/")
    page.get_by_label(re.compile("Mã 6 số")).fill(first)  # used already
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_text("Mã không đúng hoặc đã dùng")).to_be_visible()
    while code_of(secret) == first:
        time.sleep(1)
    page.get_by_label(re.compile("Mã 6 số")).fill(code_of(secret))
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    log_out(page, live_server)

    type_password(page, live_server)  # the phone is lost
    page.get_by_label(re.compile("Mã 6 số")).fill(spare[0])
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")


def test_a_passkey_opens_without_a_password(page, live_server, invited, authenticator):
    said = []
    page.on("console", lambda message: said.append(message.text))
    take_invitation(page, live_server, invited)
    page.get_by_role("link", name="Thêm khóa").click()
    page.wait_for_load_state()
    page.get_by_label("Tên khóa").fill("Máy cơ quan")
    page.get_by_role("button", name="Thêm khóa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    key = Authenticator.objects.get(type="webauthn")
    assert key.wrap().name == "Máy cơ quan"
    assert key.wrap().is_passwordless is True
    log_out(page, live_server)

    page.goto(f"{live_server.url}/tai-khoan/dang-nhap/?next=/tai-khoan/phien/")
    page.wait_for_load_state()
    page.get_by_role("button", name=re.compile("Đăng nhập bằng khóa trên máy")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Việc của tôi|phiên"))
    log_out(page, live_server)

    type_password(page, live_server)  # or as the second step
    page.wait_for_url("**/hai-lop/ma/")
    page.get_by_role("button", name="Dùng khóa trên máy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    log_out(page, live_server)

    authenticator(False)  # a wrong finger
    page.goto(f"{live_server.url}/tai-khoan/dang-nhap/")
    page.get_by_role("button", name=re.compile("Đăng nhập bằng khóa trên máy")).click()
    page.wait_for_timeout(1500)
    page.goto(f"{live_server.url}/tai-khoan/phien/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    assert not [line for line in said if "Content Security Policy" in line]


def test_single_sign_on_goes_there_and_back_under_the_content_policy(
    page, live_server, invited, settings, tmp_path
):
    provider = start_provider(tmp_path, live_server.url)
    try:
        configure(settings, provider)
        policy = settings.CONTENT_SECURITY_POLICY
        directives = {**policy["DIRECTIVES"], "form-action": ["'self'", provider.server]}
        settings.CONTENT_SECURITY_POLICY = {**policy, "DIRECTIVES": directives}
        page.goto(f"http://127.0.0.1:{provider.port}/login/?who=mai")
        page.goto(f"{live_server.url}/tai-khoan/dang-nhap/")
        page.get_by_role("button", name="Đăng nhập qua Cổng của Bộ").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Xác thực hai lớp")
        assert page.url.startswith(live_server.url)
    finally:
        provider.process.terminate()
        provider.process.wait()


def test_a_head_lends_a_role_and_the_deputy_acts_at_once(page, live_server, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    top = make_unit("BO", "Bộ Thử nghiệm")
    make_user("truong@bo.example.vn", "Phạm Văn Trưởng", password=PASSWORD, unit_head=top)
    make_user("pho@bo.example.vn", "Lê Thị Phó", password=PASSWORD, employee=top)

    def log_in(mail):
        page.goto(f"{live_server.url}/tai-khoan/dang-nhap/")
        page.get_by_label("Địa chỉ thư").fill(mail)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()

    log_in("truong@bo.example.vn")
    page.goto(f"{live_server.url}/toi/")
    page.get_by_role("link", name="Lập ủy quyền").click()
    page.get_by_label("Vai trò ủy quyền").select_option(label="Thủ trưởng đơn vị, Bộ Thử nghiệm")
    page.get_by_label("Người nhận ủy quyền").select_option(label="Lê Thị Phó")
    today = now().astimezone(VIETNAM)
    page.get_by_label("Đến hết ngày").fill(f"{today:%d/%m/%Y}")
    page.get_by_label("Văn bản ủy quyền").fill("Giấy ủy quyền 05/GUQ")
    page.get_by_role("button", name="Lập ủy quyền").click()
    expect(page.get_by_text("Đã lập ủy quyền cho Lê Thị Phó.")).to_be_visible()
    log_out(page, live_server)

    log_in("pho@bo.example.vn")
    expect(page.locator(".td-role")).to_contain_text("Người lao động và 1 vai trò khác")
    page.goto(f"{live_server.url}/toi/")
    expect(page.get_by_role("row", name="Thủ trưởng đơn vị, Bộ Thử nghiệm")).to_contain_text(
        "Đang hiệu lực"
    )
    log_out(page, live_server)

    log_in("truong@bo.example.vn")
    page.goto(f"{live_server.url}/toi/")
    page.get_by_role("link", name="Thu lại").click()
    page.get_by_role("button", name="Thu lại ngay").click()
    expect(page.get_by_text("có hiệu lực ngay")).to_be_visible()
    log_out(page, live_server)
    log_in("pho@bo.example.vn")
    expect(page.locator(".td-role")).to_have_text(re.compile("Người lao động$"))


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_the_way_in_have_no_fault_of_accessibility(page, live_server, invited, width):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 900})
    faults = {}

    def look():
        found = Axe().run(page)
        if found.violations_count:
            faults[page.url] = [one["id"] for one in found.response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    for path in ("dang-nhap/", "mat-khau/quen/", "mat-khau/quen/da-gui/", "moi/", "bi-khoa/"):
        page.goto(f"{live_server.url}/tai-khoan/{path}")
        look()
    page.goto(f"{live_server.url}/tai-khoan/moi/{invited}/")
    look()
    page.get_by_role("button", name="Nhận tài khoản").click()  # nothing typed: faults shown
    expect(page.locator(".invalid-feedback").first).to_be_visible()
    look()
    take_invitation(page, live_server, invited)
    for path in ("hai-lop/", "hai-lop/ung-dung/bat/", "khoa/them/", "mat-khau/doi/"):
        page.goto(f"{live_server.url}/tai-khoan/{path}")
        look()
    assert faults == {}
