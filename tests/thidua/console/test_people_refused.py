"""What is refused on the screens of people leaves nothing half written, and is said at its field."""

from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from factories.ministry import AT, SYSTEM, Ministry
from thidua.accounts.models import User
from thidua.documents.models import Location, StoredFile
from thidua.merits.models import Absence, AnnualRating, Initiative
from thidua.organizations import services as organizations
from thidua.people import services as people
from thidua.people.models import Position, Post
from thidua.register.models import DecisionRecord, RegisterEntry
from thidua.support.actor import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(db):
    return Ministry()


@pytest.fixture
def officer(ministry):
    actor = ministry.actor(Role.MINISTRY_OFFICER, ministry.root)
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), settings.AUTHENTICATION_BACKENDS[-1])
    return client


def address(name, *args):
    return reverse(f"console:{name}", args=args)


def said(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_refused_fact_keeps_no_file(ministry, officer, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    person = ministry.person("Trần An", ministry.telecom)
    create = address("fact-create", person.pk, "xep-loai")
    sent = {"year": "2024", "level": "good"}
    assert officer.post(create, sent).status_code == 302
    file = SimpleUploadedFile("bien-ban.txt", "Biên bản họp".encode())
    again = officer.post(create, {**sent, "source_file": file})
    assert "đã có bản ghi loại này" in said(again)
    assert AnnualRating.objects.count() == 1
    assert not StoredFile.objects.exists()
    assert not Location.objects.exists()


def test_a_refused_honour_keeps_no_decision(ministry, officer):
    person = ministry.person("Trần An", ministry.telecom)
    sent = {
        "award": "advanced-worker",
        "number": "12/QĐ-BTTTT",
        "decided_on": "15/01/2018",
        "issuer": "Bộ Thông tin và Truyền thông",
        "holder_name": "Trần An",
    }
    create = address("honour-create", person.pk)
    for period, words in (
        ({"period_from": "01/01/2016"}, "cả ngày đầu và ngày cuối"),
        ({"period_from": "01/01/2017", "period_until": "01/01/2016"}, "trước ngày đầu"),
        ({"year": "2190"}, "chưa tới"),
    ):
        assert words in said(officer.post(create, {**sent, **period}))
    assert not RegisterEntry.objects.exists()
    assert not DecisionRecord.objects.exists()
    whole = {"period_from": "01/01/2016", "period_until": "31/12/2017"}
    assert officer.post(create, {**sent, **whole}).status_code == 302
    assert DecisionRecord.objects.count() == RegisterEntry.objects.count() == 1


def test_an_initiative_is_corrected_whole_or_not_at_all(ministry, officer):
    first = ministry.person("Trần An", ministry.telecom)
    other = ministry.person("Lê Bình", ministry.telecom)
    sent = {"kind": "initiative", "name": "Phần mềm quản lý tần số", "year": "2020", "share": "60"}
    officer.post(address("initiative-create", first.pk), sent)
    one = Initiative.objects.get()
    add = address("initiative-author", first.pk, one.pk)
    assert officer.post(add, {"person": other.full_name, "share": "40"}).status_code == 302
    edit = address("initiative-edit", first.pk, one.pk)
    mended = {**sent, "name": "Phần mềm khác", "share": "70", "reason": "ghi sai"}
    assert "quá 100%" in said(officer.post(edit, mended))
    one.refresh_from_db()
    assert one.name == "Phần mềm quản lý tần số"


def test_a_position_does_not_take_the_name_of_another(ministry, officer):
    driver = ministry.position("Lái xe", ministry.staff)
    sent = {"name": "Chuyên viên", "category": ministry.staff.pk, "is_active": "on"}
    assert "Đã có chức danh «Chuyên viên»" in said(
        officer.post(address("position-edit", driver.pk), sent)
    )
    assert Position.objects.get(pk=driver.pk).name == "Lái xe"
    own = {**sent, "name": "Lái xe"}
    assert officer.post(address("position-edit", driver.pk), own).status_code == 302


def test_a_post_in_a_unit_that_is_no_more_can_be_mended(ministry, officer):
    person = ministry.person("Trần An", ministry.network, since=date(2010, 1, 1))
    post = Post.objects.get()
    people.end_post(post, last_day=date(2019, 12, 31), actor=SYSTEM, at=AT)
    people.change_position(ministry.officer, is_active=False, actor=SYSTEM, at=AT)
    organizations.dissolve_unit(
        unit=ministry.network, on=date(2019, 12, 31), decision="QĐ 1", actor=SYSTEM, at=AT
    )
    edit = address("post-edit", person.pk, post.pk)
    form = officer.get(edit).context["form"]
    sent = {name: form[name].value() for name in ("unit", "position")}
    assert f'<option value="{ministry.network.pk}" selected>' in said(officer.get(edit))
    sent |= {
        "is_main": "on",
        "valid_from": "01/02/2010",
        "valid_until": "31/12/2019",
        "decision": "12/QĐ",
        "reason": "theo quyết định bổ nhiệm",
    }
    assert officer.post(edit, sent).status_code == 302
    post.refresh_from_db()
    assert (post.valid_from, post.decision, post.unit) == (
        date(2010, 2, 1),
        "12/QĐ",
        ministry.network,
    )


def test_a_number_that_no_column_holds_is_refused_at_its_field(ministry, officer):
    person = ministry.person("Trần An", ministry.telecom)
    create = address("fact-create", person.pk, "nghi")
    sent = {"year": "2024", "kind": "maternity", "days": "99999"}
    page = officer.post(create, sent)
    assert page.context["form"].errors["days"]
    assert not Absence.objects.exists()
