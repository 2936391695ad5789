"""The navigation as data: groups, and in each the screens that the actor may open.

A group of screens adds one entry. It shows when its address exists and `may` lets the actor in; use
the same predicate as the door of the view. `count` says how many things wait, and whether late.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.accounts.permissions import can_open_users
from thidua.audit.permissions import can_read_trail
from thidua.documents.permissions import can_keep_templates, can_see_number_books
from thidua.jobs.permissions import can_see_jobs
from thidua.organizations.permissions import can_see_tree
from thidua.outbox.permissions import can_keep_mail_server, can_see_outbox, can_write_letters
from thidua.outbox.selectors import count_unread_notices
from thidua.people.permissions import can_keep_positions, can_see_people, can_see_self
from thidua.statutes.permissions import can_read_law, can_read_overlays
from thidua.support.actor import Actor, Role
from thidua.web.doors import anyone
from thidua.web.words import Label


@dataclass(frozen=True)
class Waiting:
    """How many wait, and is one of them late."""

    number: int
    is_late: bool = False


@dataclass(frozen=True)
class Item:
    """One screen in the navigation."""

    label: Label
    url_name: str
    icon: str
    may: Callable[[Actor], bool]
    count: Callable[[Actor, datetime], Waiting] | None = None


@dataclass(frozen=True)
class Group:
    """Screens under one heading."""

    label: Label
    items: tuple[Item, ...]


def holding(*roles: Role) -> Callable[[Actor], bool]:
    """Whoever holds one of the roles, for any unit."""

    def may(actor: Actor) -> bool:
        return actor.has(*roles)

    return may


GROUPS = (
    Group(
        _("Công việc"),
        (Item(_("Việc của tôi"), "console:home", "inbox", anyone),),
    ),
    Group(_("Chỉ đạo và phong trào"), ()),
    Group(
        _("Khen thưởng"),
        (Item(_("Luật"), "console:statute-list", "scale", can_read_law),),
    ),
    Group(
        _("Con người"),
        (
            Item(_("Hồ sơ của tôi"), "console:self-page", "user-round", can_see_self),
            Item(_("Người"), "console:person-list", "user-round-search", can_see_people),
            Item(_("Chức danh"), "console:position-list", "id-card", can_keep_positions),
            Item(_("Đơn vị"), "console:unit-list", "network", can_see_tree),
            Item(_("Cụm, khối thi đua"), "console:bloc-list", "users-round", can_see_tree),
        ),
    ),
    Group(_("Tổng hợp"), ()),
    Group(
        _("Quản trị"),
        (
            Item(_("Cơ quan"), "console:organisation-edit", "building-2", can_keep_mail_server),
            Item(_("Nhật ký"), "console:audit-list", "history", can_read_trail),
            Item(_("Hộp thư đi"), "console:message-list", "send", can_see_outbox),
            Item(_("Mẫu thư"), "console:letter-list", "mail", can_write_letters),
            Item(_("Máy chủ thư"), "console:mail-server", "mail-check", can_keep_mail_server),
            Item(_("Việc nền"), "console:job-list", "list-checks", can_see_jobs),
            Item(_("Lịch chạy"), "console:schedule-list", "calendar-clock", can_see_jobs),
            Item(_("Tài khoản"), "console:user-list", "user-cog", can_open_users),
            Item(_("Quy định riêng"), "console:overlay-list", "landmark", can_read_overlays),
            Item(_("Lịch làm việc"), "console:calendar-year", "calendar-days", can_read_law),
            Item(_("Sổ văn bản"), "console:number-book-list", "book-open", can_see_number_books),
            Item(_("Mẫu văn bản"), "console:template-list", "file-text", can_keep_templates),
        ),
    ),
)
# What a phone shows at the bottom, in this order, as far as the actor may; «Thêm» is always last.
DOCK = (
    ("console:home", _("Việc")),
    ("console:person-list", _("Người")),
    ("console:unit-list", _("Đơn vị")),
)


@dataclass(frozen=True)
class Tool:
    """A button of the top bar: what waits there, in words too (`said` of the count)."""

    url_name: str
    icon: str
    may: Callable[[Actor], bool]
    said: Callable[[int], str]
    count: Callable[[Actor, datetime], int]

    def made_for(self, actor: Actor, at: datetime) -> dict[str, Any] | None:
        """As it is shown to one actor, or None when it is not built or not theirs."""
        url = address_of(self.url_name)
        if url is None or not self.may(actor):
            return None
        number = self.count(actor, at)
        return {"url": url, "icon": self.icon, "said": self.said(number), "count": number}


def _say_notices(number: int) -> str:
    if not number:
        return _now("Thông báo: không có thông báo mới")
    return _now("Thông báo: %(number)s mới") % {"number": number}


def _count_notices(actor: Actor, at: datetime) -> int:  # noqa: ARG001 - shape of counts
    return count_unread_notices(actor)


TOOLS: tuple[Tool, ...] = (
    Tool("console:notice-list", "bell", anyone, _say_notices, _count_notices),
)


@dataclass(frozen=True)
class Entry:
    """An item as it is shown to one actor."""

    label: str
    url: str
    icon: str
    url_name: str
    is_here: bool = False
    count: int = 0
    is_late: bool = False


def entries_for(
    actor: Actor, at: datetime, here: str = "", *, counted: bool = True
) -> list[tuple[str, list[Entry]]]:
    """Groups with what the actor may open; groups without anything are left out.

    `here` is the address of the page; the entry with the longest address that begins it is current.
    """
    current = _current(here)
    shown = []
    for group in GROUPS:
        items = []
        for item in group.items:
            url = address_of(item.url_name)
            if url is None or not item.may(actor):
                continue
            waiting = item.count(actor, at) if counted and item.count else Waiting(0)
            items.append(
                Entry(
                    str(item.label),
                    url,
                    item.icon,
                    item.url_name,
                    is_here=url == current,
                    count=waiting.number,
                    is_late=waiting.is_late,
                )
            )
        if items:
            shown.append((str(group.label), items))
    return shown


def _current(here: str) -> str | None:
    """The address of the screen to which a page belongs."""
    addresses = (address_of(item.url_name) for group in GROUPS for item in group.items)
    over = [
        url for url in addresses if url and (here == url or (url != "/" and here.startswith(url)))
    ]
    return max(over, key=len, default=None)


def address_of(url_name: str) -> str | None:
    """The address of a screen, if it is built."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None
