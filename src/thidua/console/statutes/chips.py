"""Words for states of this group."""

from django.utils.translation import gettext_lazy as _

from thidua.statutes.lifecycle import DRAFT, PROPOSED, RELEASED, WITHDRAWN
from thidua.statutes.selectors.law import DELEGATED, JUDGED, NONE, UNSEEN
from thidua.statutes.workdays import OWN, RECALLED, VERIFIED
from thidua.web.chips import Chip

STANDARD_CHIPS = {
    JUDGED: Chip(_("Xét được"), "luc", "circle-check"),
    DELEGATED: Chip(_("Cơ quan tự quy định"), "thanh", "landmark"),
    UNSEEN: Chip(_("Chưa thấy văn bản"), "xam", "circle-help"),
    NONE: Chip(_("Chưa có quy định"), "xam", "circle-slash"),
}
RULE_CHIPS = {
    DRAFT: Chip(_("Bản nháp"), "xam", "pencil-line"),
    PROPOSED: Chip(_("Chờ người thứ hai duyệt"), "cam", "user-check"),
    RELEASED: Chip(_("Đã ban hành"), "luc", "circle-check"),
    WITHDRAWN: Chip(_("Đã rút"), "gach", "ban"),
}
SOURCE_CHIPS = {
    OWN: Chip(_("Theo thông báo của tổ chức"), "luc", "file-check-2"),
    VERIFIED: Chip(_("Đã đối chiếu văn bản gốc"), "luc", "circle-check"),
    RECALLED: Chip(_("Chưa đối chiếu văn bản gốc"), "cam", "circle-alert"),
}
CHANGE_CHIPS = {
    "added": Chip(_("Thêm"), "luc", "plus"),
    "removed": Chip(_("Bỏ"), "gach", "minus"),
    "changed": Chip(_("Sửa"), "cam", "pencil-line"),
}
EFFECTS = {
    "sets": _("Quy định tiêu chuẩn mà luật giao"),
    "adds": _("Thêm điều kiện"),
    "limits": _("Giảm tỷ lệ, số lượng"),
}
QUESTIONS = {
    "authority": _("Thẩm quyền"),
    "bonus": _("Tiền thưởng"),
    "council": _("Hội đồng"),
    "deadline": _("Thời hạn"),
    "disclosure": _("Công khai"),
    "dossier": _("Hồ sơ"),
    "form": _("Mẫu giấy tờ"),
    "quota": _("Tỷ lệ, số lượng"),
    "revocation": _("Thu hồi, hủy bỏ"),
    "threshold": _("Tỷ lệ phiếu"),
}
