"""What the shell around each page shows: who acts, where they may go, how they like it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext as _

from thidua.accounts.models import User
from thidua.console.navigation import DOCK, Entry, address_of, entries_for
from thidua.organizations.selectors import get_root_name
from thidua.support.actor import ANONYMOUS, Actor
from thidua.support.clock import now
from thidua.support.roles import ROLES
from thidua.web.guide import guide_slugs

# Pages of one's own, in the menu behind the initials.
OWN = (
    ("console:profile", gettext_lazy("Tài khoản của tôi"), "user-round"),
    ("mfa_index", gettext_lazy("Xác thực hai lớp"), "key-round"),
    ("usersessions_list", gettext_lazy("Phiên đăng nhập"), "monitor"),
    ("console:guide-index", gettext_lazy("Hướng dẫn"), "book-open"),
)


@dataclass(frozen=True)
class Shell:
    """Read by `web/base.html` and what stands on it."""

    name: str = ""
    initials: str = ""
    role: str = ""
    organisation: str = ""
    home: str = "/"
    language: str = "vi"
    theme: str = ""
    density: str = ""
    keys_off: bool = False
    groups: list[dict[str, Any]] = field(default_factory=list)
    dock: list[Entry] = field(default_factory=list)
    own: list[Entry] = field(default_factory=list)
    tools: list[dict[str, Any]] = field(default_factory=list)
    search: str | None = None
    guide: str | None = None
    look: str | None = None
    log_out: str | None = None


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor; nothing is read from the database until a template asks."""
    return {"shell": SimpleLazyObject(lambda: _make(request))}


def _make(request: HttpRequest) -> Shell:
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return Shell(language=get_language() or "vi")
    groups = entries_for(actor, now(), request.path)
    return Shell(
        name=actor.name,
        initials=_initials(actor.name),
        role=_role(actor),
        organisation=get_root_name(),
        language=get_language() or "vi",
        theme=_one_of(user, "theme", "light", "dark"),
        density=_one_of(user, "density", "compact"),
        keys_off=user.preferences.get("keys") == "off",
        groups=[{"label": label, "items": items} for label, items in groups],
        dock=_dock([item for _label, items in groups for item in items], request.path),
        own=_own(),
        search=address_of("console:search"),
        guide=_guide(request),
        look=address_of("console:look"),
        log_out=address_of("account_logout"),
    )


def _dock(items: list[Entry], here: str) -> list[Entry]:
    """Five at most: those of DOCK, search, and all the rest behind «Thêm»."""
    by_name = {item.url_name: item for item in items}
    shown = [
        Entry(str(label), by_name[name].url, by_name[name].icon, name, by_name[name].is_here)
        for name, label in DOCK
        if name in by_name
    ]
    for name, label, icon in (
        ("console:search", _("Tìm"), "search"),
        ("console:menu", _("Thêm"), "menu"),
    ):
        url = address_of(name)
        if url is not None:
            shown.append(Entry(label, url, icon, name, is_here=here == url))
    return shown


def _own() -> list[Entry]:
    """What belongs to whoever is logged in, as far as it is built."""
    found = []
    for name, label, icon in OWN:
        url = address_of(name)
        if url is not None:
            found.append(Entry(str(label), url, icon, name))
    return found


def _role(actor: Actor) -> str:
    """The first role in words, and how many more."""
    labels = list(dict.fromkeys(str(gettext(ROLES[grant.role].label)) for grant in actor.grants))
    if len(labels) < 2:
        return labels[0] if labels else ""
    return _("%(role)s và %(number)s vai trò khác") % {
        "role": labels[0],
        "number": len(labels) - 1,
    }


def _guide(request: HttpRequest) -> str | None:
    """The help of this page; the list of all help where it has none."""
    match = request.resolver_match
    slug = guide_slugs().get(match.url_name or "") if match else None
    if slug is not None:
        return reverse("console:guide", kwargs={"slug": slug})
    return address_of("console:guide-index")


def _one_of(user: User, name: str, *allowed: str) -> str:
    value = user.preferences.get(name, "")
    return value if value in allowed else ""


def _initials(name: str) -> str:
    """LT for «Lê Hoài Thương»: the family name and the given name."""
    words = name.split()
    return (
        "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper() if words else ""
    )
