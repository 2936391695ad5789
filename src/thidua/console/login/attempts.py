"""Guessing of passwords is counted by account and address (SEC-4); axes keeps the count.

- Five failures for one account from one address within 15 minutes: that pair waits 15 minutes.
- Fifty failures within an hour for one account from wherever: only addresses from which its owner
  has logged in before are let try. The owner is never locked out of a place that they use, and
  passkeys and single sign-on pass by.
- Over a hundred failures within an hour from one address: each further attempt from it waits, two
  seconds at most, and is never refused for that. Who logged in from there before does not wait.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Mapping
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from thidua.accounts.selectors import count_failures, has_come_from
from thidua.support.text import clean

ACCOUNT_LIMIT = 50
ADDRESS_LIMIT = 100
KNOWN_FOR = timedelta(days=30)
# So many threads of this process may wait at once: an attacker must not take them all.
_WAITING = BoundedSemaphore(4)


def account_of(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The mail address that somebody tries, in one spelling."""
    typed = credentials or {}
    address = typed.get("email") or typed.get("username") or request.POST.get("login") or ""
    return clean(str(address)).lower()[:254]


def address_of(request: HttpRequest) -> str:
    """Where an attempt comes from: an IPv4 address, or the first 64 bits of an IPv6 one.

    One customer has a whole /64, so a single IPv6 address says nothing.
    """
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - "unknown", no socket is bound
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def describe(*parts: Any) -> str:
    """What the log of the server says of an attempt: no name, no address; the trail has them."""
    del parts
    return "(account and address: see the audit trail)"


class Attempts(AxesDatabaseHandler):
    """Counts as axes does, with the two further limits of this module."""

    def is_locked(self, request: Any, credentials: dict[str, Any] | None = None) -> bool:
        """May this pair of account and address not try now."""
        if super().is_locked(request, credentials):
            return True
        account = get_client_username(request, credentials)
        failures = self._failures(username=account)
        return failures >= ACCOUNT_LIMIT and not self._is_known(account, request.axes_ip_address)

    def is_allowed(self, request: Any, credentials: dict[str, Any] | None = None) -> bool:
        """May this attempt be evaluated; waits first where too many came from one address."""
        if not super().is_allowed(request, credentials):
            return False
        address = request.axes_ip_address
        failures = self._failures(ip_address=address)
        if failures > ADDRESS_LIMIT:
            account = get_client_username(request, credentials)
            if not self._is_known(account, address):
                wait(failures - ADDRESS_LIMIT)
        return True

    def remove_out_of_limit_failure_logs(self, *, username: str, limit: int | None = None) -> int:
        """Nothing: what is old is forgotten by its age, never the newest by their number."""
        del username, limit
        return 0

    @staticmethod
    def _failures(**where: Any) -> int:
        return count_failures(now() - timedelta(hours=1), **where)

    @staticmethod
    def _is_known(account: str, address: str) -> bool:
        return has_come_from(account, address, now() - KNOWN_FOR)


def wait(excess: int) -> None:
    """Hold an attempt back: longer the more there were, to the limit of the settings.

    When four wait already, it is not held: the hashing of passwords slows it enough.
    """
    if _WAITING.acquire(blocking=False):
        try:
            time.sleep(min(settings.LOGIN_LONGEST_WAIT, 0.02 * excess))
        finally:
            _WAITING.release()


def show_lockout(
    request: HttpRequest,
    original: HttpResponse | None = None,
    credentials: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page for somebody who has to wait; the same for accounts that do not exist."""
    del original, credentials
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"limit": settings.AXES_FAILURE_LIMIT, "minutes": minutes}
    return render(request, "account/locked.html", context, status=429)
