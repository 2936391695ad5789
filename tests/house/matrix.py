"""The permission matrix: what each address answers to each persona and method, against the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from factories.accounts import make_user
from factories.world import World
from thidua.support.actor import Role

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
LIST = Path(__file__).with_name("permissions.yaml")
# A role over the whole organisation, where one over unit A is not enough.
ROOT = "root:"
KEEPERS = (Role.ADMINISTRATOR, Role.MINISTRY_OFFICER)
_KEYS = {"get", "post", "args", "scope", "query", "data", "refused", "also", "page"}


@dataclass(frozen=True)
class Entry:
    """What the list says of one URL name."""

    name: str
    roles: dict[str, frozenset[str]]
    args: dict[str, str] = field(default_factory=dict)
    scope: str = "all"
    query: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    refused: int = 403
    also: tuple[int, ...] = ()
    is_page: bool = True

    def may(self, persona: Persona, method: str) -> bool:
        allowed = self.roles.get(
            "get" if method in {"GET", "HEAD"} else method.lower(), frozenset()
        )
        if "everyone" in allowed:
            return True
        roles = {"known", persona.role, persona.role.removeprefix(ROOT)}
        return persona.is_known and not roles.isdisjoint(allowed)


@dataclass(frozen=True)
class Persona:
    """Somebody who asks. `sees` says whether what belongs to unit A is in their scope."""

    name: str
    role: str
    client: Client
    is_known: bool = True
    sees: bool = True


def read_list(path: Path = LIST) -> dict[str, Entry]:
    """The list, checked: no unknown key, no unknown role."""
    entries = {}
    words = {"known", "everyone", "nobody", *(role.value for role in Role)}
    words |= {f"{ROOT}{role.value}" for role in KEEPERS}
    for name, said in yaml.safe_load(path.read_text("utf-8")).items():
        unknown = set(said) - _KEYS
        roles = {}
        for method in ("get", "post"):
            if method in said:
                who = said[method]
                roles[method] = frozenset([who] if isinstance(who, str) else who)
                unknown |= roles[method] - words
        if unknown:
            raise ValueError(f"{name}: {sorted(unknown)}")
        entries[name] = Entry(
            name,
            roles,
            said.get("args", {}),
            said.get("scope", "unit" if _has_samples(said.get("args", {})) else "all"),
            said.get("query", {}),
            said.get("data", {}),
            said.get("refused", 403),
            tuple(said.get("also", ())),
            said.get("page", True),
        )
    return entries


def _has_samples(args: dict[str, str]) -> bool:
    return any(not str(said).startswith("=") for said in args.values())


def make_personas(world: World) -> list[Persona]:
    """Each role at unit A; the keepers at the root; nobody; clerks beside and above; a disabled one."""
    unit = world.own["unit"]
    found = [Persona("anonymous", "", Client(), is_known=False)]

    def add(name, role, unit, *, sees=True, is_active=True):
        held = {role.removeprefix(ROOT): unit}
        mail = name.replace(":", "-")
        user = make_user(f"{mail}@vai.thu.vn", f"Vai {name}", password=None, **held)
        client = Client()
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
        if not is_active:
            type(user).objects.filter(pk=user.pk).update(is_active=False)
        found.append(Persona(name, role, client, is_known=is_active, sees=sees))

    for role in Role:
        add(role.value, role.value, unit)
    for role in KEEPERS:
        add(f"{ROOT}{role.value}", f"{ROOT}{role.value}", world.root)
    add("sibling_clerk", "unit_clerk", world.twin["unit"], sees=False)
    add("parent_clerk", "unit_clerk", world.parent)
    add("disabled_clerk", "unit_clerk", unit, is_active=False)
    return found


def address_of(entry: Entry, side: dict[str, Any]) -> str:
    """The address with the samples of one unit."""
    return reverse(
        entry.name, kwargs={name: value_of(said, side) for name, said in entry.args.items()}
    )


def value_of(said: str, side: dict[str, Any]) -> Any:
    """`person` → its pk, `person.code` → its code, `=text` → text."""
    if str(said).startswith("="):
        return said[1:]
    name, _, attribute = str(said).partition(".")
    value = side[name]
    return getattr(value, attribute or "pk", value)


def ask(
    client: Client,
    method: str,
    url: str,
    entry: Entry,
    look: Callable[[], None] | None = None,
) -> Any:
    """One request that leaves nothing behind: rows and cookies are put back, after a last `look`."""
    cookies = client.cookies.copy()
    try:
        with transaction.atomic():
            send = getattr(client, method.lower())
            sent = (
                entry.query if method in {"GET", "HEAD"} else entry.data if method == "POST" else {}
            )
            response = send(url, sent) if method != "DELETE" else send(url)
            if response.streaming:
                response.streaming_content = [b"".join(response.streaming_content)]
            if look is not None:
                look()
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
    return response


def judge(entry: Entry, persona: Persona, method: str, response: Any) -> str:
    """What is wrong with an answer; empty: it is as the list says."""
    status = response.status_code
    to_login = status in {301, 302, 303} and _is_login(response["Location"], entry)
    refused = to_login or status in {401, 403, 404, 405}
    if status >= 500:
        return f"{status}"
    if entry.may(persona, method):
        if entry.scope == "unit" and persona.is_known and not persona.sees:
            return "" if status == 404 else f"ngoài phạm vi mà trả {status}, cần 404"
        if entry.scope == "own" or status in entry.also:
            return ""
        return f"phải được phép mà trả {status}" if refused else ""
    if not refused:
        return f"phải bị từ chối mà trả {status}"
    if method in {"GET", "HEAD"} and "get" not in entry.roles:
        return ""
    if method in {"GET", "HEAD"} and persona.is_known and entry.scope != "own":
        outside = entry.scope == "unit" and not persona.sees
        allowed = {entry.refused, 404} if outside else {entry.refused}
        return "" if status in allowed else f"từ chối bằng {status}, cần {entry.refused}"
    if not persona.is_known and method in {"GET", "HEAD"} and entry.roles and entry.refused == 403:
        return (
            ""
            if to_login or status == 405
            else f"chưa đăng nhập mà trả {status}, cần trang đăng nhập"
        )
    return ""


def _is_login(location: str, entry: Entry) -> bool:
    return entry.name != "account_login" and location.startswith(resolve_url(settings.LOGIN_URL))


def find_faults(
    entries: list[Entry], personas: list[Persona], side: dict[str, Any]
) -> Iterator[str]:
    """All answers that are not as the list says."""
    for entry in entries:
        url = address_of(entry, side)
        for persona in personas:
            for method in METHODS:
                wrong = judge(entry, persona, method, ask(persona.client, method, url, entry))
                if wrong:
                    yield f"{entry.name} {method} {persona.name}: {wrong}"
