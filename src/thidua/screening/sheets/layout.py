"""The sheets of a history workbook and their columns: the one definition that both reads and writes.

docs/screen-workbooks.md is the same for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from thidua.screening.sheets import codecs as c
from thidua.screening.sheets import word_codecs as w

SCOPE_SHEET = "Phạm vi"
GUIDE_SHEET = "Hướng dẫn"
SUBJECT_SHEET = "Đối tượng"


@dataclass(frozen=True, slots=True)
class Field:
    """One column. key: of the record; a dot goes one level down (`rating.good`).

    needed: the column must be there. filled: a row must have it (unless it states «không»).
    """

    key: str
    title: str
    codec: c.Codec
    needed: bool = False
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet. ledger: its key in the facts. says_none: the key whose «không» states none."""

    ledger: str
    sheet: str
    fields: tuple[Field, ...]
    says_none: str = ""

    def field(self, key: str) -> Field | None:
        """The column of a key."""
        return next((field for field in self.fields if field.key == key), None)


KINDS = MappingProxyType({"person": "cá nhân", "collective": "tập thể", "household": "hộ gia đình"})
IDENTITY = (
    Field("name", "Họ và tên / Tên tập thể", c.Text(), needed=True, filled=True),
    Field("unit", "Đơn vị", c.Text(), needed=True),
    Field("birth", "Ngày sinh", c.Day()),
    Field("code", "Mã số", c.Code()),
)
CLOSING = (
    Field("source_text", "Nguồn", c.Text()),
    Field("confirmed_by", "Người đối chiếu", c.Text()),
    Field("confirmed_on", "Ngày đối chiếu", c.Day()),
    Field("hypothesis", "Giả định", c.Truth()),
    Field("note", "Ghi chú", c.Text()),
)
_YEAR = Field("year", "Năm", c.Year(), needed=True)
_TIME = (
    Field("from", "Từ", c.Day()),
    Field("until", "Đến", c.FutureDay()),
    Field("months", "Số tháng", c.Span()),
    Field("years", "Số năm", c.Span()),
    Field("basis", "Căn cứ", c.Text()),
    Field("title", "Chức danh", c.Text()),
    Field("era", "Thời kỳ", c.Text()),
    Field("continuous", "Liên tục", c.Truth()),
    Field("first_recruitment", "Tuyển dụng lần đầu", c.Truth()),
    Field("same_unit", "Cùng đơn vị", c.Truth()),
    Field("unit", "Nơi công tác", c.Text()),
)

LAYOUTS = (
    Layout(
        "ratings",
        "Xếp loại",
        (
            Field("year", "Năm", c.Year(), needed=True, filled=True),
            Field("level", "Xếp loại", w.Rating(), needed=True, filled=True),
        ),
    ),
    Layout(
        "awards",
        "Khen thưởng",
        (
            _YEAR,
            Field("award", "Danh hiệu, hình thức", w.Awards(one=True), needed=True, filled=True),
            Field("decision", "Số quyết định", c.Code()),
            Field("decided_on", "Ngày quyết định", c.Day()),
            Field("issuer", "Cấp quyết định", w.Word("issuers")),
            Field("stream", "Loại hình khen thưởng", w.Word("streams")),
            Field("times", "Số lần", c.Whole()),
            Field("ground", "Căn cứ (điều, khoản)", c.Text()),
            Field("consumed", "Sáng kiến đã dùng (mã)", w.Texts()),
            Field("used_for", "Đã dùng để xét", w.Awards()),
            Field("withdrawn", "Đã thu hồi", c.Truth()),
            Field("era", "Thời kỳ", c.Text()),
            Field("wording", "Nội dung khen", c.Text()),
            Field("period", "Giai đoạn thành tích", c.Text()),
            Field("years", "Một trong các năm", w.Texts()),
            Field("signer", "Người ký", c.Text()),
        ),
        says_none="award",
    ),
    Layout(
        "initiatives",
        "Sáng kiến",
        (
            _YEAR,
            Field("id", "Mã sáng kiến", c.Code()),
            Field("kind", "Loại", w.Word("products"), needed=True, filled=True),
            Field("name", "Tên sáng kiến, đề tài", c.Text()),
            Field("recognised_by", "Cấp công nhận", w.Word("reaches")),
            Field("reach", "Phạm vi ảnh hưởng", w.Word("reaches")),
            Field("applied", "Đã áp dụng", c.Truth()),
            Field("accepted", "Đã nghiệm thu", c.Truth()),
            Field("used_for", "Đã dùng để xét", w.Awards()),
            Field("certified_by", "Người xác nhận phạm vi", c.Text()),
            Field("carried_from", "Chuyển từ năm", c.Whole()),
            Field("co_authors", "Số đồng tác giả", c.Whole()),
            Field("registered_beforehand", "Có đăng ký trước", c.Truth()),
            Field("decision", "Số quyết định", c.Code()),
        ),
        says_none="kind",
    ),
    Layout(
        "discipline",
        "Kỷ luật",
        (
            _YEAR,
            Field(
                "level",
                "Hình thức kỷ luật",
                w.Word("discipline", ranked=True),
                needed=True,
                filled=True,
            ),
            Field("decided_on", "Ngày quyết định", c.Day()),
            Field("until", "Hiệu lực đến", c.FutureDay()),
            Field("cleared_on", "Ngày xóa kỷ luật", c.FutureDay()),
            Field("decision", "Số quyết định", c.Code()),
            Field("member", "Là thành viên của tập thể", c.Text()),
        ),
        says_none="level",
    ),
    Layout(
        "pending",
        "Vụ việc",
        (
            Field("kind", "Loại vụ việc", w.Word("pending"), needed=True, filled=True),
            Field(
                "status",
                "Tình trạng",
                w.Plain({"open": "đang xem xét", "closed": "đã kết luận"}),
                needed=True,
            ),
            Field("opened_on", "Ngày bắt đầu", c.Day()),
            Field("closed_on", "Ngày kết thúc", c.Day()),
            Field("about", "Nội dung", c.Text()),
        ),
        says_none="kind",
    ),
    Layout(
        "attestations",
        "Xác nhận",
        (
            Field("what", "Nội dung xác nhận", w.Word("judgements"), needed=True, filled=True),
            Field(
                "verdict",
                "Kết quả",
                w.Plain({"met": "đạt", "not_met": "không đạt", "awaiting": "chờ xác nhận"}),
                needed=True,
                filled=True,
            ),
            Field("year", "Năm", c.Year()),
            Field("reach", "Phạm vi", w.Word("reaches")),
            Field("by", "Người xác nhận", c.Text()),
            Field("on", "Ngày xác nhận", c.Day()),
            Field("text", "Văn bản xác nhận", c.Text()),
        ),
    ),
    Layout(
        "placements",
        "Phong trào, cụm khối",
        (
            _YEAR,
            Field(
                "in",
                "Loại",
                w.Plain({"movement": "phong trào", "bloc": "cụm, khối"}),
                needed=True,
                filled=True,
            ),
            Field("name", "Tên phong trào, cụm khối", c.Text()),
            Field("organised_by", "Cấp tổ chức", w.Word("launchers")),
            Field("launched_by", "Cấp phát động", w.Word("launchers")),
            Field("duration_years", "Thời gian (năm)", c.Span()),
            Field("result", "Kết quả", w.Word("placement_results")),
            Field("at", "Khi", w.Word("reviews")),
        ),
        says_none="in",
    ),
    Layout(
        "service",
        "Quá trình công tác",
        (
            Field("role", "Công việc", w.Word("roles"), needed=True, filled=True),
            *_TIME,
        ),
        says_none="role",
    ),
    Layout(
        "posts",
        "Chức vụ",
        (
            Field("role", "Chức vụ", w.Word("roles"), needed=True, filled=True),
            *_TIME,
        ),
        says_none="role",
    ),
    Layout(
        "absences",
        "Nghỉ",
        (
            Field("year", "Năm", c.Year(), needed=True, filled=True),
            Field("kind", "Loại nghỉ", w.Word("absences"), needed=True, filled=True),
            Field("days", "Số ngày", c.Span()),
            Field(
                "unit", "Tính theo", w.Plain({"working": "ngày làm việc", "calendar": "ngày lịch"})
            ),
            Field("from", "Từ", c.Day()),
            Field("until", "Đến", c.FutureDay()),
            Field("months", "Số tháng", c.Span()),
            Field("result", "Kết quả học tập", w.Word("results", ranked=True)),
            Field("sent_by_unit", "Đơn vị cử đi", c.Truth()),
            Field("part_time", "Vừa làm vừa học", c.Truth()),
            Field("handed_over", "Đã bàn giao việc", c.Truth()),
            Field("school_rules_kept", "Chấp hành quy định nơi học", c.Truth()),
        ),
        says_none="kind",
    ),
    Layout(
        "registrations",
        "Đăng ký thi đua",
        (
            Field("year", "Năm", c.Year(), needed=True, filled=True),
            Field("awards", "Danh hiệu đăng ký", w.Awards(), needed=True),
        ),
    ),
    Layout(
        "members",
        "Thành viên tập thể",
        (
            Field("year", "Năm", c.Year(), needed=True, filled=True),
            Field("total", "Tổng số", c.Span()),
            Field("women", "Số nữ", c.Span()),
            Field("rating.completed", "Hoàn thành nhiệm vụ trở lên", c.Span()),
            Field("rating.good", "Hoàn thành tốt nhiệm vụ trở lên", c.Span()),
            Field("rating.excellent", "Hoàn thành xuất sắc nhiệm vụ", c.Span()),
            Field("rating.not_completed", "Được xếp loại (mọi mức)", c.Span()),
            Field("awards", "Danh hiệu của thành viên", w.AwardCounts()),
            Field("discipline.reprimand", "Bị khiển trách trở lên", c.Span()),
            Field("discipline.warning", "Bị cảnh cáo trở lên", c.Span()),
            Field("discipline.pay_cut", "Bị hạ bậc lương trở lên", c.Span()),
            Field("discipline.demotion", "Bị giáng chức, cách chức trở lên", c.Span()),
            Field("discipline.dismissal", "Bị buộc thôi việc", c.Span()),
        ),
    ),
)
SUBJECTS = Layout(
    "",
    SUBJECT_SHEET,
    (
        Field("sex", "Giới tính", w.Plain({"male": "nam", "female": "nữ"})),
        Field("birth_year", "Năm sinh", c.Whole()),
        Field("leader", "Là lãnh đạo, quản lý", c.Truth()),
        Field("direct_worker", "Trực tiếp lao động, công tác", c.Truth()),
        Field("category", "Loại cán bộ", w.Word("categories")),
        Field("serving", "Đang công tác", c.Truth()),
        Field("region", "Vùng", w.Word("regions")),
        Field("position", "Chức vụ", c.Text()),
        Field("level", "Cấp của tập thể", c.Text()),
        Field("inside_province", "Trong tỉnh", c.Truth()),
        Field("has_party_organisation", "Có tổ chức đảng", c.Truth()),
        Field("women_share", "Tỷ lệ nữ", c.Text()),
        Field("classes", "Nhóm đối tượng", w.Words("classes")),
        Field("founded_on", "Ngày thành lập", c.Day()),
    ),
)
SCOPE_FIELDS = (
    Field("ledger", "Loại dữ kiện", w.Word("ledgers"), needed=True, filled=True),
    Field("name", "Họ và tên / Tên tập thể", c.Text()),
    Field("unit", "Đơn vị", c.Text(), needed=True),
    Field("birth", "Ngày sinh", c.Day()),
    Field("code", "Mã số", c.Code()),
    Field("first", "Từ năm", c.Whole(), needed=True),
    Field("last", "Đến năm", c.Whole(), needed=True),
    Field(
        "state",
        "Tình trạng",
        w.Plain({"complete": "đầy đủ", "none": "không có", "unknown": "chưa rõ"}),
        needed=True,
        filled=True,
    ),
    Field("note", "Ghi chú", c.Text()),
)
