"""Checks of a file's bytes before any parser sees them. Runs only inside the limited child."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

MOST_ENTRIES = 5_000
MOST_BYTES = 200 * 2**20
MOST_RATIO = 200
# A ratio says little of a small part: a few kilobytes of repeated styles are normal.
_RATIO_FROM = 8 * 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 2**20


class Refused(Exception):
    """The file is refused. code: as in `unreadable`; detail: a part's name or a figure."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(code, detail)


def kind_of(raw: bytes) -> str:
    """`xlsx`, `xlsb`, `ods` or `xls`, by content and never by the file's name.

    Raises Refused: empty, not_a_workbook, encrypted, and whatever `check_zip` finds.
    """
    if not raw:
        raise Refused("empty")
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise Refused("encrypted")
        return "xls"
    if raw[:4] not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise Refused("not_a_workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return check_zip(archive)
    except zipfile.BadZipFile:
        raise Refused("truncated") from None
    except (zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Refused("damaged", type(error).__name__) from None


def check_zip(archive: zipfile.ZipFile) -> str:
    """Check the entries of a zip and say which kind of workbook it is."""
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
    kind = _kind(archive, names)
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            _refuse_dtd(archive, entry)
    return kind


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and "content.xml" in names:
        if b"opendocument.spreadsheet" not in archive.read("mimetype")[:200]:
            raise Refused("not_a_workbook")
        manifest = (
            archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        )
        if b"encryption-data" in manifest:
            raise Refused("encrypted")
        return "ods"
    if "[Content_Types].xml" not in names:
        raise Refused("not_a_workbook")
    lower = {name.lower() for name in names}
    if "xl/workbook.xml" in lower:
        return "xlsx"
    if "xl/workbook.bin" in lower:
        return "xlsb"
    if any(name.startswith("xl/") for name in lower):
        raise Refused("part_missing", "xl/workbook.xml")
    raise Refused("not_a_workbook")


def _refuse_dtd(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as part:
        head = part.read(_HEAD)
    plain = head.replace(b"\x00", b"")  # UTF-16 too
    if _DOCTYPE.search(plain):
        raise Refused("dtd", entry.filename)
