"""What each kind of condition asks, in the words of the book."""

import pytest

from lawbook import load_book, make_wording
from lawengine.condition_loading import KINDS, read_condition
from lawengine.describe import describe
from lawengine.reading import Node

SAID = [
    (
        "rated",
        {"at_least": "good"},
        "Xếp loại hằng năm trong năm xét từ «Hoàn thành tốt nhiệm vụ» trở lên.",
    ),
    (
        "rated",
        {"at_least": "good", "window": {"last": 3}},
        (
            "Năm nào cũng xếp loại từ «Hoàn thành tốt nhiệm vụ» trở lên trong 3 năm tính đến hết năm"
            " xét."
        ),
    ),
    (
        "rated",
        {"at_least": "excellent", "times": 2, "window": {"preceding": 5}},
        (
            "Có ít nhất 2 năm xếp loại từ «Hoàn thành xuất sắc nhiệm vụ» trở lên trong 5 năm liền trước"
            " năm xét."
        ),
    ),
    (
        "held",
        {"award": "grassroots-emulation-fighter", "times": 3, "consecutive": True},
        (
            "Sổ khen thưởng có 3 năm liên tục Chiến sĩ thi đua cơ sở, năm cuối là năm xét hoặc năm liền"
            " trước."
        ),
    ),
    (
        "held",
        {"award": "ministry-certificate-of-merit", "stream": ["merit"], "issuer": ["ministry"]},
        (
            "Sổ khen thưởng có Bằng khen của bộ, ban, ngành, tỉnh, loại hình công trạng, do bộ, ban,"
            " ngành tặng tính đến năm xét."
        ),
    ),
    (
        "streak",
        {
            "years": 5,
            "since": {"award": "prime-minister-certificate-of-merit"},
            "rated": "good",
            "including": [
                {
                    "any": [
                        {"held": {"award": "grassroots-emulation-fighter", "times": 3}},
                        {"all": [{"registered": {}}, {"rated": {"at_least": "excellent"}}]},
                    ]
                }
            ],
        },
        (
            "Có từ 5 năm liên tục trở lên tính đến năm xét, bắt đầu sau khi được tặng Bằng khen của Thủ"
            " tướng Chính phủ, năm nào cũng xếp loại từ «Hoàn thành tốt nhiệm vụ» trở lên; và trong"
            " những năm đó: sổ khen thưởng có ít nhất 3 lần Chiến sĩ thi đua cơ sở; hoặc đã đăng ký thi"
            " đua cho năm xét và năm nào cũng xếp loại từ «Hoàn thành xuất sắc nhiệm vụ» trở lên."
        ),
    ),
    (
        "produced",
        {"kind": "initiative", "count": 2, "recognised_by": "base", "free_of": ["form"]},
        (
            "Có ít nhất 2 sáng kiến được cơ sở công nhận, chưa dùng để xét hình thức khen thưởng trong"
            " năm xét."
        ),
    ),
    (
        "unmarked",
        {"at_least": "reprimand"},
        "Không bị kỷ luật từ mức khiển trách trở lên trong năm xét.",
    ),
    (
        "unmarked",
        {"at_least": "warning", "of": "members"},
        "Không có thành viên bị kỷ luật từ mức cảnh cáo trở lên trong năm xét.",
    ),
    (
        "clear",
        {},
        (
            "Đến ngày quyết định không còn khiếu nại, tố cáo, thanh tra, điều tra hay xem xét kỷ luật"
            " nào chưa kết luận."
        ),
    ),
    (
        "served",
        {"role": "teaching", "years": 25, "under_years": 30, "female_less": "1/3"},
        (
            "Thời gian trực tiếp giảng dạy: từ 25 năm trở lên, dưới 30 năm; nữ được giảm 1/3 thời"
            " gian."
        ),
    ),
    ("existed", {"years": 10}, "Đã thành lập từ 10 năm trở lên tính đến hết kỳ xét."),
    (
        "present",
        {"recruit_months": 10, "limit": {"days": 40, "unit": "working"}, "excused": ["maternity"]},
        (
            "Không phải người mới tuyển dụng dưới 10 tháng. Không nghỉ từ 40 ngày làm việc trở lên trong"
            " năm xét. Không tính: nghỉ thai sản theo luật."
        ),
    ),
    ("registered", {}, "Đã đăng ký thi đua cho năm xét."),
    (
        "composed",
        {"having": {"award": "advanced-worker"}, "share": ">= 7/10"},
        "Tỷ lệ thành viên đạt danh hiệu Lao động tiên tiến trong năm xét: từ 70% trở lên.",
    ),
    (
        "composed",
        {"having": {"discipline": "warning"}, "count": "= 0"},
        "Không có thành viên nào bị kỷ luật từ cảnh cáo trở lên trong năm xét.",
    ),
    (
        "composed",
        {"having": {"rating": "completed"}, "share": "= 1"},
        "Mọi thành viên đều được xếp loại từ «Hoàn thành nhiệm vụ» trở lên trong năm xét.",
    ),
    (
        "placed",
        {"in": "bloc", "organised_by": "ministry", "result": "leader"},
        (
            "Năm xét đạt kết quả dẫn đầu trong cụm, khối thi đua do bộ, ban, ngành, tỉnh tổ chức hoặc"
            " phát động."
        ),
    ),
    ("belongs", {"to": ["worker", "farmer"]}, "Thuộc đối tượng: công nhân hoặc nông dân."),
    (
        "meets",
        {"award": "advanced-worker"},
        "Đạt tiêu chuẩn Lao động tiên tiến của cùng năm.",
    ),
    (
        "attested",
        {"what": "solidarity", "reach": "ministry"},
        (
            "Cần thủ trưởng đơn vị xác nhận: nội bộ đoàn kết (phạm vi: bộ, ban, ngành, tỉnh). Máy không"
            " tự kết luận."
        ),
    ),
    (
        "external",
        {"owner": "ministry"},
        "Tiêu chuẩn do bộ, ban, ngành, tỉnh quy định. Chưa nạp văn bản đó thì máy chưa kết luận.",
    ),
]


@pytest.mark.parametrize(("kind", "value", "sentence"), SAID)
def test_what_is_asked(kind, value, sentence):
    book = load_book()
    condition = read_condition(kind, Node(value), book.vocabulary)
    assert describe(condition, make_wording(book)) == sentence


def test_every_kind_is_described():
    assert {kind for kind, _, _ in SAID} == set(KINDS)
