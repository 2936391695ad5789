"""A look at a zip before anything unpacks it: how many parts, how large, with which names."""

from __future__ import annotations

import re
import zipfile

MOST_ENTRIES = 5_000
MOST_BYTES = 200 * 2**20
MOST_RATIO = 200
# A ratio says little of a small part: a few kilobytes of repeated styles are normal.
_RATIO_FROM = 8 * 2**20
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 2**20


class Refused(Exception):
    """A file is refused. code: a stable word; detail: a part's name or a figure."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(code, detail)


def check_entries(archive: zipfile.ZipFile) -> frozenset[str]:
    """The names of the entries; raises Refused for a bomb, a twin name, a path that leaves, a lock."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Refused("too_many_parts", str(len(entries)))
    names = set[str]()
    for entry in entries:
        name = entry.filename
        if name in names:
            raise Refused("duplicate_part", name)
        names.add(name)
        is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
        if is_link or name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name):
            raise Refused("unsafe_part", name)
        if entry.flag_bits & 1:
            raise Refused("encrypted")
        if entry.file_size > _RATIO_FROM and entry.file_size > MOST_RATIO * entry.compress_size:
            raise Refused("too_large_inside", f"{name}: {entry.file_size // 2**20} MiB")
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES:
        raise Refused("too_large_inside", f"{total // 2**20} MiB")
    return frozenset(names)


def refuse_dtd(archive: zipfile.ZipFile) -> None:
    """Raises Refused for an XML part with a document type: entities may multiply or reach out."""
    for entry in archive.infolist():
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as part:
            head = part.read(_HEAD)
        plain = head.replace(b"\x00", b"")  # UTF-16 too
        if _DOCTYPE.search(plain):
            raise Refused("dtd", entry.filename)
