"""The way in, through the door: passwords, codes, sessions, what an attacker tries."""

import json
import os
import re
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse

from thidua.accounts import services
from thidua.accounts.models import User
from thidua.audit.models import Event
from thidua.console.login import gates
from thidua.support.actor import Role, system
from thidua.support.clock import now

pytestmark = pytest.mark.django_db

PASSWORD = "bốn con vịt vàng"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN, HOME = "/tai-khoan/dang-nhap/", "/"


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def employee(person, units):
    return person("Trần Thị Mai", (Role.EMPLOYEE, units.a), password=PASSWORD)


@pytest.fixture
def clerk(person, units, client):
    return person("Lê Văn Nam", (Role.UNIT_CLERK, units.a), password=PASSWORD)


@pytest.fixture
def enrolled(clerk, rf):
    from allauth.core import context

    with context.request_context(rf.get("/")):
        TOTP.activate(clerk, SECRET)
    return clerk


def code(shift=0):
    """The code of this half minute, or of one before or after; never at the very end of one."""
    if time.time() % 30 > 25:
        time.sleep(5)
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + shift))


def log_in(client, user, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": user.email, "password": password, **extra})


def actions_of(user):
    return list(
        Event.objects.filter(stream=f"accounts.user:{user.pk}")
        .exclude(action="user.create")
        .order_by("stream_seq")
        .values_list("action", flat=True)
    )


def is_in(client):
    return "_auth_user_id" in client.session


# ------------------------------------------------------------------------------ password


def test_the_page_says_what_to_type(client, employee):
    page = client.get(LOGIN)
    text = page.content.decode()
    assert page.status_code == 200
    assert re.search(r"<h1[^>]*>Đăng nhập</h1>", text)
    assert "Quên mật khẩu" in text
    assert 'autocomplete="current-password"' in text
    assert "Sign" not in text


def test_a_right_password_lets_in_and_is_noted(client, employee):
    page = log_in(client, employee)
    assert (page.status_code, page["Location"]) == (302, HOME)
    assert is_in(client)
    assert actions_of(employee) == ["user.login"]
    event = Event.objects.get(action="user.login")
    assert (event.actor_id, event.ip) == (employee.pk, "127.0.0.1")
    assert json.loads(event.payload)["facts"] == {"ways": ["password"]}


def test_a_mail_address_is_typed_in_any_case(client, employee):
    client.post(LOGIN, {"login": employee.email.upper(), "password": PASSWORD})
    assert is_in(client)


def test_a_wrong_password_says_the_same_as_an_unknown_address(client, employee):
    wrong = log_in(client, employee, "sai")
    unknown = client.post(LOGIN, {"login": "khong.co@bo.example.vn", "password": "sai"})

    def said(page):
        return re.findall(r'role="alert"><span class="d-block">(.*?)</span>', page.content.decode())

    assert said(wrong) == said(unknown) != []
    assert "không đúng" in said(wrong)[0]
    assert employee.email in wrong.content.decode()  # what was typed stays
    assert actions_of(employee) == ["user.login_fail"]
    assert PASSWORD not in "".join(Event.objects.values_list("payload", flat=True))


def test_nobody_signs_up(client):
    from django.urls import NoReverseMatch

    for name in ("account_signup", "account_email", "socialaccount_signup"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_a_closed_account_is_told_so_only_with_the_right_password(client, employee, keeper):
    services.disable_user(user=employee, reason="Nghỉ việc", actor=keeper, at=now())
    page = client.post(LOGIN, {"login": employee.email, "password": PASSWORD}, follow=True)
    assert "đang bị khóa" in page.content.decode()
    assert not is_in(client)
    wrong = log_in(client, employee, "sai")
    assert "bị khóa" not in wrong.content.decode()


def test_a_closed_account_is_out_at_its_next_request(client, employee, keeper):
    log_in(client, employee)
    services.disable_user(user=employee, reason="Nghỉ việc", actor=keeper, at=now())
    assert client.get(reverse("usersessions_list")).status_code == 302
    employee.refresh_from_db()
    services.enable_user(user=employee, reason="Trở lại", actor=keeper, at=now())
    assert client.get(reverse("usersessions_list")).status_code == 302  # and stays out


# ------------------------------------------------------------------------------ sessions


def test_the_session_changes_its_name_at_login(client, employee):
    client.get(LOGIN)
    client.session["planted"] = "x"
    session = client.session
    session["planted"] = "x"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    log_in(client, employee)
    assert client.session.session_key != before
    fixed = Client()
    fixed.cookies["sessionid"] = before
    assert not is_in(fixed)


@pytest.mark.parametrize(
    ("role", "idle", "longest"),
    [
        (Role.EMPLOYEE, timedelta(minutes=30), timedelta(hours=12)),
        (Role.TELLER, timedelta(minutes=15), timedelta(hours=8)),
        (Role.ADMINISTRATOR, timedelta(minutes=15), timedelta(hours=8)),
    ],
)
def test_a_session_ends_when_idle_and_in_the_end(client, person, units, role, idle, longest):
    user = person("Người Dùng", (role, units.a), password=PASSWORD)

    def later(idle_for, lasted):
        client.force_login(user)
        session = client.session
        session[gates.SEEN] = (now() - idle_for).timestamp()
        session[gates.BEGAN] = (now() - lasted).timestamp()
        session.save()
        client.get(reverse("usersessions_list"))
        return is_in(client)

    second = timedelta(seconds=5)
    assert later(idle - second, idle)
    assert not later(idle + second, idle)
    assert later(second, longest - second)
    assert not later(second, longest + second)


def test_who_is_out_comes_back_to_the_same_page(client, employee):
    client.force_login(employee)
    session = client.session
    session[gates.SEEN] = session[gates.BEGAN] = (now() - timedelta(hours=2)).timestamp()
    session.save()
    page = client.get("/tai-khoan/phien/?a=1")
    assert page["Location"] == "/tai-khoan/dang-nhap/?next=%2Ftai-khoan%2Fphien%2F%3Fa%3D1"
    again = client.get(page["Location"])
    assert "Phiên làm việc đã hết giờ" in again.content.decode()


def test_a_page_seen_often_is_not_a_write_each_time(client, employee):
    log_in(client, employee)
    client.get(reverse("usersessions_list"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as done:
        client.get(reverse("mfa_index"))
    assert not [one for one in done.captured_queries if one["sql"].startswith(("UPDATE", "INSERT"))]


def test_pages_of_somebody_are_kept_nowhere(client, employee):
    log_in(client, employee)
    for path in ("/tai-khoan/phien/", "/tai-khoan/hai-lop/", "/tai-khoan/phien/x.css"):
        assert "no-store" in client.get(path)["Cache-Control"], path


def test_own_sessions_are_listed_and_others_ended(client, employee):
    elsewhere = Client()
    log_in(elsewhere, employee)
    log_in(client, employee)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert page.count("<tr>") == 3
    assert page.count("Phiên này") == 1
    client.post(reverse("usersessions_list"))
    assert elsewhere.get(reverse("usersessions_list")).status_code == 302
    assert client.get(reverse("usersessions_list")).status_code == 200


def test_a_new_password_ends_the_other_sessions(client, employee):
    elsewhere = Client()
    log_in(elsewhere, employee)
    log_in(client, employee)
    new = "tre xanh bao giờ"
    page = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert page.status_code == 302
    assert client.get(reverse("usersessions_list")).status_code == 200
    assert elsewhere.get(reverse("usersessions_list")).status_code == 302
    assert "user.set_password" in actions_of(employee)
    employee.refresh_from_db()
    assert employee.check_password(new)
    assert [one.subject for one in mail.outbox] == ["[Thi Đua] Mật khẩu đã đổi"]
    assert mail.outbox[0].to == [employee.email]


# ------------------------------------------------------------------------------ requests


def test_a_login_without_its_token_is_refused(employee):
    strict = Client(enforce_csrf_checks=True)
    assert log_in(strict, employee).status_code == 403
    assert not is_in(strict)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "http://testserver.evil.example/",
    ],
)
def test_nobody_is_sent_elsewhere_after_login(client, employee, target):
    page = log_in(client, employee, next=target)
    assert page["Location"] == HOME


def test_a_page_of_ours_is_gone_back_to(client, employee):
    assert log_in(client, employee, next="/tai-khoan/phien/")["Location"] == "/tai-khoan/phien/"


def test_a_host_name_that_is_not_ours_is_refused(client, employee):
    for path in (LOGIN, reverse("account_reset_password")):
        page = client.post(
            path,
            {"login": "a@b.vn", "password": "x", "email": employee.email},
            headers={"host": "evil.example"},
        )
        assert page.status_code == 400
    assert mail.outbox == []


def test_a_forwarded_host_makes_no_link(client, employee):
    client.post(
        reverse("account_reset_password"),
        {"email": employee.email},
        headers={"x-forwarded-host": "evil.example"},
    )
    (sent,) = mail.outbox
    assert "http://testserver/" in sent.body
    assert "evil" not in sent.body


PRINT_COOKIES = """
import django
from django.conf import settings as s
django.setup()
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_DOMAIN,
      s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_HTTPONLY)
"""


def test_production_cookies_stay_on_this_host():
    said = subprocess.run(
        [sys.executable, "-c", PRINT_COOKIES],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "thidua.config.settings.prod",
            "THIDUA_SECRET_KEY": "abcdefghij0123456789" * 3,
            "THIDUA_ALLOWED_HOSTS": "thidua.example.vn",
            "PYTHONPATH": "src",
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert said == ["__Host-thidua", "__Host-csrf", "True", "None", "/", "True"]


# ------------------------------------------------------------------------- second factors


def test_staff_without_a_second_factor_reach_only_its_pages(client, clerk):
    log_in(client, clerk)
    page = client.get("/don-vi/")
    assert page["Location"].startswith("/tai-khoan/hai-lop/")
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_change_password"):
        assert client.get(reverse(name)).status_code == 200, name
    for name in ("usersessions_list", "account_reset_password"):
        assert client.get(reverse(name))["Location"].startswith("/tai-khoan/hai-lop/"), name
    assert client.post("/don-vi/").status_code == 302
    assert client.post(reverse("account_logout")).status_code == 302
    assert not is_in(client)


def test_who_borrows_a_role_needs_a_second_factor_too(client, employee, person, units, at):
    head = person("Phạm Văn Trưởng", (Role.UNIT_HEAD, units.a))
    log_in(client, employee)
    assert client.get(reverse("usersessions_list")).status_code == 200
    today = now().date()
    services.delegate(
        grant=head.grants.get(),
        to_user=employee,
        valid_from=today,
        valid_until=today + timedelta(days=2),
        decision="GUQ 1",
        actor=system("test"),
        at=now(),
    )
    assert client.get(reverse("usersessions_list")).status_code == 302


def test_an_employee_needs_none(client, employee):
    log_in(client, employee)
    assert client.get(reverse("usersessions_list")).status_code == 200


@pytest.mark.django_db(transaction=True)  # what is told after the commit is told
def test_an_app_is_enrolled_and_gives_recovery_codes(client, clerk):
    log_in(client, clerk)
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'id="totp_secret">(\w+)<', page.content.decode())[1]
    picture = client.get(reverse("totp_picture"))
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<?xml")
    value = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    done = client.post(reverse("mfa_activate_totp"), {"code": value})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d{8})</code>", client.get(done["Location"]).content.decode())
    assert len(set(codes)) == 10
    assert client.get("/don-vi/").status_code == 200  # through the gate
    assert actions_of(clerk) == ["user.login"] + 2 * ["user.add_second_factor"]
    assert [one.subject for one in mail.outbox] == ["[Thi Đua] Đã bật ứng dụng tạo mã"]
    stored = Authenticator.objects.get(user=clerk, type="totp").data["secret"]
    assert secret not in stored  # encrypted
    # The code that switched it on is used: it opens no login.
    client.post(reverse("account_logout"))
    log_in(client, clerk)
    client.post(reverse("mfa_authenticate"), {"code": value})
    assert not is_in(client)


def test_a_code_is_the_second_step(client, enrolled):
    page = log_in(client, enrolled)
    assert page["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    page = client.get(page["Location"])
    assert "Mã 6 số" in page.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert is_in(client)
    event = Event.objects.get(action="user.login")
    assert json.loads(event.payload)["facts"] == {"ways": ["password", "totp"]}


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_a_code_is_taken_once_within_the_drift_of_clocks(client, enrolled, shift):
    value = code(shift)
    for attempt in range(2):
        client.logout()
        log_in(client, enrolled)
        client.post(reverse("mfa_authenticate"), {"code": value})
        assert is_in(client) is (attempt == 0)
    assert actions_of(enrolled).count("user.login") == 1


def test_an_older_code_is_refused(client, enrolled):
    log_in(client, enrolled)
    client.post(reverse("mfa_authenticate"), {"code": code(-3)})
    assert not is_in(client)
    assert "user.second_factor_fail" in actions_of(enrolled)


def test_five_wrong_codes_are_the_end_for_a_while(client, enrolled):
    log_in(client, enrolled)
    for number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})
    page = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert not is_in(client)
    assert "15 phút" in page.content.decode()


def test_a_recovery_code_works_once(client, clerk):
    log_in(client, clerk)
    secret = re.search(
        r'id="totp_secret">(\w+)<', client.get(reverse("mfa_activate_totp")).content.decode()
    )[1]
    value = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    page = client.post(reverse("mfa_activate_totp"), {"code": value}, follow=True)
    spare = re.findall(r"<code>(\d{8})</code>", page.content.decode())[0]
    for works in (True, False):
        client.logout()
        log_in(client, clerk)
        client.post(reverse("mfa_authenticate"), {"code": spare})
        assert is_in(client) is works


def test_somebody_who_lost_the_phone_enrols_anew(client, enrolled, keeper):
    log_in(client, enrolled)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get(reverse("mfa_index")).status_code == 200
    services.reset_second_factors(
        user=enrolled, reason="Mất điện thoại, đã gặp mặt", actor=keeper, at=now()
    )
    assert client.get(reverse("mfa_index")).status_code == 302  # out everywhere
    log_in(client, enrolled)
    assert is_in(client)
    assert client.get("/don-vi/")["Location"].startswith("/tai-khoan/hai-lop/")


def test_switching_the_second_factor_off_asks_for_proof_and_shuts_the_gate(client, enrolled):
    log_in(client, enrolled)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**one, "at": one["at"] - 400} for one in records]
    session.save()
    page = client.post(reverse("mfa_deactivate_totp"))
    assert page["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=enrolled, type="totp").exists()
    client.post(
        reverse("account_reauthenticate"),
        {"password": PASSWORD, "next": reverse("mfa_deactivate_totp")},
    )
    assert not Authenticator.objects.filter(user=enrolled, type="totp").exists()
    assert client.get("/don-vi/")["Location"].startswith("/tai-khoan/hai-lop/")


# -------------------------------------------------------------------------- lost passwords


def ask_for_link(client, user):
    client.post(reverse("account_reset_password"), {"email": user.email})
    return re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]


def take_link(client, link, new):
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)


def test_a_lost_password_is_set_anew_once_and_keeps_the_second_factor(client, enrolled):
    link = ask_for_link(client, enrolled)
    new = "tre xanh bao giờ"
    page = take_link(client, link, new)
    assert "Đã đặt mật khẩu mới" in page.content.decode()
    assert not is_in(client)
    enrolled.refresh_from_db()
    assert enrolled.check_password(new)
    again = take_link(Client(), link, "một mật khẩu khác")
    assert "đã dùng hoặc đã hết hạn" in again.content.decode()
    enrolled.refresh_from_db()
    assert enrolled.check_password(new)
    assert log_in(client, enrolled, new)["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_two_who_hold_one_link_do_not_both_set_a_password(client, employee):
    link = ask_for_link(client, employee)
    first, second = Client(), Client()
    forms = [one.get(link, follow=True).request["PATH_INFO"] for one in (first, second)]
    for one, form, new in zip(
        (first, second), forms, ("mật một hai ba", "mật bốn năm sáu"), strict=True
    ):
        one.post(form, {"password1": new, "password2": new})
    employee.refresh_from_db()
    assert employee.check_password("mật một hai ba")


def test_a_link_is_long_and_lives_an_hour(client, employee, settings):
    link = ask_for_link(client, employee)
    token = link.rstrip("/").rpartition("-")[2]
    assert len(token) * 4 >= 128  # hexadecimal digits
    assert settings.PASSWORD_RESET_TIMEOUT == 3600


def test_an_unknown_address_gets_no_mail_and_the_same_page(client, employee):
    known = client.post(
        reverse("account_reset_password"), {"email": employee.email}, follow=True
    ).content
    unknown = client.post(
        reverse("account_reset_password"), {"email": "khong@bo.example.vn"}, follow=True
    ).content
    assert known == unknown
    assert len(mail.outbox) == 1


# -------------------------------------------------------------------------- invitations


def test_an_invitation_leads_to_a_password_and_then_to_the_second_factor(client, person, units):
    user = person("Vũ Thị Mới", (Role.UNIT_CLERK, units.a))
    token = services.invite(user=user, actor=system("test"), at=now())
    page = client.get(reverse("invitation_open", args=[token]))
    assert page["Location"] == reverse("invitation_accept")  # the address holds no token any more
    page = client.get(page["Location"])
    assert "Chào Vũ Thị Mới" in page.content.decode()
    bad = client.post(
        reverse("invitation_accept"), {"password1": "vũ thị mới", "password2": "vũ thị mới"}
    )
    assert "chứa họ tên" in bad.content.decode()
    done = client.post(reverse("invitation_accept"), {"password1": PASSWORD, "password2": PASSWORD})
    assert done["Location"] == HOME
    assert is_in(client)
    assert client.get("/don-vi/")["Location"].startswith("/tai-khoan/hai-lop/")
    spent = Client().get(reverse("invitation_open", args=[token]), follow=True)
    assert spent.status_code == 410
    assert "đã dùng, đã hết hạn" in spent.content.decode()


def test_a_password_given_by_somebody_else_is_changed_first(client, employee):
    User.objects.filter(pk=employee.pk).update(must_change_password=True)
    log_in(client, employee)
    page = client.get("/don-vi/")
    assert page["Location"].startswith(reverse("account_change_password"))
    new = "tre xanh bao giờ"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert client.get("/don-vi/").status_code == 200


def test_profile_742_asks_for_a_new_password_after_its_days(client, employee, settings):
    settings.PASSWORD_DAYS = 90
    User.objects.filter(pk=employee.pk).update(password_set_at=now() - timedelta(days=89))
    log_in(client, employee)
    assert client.get("/don-vi/").status_code == 200
    User.objects.filter(pk=employee.pk).update(password_set_at=now() - timedelta(days=91))
    assert client.get("/don-vi/")["Location"].startswith(reverse("account_change_password"))
