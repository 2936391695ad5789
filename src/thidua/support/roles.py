"""What each role is: the one table that screens, the demonstration and the guide read.

Labels and sentences are Vietnamese sources of translation; whoever shows them translates them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from thidua.support.actor import Role


def gettext_noop(text: str) -> str:
    """Marks a text for the catalogue of translations; this room knows no framework."""
    return text


@dataclass(frozen=True)
class Meaning:
    """A role in words.

    `is_staff`: works inside, so a second factor is asked for. `may_be_lent`: somebody else may act
    in it for a time, by a paper; a vote, a count and a watch are never lent. `is_guarded`: sessions
    are short (tellers and administrators).
    """

    label: str
    does: str
    is_staff: bool = True
    may_be_lent: bool = False
    is_guarded: bool = False


_ = gettext_noop
ROLES: Mapping[Role, Meaning] = MappingProxyType(
    {
        Role.CITIZEN: Meaning(
            _("Công dân"),
            _("Xem ai được đề nghị và vì sao, góp ý và nhận trả lời, tra cứu bằng khen."),
            is_staff=False,
        ),
        Role.JOURNALIST: Meaning(
            _("Nhà báo"),
            _("Lấy bài, ảnh, số liệu mở; giao tác phẩm đã nhận làm."),
            is_staff=False,
        ),
        Role.EMPLOYEE: Meaning(
            _("Người lao động"),
            _("Xem mình đã có gì, còn thiếu gì, hồ sơ của mình đang ở đâu."),
            is_staff=False,
        ),
        Role.UNIT_CLERK: Meaning(
            _("Cán bộ thi đua đơn vị"),
            _("Lập danh sách và hồ sơ của đơn vị, bổ sung chỗ còn thiếu trước khi gửi cấp trên."),
            may_be_lent=True,
        ),
        Role.UNIT_HEAD: Meaning(
            _("Thủ trưởng đơn vị"),
            _("Xác nhận thành tích, ký tờ trình, xem tình hình của đơn vị."),
            may_be_lent=True,
        ),
        Role.UNION_OFFICER: Meaning(
            _("Cán bộ công đoàn, đoàn thể"),
            _("Phát động phong trào của đoàn thể và báo cáo kết quả."),
            may_be_lent=True,
        ),
        Role.MINISTRY_OFFICER: Meaning(
            _("Chuyên viên Vụ Thi đua, Khen thưởng"),
            _("Theo dõi đơn vị nộp hồ sơ, thẩm định theo luật, chuẩn bị Hội đồng và quyết định."),
            may_be_lent=True,
        ),
        Role.COUNCIL_MEMBER: Meaning(
            _("Ủy viên Hội đồng"),
            _("Đọc tóm tắt hồ sơ, khai xung đột lợi ích, bỏ phiếu kín."),
        ),
        Role.COUNCIL_SECRETARY: Meaning(
            _("Thư ký Hội đồng"),
            _("Chuẩn bị phiên họp, mở và khóa hòm phiếu, lập biên bản."),
            may_be_lent=True,
        ),
        Role.TELLER: Meaning(
            _("Thành viên Ban kiểm phiếu"),
            _("Kiểm phiếu và ký kết quả kiểm phiếu."),
            is_guarded=True,
        ),
        Role.SIGNER: Meaning(
            _("Người ký quyết định"),
            _("Xem đúng những gì sắp ký (số lượng, họ tên, số tiền) rồi ký."),
            may_be_lent=True,
        ),
        Role.FINANCE_OFFICER: Meaning(
            _("Cán bộ tài chính"),
            _("Xem khoản phải chi, chi cho ai, từ quỹ nào, đã chi gì."),
            may_be_lent=True,
        ),
        Role.EDITOR: Meaning(
            _("Biên tập viên"),
            _("Biên tập và xuất bản tin bài trên cổng."),
            may_be_lent=True,
        ),
        Role.PRESS_OFFICER: Meaning(
            _("Cán bộ tuyên truyền"),
            _("Lập kế hoạch tuyên truyền với báo chí, đo hiệu quả."),
            may_be_lent=True,
        ),
        Role.TRAINER: Meaning(
            _("Cán bộ tập huấn"),
            _("Lập kế hoạch, mở lớp, điểm danh, cấp chứng nhận."),
            may_be_lent=True,
        ),
        Role.AUDITOR: Meaning(
            _("Kiểm toán, thanh tra"),
            _("Đọc nhật ký và chứng minh không có gì bị sửa; không ghi gì."),
        ),
        Role.DATA_PROTECTION_OFFICER: Meaning(
            _("Người phụ trách bảo vệ dữ liệu cá nhân"),
            _("Trả lời yêu cầu về dữ liệu cá nhân đúng hạn."),
        ),
        Role.ADMINISTRATOR: Meaning(
            _("Quản trị hệ thống"),
            _("Quản lý tài khoản, vai trò, cấu hình; không thấy nội dung phiếu kín."),
            is_guarded=True,
        ),
    }
)
STAFF = frozenset(role for role, meaning in ROLES.items() if meaning.is_staff)
GUARDED = frozenset(role for role, meaning in ROLES.items() if meaning.is_guarded)
LENDABLE = frozenset(role for role, meaning in ROLES.items() if meaning.may_be_lent)
