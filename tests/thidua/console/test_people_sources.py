"""The file behind a fact is handed to whoever may see the fact; an account opens one's own page."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from factories.ministry import AT, SYSTEM, Ministry
from thidua.accounts.models import User
from thidua.documents.models import Location
from thidua.merits.models import AnnualRating
from thidua.people import services as people
from thidua.people.errors import NotAllowed
from thidua.people.models import Person
from thidua.support.actor import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(db):
    return Ministry()


@pytest.fixture
def enter(ministry):
    def make(role, unit, person=None):
        actor = ministry.actor(role, unit, person=person)
        client = Client()
        user = User.objects.get(pk=actor.user_id)
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
        return client

    return make


def address(name, *args):
    return reverse(f"console:{name}", args=args)


def test_whoever_sees_a_fact_opens_the_file_that_it_comes_from(ministry, enter, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    person = ministry.person("Trần An", ministry.network)
    other = ministry.person("Lê Bình", ministry.network)
    sent = {
        "year": "2024",
        "level": "good",
        "source_file": SimpleUploadedFile("biên bản.txt", "Biên bản họp".encode()),
    }
    clerk = enter(Role.UNIT_CLERK, ministry.network)
    assert clerk.post(address("fact-create", person.pk, "xep-loai"), sent).status_code == 302
    place = AnnualRating.objects.get().source
    file = address("source-file", person.pk, place.pk)
    officer = enter(Role.MINISTRY_OFFICER, ministry.root)  # did not send it
    page = officer.get(address("person-detail", person.pk)).content.decode()
    assert f'href="{file}"' in page
    answer = officer.get(file)
    assert answer.content == "Biên bản họp".encode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert enter(Role.UNIT_HEAD, ministry.telecom).get(file).status_code == 200
    assert enter(Role.UNIT_CLERK, ministry.press).get(file).status_code == 404
    # Only by way of the person of whom it says something.
    assert officer.get(address("source-file", other.pk, place.pk)).status_code == 404
    words = Location.objects.create(note="Sổ theo dõi, trang 3")
    assert officer.get(address("source-file", person.pk, words.pk)).status_code == 404
    own = enter(Role.EMPLOYEE, ministry.network, person=person)
    mine = own.get(address("self-page")).content.decode()
    assert "biên bản.txt" in mine
    assert file not in mine
    assert own.get(file).status_code == 403


def test_a_clerk_says_whose_account_it_is(ministry, enter):
    person = ministry.person("Trần An", ministry.network)
    mine = User.objects.create_user("an@bo.example.vn", full_name="Trần An")
    User.objects.create_user("binh@bo.example.vn", full_name="Lê Bình")
    clerk = enter(Role.UNIT_CLERK, ministry.network)
    page = address("person-account", person.pk)
    assert page in clerk.get(address("person-detail", person.pk)).content.decode()
    for stranger in ("binh@bo.example.vn", "khong.co@bo.example.vn"):
        said = clerk.post(page, {"email": stranger}).content.decode()
        assert "Không có tài khoản nào của «Trần An» với địa chỉ này" in said
    assert clerk.post(page, {"email": "An@bo.example.vn"}).status_code == 302
    assert Person.objects.get(pk=person.pk).account == mine
    own = Client()
    own.force_login(mine, settings.AUTHENTICATION_BACKENDS[-1])
    assert "Trần An" in own.get(address("self-page")).content.decode()
    twin = ministry.person("Trần An", ministry.network)
    taken = clerk.post(address("person-account", twin.pk), {"email": mine.email})
    assert "đã gắn với người khác" in taken.content.decode()
    assert enter(Role.UNIT_CLERK, ministry.press).get(page).status_code == 404
    assert clerk.post(page, {"email": ""}).status_code == 302
    assert own.get(address("self-page")).status_code == 403


def test_an_account_is_linked_only_by_who_keeps_the_person(ministry):
    person = ministry.person("Trần An", ministry.network)
    user = User.objects.create_user("an@bo.example.vn", full_name="Trần An")
    press = ministry.actor(Role.UNIT_CLERK, ministry.press)
    with pytest.raises(NotAllowed):
        people.link_account(person=person, account=user, actor=press, at=AT)
    assert people.link_account(person=person, account=user, actor=SYSTEM, at=AT)
