"""The parent's side: no byte of a template is parsed in this process."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from thidua.documents.errors import TemplateRefused
from thidua.support.confinement import ChildFailed, Limits, ask_child

LIMITS = Limits(memory=2**30, cpu_seconds=20, wall_seconds=25.0, answer_bytes=60 * 2**20)
_SAVE_AGAIN = "Mở mẫu bằng Word hoặc LibreOffice, lưu thành .docx rồi gửi lại."
_MESSAGES = {
    "macro": "Mẫu chứa macro ({detail}). Lưu thành .docx không có macro rồi gửi lại.",
    "embedded": "Mẫu chứa đối tượng nhúng hoặc mẫu gắn kèm ({detail}). Xóa đối tượng đó rồi gửi lại.",
    "external_link": (
        "Mẫu lấy dữ liệu từ nơi khác khi mở ({detail}). Bỏ liên kết đó, chèn thẳng ảnh hay chữ vào mẫu."
    ),
    "field": "Mẫu chứa trường {detail} của Word, có thể lấy hoặc chạy thứ bên ngoài. Xóa trường đó.",
    "syntax": (
        "Chỗ điền viết sai: {detail}. Xem lại các dấu {{{{ … }}}} và {{% … %}}, mỗi chỗ mở phải có chỗ đóng."
    ),
    "forbidden": "Mẫu gọi điều không được phép. Chỗ điền chỉ ghi tên trường, ví dụ {{{{ ve_viec }}}}.",
    "no_value": "Chỗ điền hỏi một trường không có: {detail}. Xem danh sách trường của loại văn bản này.",
    "not_a_document": f"Tệp không phải văn bản Word. {_SAVE_AGAIN}",
    "damaged": f"Tệp Word bị hỏng bên trong ({{detail}}). {_SAVE_AGAIN}",
    "too_much_memory": "Điền mẫu cần quá nhiều bộ nhớ. Bỏ vòng lặp lồng nhau hoặc ảnh lớn trong mẫu.",
    "too_slow": "Điền mẫu quá lâu nên đã dừng. Bỏ vòng lặp lồng nhau trong mẫu.",
    "too_large_inside": f"Tệp mở ra lớn bất thường ({{detail}}). {_SAVE_AGAIN}",
    "encrypted": "Tệp được đặt mật khẩu. Bỏ mật khẩu rồi gửi lại.",
    "dtd": f"Tệp chứa khai báo DTD ({{detail}}). {_SAVE_AGAIN}",
    "duplicate_part": f"Tệp có hai phần cùng tên ({{detail}}). {_SAVE_AGAIN}",
    "unsafe_part": f"Tệp chứa đường dẫn không an toàn ({{detail}}). {_SAVE_AGAIN}",
    "too_many_parts": f"Tệp có quá nhiều phần bên trong ({{detail}}). {_SAVE_AGAIN}",
    "child_failed": f"Chương trình đọc mẫu dừng giữa chừng. {_SAVE_AGAIN}",
}


class Filled(NamedTuple):
    """A filled paper, and its text line by line for a quick look on the screen."""

    docx: bytes
    lines: tuple[str, ...]


def check_template(raw: bytes, fields: Collection[str]) -> tuple[str, ...]:
    """The names that a template asks for. Raises TemplateRefused, with the fix in its sentence."""
    return tuple(_ask(raw, fields, None)["names"])


def fill_template(raw: bytes, fields: Collection[str], data: Mapping[str, Any]) -> Filled:
    """Fill a template with plain data (text, numbers, lists of records). Raises TemplateRefused."""
    answer = _ask(raw, fields, data)
    return Filled(base64.b64decode(answer["docx"]), tuple(answer["lines"]))


def _ask(raw: bytes, fields: Collection[str], data: Mapping[str, Any] | None) -> dict[str, Any]:
    asked = {"template": base64.b64encode(raw).decode("ascii"), "fields": sorted(fields)}
    given = json.dumps({**asked, "data": data}).encode()
    try:
        out = ask_child(
            "thidua.documents.rendering.child",
            str(LIMITS.memory),
            str(LIMITS.cpu_seconds),
            given=given,
            limits=LIMITS,
        )
        answer: dict[str, Any] = json.loads(out)
    except ChildFailed as failed:
        raise refusal(failed.code, failed.detail) from None
    except ValueError:
        raise refusal("child_failed", "") from None
    if "refused" in answer:
        raise refusal(answer["refused"], answer["detail"])
    return answer


def refusal(code: str, detail: str) -> TemplateRefused:
    """The refusal of a known code, with its sentence."""
    if code == "unknown_name":
        name, near = json.loads(detail)
        nearest = f" Tên gần nhất: «{near}»." if near else " Xem danh sách trường bên cạnh."
        return TemplateRefused(code, f"Không có trường «{name}» cho loại văn bản này.{nearest}")
    sentence = _MESSAGES.get(code, _MESSAGES["child_failed"])
    return TemplateRefused(code, sentence.format(detail=detail or "không rõ"))
