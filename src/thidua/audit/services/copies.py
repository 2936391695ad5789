"""Bring checkpoints to places that our own hands cannot change. Each try is recorded."""

from __future__ import annotations

import os
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from thidua.audit.errors import CopyFailed
from thidua.audit.models import Checkpoint, OutsideCopy
from thidua.support.clock import VIETNAM

TIMEOUT = 5
SHORTEST, LONGEST = timedelta(seconds=5), timedelta(minutes=10)
NEVER = timedelta(0)


@dataclass(frozen=True)
class Target:
    """An outside place; `name` is shown on screens. At most once in `every`."""

    name: str
    send: Callable[[Checkpoint], None]
    every: timedelta = NEVER


def list_targets() -> list[Target]:
    """The places that the settings name."""
    targets = []
    if settings.AUDIT_FOLDER:
        folder = Path(settings.AUDIT_FOLDER)
        targets.append(Target(f"{folder}", lambda one: _to_folder(folder, one)))
    for url in settings.AUDIT_WITNESSES:
        parts = urlsplit(url)
        # A name, a password, what stands after `?` may be secrets.
        name = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"[:300]
        targets.append(Target(name, lambda one, url=url: _to_witness(url, one)))  # type: ignore[misc]
    if settings.AUDIT_MAIL:
        to = list(settings.AUDIT_MAIL)
        day = timedelta(hours=24)
        targets.append(Target(", ".join(to)[:300], lambda one: _to_mail(to, one), day))
    return targets


def push_copies(*, at: datetime) -> int:
    """Send the newest checkpoint to each place that lacks it; how many arrived.

    The newest covers all before it, so older ones are not sent later. A place that failed is tried
    again after a pause that doubles, from five seconds to ten minutes.
    """
    newest = Checkpoint.objects.order_by("-pk").first()
    if newest is None:
        return 0
    return sum(_push(target, newest, at) for target in list_targets())


def _push(target: Target, newest: Checkpoint, at: datetime) -> bool:
    copies = OutsideCopy.objects.filter(target=target.name)
    last = copies.order_by("-tried_at", "-pk").first()
    if last and last.delivered_at:
        if last.checkpoint_id == newest.pk or at < last.delivered_at + target.every:
            return False
    elif last and last.tried_at and at < last.tried_at + pause_after(last.tries):
        return False
    tries = last.tries + 1 if last and not last.delivered_at else 1
    try:
        target.send(newest)
        error, delivered = "", at
    except CopyFailed as failure:
        error, delivered = str(failure), None
    OutsideCopy.objects.update_or_create(
        checkpoint=newest,
        target=target.name,
        defaults={"tries": tries, "tried_at": at, "delivered_at": delivered, "error": error},
    )
    return delivered is not None


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many failures one after the other."""
    return min(LONGEST, SHORTEST * (1 << min(tries - 1, 20)))


def file_name(checkpoint: Checkpoint) -> str:
    """Of an outside copy: sorts by age."""
    return f"{checkpoint.epoch_id:04d}-{checkpoint.size:012d}.txt"


def _to_folder(folder: Path, checkpoint: Checkpoint) -> None:
    path = folder / file_name(checkpoint)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            if path.read_text("utf-8") != checkpoint.text:
                raise CopyFailed(_("Tệp «%s» đã có và khác với điểm kiểm này.") % path.name)
            return
        handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(checkpoint.text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o444)
        Path(name).rename(path)
    except OSError as error:
        raise CopyFailed(
            _("Không ghi được vào thư mục: %s.") % (error.strerror or error)
        ) from error


def _to_witness(url: str, checkpoint: Checkpoint) -> None:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise CopyFailed(_("Địa chỉ phải bắt đầu bằng https://."))
    request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
        url,
        data=checkpoint.text.encode(),
        headers={"Content-Type": "text/plain; charset=utf-8"},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            answer.read(1024)
    except (OSError, HTTPException, ValueError) as error:
        raise CopyFailed(_("Máy làm chứng không nhận: %s.") % error) from error


def _to_mail(to: list[str], checkpoint: Checkpoint) -> None:
    day = checkpoint.made_at.astimezone(VIETNAM)
    body = _(
        "Đây là điểm kiểm của nhật ký hệ thống Thi đua, khen thưởng. Xin giữ thư này: sau này nó "
        "chứng minh nhật ký đến số %(size)s không bị sửa, bớt hay chèn.\n\n%(text)s"
    ) % {"size": checkpoint.size, "text": checkpoint.text}
    subject = _("Điểm kiểm nhật ký ngày %s") % f"{day:%d/%m/%Y}"
    try:
        EmailMessage(subject, body, to=to).send()
    except (OSError, SMTPException) as error:
        raise CopyFailed(_("Không gửi được thư: %s.") % error) from error
