"""Two units of one shape: whoever works in A asks for everything of B, and must not see or change it.

Every text of B holds a canary. Each address is asked with the ids of B in every place where an id
can stand: in the address, in the query, in the fields of each form; lists are searched, filtered,
sorted and exported. The canary may not come back in any body (workbooks are unpacked), header or
mail, and B's rows and what hangs on them stay as they were.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from typing import Any

from django.core import mail
from django.db import models
from django.test import Client

from factories.world import CANARY, World
from house.matrix import Entry, address_of, ask, value_of

# Finds B's texts in folded columns; when it comes back in a search box it is no canary.
FRAGMENT = CANARY.split()[-1].lower()


class Forms(HTMLParser):
    """The forms of a page: method, address, and for each field the values it could have."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []
        self.choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            form = {"method": said.get("method", "get").lower(), "action": said.get("action", "")}
            self.found.append({**form, "fields": {}})
        if not self.found:
            return
        fields = self.found[-1]["fields"]
        if tag in {"input", "textarea", "button"} and said.get("name"):
            fields.setdefault(said["name"], []).append(said.get("value", ""))
        elif tag == "select":
            self.choice = said.get("name", "")
            fields.setdefault(self.choice, [])
        elif tag == "option" and self.choice:
            fields[self.choice].append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.choice = ""


def forms_of(response: Any) -> list[dict[str, Any]]:
    """The forms of a page; none for what is no page."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return []
    parser = Forms()
    parser.feed(response.content.decode())
    return parser.found


def said_by(response: Any) -> str:
    """All that an answer says: headers, body, and what is packed in it."""
    body = response.getvalue() if hasattr(response, "getvalue") else response.content
    said = [str(response.headers), body.decode("utf-8", "replace")]
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            said += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    return "\n".join(said)


def state_of(side: dict[str, Any]) -> dict[str, Any]:
    """The rows of B as they are stored, and how many rows hang on each."""
    state = {}
    for name, obj in side.items():
        if not isinstance(obj, models.Model) or name in {"root", *SHARED}:
            continue
        row = type(obj)._base_manager.filter(pk=obj.pk).values().first()
        hanging = {
            f"{link.related_model._meta.label}.{link.field.name}": link.related_model._base_manager.filter(
                **{link.field.name: obj.pk}
            ).count()
            for link in obj._meta.related_objects
        }
        state[name] = (row, hanging)
    return state


# Samples that both units have in common.
SHARED = frozenset({"position", "category"})


def foreign_addresses(entry: Entry, world: World) -> Iterator[str]:
    """The address with B's id in each of its places, alone and together."""
    sampled = [name for name, said in entry.args.items() if not str(said).startswith("=")]
    for picked in product((False, True), repeat=len(sampled)):
        foreign = {name for name, is_foreign in zip(sampled, picked, strict=True) if is_foreign}
        args = {
            name: value_of(said, world.twin if name in foreign else world.own)
            for name, said in entry.args.items()
        }
        yield address_of(
            Entry(entry.name, {}, {name: f"={value}" for name, value in args.items()}), {}
        )


def foreign_ids(world: World) -> list[str]:
    """The ids of what belongs to B."""
    objects = (obj for name, obj in world.twin.items() if name not in {"root", *SHARED})
    return sorted({str(obj.pk) for obj in objects if isinstance(obj, models.Model)})


def queries_for(response: Any, world: World) -> Iterator[dict[str, str]]:
    """What can be asked of a page by its query: search, each filter with each value, order, workbook."""
    names = {"q"}
    for form in forms_of(response):
        if form["method"] == "get":
            names |= set(form["fields"])
            for name, values in form["fields"].items():
                for value in values:
                    yield {name: value}
    for found in re.findall(r'href="\?([^"]*)"', response.content.decode("utf-8", "replace")):
        yield dict(part.partition("=")[::2] for part in found.replace("&amp;", "&").split("&"))
    for name in names:
        for value in (FRAGMENT, *foreign_ids(world)):
            yield {name: value}
            yield {name: value, "xuat": "xlsx"}
    yield {"xuat": "xlsx"}


def posts_for(response: Any, address: str, world: World) -> Iterator[tuple[str, dict[str, str]]]:
    """Each form of a page with B's ids in each field where an id of A stands or could stand."""
    for form in forms_of(response):
        if form["method"] != "post":
            continue
        usual = {name: (values or [""])[-1] for name, values in form["fields"].items()}
        target = form["action"] or address
        for name, values in form["fields"].items():
            if name in {"csrfmiddlewaretoken", "_once", "next"}:
                continue
            if values and not any(value.isdigit() for value in values):
                continue
            for foreign in foreign_ids(world):
                yield target, {**usual, name: foreign}


def find_leaks(entries: list[Entry], client: Client, world: World) -> Iterator[str]:
    """Every answer in which B shows, and every request that changed B."""
    before = state_of(world.twin)

    def check(what: str, response: Any) -> Iterator[str]:
        if CANARY in said_by(response):
            yield f"{what}: chim hoàng yến trong câu trả lời {response.status_code}"
        if any(CANARY in str(letter.message()) for letter in mail.outbox):
            yield f"{what}: chim hoàng yến trong thư"
        mail.outbox.clear()

    def send(method: str, url: str, sent: dict[str, str], entry: Entry) -> Iterator[str]:
        changed: list[str] = []

        def look() -> None:
            if state_of(world.twin) != before:
                changed.append(f"{entry.name} {method} {url} {sent}: dòng của đơn vị B đã đổi")

        asked = Entry(entry.name, entry.roles, query=sent, data=sent)
        response = ask(client, method, url, asked, look if method == "POST" else None)
        yield from check(f"{entry.name} {method} {url} {sent}", response)
        yield from changed

    for entry in entries:
        own = address_of(entry, world.own)
        page = ask(client, "GET", own, entry)
        yield from check(f"{entry.name} GET {own}", page)
        for url in foreign_addresses(entry, world):
            yield from send("GET", url, entry.query, entry)
            yield from send("POST", url, entry.data, entry)
        if page.status_code == 200:
            asked = {tuple(sorted(query.items())) for query in queries_for(page, world)}
            for query in sorted(asked):
                yield from send("GET", own, dict(query), entry)
            for target, sent in posts_for(page, own, world):
                yield from send("POST", target, sent, entry)
