"""Checks of a file's bytes before any parser sees them. Runs only inside the limited child."""

from __future__ import annotations

import io
import zipfile
import zlib

from thidua.support.archives import Refused, check_entries, refuse_dtd

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


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
    kind = _kind(archive, check_entries(archive))
    refuse_dtd(archive)
    return kind


def _kind(archive: zipfile.ZipFile, names: frozenset[str]) -> str:
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
