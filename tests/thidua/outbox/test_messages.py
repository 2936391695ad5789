"""Held, looked at, released; cancelled, sent again; secrets; choices and digests."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage as DjangoMail

from thidua.accounts.models import User
from thidua.audit.models import Event
from thidua.outbox import services
from thidua.outbox.backend import OutboxBackend
from thidua.outbox.errors import MailFault
from thidua.outbox.lifecycle import Way, as_html, fill, places_of
from thidua.outbox.models import MailServer, Message, Notice
from thidua.outbox.permissions import can_act_on_message, can_keep_mail_server, can_see_outbox
from thidua.outbox.selectors import count_unread_notices, get_way, list_kinds, list_messages_for
from thidua.support.actor import ANONYMOUS, Actor, Grant, Role, system

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(minh):
    return Actor(minh.pk, minh.full_name, (Grant(Role.UNIT_CLERK, 1),))


def test_a_batch_is_held_until_somebody_has_looked(smtp, mail_on, postman, write, clerk, at):
    smtp()
    batch = services.open_batch(title="Nhắc 3 đơn vị", actor=clerk, at=at)
    for letter in "abc":
        write(f"{letter}@x.example", batch=batch)
    services.deliver(at=at)
    assert postman.taken == []
    assert services.release_batch(batch=batch, actor=clerk, at=at) == 3
    assert services.release_batch(batch=batch, actor=clerk, at=at) == 0  # a second click
    services.deliver(at=at)
    assert len(postman.taken) == 3
    with pytest.raises(MailFault, match="đã gửi"):
        services.cancel_batch(batch=batch, actor=clerk, at=at)


def test_a_cancelled_batch_never_goes(smtp, mail_on, postman, write, clerk, at):
    smtp()
    batch = services.open_batch(title="Nhắc", actor=clerk, at=at)
    write("a@x.example", batch=batch)
    assert services.cancel_batch(batch=batch, actor=clerk, at=at) == 1
    with pytest.raises(MailFault, match="đã hủy"):
        services.release_batch(batch=batch, actor=clerk, at=at)
    services.deliver(at=at)
    assert postman.taken == []
    actions = Event.objects.filter(action__startswith="mail_batch").values_list("action", flat=True)
    assert set(actions) == {"mail_batch.open", "mail_batch.cancel"}


def test_a_refused_message_is_sent_again_to_a_mended_address(
    smtp, mail_on, postman, write, clerk, at
):
    smtp()
    postman.answers["mnih@x.example"] = ["550 no such user"]
    message = write("mnih@x.example")
    with pytest.raises(MailFault, match="không cần gửi lại"):
        services.send_again(message=message, actor=clerk, at=at)
    services.deliver(at=at)
    with pytest.raises(MailFault, match="không phải địa chỉ thư"):
        services.send_again(message=message, address="minh@", actor=clerk, at=at)
    services.send_again(message=message, address="minh@x.example", actor=clerk, at=at)
    services.deliver(at=at)
    assert postman.addresses == ["minh@x.example"]
    message.refresh_from_db()
    assert message.message_id == postman.taken[0][1]["Message-ID"]
    assert Event.objects.filter(action="message.send_again").count() == 1


def test_a_waiting_message_is_cancelled_a_sent_one_is_not(smtp, mail_on, postman, write, clerk, at):
    smtp()
    message = write("a@x.example")
    sent = write("b@x.example")
    services.cancel_message(message=message, actor=clerk, at=at)
    services.deliver(at=at)
    assert postman.addresses == ["b@x.example"]
    with pytest.raises(MailFault, match="không hủy được"):
        services.cancel_message(message=sent, actor=clerk, at=at)


def test_a_private_text_is_sealed_and_gone_once_it_is_sent(smtp, mail_on, postman, minh, write, at):
    smtp()
    link = "https://thidua.example/loi-moi/bi-mat-256-bit"
    message = write(minh, kind="invitation", values={"duong_dan": link})
    assert message.is_private
    assert "bi-mat" not in message.body
    assert not Event.objects.filter(payload__contains="bi-mat").exists()
    services.deliver(at=at)
    assert link in postman.taken[0][1].get_body(("plain",)).get_content()
    message.refresh_from_db()
    assert message.body == ""


def test_mail_of_libraries_goes_through_the_outbox(smtp, mail_on, postman, at):
    from thidua.support.clock import now

    smtp()
    mail = DjangoMail("Đặt lại mật khẩu", "Mở https://x.example/abc", to=["a@x.example"])
    assert OutboxBackend().send_messages([mail]) == 1
    message = Message.objects.get()
    assert (message.kind, message.is_private, message.state) == ("account", True, "waiting")
    services.deliver(at=now())
    assert "https://x.example/abc" in postman.taken[0][1].get_body(("plain",)).get_content()


def test_the_password_is_sealed_and_stays_when_it_is_not_typed(mail_on, keeper, at, settings):
    services.change_mail_server(password="rất mật", actor=keeper, at=at)
    services.change_mail_server(port=2525, actor=keeper, at=at)
    box = MailServer.objects.get().password_box
    assert box
    assert "mật" not in box
    assert not Event.objects.filter(payload__contains="rất").exists()
    from thidua.outbox.services.sealed import PASSWORD, unseal

    assert unseal(PASSWORD, box) == "rất mật"
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "khóa mới " * 10
    assert unseal(PASSWORD, box) == "rất mật"


def test_a_changed_key_asks_for_the_password_anew(
    smtp, mail_on, keeper, write, at, settings, postman
):
    smtp()
    services.change_mail_server(username="x", password="rất mật", actor=keeper, at=at)
    settings.SECRET_KEY = "khóa mới " * 10
    write("a@x.example")
    assert "Nhập lại mật khẩu" in services.deliver(at=at).problem
    assert postman.taken == []


def test_a_letter_has_the_words_of_the_organisation(write, minh, keeper, at):
    with pytest.raises(MailFault, match=r"Không có chỗ điền \{tien\}"):
        services.change_letter(kind="reminder", subject="{tien}", body="x", actor=keeper, at=at)
    with pytest.raises(MailFault, match="cả tiêu đề và nội dung"):
        services.change_letter(kind="reminder", subject=" ", body="x", actor=keeper, at=at)
    services.change_letter(
        kind="reminder", subject="Việc gấp", body="Chào {ten}: {noi_dung}", actor=keeper, at=at
    )
    message = write(minh)
    assert message.subject == "Việc gấp"
    assert message.body == "Chào Nguyễn Thị Minh: Còn 3 ngày làm việc."
    services.restore_letter(kind="reminder", actor=keeper, at=at)
    assert write(minh, key="2").subject.startswith("Nhắc việc")
    assert Event.objects.filter(action__startswith="letter.").count() == 2


def test_every_given_letter_fills_all_its_places():
    for kind in list_kinds().values():
        assert places_of(kind.subject + kind.body) <= set(kind.values)


def test_letters_are_filled_and_nothing_more():
    said = {"ten": "{noi_dung} {0.__class__}", "noi_dung": "x"}
    assert fill("{ten} {a.b} {{ten}} {khac}", said) == (
        "{noi_dung} {0.__class__} {a.b} {{noi_dung} {0.__class__}} {khac}"
    )
    page = as_html("<b> & https://x.example/a?b=1&c=2.", "<t>")
    assert "&lt;b&gt; &amp; " in page
    assert '<a href="https://x.example/a?b=1&amp;c=2">' in page


def notify(user, key, at, **more):
    return services.notify(
        user=user, text=f"Việc {key}", key=key, actor=system("test"), at=at, **more
    )


def test_a_notice_is_given_once_and_mailed_as_the_user_likes(minh, clerk, at):
    notify(minh, "1", at)
    notify(minh, "1", at)
    assert Notice.objects.count() == 1
    assert Message.objects.count() == 0  # daily unless chosen otherwise
    services.choose_way(kind="notice", way=Way.NOW, actor=clerk, at=at)
    assert get_way(minh.pk, "notice") is Way.NOW
    notify(minh, "2", at, url="/ho-so/1")
    assert Message.objects.get().subject == "Việc 2"
    with pytest.raises(MailFault, match="luôn được gửi ngay"):
        services.choose_way(kind="invitation", way=Way.NEVER, actor=clerk, at=at)


def test_the_digest_gathers_what_is_unread_once(minh, clerk, at):
    other = User.objects.create_user("an@bo.example", full_name="Lê An")
    never = User.objects.create_user("ba@bo.example", full_name="Lê Ba")
    services.choose_way(kind="notice", way=Way.NEVER, actor=Actor(never.pk, never.full_name), at=at)
    for number in range(3):
        for user in (minh, never):
            notify(user, str(number), at)
    services.read_notice(notice=Notice.objects.filter(user=minh).first(), actor=clerk, at=at)
    notify(other, "x", at)
    sent = services.send_digests(actor=system("test"), at=at)
    assert sent == 2
    assert services.send_digests(actor=system("test"), at=at + timedelta(days=1)) == 0
    mail = Message.objects.get(user=minh)
    assert mail.subject == "Anh/chị có 2 thông báo mới"
    assert "- Việc 1\n- Việc 0" in mail.body


def test_the_bell_counts_ones_own_and_is_emptied(minh, clerk, keeper, at):
    notify(minh, "1", at)
    notify(minh, "2", at)
    assert count_unread_notices(clerk) == 2
    assert count_unread_notices(keeper) == 0
    services.read_notice(notice=Notice.objects.first(), actor=keeper, at=at)  # not theirs
    assert count_unread_notices(clerk) == 2
    assert services.read_all_notices(actor=clerk, at=at) == 2
    assert count_unread_notices(clerk) == 0
    assert count_unread_notices(ANONYMOUS) == 0


def test_who_sees_which_messages(write, clerk, keeper, at):
    services.queue_message(kind="reminder", to="a@x.example", key="own", actor=clerk, at=at)
    write("b@x.example")
    assert list_messages_for(keeper).count() == 2
    assert [one.key for one in list_messages_for(clerk)] == ["own"]
    assert list_messages_for(Actor(clerk.user_id, "x")).count() == 0
    assert can_see_outbox(clerk)
    assert not can_see_outbox(ANONYMOUS)
    assert not can_keep_mail_server(clerk)
    assert can_act_on_message(clerk, clerk.user_id)
    assert not can_act_on_message(clerk, None)
    assert can_act_on_message(keeper, clerk.user_id)


def test_old_mail_is_forgotten(write, at, clerk):
    write("a@x.example")
    kept = write("b@x.example")
    Message.objects.filter(address="a@x.example").update(state="cancelled")
    assert services.forget(at=at + timedelta(days=366)) == 1
    assert Message.objects.get() == kept
