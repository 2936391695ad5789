"""Cells of an .xlsx that hold an error or a formula never computed. The fast parser shows both as
empty, and an empty cell means something else: so they are looked up here, inside the child.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET  # DTDs were refused before

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>")
_TYPE = re.compile(rb'\bt="(\w+)"')


@dataclass(slots=True)
class Traces:
    """cells[sheet name][(row, column)] is the error's code, "" for a formula never computed."""

    cells: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    dates_1904: bool = False


def find(raw: bytes) -> Traces:
    """Look through every sheet of an .xlsx; what cannot be followed is left out."""
    traces = Traces()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        workbook = _parse(archive, names.get("xl/workbook.xml"))
        links = _parse(archive, names.get("xl/_rels/workbook.xml.rels"))
        if workbook is None or links is None:
            return traces
        targets = {link.get("Id", ""): link.get("Target", "") for link in links}
        for element in workbook.iter():
            tag = element.tag.rpartition("}")[2]
            if tag == "workbookPr":
                traces.dates_1904 = element.get("date1904", "0") in ("1", "true")
            elif tag == "sheet":
                target = targets.get(_relation(element), "")
                part = (
                    target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
                )
                stored = names.get(posixpath.normpath(part).lower())
                if stored:
                    traces.cells[element.get("name", "")] = _errors(archive.read(stored))
    return traces


def _relation(element: ET.Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}id")), "")


def _parse(archive: zipfile.ZipFile, name: str | None) -> ET.Element | None:
    if name is None:
        return None
    try:
        return ET.fromstring(archive.read(name))  # noqa: S314 - DTDs were refused before
    except ET.ParseError:
        return None


def _errors(xml: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for match in _CELL.finditer(xml):
        if match[2]:
            continue
        kind = _TYPE.search(match[1])
        code = kind[1] if kind else b"n"
        if code not in (b"e", b"n", b"str"):
            continue
        end = xml.find(b"c>", match.end())
        body = xml[match.end() : end if end >= 0 else match.end()]
        value = _VALUE.search(body)
        if code == b"e":
            name = value[1].decode("ascii", "replace") if value else "#N/A"
        elif b"<f" in body and code == b"n" and (value is None or not value[1]):
            name = ""
        else:
            continue
        place = _REFERENCE.search(match[1])
        if place:
            found[int(place[2]), _column(place[1])] = name
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
