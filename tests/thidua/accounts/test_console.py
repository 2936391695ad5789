"""Screens of accounts, through the door."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from thidua.accounts import services
from thidua.accounts.models import Delegation, RoleGrant, User
from thidua.accounts.selectors import get_actor
from thidua.support.actor import Role, system
from thidua.support.clock import local_date, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(person, units, client):
    user = person("Đỗ Quản Trị", (Role.ADMINISTRATOR, units.root))
    client.force_login(user)
    return user


@pytest.fixture
def local(person, units, client):
    """Keeps accounts of office A only."""
    user = person("Bùi Thị An", (Role.ADMINISTRATOR, units.a))
    client.force_login(user)
    return user


def text_of(page):
    return page.content.decode()


def test_the_list_shows_names_in_vietnamese_order_with_roles_and_state(
    client, admin, person, units
):
    person("Trần Thị Ánh", (Role.UNIT_CLERK, units.a))
    person("Lê Văn Ba", (Role.UNIT_HEAD, units.b))
    text = text_of(client.get(reverse("console:user-list")))
    assert text.index("Trần Thị Ánh") < text.index("Lê Văn Ba") < text.index("Đỗ Quản Trị</a>")
    assert "Cán bộ thi đua đơn vị, Đơn vị a" in text
    assert "Chưa mời hoặc thư đã hết hạn" in text
    assert "Một lớp" in text


def test_the_list_is_searched_without_marks_and_filtered(client, admin, person, units):
    person("Trần Thị Ánh", (Role.UNIT_CLERK, units.a1))
    person("Lê Văn Ba", (Role.UNIT_HEAD, units.b))

    def found(**query):
        text = text_of(client.get(reverse("console:user-list"), query))
        return [name for name in ("Trần Thị Ánh", "Lê Văn Ba") if name in text]

    assert found(q="tran anh") == ["Trần Thị Ánh"]
    assert found(q="le.van.ba@") == ["Lê Văn Ba"]
    assert found(role="unit_head") == ["Lê Văn Ba"]
    assert found(unit=units.a.pk) == ["Trần Thị Ánh"]
    assert found(state="new") == ["Trần Thị Ánh", "Lê Văn Ba"]
    assert found(second="1") == []


def test_a_keeper_of_one_office_sees_and_changes_only_its_people(client, local, person, units):
    own = person("Người Của A", (Role.UNIT_CLERK, units.a1))
    other = person("Người Của B", (Role.UNIT_CLERK, units.b))
    both = person("Người Hai Nơi", (Role.UNIT_CLERK, units.a), (Role.UNIT_HEAD, units.b))
    text = text_of(client.get(reverse("console:user-list")))
    assert "Người Của A" in text
    assert "Người Của B" not in text
    page = client.get(reverse("console:user-detail", args=[both.pk]))
    assert "Đơn vị b" not in text_of(page)  # roles elsewhere are not theirs to see
    for name in ("user-change", "user-disable", "user-factors"):
        assert client.get(reverse(f"console:{name}", args=[own.pk])).status_code == 200
        assert client.get(reverse(f"console:{name}", args=[other.pk])).status_code == 404
        assert (
            client.post(reverse(f"console:{name}", args=[both.pk]), {"reason": "x"}).status_code
            == 404
        )
    grant = RoleGrant.objects.get(user=other)
    assert client.get(reverse("console:role-end", args=[grant.pk])).status_code == 404
    form = text_of(client.get(reverse("console:role-grant", args=[own.pk])))
    assert "Đơn vị a1" in form
    assert "Đơn vị b" not in form
    page = client.post(
        reverse("console:role-grant", args=[own.pk]),
        {"role": "unit_head", "unit": units.b.pk, "valid_from": "01/10/2017"},
    )
    assert page.status_code == 200
    assert not RoleGrant.objects.filter(user=own, unit=units.b).exists()


def test_somebody_is_invited_with_a_first_role(client, admin, units, run_jobs):
    page = client.post(
        reverse("console:user-add"),
        {
            "full_name": "Vũ Thị Mới",
            "email": "Moi@Bo.Example.VN",
            "role": "unit_clerk",
            "unit": units.a.pk,
            "valid_from": "01/10/2017",
            "decision": "QĐ 15/QĐ-BTT",
        },
    )
    assert page["Location"] == reverse("console:user-list")
    user = User.objects.get(email="moi@bo.example.vn")
    grant = user.grants.get()
    assert (grant.role, grant.unit, grant.valid_from) == ("unit_clerk", units.a, date(2017, 10, 1))
    run_jobs()
    (sent,) = mail.outbox
    assert sent.to == ["moi@bo.example.vn"]
    assert sent.subject == "[Thi Đua] Mời nhận tài khoản"
    assert "Đỗ Quản Trị mời anh/chị" in sent.body
    link = re.search(r"http://testserver(/tai-khoan/moi/\S+/)", sent.body)[1]
    client.logout()
    assert "Chào Vũ Thị Mới" in text_of(client.get(link, follow=True))


def test_what_was_typed_stays_when_it_is_refused(client, admin, person, units):
    person("Trần Thị Mai", email="mai@bo.example.vn")
    page = client.post(
        reverse("console:user-add"),
        {
            "full_name": "Người Khác",
            "email": "mai@bo.example.vn",
            "role": "unit_clerk",
            "unit": units.a.pk,
            "valid_from": "31/02/2017",
        },
    )
    text = text_of(page)
    assert "Ngày này không có trong lịch" in text
    assert 'value="Người Khác"' in text
    page = client.post(
        reverse("console:user-add"),
        {
            "full_name": "Người Khác",
            "email": "mai@bo.example.vn",
            "role": "unit_clerk",
            "unit": units.a.pk,
            "valid_from": "01/02/2017",
        },
    )
    assert "mai@bo.example.vn đã có tài khoản" in text_of(page)
    assert User.objects.count() == 2


def test_a_new_mail_link_can_be_sent_again(client, admin, person, units, run_jobs):
    user = person("Vũ Thị Mới", (Role.UNIT_CLERK, units.a))
    for _ in range(2):
        client.post(reverse("console:user-invite", args=[user.pk]))
        run_jobs()
    first, second = (re.search(r"(/tai-khoan/moi/\S+/)", one.body)[1] for one in mail.outbox)
    assert client.get(first, follow=True).status_code == 410
    assert client.get(second, follow=True).status_code == 200


def test_a_role_is_given_and_ended(client, admin, person, units):
    user = person("Trần Thị Mai", (Role.UNIT_CLERK, units.a))
    client.post(
        reverse("console:role-grant", args=[user.pk]),
        {"role": "unit_head", "unit": units.b.pk, "valid_from": "01/10/2017"},
    )
    grant = user.grants.get(role="unit_head")
    today = local_date(now())
    page = client.post(
        reverse("console:role-end", args=[grant.pk]),
        {"last_day": f"{today:%d/%m/%Y}", "reason": "Điều động"},
    )
    assert page["Location"] == reverse("console:user-detail", args=[user.pk])
    grant.refresh_from_db()
    assert grant.valid_until == today
    text = text_of(client.get(page["Location"]))
    assert "Thủ trưởng đơn vị" in text
    assert f"{today:%d/%m/%Y}" in text


def test_nobody_gives_themselves_a_role_through_the_screen(client, admin, units):
    page = client.post(
        reverse("console:role-grant", args=[admin.pk]),
        {"role": "teller", "unit": units.root.pk, "valid_from": "01/10/2017"},
    )
    assert "không tự giao cho mình" in text_of(page)
    assert admin.grants.count() == 1


def test_an_account_is_closed_with_a_reason_and_opened(client, admin, person, units):
    user = person("Trần Thị Mai", (Role.UNIT_CLERK, units.a))
    address = reverse("console:user-disable", args=[user.pk])
    assert "is-invalid" in text_of(client.post(address, {"reason": ""}))
    client.post(address, {"reason": "Nghỉ hưu"})
    user.refresh_from_db()
    assert not user.is_active
    text = text_of(client.get(reverse("console:user-detail", args=[user.pk])))
    assert "Đang khóa" in text
    assert "Khóa tài khoản" in text
    client.post(reverse("console:user-enable", args=[user.pk]), {"reason": "Mời trở lại"})
    user.refresh_from_db()
    assert user.is_active


def test_a_new_address_is_told_to_the_old_one(
    client, admin, person, units, django_capture_on_commit_callbacks
):
    user = person("Trần Thị Mai", (Role.UNIT_CLERK, units.a), email="cu@bo.example.vn")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("console:user-change", args=[user.pk]),
            {"full_name": "Trần Thị Mai", "email": "moi@bo.example.vn", "phone": ""},
        )
    user.refresh_from_db()
    assert user.email == "moi@bo.example.vn"
    assert [one.to for one in mail.outbox] == [["cu@bo.example.vn"]]


def test_rights_are_changed_only_by_who_has_just_shown_who_they_are(client, person, units):
    password = "bốn con vịt vàng"
    user = person("Đỗ Quản Trị", (Role.ADMINISTRATOR, units.root), password=password)
    other = person("Trần Thị Mai", (Role.UNIT_CLERK, units.a))
    client.force_login(user)  # no proof in this session
    address = reverse("console:user-disable", args=[other.pk])
    page = client.post(address, {"reason": "Nghỉ hưu"})
    assert page["Location"].startswith(reverse("account_reauthenticate"))
    other.refresh_from_db()
    assert other.is_active
    done = client.post(page["Location"], {"password": password, "next": address})
    assert done.status_code == 302
    other.refresh_from_db()
    assert not other.is_active  # what was sent before the proof is done after it


# ------------------------------------------------------------------------------ one's own


def test_one_sees_and_lends_ones_own_roles(client, person, units):
    head = person("Phạm Văn Trưởng", (Role.UNIT_HEAD, units.a), (Role.COUNCIL_MEMBER, units.root))
    deputy = person("Lê Văn Phó", (Role.EMPLOYEE, units.a))
    client.force_login(head)
    text = text_of(client.get(reverse("console:profile")))
    assert "Thủ trưởng đơn vị" in text
    assert "Lập ủy quyền" in text
    form = text_of(client.get(reverse("console:profile-lend")))
    assert "Thủ trưởng đơn vị, Đơn vị a" in form
    assert "Ủy viên Hội đồng" not in form
    today = local_date(now())
    page = client.post(
        reverse("console:profile-lend"),
        {
            "grant": head.grants.get(role="unit_head").pk,
            "to_user": deputy.pk,
            "valid_from": f"{today:%d/%m/%Y}",
            "valid_until": f"{today + timedelta(days=3):%d/%m/%Y}",
            "decision": "GUQ 05",
        },
    )
    assert page["Location"] == reverse("console:profile")
    assert get_actor(deputy, now()).has(Role.UNIT_HEAD)
    loan = Delegation.objects.get()
    client.force_login(deputy)
    assert "Phạm Văn Trưởng" in text_of(client.get(reverse("console:profile")))
    assert client.post(reverse("console:delegation-revoke", args=[loan.pk])).status_code == 404
    client.force_login(head)
    client.post(reverse("console:delegation-revoke", args=[loan.pk]), {"reason": ""})
    assert not get_actor(deputy, now()).has(Role.UNIT_HEAD)


def test_one_corrects_ones_telephone_and_nothing_else(client, person, units):
    user = person("Trần Thị Mai", (Role.EMPLOYEE, units.a))
    client.force_login(user)
    client.post(
        reverse("console:profile-change"),
        {"phone": "0912 345 678", "email": "x@y.vn", "full_name": "X", "is_superuser": "1"},
    )
    user.refresh_from_db()
    assert (user.phone, user.full_name) == ("0912 345 678", "Trần Thị Mai")
    assert user.email.startswith("tran")
    assert not user.is_superuser


def test_an_auditor_reads_and_changes_nothing(client, person, units):
    client.force_login(person("Cao Văn Kiểm", (Role.AUDITOR, units.root)))
    user = person("Trần Thị Mai", (Role.UNIT_CLERK, units.a))
    assert "Mời người" not in text_of(client.get(reverse("console:user-list")))
    page = client.get(reverse("console:user-detail", args=[user.pk]))
    assert page.status_code == 200
    assert "Cho thôi" not in text_of(page)
    assert client.get(reverse("console:user-add")).status_code == 403
    services.disable_user(user=user, reason="x", actor=system("t"), at=now())


def test_a_list_asks_as_often_for_many_as_for_few(client, admin, person, units):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for start in (0, 12):
        for number in range(start, start + 12):
            person(f"Người {number:02d}", (Role.UNIT_CLERK, units.a), (Role.TRAINER, units.b))
        with CaptureQueriesContext(connection) as heard:
            client.get(reverse("console:user-list"))
        counts.append(len(heard))
    assert counts[0] == counts[1] <= 25


def test_the_search_finds_accounts_for_their_keepers_only(client, admin, person, units):
    person("Trần Thị Ánh", (Role.UNIT_CLERK, units.a))
    assert "tran.thi.anh@" in text_of(client.get(reverse("console:search"), {"q": "tran anh"}))
    clerk = person("Lê Văn Ba", (Role.UNIT_CLERK, units.a))
    client.force_login(clerk)
    assert "tran.thi.anh@" not in text_of(client.get(reverse("console:search"), {"q": "tran anh"}))


def test_an_account_without_a_role_is_in_the_hands_of_the_root_only(client, admin, person, units):
    nobody = person("Người Mới Lập")
    assert "Người Mới Lập" in text_of(client.get(reverse("console:user-list")))
    client.force_login(person("Bùi Thị An", (Role.ADMINISTRATOR, units.a)))
    assert "Người Mới Lập" not in text_of(client.get(reverse("console:user-list")))
    assert client.get(reverse("console:user-change", args=[nobody.pk])).status_code == 404
