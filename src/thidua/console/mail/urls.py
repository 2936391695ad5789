from django.urls import path

from thidua.console.mail.views import letters, messages, notices, server
from thidua.outbox.permissions import can_keep_mail_server, can_see_outbox, can_write_letters
from thidua.web.doors import anyone, door

sees, writes, keeps = door(can_see_outbox), door(can_write_letters), door(can_keep_mail_server)
own = door(anyone)
urlpatterns = [
    path("hop-thu-di/", sees(messages.MessageList.as_view()), name="message-list"),
    path("hop-thu-di/<int:pk>/", sees(messages.message_detail), name="message-detail"),
    path("hop-thu-di/<int:pk>/huy/", sees(messages.message_cancel), name="message-cancel"),
    path("hop-thu-di/<int:pk>/gui-lai/", sees(messages.message_send), name="message-send"),
    path("hop-thu-di/<int:pk>/da-den/", sees(messages.message_confirm), name="message-confirm"),
    path("dot-thu/", sees(messages.BatchList.as_view()), name="batch-list"),
    path("dot-thu/<int:pk>/", sees(messages.batch_detail), name="batch-detail"),
    path("dot-thu/<int:pk>/gui/", sees(messages.batch_release), name="batch-release"),
    path("dot-thu/<int:pk>/huy/", sees(messages.batch_cancel), name="batch-cancel"),
    path("mau-thu/", writes(letters.letter_list), name="letter-list"),
    path("mau-thu/<slug:kind>/", writes(letters.letter_edit), name="letter-edit"),
    path("mau-thu/<slug:kind>/tra-ve/", writes(letters.letter_restore), name="letter-restore"),
    path("may-chu-thu/", keeps(server.mail_server), name="mail-server"),
    path("thong-bao/", own(notices.notice_list), name="notice-list"),
    path("thong-bao/<int:pk>/mo/", own(notices.notice_open), name="notice-open"),
    path("thong-bao/doc-het/", own(notices.notice_read_all), name="notice-read-all"),
    path("thong-bao/cach-nhan/", own(notices.mail_choices), name="mail-choices"),
]
