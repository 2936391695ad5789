"""What the shell around each page shows: who acts, where they may go, how they like it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext as _

from thidua.accounts.models import User
from thidua.console.navigation import DOCK, TOOLS, Entry, address_of, entries_for
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


class Shell:
    """Read by `web/base.html` and what stands on it; each part is made when a template asks for it."""

    home = "/"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor = getattr(request, "actor", ANONYMOUS)
        self.language = get_language() or "vi"

    @cached_property
    def user(self) -> User | None:
        """The account, if somebody is logged in."""
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @cached_property
    def name(self) -> str:
        """Who is logged in."""
        return self.actor.name

    @cached_property
    def initials(self) -> str:
        """LT for «Lê Hoài Thương»."""
        return _initials(self.actor.name)

    @cached_property
    def role(self) -> str:
        """In which role."""
        return _role(self.actor)

    @cached_property
    def organisation(self) -> str:
        """The name of the root organisation."""
        return get_root_name()

    @cached_property
    def theme(self) -> str:
        """`light`, `dark`, or empty: as the system."""
        return self._one_of("theme", "light", "dark")

    @cached_property
    def density(self) -> str:
        """`compact`, or empty."""
        return self._one_of("density", "compact")

    @cached_property
    def keys_off(self) -> bool:
        """Are keys of one letter switched off?"""
        return self._one_of("keys", "off") == "off"

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """The navigation."""
        shown = entries_for(self.actor, now(), self.request.path) if self.user else []
        return [{"label": label, "items": items} for label, items in shown]

    @cached_property
    def dock(self) -> list[Entry]:
        """The navigation of a phone."""
        return _dock([item for group in self.groups for item in group["items"]], self.request.path)

    @cached_property
    def own(self) -> list[Entry]:
        """Pages of one's own."""
        return _own()

    @cached_property
    def tools(self) -> list[dict[str, Any]]:
        """Buttons of the top bar, with counts."""
        at = now()
        return [made for tool in TOOLS if (made := tool.made_for(self.actor, at)) is not None]

    @cached_property
    def search(self) -> str | None:
        """Where Ctrl K leads."""
        return address_of("console:search")

    @cached_property
    def guide(self) -> str | None:
        """Where “?” leads."""
        return _guide(self.request)

    @cached_property
    def look(self) -> str | None:
        """Where a choice of looks is sent."""
        return address_of("console:look") if self.user else None

    @cached_property
    def log_out(self) -> str | None:
        """Where one leaves."""
        return address_of("account_logout") if self.user else None

    def _one_of(self, name: str, *allowed: str) -> str:
        value = self.user.preferences.get(name, "") if self.user else ""
        return value if value in allowed else ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor; nothing is read from the database until a template asks."""
    return {"shell": Shell(request)}


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


def _initials(name: str) -> str:
    """LT for «Lê Hoài Thương»: the family name and the given name."""
    words = name.split()
    return (
        "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper() if words else ""
    )
