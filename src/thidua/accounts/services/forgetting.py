"""What is kept for a time only: counted attempts, sessions that are over."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db import transaction

# The trail keeps who logged in; these rows only count attempts and know places.
ATTEMPTS_KEPT = timedelta(days=90)


@transaction.atomic
def forget_old(*, at: datetime) -> dict[str, int]:
    """Take away attempts of more than 90 days ago and sessions that are over; how many of each."""
    before = at - ATTEMPTS_KEPT
    counts = {
        "attempts": sum(
            table.objects.filter(attempt_time__lt=before).delete()[0]
            for table in (AccessAttempt, AccessFailureLog, AccessLog)
        ),
        "sessions": Session.objects.filter(expire_date__lt=at).delete()[0],
    }
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
    return counts
