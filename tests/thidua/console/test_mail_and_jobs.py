"""Mail, notices, jobs and the schedule through their screens."""

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from factories.accounts import AT, SYSTEM, make_unit
from thidua.accounts import services as accounts
from thidua.accounts.models import User
from thidua.audit.models import Event
from thidua.jobs.models import Job, Schedule
from thidua.jobs.services import ensure_schedules
from thidua.outbox import services
from thidua.outbox.models import Letter, MailChoice, MailServer, Message
from thidua.support.actor import Role
from thidua.support.clock import local_date
from thidua.support.queue import enqueue

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return make_unit("BO", "Bộ Ví dụ")


@pytest.fixture
def enter(client, root):
    """`enter(role)`: the client is logged in as a new user with the role; the user."""

    def entered(role):
        user = accounts.create_user(
            email=f"{role}@bo.example", full_name="Trần Văn Lý", actor=SYSTEM, at=AT
        )
        accounts.grant_role(
            user=user, role=role, unit=root, valid_from=local_date(AT), actor=SYSTEM, at=AT
        )
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return user

    return entered


def read(answer):
    assert answer.status_code == 200
    return answer.content.decode()


SERVER = {
    "is_on": "on",
    "host": "127.0.0.1",
    "port": "9",
    "security": "none",
    "username": "thidua",
    "password": "rat-mat-khau",
    "sender_name": "Bộ Ví dụ",
    "sender_address": "thidua@bo.example",
}


def test_the_mail_server_is_set_and_its_password_never_shown(client, enter):
    enter(Role.ADMINISTRATOR)
    address = reverse("console:mail-server")
    assert client.post(address, SERVER).status_code == 302
    assert MailServer.objects.get().is_on
    page = read(client.get(address))
    assert "rat-mat-khau" not in page
    assert MailServer.objects.get().password_box not in page
    box = MailServer.objects.get().password_box
    client.post(address, SERVER | {"password": "", "port": "10"})
    assert MailServer.objects.get().password_box == box
    page = read(client.post(address, SERVER | {"try": "1"}))
    assert "Không nối được máy chủ thư 127.0.0.1:9" in page


def test_a_letter_is_looked_at_before_it_is_kept(client, enter):
    enter(Role.MINISTRY_OFFICER)
    address = reverse("console:letter-edit", args=["reminder"])
    said = {"subject": "Việc gấp", "body": "Chào {ten}, {noi_dung}"}
    page = read(client.post(address, said | {"look": "1"}))
    assert "Chào Nguyễn Thị Minh, Còn 3 ngày" in page
    assert not Letter.objects.exists()
    page = read(client.post(address, said | {"body": "Chào {ho}"}))
    assert "Không có chỗ điền {ho}" in page
    assert "Chào {ho}" in page
    assert client.post(address, said).status_code == 302
    assert Letter.objects.get().subject == "Việc gấp"
    client.post(reverse("console:letter-restore", args=["reminder"]))
    assert not Letter.objects.exists()
    assert client.get(reverse("console:letter-edit", args=["account"])).status_code == 404


def message(to, by, **more):
    return services.queue_message(
        kind="reminder",
        to=to,
        key=to,
        values={"noi_dung": "Gửi báo cáo"},
        actor=by,
        at=AT,
        **more,
    )


def test_a_batch_is_previewed_then_sent(client, enter):
    from thidua.accounts.selectors import get_actor

    user = enter(Role.UNIT_CLERK)
    clerk = get_actor(user, AT)
    batch = services.open_batch(title="Nhắc hai đơn vị", actor=clerk, at=AT)
    for letter in "ab":
        message(f"{letter}@bo.example", clerk, batch=batch)
    page = read(client.get(reverse("console:batch-detail", args=[batch.pk])))
    assert "Gửi 2 thư" in page
    assert "Chưa thư nào được gửi" in page
    assert "Nhắc việc: Gửi báo cáo" in page
    assert "Thư chờ xem" in read(client.get("/"))
    client.post(reverse("console:batch-release", args=[batch.pk]))
    client.post(reverse("console:batch-release", args=[batch.pk]))
    assert set(Message.objects.values_list("state", flat=True)) == {"waiting"}
    assert Event.objects.filter(action="mail_batch.release").count() == 1


def test_one_sees_ones_own_messages_only(client, enter):
    from thidua.accounts.selectors import get_actor

    own = message("a@bo.example", get_actor(enter(Role.UNIT_CLERK), AT))
    other = message("b@bo.example", SYSTEM)
    page = read(client.get(reverse("console:message-list")))
    assert "a@bo.example" in page
    assert "b@bo.example" not in page
    assert client.get(reverse("console:message-detail", args=[other.pk])).status_code == 404
    assert client.post(reverse("console:message-cancel", args=[other.pk])).status_code == 404
    client.post(reverse("console:message-cancel", args=[own.pk]))
    own.refresh_from_db()
    assert own.state == "cancelled"


def test_an_auditor_reads_and_changes_nothing(client, enter):
    enter(Role.AUDITOR)
    one = message("a@bo.example", SYSTEM)
    assert "Gửi báo cáo" in read(client.get(reverse("console:message-detail", args=[one.pk])))
    assert client.post(reverse("console:message-cancel", args=[one.pk])).status_code == 404


def test_a_refused_message_is_mended_on_screen(client, enter):
    enter(Role.ADMINISTRATOR)
    one = message("mnih@bo.example", SYSTEM)
    Message.objects.update(state="refused", error="Máy chủ thư trả lời: 550 no such user")
    assert "550 no such user" in read(client.get(reverse("console:message-detail", args=[one.pk])))
    address = reverse("console:message-send", args=[one.pk])
    answer = client.post(address, {"address": "minh@"}, follow=True)
    assert "không phải địa chỉ thư" in read(answer)
    client.post(address, {"address": "minh@bo.example"})
    one.refresh_from_db()
    assert (one.state, one.address) == ("waiting", "minh@bo.example")


def test_a_private_text_is_on_no_screen(client, enter):
    enter(Role.ADMINISTRATOR)
    one = services.queue_message(
        kind="invitation",
        to="a@bo.example",
        key="moi",
        values={"duong_dan": "https://x.example/bi-mat"},
        actor=SYSTEM,
        at=AT,
    )
    page = read(client.get(reverse("console:message-detail", args=[one.pk])))
    assert "bi-mat" not in page
    assert one.body not in page


def test_notices_are_under_the_bell(client, enter):
    user = enter(Role.EMPLOYEE)
    other = User.objects.create_user("an@bo.example", full_name="Lê An")
    for number in range(3):
        services.notify(
            user=user, text=f"Việc {number}", key=str(number), url="/tim/", actor=SYSTEM, at=AT
        )
    theirs = services.notify(user=other, text="Của người khác", key="x", actor=SYSTEM, at=AT)
    page = read(client.get(reverse("console:notice-list")))
    assert "Thông báo: 3 mới" in page
    assert "Của người khác" not in page
    first = user.notices.first()
    assert client.post(reverse("console:notice-open", args=[first.pk])).url == "/tim/"
    assert client.post(reverse("console:notice-open", args=[theirs.pk])).status_code == 404
    assert "Thông báo: 2 mới" in read(client.get(reverse("console:notice-list")))
    client.post(reverse("console:notice-read-all"))
    assert "không có thông báo mới" in read(client.get(reverse("console:notice-list")))
    answer = client.post(reverse("console:mail-choices"), {"notice": "never", "reminder": "daily"})
    assert answer.status_code == 302
    assert dict(MailChoice.objects.values_list("kind", "way")) == {
        "notice": "never",
        "reminder": "daily",
    }


def test_a_parked_job_is_seen_at_home_and_run_again(client, enter):
    enter(Role.ADMINISTRATOR)
    pk = enqueue("thidua.jobs.tasks.prune", key="k", actor=SYSTEM)
    Job.objects.update(state="parked", error="OSError: máy in hết giấy", ended_at=AT)
    assert "Việc nền tạm gác" in read(client.get("/"))
    page = read(client.get(reverse("console:job-list") + "?state=parked"))
    assert "Dọn việc nền đã xong từ lâu" in page
    assert "máy in hết giấy" in read(client.get(reverse("console:job-detail", args=[pk])))
    client.post(reverse("console:job-retry", args=[pk]))
    assert Job.objects.get().state == "waiting"
    client.post(reverse("console:job-cancel", args=[pk]))
    assert Job.objects.get().state == "cancelled"
    answer = client.post(reverse("console:job-cancel", args=[pk]), follow=True)
    assert "không còn gì để dừng" in read(answer)


def test_the_schedule_is_paused_resumed_and_run(client, enter):
    enter(Role.ADMINISTRATOR)
    ensure_schedules(at=AT)
    page = read(client.get(reverse("console:schedule-list")))
    assert "hằng ngày lúc 02:40" in page
    client.post(reverse("console:schedule-pause", args=["job-prune"]))
    assert "Tạm dừng bởi Trần Văn Lý" in read(client.get(reverse("console:schedule-list")))
    client.post(reverse("console:schedule-resume", args=["job-prune"]))
    assert Schedule.objects.get(name="job-prune").paused_at is None
    client.post(reverse("console:schedule-run", args=["job-prune"]))
    assert Job.objects.get().schedule.name == "job-prune"
    assert DBTaskResult.objects.count() == 1
