"""The trail on screen: who reads it, what is hidden, each look noted; the public checkpoint."""

import io

import pytest
from openpyxl import load_workbook

from factories.accounts import make_unit, make_user
from thidua.accounts.models import User
from thidua.audit import services
from thidua.audit.lifecycle.notes import read_checkpoint
from thidua.audit.models import Event
from thidua.audit.selectors.keys import list_verifiers
from thidua.audit.selectors.reading import get_code
from thidua.audit.tasks import check_trail
from thidua.support.actor import Actor, Role
from thidua.support.clock import now

pytestmark = pytest.mark.django_db
WHO = Actor(user_id=7, name="Lê Hoài Thương")
PHONE = "0912000777"


@pytest.fixture
def top():
    return make_unit("bo", "Bộ Thử nghiệm")


@pytest.fixture
def event(tmp_path, settings):
    settings.AUDIT_KEY = tmp_path / "audit.key"
    services.init_key(name="bo.example.vn")
    row = User(email="x@bo.example.vn", full_name="Trần Mai", sort_key="mai", phone=PHONE)
    services.create(row, actor=WHO, at=now(), action="user.create")
    services.sequence(at=now())
    return Event.objects.get(action="user.create", stream=services.stream_of(row))


@pytest.fixture
def enter(client, top):
    def log_in(role):
        client.force_login(make_user(f"{role.value}@thu.vn", **{role.value: top}))
        return client

    return log_in


def test_an_event_shows_old_and_new_and_hides_what_is_personal(enter, event):
    page = enter(Role.ADMINISTRATOR).get(f"/nhat-ky/{event.pk}/").content.decode()
    assert "Trần Mai" in page
    assert PHONE not in page
    assert "Xem giá trị cá nhân" not in page


def test_an_administrator_never_sees_personal_values(enter, event):
    assert enter(Role.ADMINISTRATOR).post(f"/nhat-ky/{event.pk}/gia-tri/").status_code == 403
    assert not Event.objects.filter(action="audit.look").exists()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DATA_PROTECTION_OFFICER])
def test_each_look_at_personal_values_is_an_event(enter, event, role):
    client = enter(role)
    assert PHONE not in client.get(f"/nhat-ky/{event.pk}/").content.decode()
    assert PHONE in client.post(f"/nhat-ky/{event.pk}/gia-tri/").content.decode()
    look = Event.objects.get(action="audit.look")
    assert look.stream == event.stream
    assert PHONE not in look.payload


def test_what_was_erased_is_said(enter, event):
    services.erase_hidden(streams=[event.stream], actor=WHO, at=now(), reason="số 1")
    page = enter(Role.AUDITOR).post(f"/nhat-ky/{event.pk}/gia-tri/").content.decode()
    assert "đã xóa theo yêu cầu" in page
    assert PHONE not in page


def test_the_list_is_narrowed_and_its_export_is_noted(enter, event):
    client = enter(Role.AUDITOR)
    services.note("phien:1", actor=Actor(9, "Đỗ Văn Khác"), at=now(), action="login")

    def shown(query):
        return client.get(f"/nhat-ky/?{query}").content.decode()

    assert "login" in shown("action=log")
    assert "user.create" not in shown("action=log")
    assert "user.create" in shown(f"stream={event.stream}")
    assert "phien:1" not in shown("actor_name=Thương")
    assert "Không có dòng nào khớp" in shown("until=01/01/2017")
    book = client.get("/nhat-ky/?action=login&xuat=xlsx")
    rows = list(
        load_workbook(io.BytesIO(b"".join(book) if book.streaming else book.content)).active
    )
    assert any("login" in str(cell.value) for row in rows for cell in row)
    assert Event.objects.filter(stream="web.list:console:audit-list").exists()


def test_a_clerk_is_refused(enter, event):
    client = enter(Role.UNIT_CLERK)
    for path in ("", f"{event.pk}/", "diem-kiem/", "kiem-tra/"):
        assert client.get(f"/nhat-ky/{path}").status_code == 403


def test_the_last_check_and_a_code_are_shown(enter, event):
    client = enter(Role.AUDITOR)
    assert "Chưa kiểm tra lần nào" in client.get("/nhat-ky/kiem-tra/").content.decode()
    check_trail(at=now())
    page = client.get("/nhat-ky/kiem-tra/", {"code": get_code(event.stream)}).content.decode()
    assert "đối tượng" in page
    assert event.stream in page
    page = client.get("/nhat-ky/kiem-tra/", {"code": "0000-0000-0000"}).content.decode()
    assert "giấy hoặc nhật ký đã bị sửa" in page
    done = client.post("/nhat-ky/kiem-tra/ngay/", follow=True)
    assert "Đã xếp việc kiểm tra" in done.content.decode()


def test_checkpoints_show_where_they_lie(enter, event, settings, tmp_path):
    client = enter(Role.AUDITOR)
    assert "Chưa đặt nơi giữ bản ngoài" in client.get("/nhat-ky/diem-kiem/").content.decode()
    settings.AUDIT_FOLDER = str(tmp_path / "ngoai")
    services.push_copies(at=now())
    page = client.get("/nhat-ky/diem-kiem/").content.decode()
    assert "1 trên 1 nơi" in page
    assert "Chưa đặt nơi" not in page


def test_everybody_may_keep_the_newest_checkpoint(client, event):
    answer = client.get("/minh-bach/checkpoint")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    said = read_checkpoint(answer.content.decode(), list_verifiers())
    assert said.size == Event.objects.count()


def test_before_the_first_checkpoint_there_is_none(client, db):
    assert client.get("/minh-bach/checkpoint").status_code == 404
