"""What the organisation says of itself."""

import base64
from datetime import UTC, datetime

import pytest

from thidua.audit.models import Event
from thidua.documents.errors import FileRefused
from thidua.organizations import services
from thidua.organizations.models import Profile
from thidua.organizations.selectors import get_profile, get_site_url
from thidua.support.actor import system

pytestmark = pytest.mark.django_db
AT = datetime(2017, 10, 4, 3, 0, tzinfo=UTC)
BY = {"actor": system("test"), "at": AT}
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_it_is_empty_before_the_set_up():
    assert (get_site_url(), get_profile().emblem, Profile.objects.count()) == ("", None, 0)


def test_it_is_one_row_and_leaves_events():
    services.change_profile(site_url="https://thidua.bo.example/", **BY)
    services.change_profile(phone=" 024  3943 ", **BY)
    assert Profile.objects.count() == 1
    assert get_site_url() == "https://thidua.bo.example"
    assert get_profile().phone == "024 3943"
    assert Event.objects.filter(action="organization.set_profile").count() == 2


def test_an_emblem_is_an_image_by_its_content():
    services.set_emblem(raw=PNG, name="bieu-trung.png", **BY)
    assert get_profile().emblem.kind == "png"
    for raw in (
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n" + b"0" * 600_000,
    ):
        with pytest.raises(FileRefused):
            services.set_emblem(raw=raw, name="bieu-trung.png", **BY)
    assert Event.objects.filter(action="organization.set_emblem").count() == 1
