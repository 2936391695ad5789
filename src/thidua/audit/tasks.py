"""Work of the trail that repeats, and the ways in of its management command."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.audit import services
from thidua.audit.errors import AuditError, KeyMissing
from thidua.audit.lifecycle.notes import Verifier
from thidua.audit.lifecycle.report import MOST, Report
from thidua.audit.models import Epoch
from thidua.audit.selectors.claims import find_keys, read_outside, read_since
from thidua.audit.selectors.keys import list_verifiers
from thidua.audit.selectors.verifying import verify
from thidua.support.actor import Actor
from thidua.support.queue import Run, task


@task(gettext_noop("Xếp sự kiện nhật ký, ký và gửi điểm kiểm"))
def sequence(run: Run) -> str:
    """Every five seconds. Without a key nothing is placed, and each result says so."""
    try:
        count, sent = place_events(at=run.at)
    except KeyMissing as missing:
        return str(missing)
    return _("Đã xếp %(count)s sự kiện, gửi %(sent)s bản ngoài.") % {"count": count, "sent": sent}


@task(gettext_noop("Kiểm tra toàn bộ nhật ký"))
def verify_nightly(run: Run) -> str:
    """Every night; the screen of the trail shows what was found."""
    report = check_trail(at=run.at)
    if report.is_good:
        return _("Nhật ký nguyên vẹn.")
    return _("Nhật ký KHÔNG nguyên vẹn: xem «Nhật ký › Kiểm tra».")


def place_events(*, at: datetime) -> tuple[int, int]:
    """Place, sign and send: how many events, how many copies arrived."""
    return services.sequence(at=at), services.push_copies(at=at)


def check_trail(
    *, at: datetime, external: Path | None = None, since: Path | None = None, most: int = MOST
) -> Report:
    """Check everything and keep the result.

    `external` is a folder with outside copies, by default the one of the settings. Keys that lie
    there are believed, and no others. Raises BadNote for a `since` that is no checkpoint of ours,
    AuditError for a place that is not there.
    """
    if external and not external.is_dir():
        raise AuditError(_("Thư mục bản ngoài «%s» không tồn tại.") % external)
    if since and not since.is_file():
        raise AuditError(_("Tệp điểm kiểm «%s» không tồn tại.") % since)
    folder = external or (Path(settings.AUDIT_FOLDER) if settings.AUDIT_FOLDER else None)
    report = Report(most=most)
    keys = (find_keys(folder) if folder else []) or list_verifiers()
    outside = read_outside(folder, keys, report) if folder else []
    start = read_since(since, keys) if since else None
    verify(verifiers=keys, outside=outside, since=start, report=report)
    services.record_verification(report=report, at=at)
    return report


def make_key(*, name: str) -> Verifier:
    """A key for an installation that has none. Raises KeyTaken, KeyUnfit."""
    return services.init_key(name=name)


def close_epoch(
    *, actor: Actor, at: datetime, reason: str, external: Path | None = None
) -> tuple[Epoch, Report]:
    """Check, then close the epoch with everything that was found, and place what waited."""
    report = check_trail(at=at, external=external, most=1_000_000)
    epoch = services.new_epoch(report=report, reason=reason, actor=actor, at=at)
    services.sequence(at=at)
    return epoch, report
