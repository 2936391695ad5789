"""Where a command writes: what it may not write over, and why the disk refused."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from thidua.cli.session import stop

_REASONS = {
    errno.EACCES: "không có quyền ghi ở đây. Chọn thư mục khác",
    errno.EPERM: "không có quyền ghi ở đây. Chọn thư mục khác",
    errno.EROFS: "ổ đĩa chỉ cho đọc. Chọn thư mục khác",
    errno.ENOSPC: "ổ đĩa đã đầy. Dọn bớt rồi làm lại",
    errno.ENOENT: "không có thư mục này. Kiểm tra lại đường dẫn, hoặc tạo thư mục rồi làm lại",
    errno.ENOTDIR: "đường dẫn đi qua một tệp. Kiểm tra lại đường dẫn",
    errno.EEXIST: "đường dẫn đi qua một tệp. Kiểm tra lại đường dẫn",
    errno.EISDIR: "đây là một thư mục. Ghi thêm tên tệp",
    errno.ENAMETOOLONG: "tên quá dài. Chọn tên ngắn hơn",
}


def reason_of(error: OSError) -> str:
    """Why the disk refused and what to do next, without the last stop."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def refuse_writing(path: Path, reason: str) -> NoReturn:
    """End with 2: nothing was written to the path."""
    stop(f"{path}: {reason}.", "Không ghi được: ")


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in Vietnamese why the disk refused what is written inside."""
    try:
        yield
    except OSError as error:
        refuse_writing(path, reason_of(error))


def look_ahead(path: Path, sources: Iterable[Path | None] = ()) -> None:
    """Refuse a place that cannot take the file, or that is one of the files read, before any work."""
    if any(source is not None and _same(path, source) for source in sources):
        refuse_writing(path, "đây là tệp đang được đọc, ghi vào sẽ mất dữ liệu. Chọn tên khác")
    with writing(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "", str(path))
        with tempfile.TemporaryFile(dir=path.parent):
            pass


def look_for_new(path: Path) -> None:
    """The same for a file that must not be there yet."""
    with writing(path):
        there = path.is_file() or path.is_symlink()
    if there:
        refuse_writing(
            path, "tệp này đã có, ghi vào sẽ mất dữ liệu. Chọn tên khác, hoặc tự xóa tệp cũ trước"
        )
    look_ahead(path)


def write_json(path: Path, data: Any) -> None:
    """Write beside the place, then move there: the old file or the new, never half."""
    handle, name = tempfile.mkstemp(prefix=".thidua-", suffix=".json.tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, indent=2, default=str)
            file.write("\n")
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _same(path: Path, source: Path) -> bool:
    """The same file, whatever the ways to it; a file that cannot be looked at is another."""
    try:
        return path.samefile(source)
    except OSError:
        return path.absolute() == source.absolute()
