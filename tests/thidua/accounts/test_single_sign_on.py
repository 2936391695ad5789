"""Single sign-on against a real provider in a process of its own, request by request."""

import json
import secrets
import socket
from types import SimpleNamespace
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from provider import CALLBACK, configure, start_provider
from thidua.accounts import services
from thidua.accounts.models import Invitation, User
from thidua.audit.models import Event
from thidua.support.actor import Role, system
from thidua.support.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    provider = start_provider(tmp_path_factory.mktemp("provider"))
    yield provider
    provider.process.terminate()
    provider.process.wait()


@pytest.fixture
def provider(running, settings):
    configure(settings, running)
    return running


@pytest.fixture
def mai(person, units):
    return person("Trần Thị Mai", (Role.EMPLOYEE, units.a), email="mai@bo.example.vn")


def ask(client):
    """Press the button; where the browser is sent."""
    page = client.post(reverse("openid_connect_login", args=["sso"]))
    assert page.status_code == 302
    return page["Location"]


def answer(provider, address, who):
    """The browser at the provider: log in there, agree; where it is sent back to."""
    browser = requests.Session()
    host = f"http://{urlsplit(address).netloc}"
    assert browser.get(f"{host}/login/", params={"who": who}, timeout=10).text == who
    back = browser.get(address, allow_redirects=False, timeout=10)
    assert back.status_code == 302, back.text
    assert back.headers["Location"].startswith(f"http://testserver{CALLBACK}")
    return back.headers["Location"]


def query(address):
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def with_query(address, **changed):
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode({**query(address), **changed})))


def sign_on(client, provider, who, **changed):
    address = with_query(ask(client), **changed)
    return client.get(answer(provider, address, who))


def is_in(client):
    return "_auth_user_id" in client.session


def test_the_login_page_has_a_button_for_the_provider(client, provider, mai):
    text = client.get(reverse("account_login")).content.decode()
    assert "Đăng nhập qua Cổng của Bộ" in text


def test_the_question_carries_state_nonce_and_pkce(client, provider):
    asked = query(ask(client))
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"] == f"http://testserver{CALLBACK}"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) >= 22
    assert len(asked["state"]) >= 16
    assert query(ask(client))["nonce"] != asked["nonce"]


def test_a_link_sends_nobody_to_the_provider(client, provider):
    page = client.get(reverse("openid_connect_login", args=["sso"]))
    assert page.status_code == 200
    assert "Tiếp tục" in page.content.decode()


def test_an_invited_person_comes_in_by_verified_mail(client, provider, mai):
    services.invite(user=mai, actor=system("test"), at=now())
    page = sign_on(client, provider, "mai")
    assert (page.status_code, page["Location"]) == (302, "/")
    assert int(client.session["_auth_user_id"]) == mai.pk
    assert SocialAccount.objects.get(user=mai).uid
    assert Invitation.objects.get(user=mai).withdrawn_at  # the link in the mail opens nothing now
    event = Event.objects.filter(action="user.login").get()
    assert json.loads(event.payload)["facts"] == {"ways": ["socialaccount"]}
    assert Event.objects.filter(action="user.connect_identity", actor_id=mai.pk).exists()


def test_the_second_time_the_subject_is_enough(client, provider, mai):
    sign_on(client, provider, "mai")
    client.logout()
    User.objects.filter(pk=mai.pk).update(email="doi@bo.example.vn")
    sign_on(client, provider, "mai")
    assert is_in(client)
    assert SocialAccount.objects.count() == 1


def test_somebody_whom_nobody_invited_is_told_so(client, provider, mai):
    page = sign_on(client, provider, "la")
    assert page.status_code == 403
    assert "Chưa ai mời la@bo.example.vn" in page.content.decode()
    assert not is_in(client)
    assert User.objects.filter(email="la@bo.example.vn").count() == 0
    assert SocialAccount.objects.count() == 0


def test_a_mail_address_that_is_not_verified_opens_nothing(client, provider, person):
    person("Lê Văn Nam", email="nam@bo.example.vn")
    page = sign_on(client, provider, "nam")
    assert page.status_code == 403
    assert "chưa xác nhận địa chỉ thư" in page.content.decode()
    assert not is_in(client)


def test_a_closed_account_stays_closed(client, provider, mai, keeper):
    sign_on(client, provider, "mai")
    services.disable_user(user=mai, reason="Nghỉ việc", actor=keeper, at=now())
    client.logout()
    page = sign_on(client, provider, "mai")
    assert page["Location"] == reverse("account_inactive")
    assert not is_in(client)


def test_staff_still_need_their_second_factor(client, provider, person, units, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    person("Trần Thị Mai", (Role.UNIT_CLERK, units.a), email="mai@bo.example.vn")
    sign_on(client, provider, "mai")
    assert client.get("/")["Location"].startswith(reverse("mfa_index"))


def refused(page, client):
    assert page.status_code == 401
    assert "không kiểm chứng được" in page.content.decode()
    assert not is_in(client)
    assert SocialAccount.objects.count() == 0


def test_the_answer_to_another_login_is_refused(client, provider, mai):
    refused(sign_on(client, provider, "mai", nonce=secrets.token_urlsafe(16)), client)


def test_a_state_that_we_did_not_make_is_refused(client, provider, mai):
    back = answer(provider, ask(client), "mai")
    refused(client.get(with_query(back, state="x" * 16)), client)


def test_a_code_is_good_once(client, provider, mai):
    back = answer(provider, ask(client), "mai")
    client.get(back)
    assert is_in(client)
    client.logout()
    assert client.get(back).status_code == 401
    assert not is_in(client)


def test_a_code_without_its_verifier_is_refused(client, provider, mai):
    """Somebody who catches the code on its way back cannot use it: PKCE."""
    from django.test import Client

    back = answer(provider, ask(client), "mai")
    thief = Client()
    own = query(ask(thief))
    refused(thief.get(with_query(back, state=own["state"])), thief)


def test_another_issuer_than_the_configured_one_is_refused(client, settings, mai, tmp_path):
    """The same server under another name: what it says of itself is not what we were told."""
    other = start_provider(tmp_path, issuer="http://localhost:{port}/o")
    try:
        configure(settings, other)
        refused(sign_on(client, other, "mai"), client)
    finally:
        other.process.terminate()
        other.process.wait()


def test_a_wrong_secret_is_refused(client, running, settings, mai):
    configure(settings, running, secret="sai")
    refused(sign_on(client, running, "mai"), client)


def test_who_cancels_is_back_at_the_login(client, provider):
    state = query(ask(client))["state"]
    page = client.get(f"{CALLBACK}?error=access_denied&state={state}", follow=True)
    assert "Đã thôi đăng nhập một cửa" in page.content.decode()


def test_without_a_provider_there_is_no_button_and_no_address(client, settings, mai):
    settings.SOCIALACCOUNT_PROVIDERS = {}
    text = client.get(reverse("account_login")).content.decode()
    assert "Quên mật khẩu" in text
    assert "Đăng nhập qua" not in text
    assert client.post(reverse("openid_connect_login", args=["sso"])).status_code == 404


def test_a_provider_that_does_not_answer_is_no_fault_of_ours(client, settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{probe.getsockname()[1]}/o"
        configure(settings, SimpleNamespace(server=nobody, secret="x"))
        page = client.post(reverse("openid_connect_login", args=["sso"]))
    assert page.status_code == 503
    assert "không trả lời" in page.content.decode()
