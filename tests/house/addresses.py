"""Every address of the application, by walking the resolver."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Address:
    """One route: its name (`console:unit-list`, or `?` with its path), and the names of its parts."""

    name: str
    route: str
    args: tuple[str, ...]


def all_addresses() -> list[Address]:
    """Routes of the application in the order of their names; static files are no route."""
    return sorted(
        _walk(get_resolver().url_patterns, (), "", ()), key=lambda one: (one.name, one.route)
    )


def _walk(
    patterns, spaces: tuple[str, ...], prefix: str, outer: tuple[str, ...]
) -> Iterator[Address]:
    for one in patterns:
        args = (*outer, *one.pattern.regex.groupindex)
        route = f"{prefix}{one.pattern}"
        if isinstance(one, URLPattern):
            name = ":".join([*spaces, one.name]) if one.name else f"?{route}"
            yield Address(name, route, args)
        else:
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from _walk(one.url_patterns, inner, route, args)
