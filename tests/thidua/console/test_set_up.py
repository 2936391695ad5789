"""The first run on the web: once, by whoever reads the server, all or nothing."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from thidua.accounts.models import RoleGrant, User
from thidua.accounts.selectors import get_actor
from thidua.audit.models import Event
from thidua.console.setup.code import code_path
from thidua.flows.set_up import Administrator, Mail, Organisation, SetUpClosed, is_open, set_up
from thidua.organizations.models import Profile, Unit, UnitKind
from thidua.organizations.selectors import get_root_name
from thidua.outbox.models import MailServer
from thidua.support.actor import Role
from thidua.support.clock import now

pytestmark = pytest.mark.django_db
PASSWORD = "chim-en-bay-qua-cau-rong"
FORM = {
    "name": "Bộ Thông tin và Truyền thông",
    "short_name": "Bộ TTTT",
    "unit_code": "BTTTT",
    "kind": "co-quan",
    "is_clock_right": "on",
    "full_name": "Trần Văn Lý",
    "email": "ly@bo.example",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "mail_port": "587",
    "mail_security": "starttls",
}


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def send(client):
    def sent(**more):
        client.get("/thiet-lap/")
        code = code_path().read_text().strip().upper() if code_path().exists() else ""
        return client.post("/thiet-lap/", {**FORM, "code": code, **more})

    return sent


def test_a_newcomer_is_led_to_it(client):
    answer = client.get("/")
    assert (answer.status_code, answer.url) == (302, "/thiet-lap/")
    page = client.get("/thiet-lap/").content.decode()
    assert str(code_path()) in page
    assert "Máy chủ đang ghi giờ Việt Nam" in page
    assert code_path().stat().st_mode & 0o777 == 0o600


def test_it_makes_a_working_organisation_and_closes_for_good(client, send):
    answer = send()
    assert answer.status_code == 302, answer.content.decode()
    assert answer.url == reverse("account_login")
    assert get_root_name() == "Bộ Thông tin và Truyền thông"
    user = User.objects.get()
    actor = get_actor(user, now())
    assert actor.has(Role.ADMINISTRATOR, over={Unit.objects.get().pk})
    assert user.check_password(PASSWORD)
    assert Profile.objects.get().site_url == "http://testserver/"
    assert UnitKind.objects.count() >= 10
    assert not MailServer.objects.exists()
    assert not code_path().exists()
    names = set(Event.objects.values_list("actor_name", flat=True))
    assert names == {"system:set-up"}
    assert client.get("/thiet-lap/").status_code == 404
    assert client.post("/thiet-lap/", FORM).status_code == 404
    assert client.get("/").url.startswith(reverse("account_login"))
    assert client.get(reverse("account_login")).status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/thiet-lap/").status_code == 404


def test_the_first_login_asks_for_a_second_factor(client, send, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    send()
    client.post(reverse("account_login"), {"login": "ly@bo.example", "password": PASSWORD})
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("mfa_index"))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"code": "0000"}, "Chưa đúng mã trong tệp setup-code"),
        ({"password2": "khac"}, "Hai lần gõ mật khẩu khác nhau"),
        ({"password1": "thidua123", "password2": "thidua123"}, "Mật khẩu"),
        ({"is_clock_right": ""}, "is_clock_right"),
        ({"mail_host": "smtp.bo.example"}, "Cần địa chỉ gửi"),
        ({"email": "ly@"}, "email"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(send, more, says):
    answer = send(**more)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert says in page
    assert "Bộ Thông tin và Truyền thông" in page
    assert is_open()
    assert not Event.objects.exists()


def test_an_emblem_that_is_no_image_leaves_nothing_behind(send):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = send(emblem=SimpleUploadedFile("x.png", b"<svg onload='x'/>"))
    assert answer.status_code == 200
    assert "chỉ nhận" in answer.content.decode() or "Không nhận ra" in answer.content.decode()
    assert is_open()


def test_mail_is_tried_without_being_kept(send):
    answer = send(
        **{"try": "1", "mail_host": "127.0.0.1", "mail_port": "9", "mail_security": "none"},
        mail_sender="thidua@bo.example",
    )
    page = answer.content.decode()
    assert "Không nối được máy chủ thư 127.0.0.1:9" in page
    assert f'value="{PASSWORD}"' in page  # nothing typed is lost
    assert "no-store" in answer["Cache-Control"]
    assert is_open()


def test_the_code_is_not_asked_for_on_one_machine(client, settings):
    settings.SETUP_ASKS_CODE = False
    assert client.post("/thiet-lap/", FORM).status_code == 302
    assert not is_open()


def test_a_second_first_run_is_refused(send):
    send()
    with pytest.raises(SetUpClosed):
        begin("khac")


def begin(code):
    return set_up(
        organisation=Organisation(code=code, name=f"Bộ {code}"),
        administrator=Administrator("Lê An", f"{code}@bo.example", PASSWORD),
        mail=Mail(),
        at=now(),
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one connection holds memory")
def test_of_two_first_runs_at_once_one_is_taken():
    barrier, outcomes = threading.Barrier(4), []

    def go(code):
        try:
            barrier.wait()
            begin(code)
            outcomes.append("set up")
        except SetUpClosed:
            outcomes.append("closed")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(f"b{n}",)) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(outcomes) == ["closed", "closed", "closed", "set up"]
    assert User.objects.count() == Unit.objects.count() == RoleGrant.objects.count() == 1
