"""A workbook that cannot be read: which file, what is wrong, what to do next. Words for a clerk."""

from __future__ import annotations

from types import MappingProxyType


class Unreadable(Exception):
    """Input that cannot be read at all (the command ends with code 2).

    file: the name of the file; sheet, row, cell: "" or 0 when the whole file is meant.
    code: a stable English word for programs. reason, fix: Vietnamese sentences.
    """

    def __init__(
        self,
        code: str,
        reason: str,
        fix: str,
        *,
        file: str = "",
        sheet: str = "",
        row: int = 0,
        cell: str = "",
    ) -> None:
        self.code, self.reason, self.fix = code, reason, fix
        self.file, self.sheet, self.row, self.cell = file, sheet, row, cell
        super().__init__(str(self))

    @property
    def place(self) -> str:
        """«tệp, trang tính «…», ô C12», as far as known."""
        parts = [f"tệp {self.file}"] if self.file else []
        parts += [f"trang tính «{self.sheet}»"] if self.sheet else []
        if self.cell:
            parts.append(f"ô {self.cell}")
        elif self.row:
            parts.append(f"dòng {self.row}")
        return ", ".join(parts)

    def __str__(self) -> str:
        """The whole message: place, reason, fix."""
        return f"{self.place}: {self.reason} Cách sửa: {self.fix}".removeprefix(": ")

    def as_data(self) -> dict[str, str | int]:
        """The same as plain data, for `--json`."""
        return {
            "code": self.code,
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "cell": self.cell,
            "reason": self.reason,
            "fix": self.fix,
        }


_SAVE_AGAIN = "Mở tệp bằng Excel hoặc LibreOffice, chọn «Lưu thành», kiểu .xlsx, rồi thử lại."
_SMALLER = (
    "Chép riêng trang danh sách sang một tệp .xlsx mới (chỉ giữ các cột, các dòng có chữ), "
    "rồi thử lại."
)

# code → (reason, fix). What the child process may report, and what the parent finds by itself.
_MESSAGES = MappingProxyType(
    {
        "missing": ("Không tìm thấy tệp.", "Xem lại tên tệp và thư mục."),
        "not_a_file": (
            "Đây là một thư mục, không phải tệp.",
            "Ghi tên một tệp bảng tính (.xlsx, .xls, .xlsb, .ods).",
        ),
        "no_permission": ("Không có quyền đọc tệp.", "Xin quyền đọc hoặc chép tệp ra chỗ khác."),
        "empty": ("Tệp rỗng (0 byte).", "Xin lại tệp từ nơi gửi; có thể tệp bị hỏng khi chép."),
        "too_big": ("Tệp lớn hơn giới hạn {most} MiB.", _SMALLER),
        "not_a_workbook": (
            "Nội dung không phải bảng tính Excel hay LibreOffice, dù tên tệp có thể là .xlsx hoặc .xls.",
            _SAVE_AGAIN,
        ),
        "encrypted": (
            "Tệp được đặt mật khẩu nên không đọc được.",
            "Mở tệp bằng Excel, bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc), lưu lại.",
        ),
        "truncated": (
            "Tệp bị cụt hoặc hỏng: phần cuối không còn.",
            "Xin lại tệp từ nơi gửi, hoặc chép lại từ máy gốc.",
        ),
        "damaged": ("Tệp bảng tính bị hỏng bên trong ({detail}).", _SAVE_AGAIN),
        "part_missing": ("Tệp thiếu phần bắt buộc của một bảng tính ({detail}).", _SAVE_AGAIN),
        "duplicate_part": (
            "Tệp có hai phần cùng tên ({detail}), không biết phần nào là thật.",
            _SAVE_AGAIN,
        ),
        "unsafe_part": ("Tệp chứa đường dẫn không an toàn ({detail}).", _SAVE_AGAIN),
        "dtd": ("Tệp chứa khai báo DTD, không có trong bảng tính thông thường.", _SAVE_AGAIN),
        "too_many_parts": ("Tệp có quá nhiều phần bên trong ({detail}).", _SMALLER),
        "too_large_inside": ("Tệp mở ra lớn bất thường ({detail}).", _SMALLER),
        "too_much_memory": (
            "Đọc tệp cần quá nhiều bộ nhớ; thường do có ô ở rất xa cuối trang tính.",
            _SMALLER,
        ),
        "too_slow": ("Đọc tệp quá lâu nên đã dừng.", _SMALLER),
        "no_sheet": ("Tệp không có trang tính nào.", _SAVE_AGAIN),
        "child_failed": ("Chương trình đọc bảng tính dừng giữa chừng.", _SAVE_AGAIN),
    }
)


def unreadable(code: str, file: str, **parts: object) -> Unreadable:
    """The error of a known code; parts fill the places of its sentences."""
    reason, fix = _MESSAGES.get(code, _MESSAGES["child_failed"])
    return Unreadable(
        code, reason.format_map(_Parts(parts)), fix.format_map(_Parts(parts)), file=file
    )


class _Parts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "không rõ"
