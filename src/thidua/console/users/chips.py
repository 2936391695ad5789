"""Words for states of accounts, roles and loans."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from thidua.accounts.lifecycle import Phase
from thidua.accounts.selectors import State
from thidua.web.chips import Chip

STATES = {
    State.ACTIVE.value: Chip(_("Đang dùng"), "luc", "circle-check"),
    State.INVITED.value: Chip(_("Đã mời, chưa nhận"), "cam", "mail"),
    State.NEW.value: Chip(_("Chưa mời hoặc thư đã hết hạn"), "xam", "circle-dashed"),
    State.CLOSED.value: Chip(_("Đang khóa"), "xam", "lock"),
}
FACTORS = {
    True: Chip(_("Hai lớp"), "luc", "shield-check"),
    False: Chip(_("Một lớp"), "xam", "circle-minus"),
}
PHASES = {
    Phase.NOW: Chip(_("Đang giữ"), "luc", "circle-check"),
    Phase.COMING: Chip(_("Sắp tới"), "thanh", "calendar-clock"),
    Phase.PAST: Chip(_("Đã thôi"), "xam", "archive"),
}
LOANS = {
    Phase.NOW: Chip(_("Đang hiệu lực"), "luc", "circle-check"),
    Phase.COMING: Chip(_("Sắp tới"), "thanh", "calendar-clock"),
    Phase.PAST: Chip(_("Hết hiệu lực"), "xam", "archive"),
}
ROWS = {
    "new": Chip(_("Nhận: tài khoản mới"), "luc", "circle-check"),
    "role": Chip(_("Nhận: thêm vai trò"), "thanh", "user-check"),
    "same": Chip(_("Loại: đã có đủ"), "cam", "copy"),
    "fault": Chip(_("Loại: lỗi"), "gach", "circle-x"),
    "blank": Chip(_("Trống"), "xam", "minus"),
}
# What the trail calls it → what a keeper reads.
HAPPENINGS = {
    "user.create": _("Lập tài khoản"),
    "user.change": _("Sửa tài khoản"),
    "user.disable": _("Khóa tài khoản"),
    "user.enable": _("Mở khóa tài khoản"),
    "user.prefer": _("Đổi cách hiển thị"),
    "user.login": _("Đăng nhập"),
    "user.logout": _("Đăng xuất"),
    "user.login_fail": _("Sai mật khẩu"),
    "user.login_lock": _("Sai nhiều lần, phải chờ"),
    "user.second_factor_fail": _("Sai mã lớp thứ hai"),
    "user.set_password": _("Đặt mật khẩu"),
    "user.add_second_factor": _("Thêm lớp xác thực"),
    "user.remove_second_factor": _("Bỏ lớp xác thực"),
    "user.renew_second_factor": _("Tạo bộ mã dự phòng mới"),
    "user.reset_second_factors": _("Quản trị đặt lại lớp xác thực"),
    "user.end_sessions": _("Đăng xuất các phiên"),
    "user.connect_identity": _("Nối với cổng một cửa"),
}
