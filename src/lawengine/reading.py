"""A strict reader of YAML and JSON: no duplicate keys, no unknown keys, every fault with its place.

A fault carries a code and its parts, not a finished sentence: the words come from the book, so
that an officer reads them in her own language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_T = TypeVar("_T")


class Fault(Exception):
    """Input that cannot be read: where it stands, what is wrong (a code with its parts), the fix.

    code: a key of the book's wording of faults. file, line: None when not read from a file.
    path: the keys that lead to the value, joined with dots.
    """

    def __init__(
        self, code: str, *, file: str = "", line: int | None = None, path: str = "", **parts: object
    ) -> None:
        self.code, self.file, self.line, self.path, self.parts = code, file, line, path, parts
        details = ", ".join(f"{key}={value!r}" for key, value in parts.items())
        super().__init__(f"{self.place}: {code} ({details})")

    @property
    def place(self) -> str:
        """`file:line path`, as far as known."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} {self.path}".strip()


class Node:
    """A value with its place, read with typed methods that raise `Fault`."""

    __slots__ = ("file", "lines", "path", "value")

    def __init__(
        self,
        value: Any,
        file: str = "",
        lines: Mapping[tuple[str | int, ...], int] | None = None,
        path: tuple[str | int, ...] = (),
    ) -> None:
        self.value, self.file, self.lines, self.path = value, file, lines or {}, path

    @property
    def line(self) -> int | None:
        """The line in the file, or of the nearest enclosing value."""
        path = self.path
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)

    @property
    def dotted(self) -> str:
        """The path as text: `subjects[0].ratings[1].level`."""
        text = ""
        for part in self.path:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
        return text

    def fault(self, code: str, **parts: object) -> Fault:
        """A fault at this place."""
        return Fault(code, file=self.file, line=self.line, path=self.dotted, **parts)

    def child(self, key: str | int) -> Node:
        """The value under a key or index, whether it is there or not (then its value is None)."""
        if isinstance(self.value, Mapping):
            value = self.value.get(key)
        else:
            value = self.value[key]
        return Node(value, self.file, self.lines, (*self.path, key))

    def has(self, key: str) -> bool:
        """Is the key written (even with an empty value)?"""
        return isinstance(self.value, Mapping) and key in self.value

    def mapping(self, required: Iterable[str] = (), optional: Iterable[str] = ()) -> Node:
        """Check that this is a mapping with just these keys; a fault names the nearest key."""
        if not isinstance(self.value, Mapping):
            raise self.fault("not_a_mapping", found=_kind(self.value))
        required, optional = list(required), list(optional)
        for key in self.value:
            if key not in required and key not in optional:
                near = _nearest(str(key), [*required, *optional])
                raise self.child(key).fault("unknown_key", key=str(key), near=near)
        for key in required:
            if key not in self.value:
                raise self.fault("missing_key", key=key)
        return self

    def items(self) -> Iterator[Node]:
        """The members of a list."""
        if not isinstance(self.value, list):
            raise self.fault("not_a_list", found=_kind(self.value))
        return (self.child(index) for index in range(len(self.value)))

    def one_or_many(self) -> list[Node]:
        """A single value or a list of values, as a list."""
        return list(self.items()) if isinstance(self.value, list) else [self]

    def entries(self) -> Iterator[tuple[str, Node]]:
        """The keys and values of a mapping with free keys."""
        if not isinstance(self.value, Mapping):
            raise self.fault("not_a_mapping", found=_kind(self.value))
        return ((str(key), self.child(key)) for key in self.value)

    def text(self) -> str:
        """Non-empty text in Unicode normal form C."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.fault("not_text", found=_kind(self.value))
        return unicodedata.normalize("NFC", self.value)

    def integer(self, least: int | None = None, most: int | None = None) -> int:
        """A whole number, optionally within bounds."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fault("not_an_integer", found=_show(value))
        if (least is not None and value < least) or (most is not None and value > most):
            raise self.fault("out_of_range", found=value, least=least, most=most)
        return value

    def boolean(self) -> bool:
        """true or false."""
        if not isinstance(self.value, bool):
            raise self.fault("not_a_boolean", found=_show(self.value))
        return self.value

    def choice(self, allowed: Iterable[str]) -> str:
        """One of the words allowed; the fault names the nearest."""
        words = list(allowed)
        if self.value not in words:
            raise self.fault(
                "not_a_choice",
                found=_show(self.value),
                near=_nearest(str(self.value), words),
                allowed=words,
            )
        return str(self.value)

    def day(self) -> date:
        """A date written YYYY-MM-DD that the calendar has."""
        if isinstance(self.value, date):
            return self.value
        try:
            return date.fromisoformat(str(self.value))
        except ValueError:
            raise self.fault("not_a_date", found=_show(self.value)) from None

    def parsed(self, parse: Callable[[str], _T]) -> _T:
        """Text read by a parser that raises ValueError with its reason."""
        try:
            return parse(str(self.value) if self.value is not None else "")
        except ValueError as error:
            raise self.fault("not_readable", found=_show(self.value), reason=str(error)) from None


def read_file(path: Path) -> Node:
    """Read one YAML (or JSON) file; faults: file_missing, file_empty, not_yaml, duplicate_key."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Fault("file_missing", file=str(path)) from None
    except OSError as error:
        raise Fault("file_unreadable", file=str(path), reason=error.strerror or "") from None
    return read_text(raw, str(path))


def read_text(raw: str | bytes, file: str = "") -> Node:
    """Read YAML text into plain data that remembers the line of every value."""
    loader = _LOADER(_decoded(raw, file) if isinstance(raw, bytes) else raw)
    try:
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        place = mark.line + 1 if mark else None
        raise Fault("not_yaml", file=file, line=place, reason=problem) from None
    finally:
        loader.dispose()
    if root is None:
        raise Fault("file_empty", file=file)
    lines: dict[tuple[str | int, ...], int] = {}
    budget = [_MOST_VALUES]
    data = _build(root, loader, file, (), lines, budget)
    return Node(data, file, lines)


def _decoded(raw: bytes, file: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault("not_utf8", file=file, line=raw[: error.start].count(b"\n") + 1) from None


# An alias may multiply: a file that unfolds to more values than this is refused.
_MOST_VALUES = 2_000_000
_MOST_LEVELS = 100
_MERGE = "tag:yaml.org,2002:merge"


def _build(
    node: yaml.Node,
    loader: Any,
    file: str,
    path: tuple[str | int, ...],
    lines: dict[tuple[str | int, ...], int],
    budget: list[int],
) -> Any:
    line = node.start_mark.line + 1
    lines[path] = line
    budget[0] -= 1
    if budget[0] < 0:
        raise Fault("too_many_values", file=file, line=line)
    if len(path) > _MOST_LEVELS:
        raise Fault("too_deep", file=file, line=line)
    if isinstance(node, yaml.MappingNode):
        built: dict[Any, Any] = {}
        merged: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if key_node.tag == _MERGE:
                sources = (
                    value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]
                )
                for source in sources:
                    for key, value in _build(source, loader, file, path, lines, budget).items():
                        merged.setdefault(key, value)
                continue
            key = _scalar(key_node, file)
            if key in built:
                raise Fault(
                    "duplicate_key",
                    file=file,
                    line=key_node.start_mark.line + 1,
                    path=Node(None, path=path).dotted,
                    key=str(key),
                )
            built[key] = _build(value_node, loader, file, (*path, key), lines, budget)
        lines[path] = line
        return {**merged, **built}
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(item, loader, file, (*path, index), lines, budget)
            for index, item in enumerate(node.value)
        ]
    return _scalar(node, file)


_PLAIN = yaml.SafeLoader("")


def _scalar(node: yaml.Node, file: str) -> Any:
    """A scalar by YAML's safe rules, except that a date stays text unless it is one."""
    if not isinstance(node, yaml.ScalarNode):
        raise Fault("not_a_key", file=file, line=node.start_mark.line + 1)
    if node.tag == "tag:yaml.org,2002:str":
        return unicodedata.normalize("NFC", node.value)
    if node.tag == "tag:yaml.org,2002:float":
        return node.value
    if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() in ("yes", "no", "on", "off"):
        return node.value
    if node.tag == "tag:yaml.org,2002:timestamp":
        try:
            return date.fromisoformat(node.value)
        except ValueError:
            return node.value
    if node.tag == "tag:yaml.org,2002:int" and not node.value.lstrip("-").isdigit():
        return node.value
    try:
        return _PLAIN.construct_object(node)
    except (yaml.YAMLError, ValueError):
        return node.value


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    for kind, name in ((bool, "boolean"), (dict, "mapping"), (list, "list"), (int, "integer")):
        if isinstance(value, kind):
            return name
    return "text"


def _show(value: Any) -> str:
    return "" if value is None else str(value)[:60]


def _nearest(word: str, words: list[str]) -> str:
    import difflib  # noqa: PLC0415 - only needed when something is wrong; keeps the start short

    found = difflib.get_close_matches(word, words, n=1, cutoff=0.5)
    return found[0] if found else ""
