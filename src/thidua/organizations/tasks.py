"""Queued work of units."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.organizations import services
from thidua.support.queue import Run, task


@task(gettext_noop("Đưa tên và vị trí mới của đơn vị vào hiệu lực"))
def turn_day(run: Run) -> str:
    """Just after midnight: what was recorded for today is shown from today."""
    count = services.turn_day(actor=run.actor, at=run.at)
    return _("Cây đơn vị của hôm nay: %d đơn vị mang tên mới.") % count
