"""What a file is, by its content; names that are safe to show. Nothing is parsed here."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection

from thidua.documents.errors import FileRefused
from thidua.support.archives import Refused, check_entries, refuse_dtd
from thidua.support.text import clean

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Part of a zip → kind.
_OFFICE = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
}
_OPEN = {b"opendocument.spreadsheet": "ods", b"opendocument.text": "odt"}
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAVE_AGAIN = "Mở tệp bằng phần mềm đã tạo ra nó, lưu lại rồi gửi lại."
_MESSAGES = {
    "empty": "Tệp rỗng (0 byte). Xem lại tệp trên máy rồi gửi lại.",
    "too_big": "Tệp lớn hơn {detail} MiB. Nén ảnh, chia nhỏ hoặc quét lại ở độ phân giải thấp hơn.",
    "unknown_kind": (
        "Không nhận ra loại tệp theo nội dung, dù tên tệp có thể nói khác. "
        "Gửi tệp PDF, Word, Excel, OpenDocument, ảnh PNG, JPEG, WebP hoặc chữ thuần."
    ),
    "unwanted_kind": "Chỗ này chỉ nhận: {detail}. Lưu tệp sang kiểu đó rồi gửi lại.",
    "encrypted": "Tệp được đặt mật khẩu. Bỏ mật khẩu, lưu lại rồi gửi lại.",
    "damaged": f"Tệp bị cụt hoặc hỏng. {_SAVE_AGAIN}",
    "too_many_parts": f"Tệp có quá nhiều phần bên trong ({{detail}}). {_SAVE_AGAIN}",
    "duplicate_part": f"Tệp có hai phần cùng tên ({{detail}}). {_SAVE_AGAIN}",
    "unsafe_part": f"Tệp chứa đường dẫn không an toàn ({{detail}}). {_SAVE_AGAIN}",
    "too_large_inside": f"Tệp mở ra lớn bất thường ({{detail}}). {_SAVE_AGAIN}",
    "dtd": f"Tệp chứa khai báo DTD ({{detail}}), không có trong tệp thông thường. {_SAVE_AGAIN}",
    "macro": (
        "Tệp chứa macro ({detail}). Lưu thành kiểu .docx hoặc .xlsx không có macro rồi gửi lại."
    ),
}


def refusal(code: str, detail: str = "") -> FileRefused:
    """The refusal of a known code, with its sentence."""
    return FileRefused(code, _MESSAGES[code].format(detail=detail or "không rõ"))


def kind_of(raw: bytes, *, kinds: Collection[str] = (), most_bytes: int) -> str:
    """The kind of a file by its content. Raises FileRefused; `kinds` are those that are wanted."""
    if not raw:
        raise refusal("empty")
    if len(raw) > most_bytes:
        raise refusal("too_big", str(most_bytes // 2**20))
    kind = _sniffed(raw)
    if kind is None:
        raise refusal("unknown_kind")
    if kinds and kind not in kinds:
        raise refusal("unwanted_kind", ", ".join(f".{one}" for one in sorted(kinds)))
    return kind


def clean_name(name: str) -> str:
    """A file's name that is safe to show: no folder, no hidden or control sign, at most 200 long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    words = clean("".join(char for char in last if unicodedata.category(char) not in _HIDDEN))
    words = words.strip(". ") or "tep"
    if len(words) <= 200:
        return words
    stem, dot, ending = words.rpartition(".")
    if not dot or len(ending) > 10:
        return words[:200]
    return f"{stem[: 199 - len(ending)]}.{ending}"


_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _sniffed(raw: bytes) -> str | None:
    head = raw[:16]
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(_OLE):
        if _OLE_ENCRYPTED in raw:
            raise refusal("encrypted")
        return "xls"
    if head[:4] in _ZIP:
        return _zipped(raw)
    return "text" if _is_text(raw) else None


def _zipped(raw: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = check_entries(archive)
            refuse_dtd(archive)
            if "mimetype" in names:
                said = archive.read("mimetype")[:200]
                return next((kind for mark, kind in _OPEN.items() if mark in said), None)
    except Refused as refused:
        raise refusal(refused.code, refused.detail) from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ):
        raise refusal("damaged") from None
    lower = {name.lower() for name in names}
    macro = next((name for name in sorted(lower) if name.endswith("vbaproject.bin")), None)
    if macro:
        raise refusal("macro", macro)
    if "[content_types].xml" not in lower:
        return None
    return next((kind for part, kind in _OFFICE.items() if part in lower), None)


def _is_text(raw: bytes) -> bool:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(raw, "utf-16")
    return _NO_TEXT.search(raw) is None and _decodes(raw, "utf-8")


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
