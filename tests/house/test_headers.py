"""What each answer tells the browser (SEC-3), and pages for what went wrong."""

import re

import pytest
from django.conf import settings
from django.test import Client

from factories.accounts import make_user
from factories.world import build_world
from house.matrix import METHODS, address_of, ask, read_list

pytestmark = pytest.mark.django_db


def find_weak_headers(response) -> list[str]:
    """What is missing or too weak in one answer."""
    policy = response.get("Content-Security-Policy", "")
    parts = (part.strip().partition(" ") for part in policy.split(";"))
    directives = {name: value for name, _space, value in parts}
    wrong = []
    if directives.get("default-src") != "'self'":
        wrong.append(f"CSP: {policy}")
    wrong += [
        f"CSP: {word}" for word in ("unsafe-inline", "unsafe-eval", "http:", "*") if word in policy
    ]
    for name in ("object-src", "base-uri", "frame-ancestors"):
        if directives.get(name) != "'none'":
            wrong.append(f"CSP {name}")
    if directives.get("form-action") != "'self'":
        wrong.append("CSP form-action")
    for header, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ):
        if response.get(header) != value:
            wrong.append(f"{header}: {response.get(header)}")
    if "no-store" not in response.get("Cache-Control", ""):
        wrong.append(f"Cache-Control: {response.get('Cache-Control')}")
    return wrong


def find_inline(page: str) -> list[str]:
    """Styles and scripts in a page, which the policy would refuse; data for scripts is none."""
    return [
        *re.findall(r"<[^>]*\sstyle=[^>]*>", page),
        *re.findall(r"<[^>]*\son\w+=[^>]*>", page),
        *re.findall(r"<style[^>]*>", page),
        *[
            one
            for one in re.findall(r"<script[^>]*>", page)
            if "src=" not in one and "nonce=" not in one and "application/json" not in one
        ],
    ]


@pytest.mark.slow
@pytest.mark.walk
def test_every_address_answers_with_strict_headers():
    world = build_world()
    inside = Client()
    everything = {
        "administrator": world.root,
        "ministry_officer": world.root,
        "unit_clerk": world.root,
    }
    user = make_user("tat-ca@vai.thu.vn", password=None, **everything)
    inside.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    wrong = {}
    for entry in read_list().values():
        for client in (inside, Client()):
            for method in METHODS[:3]:
                response = ask(client, method, address_of(entry, world.own), entry)
                found = find_weak_headers(response)
                if response.get("Content-Type", "").startswith("text/html"):
                    found += find_inline(response.content.decode())
                if found:
                    wrong[f"{entry.name} {method} {response.status_code}"] = found
    assert wrong == {}


def test_weak_headers_and_inline_styles_are_caught():
    from django.http import HttpResponse

    bare = HttpResponse(
        headers={"Content-Security-Policy": "default-src 'self'; style-src 'unsafe-inline'"}
    )
    found = find_weak_headers(bare)
    assert "CSP: unsafe-inline" in found
    assert "CSP object-src" in found
    assert "Cache-Control: None" in found
    page = '<p style="color:red" onclick="x()"><script>x()</script><script src="a.js"></script>'
    assert len(find_inline(page)) == 3


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "Yêu cầu này không đọc được"),
        (403, "Trang này không thuộc phần việc của anh/chị"),
        (404, "Không có trang này"),
        (500, "Máy chủ gặp lỗi, việc vừa gửi chưa được ghi"),
    ],
)
def test_what_went_wrong_is_said_in_our_look(client, settings, status, said):
    settings.ROOT_URLCONF = "faulty"
    client.raise_request_exception = False
    answer = client.get(f"/loi/{status}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert "theme.css" in page
    assert '<html lang="vi"' in page
    assert find_weak_headers(answer) == []
    assert find_inline(page) == []


def test_a_form_without_its_token_says_what_to_do():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user("a@thu.vn", password=None), settings.AUTHENTICATION_BACKENDS[-1])
    answer = strict.post("/hien-thi/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Biểu mẫu đã cũ, chưa có gì được ghi" in answer.content.decode()


def test_an_address_that_is_not_there_looks_the_same_to_everybody(client):
    answer = client.get("/khong/co/")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()
