"""Keep what a check found, for the screen that shows the last one."""

from __future__ import annotations

from datetime import datetime

from thidua.audit.lifecycle.report import Report
from thidua.audit.models import Verification

KEPT = 400


def record_verification(*, report: Report, at: datetime) -> Verification:
    """One more result; those beyond the newest four hundred go."""
    words = report.as_json()
    words["problems"] = words["problems"][:100]
    made = Verification.objects.create(at=at, is_good=report.is_good, report=words)
    old = Verification.objects.order_by("-pk").values_list("pk", flat=True)[KEPT:]
    Verification.objects.filter(pk__in=list(old)).delete()
    return made
