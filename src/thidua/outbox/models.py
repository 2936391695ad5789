"""Tables of mail and notices."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import User
from thidua.outbox.lifecycle import MessageState, Way


class MailServer(models.Model):
    """One row: the server that takes our mail. The password is sealed and never shown."""

    SECURITIES = (
        ("starttls", _("STARTTLS (thường là cổng 587)")),
        ("tls", _("TLS ngay từ đầu (thường là cổng 465)")),
        ("none", _("không mã hóa (chỉ trong mạng nội bộ)")),
    )

    is_on = models.BooleanField(default=False)
    host = models.CharField(max_length=255, blank=True)
    port = models.PositiveIntegerField(default=587)
    security = models.CharField(max_length=10, choices=SECURITIES, default="starttls")
    username = models.CharField(max_length=255, blank=True)
    password_box = models.TextField(blank=True)
    sender_name = models.CharField(max_length=120, blank=True)
    sender_address = models.EmailField(blank=True)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    last_error_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="mail_server_is_one", condition=Q(pk=1)),
            models.CheckConstraint(
                name="mail_server_on_has_address",
                condition=Q(is_on=False) | (~Q(host="") & ~Q(sender_address="")),
            ),
            models.CheckConstraint(
                name="mail_server_port", condition=Q(port__gte=1, port__lte=65535)
            ),
        )

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class Letter(models.Model):
    """The organisation's own words for one kind of mail; without a row those of kinds.yaml count."""

    kind = models.SlugField(max_length=40, unique=True)
    subject = models.CharField(max_length=300)
    body = models.TextField()

    def __str__(self) -> str:
        return self.kind


class MailChoice(models.Model):
    """How a user wants one kind by mail, where it differs from the kind's own way."""

    WAYS = (
        (Way.NOW.value, _("gửi ngay")),
        (Way.DAILY.value, _("gộp một thư mỗi ngày làm việc")),
        (Way.NEVER.value, _("không gửi thư")),
    )

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mail_choices")
    kind = models.SlugField(max_length=40)
    way = models.CharField(max_length=10, choices=WAYS)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "kind"], name="mail_choice_of_user"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}: {self.way}"


class Batch(models.Model):
    """Messages that were made together and go only when somebody has looked at them."""

    title = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="batch_released_or_cancelled",
                condition=Q(released_at__isnull=True) | Q(cancelled_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.title


class Message(models.Model):
    """One mail to one address.

    `key` is unique for good: the same act makes its mail once. While it is being sent, `token` names
    the sender and `handed_at` says that the text may have reached the server. The text of a private
    message (a link that opens something) is sealed, not shown, and gone once it is sent.
    """

    STATES = (
        (MessageState.HELD.value, _("Chờ xem")),
        (MessageState.WAITING.value, _("Chờ gửi")),
        (MessageState.SENDING.value, _("Đang gửi")),
        (MessageState.SENT.value, _("Đã gửi")),
        (MessageState.UNSURE.value, _("Chưa rõ đã đi chưa")),
        (MessageState.REFUSED.value, _("Bị trả lại")),
        (MessageState.FAILED.value, _("Không gửi được")),
        (MessageState.CANCELLED.value, _("Đã hủy")),
    )

    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=200, unique=True)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="messages")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="messages")
    address = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    folded = models.CharField(max_length=500, db_index=True, editable=False)
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    is_private = models.BooleanField(default=False)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=STATES)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    next_try_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    token = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="message_sent_has_time",
                condition=Q(state=MessageState.SENT.value, sent_at__isnull=False)
                | ~Q(state=MessageState.SENT.value) & Q(sent_at__isnull=True),
            ),
            models.CheckConstraint(
                name="message_sending_is_claimed",
                condition=~Q(state=MessageState.SENDING.value)
                | Q(token__isnull=False, claimed_at__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=["state", "next_try_at"]),
            models.Index(F("created_at").desc(), name="message_newest_first"),
        )

    def __str__(self) -> str:
        return f"{self.subject} ({self.pk})"


class Notice(models.Model):
    """Something a user should know, under the bell; `url` is a path of ours."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=200)
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    in_digest_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["user", "key"], name="notice_once"),
            models.CheckConstraint(
                name="notice_leads_inside",
                condition=Q(url="") | (Q(url__startswith="/") & ~Q(url__startswith="//")),
            ),
        )
        indexes = (models.Index(fields=["user", "read_at"]),)

    def __str__(self) -> str:
        return self.text
