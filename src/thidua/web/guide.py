"""Help pages: `guide/<url name>.md`, one for each page of the console, read once.

A file begins with `# ` and the name of the page. One that serves several pages names the others in
a comment of its first line: `<!-- also: person-edit person-merge -->`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from thidua.support.text import fold

_ALSO = re.compile(r"\A<!-- also: ([a-z0-9\- ]+) -->\n")


@dataclass(frozen=True)
class Guide:
    """One help page. `names` are the URL names that it serves, its own first."""

    slug: str
    title: str
    names: tuple[str, ...]
    html: SafeString
    folded: str


@cache
def all_guides() -> Mapping[str, Guide]:
    """Help pages by slug."""
    folder = resources.files("thidua.web") / "guide"
    found = {}
    for file in folder.iterdir():
        if file.name.endswith(".md"):
            guide = _read(file.name.removesuffix(".md"), file.read_text("utf-8"))
            found[guide.slug] = guide
    return dict(sorted(found.items(), key=lambda one: one[1].folded))


@cache
def guide_slugs() -> Mapping[str, str]:
    """URL name (without `console:`) → slug of its help page."""
    return {name: guide.slug for guide in all_guides().values() for name in guide.names}


def find_guides(text: str) -> list[Guide]:
    """Help pages in which each word stands, marks or not."""
    words = fold(text).split()
    return [guide for guide in all_guides().values() if all(word in guide.folded for word in words)]


def _read(slug: str, text: str) -> Guide:
    also = _ALSO.match(text)
    names = (slug, *(also[1].split() if also else ()))
    body = text[also.end() :] if also else text
    head, _, rest = body.partition("\n")
    if not head.startswith("# "):
        raise ValueError(f"{slug}.md: the first line is the title, «# …»")
    # The files are ours, and HTML in them stays text.
    html = SafeString(MarkdownIt("commonmark", {"html": False}).enable("table").render(rest))
    return Guide(slug, head[2:].strip(), names, html, fold(body))
