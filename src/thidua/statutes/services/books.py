"""Pin the book that judges."""

from __future__ import annotations

from datetime import datetime

from thidua.statutes.models import BookDigest
from thidua.statutes.selectors.books import base_digest, digest_of, released_now


def pin_book(*, at: datetime) -> BookDigest:
    """The digest of the book in force, kept with what it was made of; rows that were judged point at it.

    Ask for it before `get_book()` in one transaction, so that both are of one moment.
    """
    released = released_now()
    pinned, _ = BookDigest.objects.get_or_create(
        digest=digest_of(released),
        defaults={
            "base": base_digest(),
            "overlays": [list(one) for one in released],
            "made_at": at,
        },
    )
    return pinned
