"""Queued work of accounts."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_noop

from thidua.accounts.lifecycle import invitation_expiry
from thidua.accounts.models import User
from thidua.accounts.services import forget_old as forget
from thidua.accounts.services import invite
from thidua.support.queue import Run, task


@task(gettext_noop("Gửi thư mời nhận tài khoản"))
def send_invitation(run: Run, *, user_id: int, base_url: str) -> str:
    """Make a fresh link for an account and mail it; a second try makes the first link void.

    The token is made here, so that it stands in no queue. Link and mail are one transaction: a mail
    that the server refuses leaves the older link as it was.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return "Tài khoản đã khóa, không gửi."
    with transaction.atomic():
        token = invite(user=user, actor=run.actor, at=run.at)
        until = localtime(invitation_expiry(run.at))
        context = {
            "invited": user,
            "inviter": run.actor.name,
            "link": f"{base_url}{reverse('invitation_open', args=[token])}",
            "until": f"{until:%H:%M} {date_format(until, 'd/m/Y')}",
        }
        with translation.override(user.language):
            subject = render_to_string("account/email/invitation_subject.txt", context).strip()
            text = render_to_string("account/email/invitation_message.txt", context)
        send_mail(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", text, None, [user.email])
    return f"Đã gửi thư mời cho {user.full_name}."


@task(gettext_noop("Dọn phiên đã hết và lượt đăng nhập cũ"))
def forget_old(run: Run) -> str:
    """Take away what is kept for a time only."""
    counts = forget(at=run.at)
    return f"Đã dọn {counts['attempts']} lượt đăng nhập, {counts['sessions']} phiên."
