"""Screens of the law, own rules and working days, through the door that officers take."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.test import Client

from factories.accounts import make_unit, make_user
from factories.statutes import RULE
from thidua.audit.models import Event
from thidua.console.statutes.views import calendars, law, overlays
from thidua.statutes.models import CalendarDay, OverlayRule
from thidua.statutes.selectors import get_book, get_calendar

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


def logged_in(user):
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    return client


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    for module in (calendars, law, overlays):
        monkeypatch.setattr(module, "now", lambda: AT)


@pytest.fixture
def root(db):
    return make_unit("BO", "Bộ Thử nghiệm")


@pytest.fixture
def officer(root):
    return logged_in(make_user("a@thu.vn", "Lê Văn Nam", password=None, ministry_officer=root))


@pytest.fixture
def second(root):
    return logged_in(make_user("b@thu.vn", "Phạm Thị Hoa", password=None, administrator=root))


@pytest.fixture
def clerk(root):
    return logged_in(make_user("c@thu.vn", "Trần Thị Mai", password=None, unit_clerk=root))


def page_of(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def form(**changes):
    said = {
        "mode": "bieu-mau",
        "symbol": "13/2024/TT-BTTTT",
        "name": "Thông tư về kỷ niệm chương",
        "signed_on": "20/05/2024",
        "effect": "sets",
        "award": "commemorative-medal",
        "subject": "person",
        "starts_on": "01/06/2024",
        "ends_on": "31/12/2025",
        "joint": "all",
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "2",
        "form-0-kind": "held",
        "form-0-vi": "Mười lần Lao động tiên tiến",
        "form-0-cite": "Điều 5 khoản 1",
        "form-0-award": "advanced-worker",
        "form-0-times": "10",
    }
    return {**said, **changes}


# ------------------------------------------------------------------ the law
def test_the_law_of_a_day_names_awards_texts_and_the_digest(clerk):
    page = page_of(clerk, "/luat/?ngay=31/12/2025")
    assert "Chiến sĩ thi đua cơ sở" in page
    assert "Luật 06/2022/QH15" in page
    assert get_book().digest[:12] in page
    assert "từ chối xét, không đoán" not in page


def test_a_day_without_a_text_says_so_and_leads_to_the_last_one_known(clerk):
    page = page_of(clerk, "/luat/?ngay=25/11/2026")
    assert "từ chối xét, không đoán" in page
    assert "?ngay=30/09/2026" in page


def test_awards_are_found_without_marks(clerk):
    page = page_of(clerk, "/luat/?ngay=31/12/2025&q=chien si thi dua co so")
    assert "Chiến sĩ thi đua cơ sở" in page
    assert "Huân chương Sao vàng" not in page
    assert "Không có tên nào khớp" in page_of(clerk, "/luat/?q=khong co")


def test_a_standard_shows_grounds_and_how_sure_they_are(clerk):
    page = page_of(clerk, "/luat/danh-hieu/grassroots-emulation-fighter/?ngay=31/12/2025")
    assert "Điều 23 khoản 2 Luật 06/2022/QH15" in page
    assert "đã đối chiếu văn bản gốc" in page
    assert "chưa đối chiếu văn bản gốc" in page  # the share of votes is recalled
    before = page_of(clerk, "/luat/danh-hieu/grassroots-emulation-fighter/?ngay=31/12/2016")
    assert "Máy từ chối xét vì chưa có văn bản" in before
    page_of(clerk, "/luat/danh-hieu/khong-co/", status=404)


def test_two_laws_are_compared(clerk):
    page = page_of(clerk, "/luat/thay-doi/?tu=31/12/2023&den=01/01/2024")
    assert "Luật 15/2003/QH11" in page
    assert "Thêm" in page
    wrong = page_of(clerk, "/luat/thay-doi/?tu=01/01/2024&den=31/12/2023")
    assert "Đổi chỗ hai ngày" in wrong


@pytest.mark.parametrize("typed", ["31/02/2024", "x", "<script>", "99/99/9999"])
def test_a_day_that_is_none_is_no_fault(clerk, typed):
    page = page_of(clerk, f"/luat/?ngay={typed}")
    assert "<script>" not in page.replace("<script src", "").replace("<script ", "")


# ------------------------------------------------------------------ own rules
def test_a_rule_by_form_goes_through_two_persons(officer, second, clerk):
    answer = officer.post("/quy-dinh-rieng/them/", form())
    rule = OverlayRule.objects.get()
    assert answer["Location"] == f"/quy-dinh-rieng/{rule.pk}/"
    assert "10 lần Lao động tiên tiến" in page_of(officer, answer["Location"])
    page_of(clerk, answer["Location"], status=404)
    officer.post(f"/quy-dinh-rieng/{rule.pk}/trinh/")
    assert "ban-hanh" not in page_of(officer, answer["Location"])
    refused = officer.post(f"/quy-dinh-rieng/{rule.pk}/ban-hanh/", {"word": "BAN HÀNH"})
    assert "Người trình không tự ban hành được" in refused.content.decode()
    wrong = second.post(f"/quy-dinh-rieng/{rule.pk}/ban-hanh/", {"word": "đồng ý"})
    assert "Chưa đúng chữ" in wrong.content.decode()
    second.post(f"/quy-dinh-rieng/{rule.pk}/ban-hanh/", {"word": "ban hanh"})
    rule.refresh_from_db()
    assert (rule.state, rule.released_by_name) == ("released", "Phạm Thị Hoa")
    shown = page_of(clerk, "/luat/danh-hieu/commemorative-medal/?ngay=31/12/2024")
    assert "Quy định riêng 13/2024/TT-BTTTT" in shown
    assert "Điều 5 khoản 1" in shown
    later = page_of(clerk, "/luat/danh-hieu/commemorative-medal/?ngay=01/02/2026")
    assert "13/2024/TT-BTTTT" not in later
    assert "Có quy định riêng" in page_of(clerk, "/luat/?ngay=31/12/2024")
    second.post(f"/quy-dinh-rieng/{rule.pk}/rut/", {"reason": "Thông tư mới"})
    rule.refresh_from_db()
    assert rule.state == "withdrawn"
    assert Event.objects.filter(stream=f"statutes.overlayrule:{rule.pk}").count() == 4


def test_what_waits_for_the_second_person_is_on_their_home(officer, second):
    officer.post("/quy-dinh-rieng/them/", form())
    officer.post(f"/quy-dinh-rieng/{OverlayRule.objects.get().pk}/trinh/")
    assert "Quy định riêng chờ duyệt" in page_of(second, "/")
    assert "Quy định riêng chờ duyệt" not in page_of(officer, "/")


def test_it_is_returned_with_the_reason_on_top(officer, second):
    officer.post("/quy-dinh-rieng/them/", form())
    pk = OverlayRule.objects.get().pk
    officer.post(f"/quy-dinh-rieng/{pk}/trinh/")
    missing = second.post(f"/quy-dinh-rieng/{pk}/tra-lai/", {"reason": ""})
    assert missing.status_code == 200
    second.post(f"/quy-dinh-rieng/{pk}/tra-lai/", {"reason": "Sai điều khoản"})
    assert "Sai điều khoản" in page_of(officer, f"/quy-dinh-rieng/{pk}/")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"symbol": ""}, "Số, ký hiệu văn bản"),
        ({"signed_on": "31/02/2024"}, "Ngày này không có trong lịch"),
        ({"starts_on": "01/05/2024"}, "trước ngày ký"),
        ({"subject": ""}, "Chọn đối tượng"),
        ({"subject": "collective"}, "không có trong danh mục"),
        ({"award": "advanced-worker"}, "Luật không giao cơ quan"),
        ({"form-0-cite": "chỗ nào đó"}, "Viết như «Điều 5 khoản 1 điểm a»"),
        ({"form-0-vi": ""}, "Mỗi điều kiện cần câu của văn bản"),
        ({"form-0-award": ""}, "Cần điền ô này cho loại điều kiện đã chọn"),
        ({"form-0-times": "61"}, "ngoài khoảng cho phép"),
        ({"form-0-kind": "", "form-0-award": "", "form-0-times": ""}, "Chọn loại điều kiện"),
        ({"form-0-kind": "", "form-0-vi": "", "form-0-cite": ""}, "ít nhất một điều kiện"),
        ({"effect": "limits"}, "Điền tỷ lệ hoặc số lượng"),
        ({"effect": "limits", "share": "nhiều"}, "Viết tỷ lệ bằng số"),
    ],
)
def test_a_fault_is_shown_at_its_field_and_nothing_typed_is_lost(officer, change, says):
    answer = officer.post("/quy-dinh-rieng/them/", form(**change))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert says in page
    assert "Thông tư về kỷ niệm chương" in page
    if change.get("form-0-vi") != "":
        assert "Mười lần Lao động tiên tiến" in page
    assert not OverlayRule.objects.exists()


def test_a_limit_is_a_form_of_its_own(officer):
    limit = {
        "effect": "limits",
        "award": "grassroots-emulation-fighter",
        "signed_on": "29/06/2018",
        "starts_on": "15/08/2018",
        "ends_on": "31/12/2023",
        "share": "12,5",
        "of": "holders_of_advanced_worker",
        "limit_vi": "Không quá 12,5%",
        "limit_cite": "Điều 15 khoản 2",
    }
    officer.post("/quy-dinh-rieng/them/", form(**limit))
    rule = OverlayRule.objects.get()
    assert "share: <= 125/1000" in rule.text
    assert "Không quá 12,5%" in page_of(officer, f"/quy-dinh-rieng/{rule.pk}/")
    assert 'value="12,5"' in page_of(officer, f"/quy-dinh-rieng/{rule.pk}/sua/")
    above = officer.post("/quy-dinh-rieng/them/", form(**{**limit, "share": "20"}))
    assert "cao hơn mức của luật" in above.content.decode()


def test_more_rows_keep_what_was_typed(officer):
    answer = officer.post("/quy-dinh-rieng/them/", form(**{"them-dong": "1", "symbol": "Dở dang"}))
    page = answer.content.decode()
    assert "Dở dang" in page
    assert "Mười lần Lao động tiên tiến" in page
    assert "Điều kiện 4" in page
    assert 'role="alert"' not in page


def test_the_text_is_edited_with_lines_named(officer):
    faulty = RULE.replace("times: 10", "tmes: 10")
    answer = officer.post("/quy-dinh-rieng/them/", {"mode": "van-ban", "text": faulty})
    page = answer.content.decode()
    assert "Dòng 8" in page
    assert "tmes: 10" in page
    officer.post("/quy-dinh-rieng/them/", {"mode": "van-ban", "text": RULE.replace("\n", "\r\n")})
    rule = OverlayRule.objects.get()
    assert rule.text == RULE
    assert 'value="Điều 5 khoản 1"' in page_of(officer, f"/quy-dinh-rieng/{rule.pk}/sua/")


def test_a_text_beyond_the_form_is_edited_as_text_only(officer):
    text = RULE.replace("times: 10", "times: 10, stream: merit")
    officer.post("/quy-dinh-rieng/them/", {"mode": "van-ban", "text": text})
    page = page_of(officer, f"/quy-dinh-rieng/{OverlayRule.objects.get().pk}/sua/")
    assert "nói nhiều hơn biểu mẫu" in page
    assert "stream: merit" in page


def test_a_form_sent_twice_makes_one_rule(officer):
    once = {"_once": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}
    first = officer.post("/quy-dinh-rieng/them/", form(**once))
    again = officer.post("/quy-dinh-rieng/them/", form(**once))
    assert first["Location"] == again["Location"]
    assert OverlayRule.objects.count() == 1


# ------------------------------------------------------------------ working days
def test_a_year_shows_its_days_and_sources(clerk):
    page = page_of(clerk, "/lich-lam-viec/?nam=2026")
    assert "Tết Nguyên Đán" in page
    assert "Chưa đối chiếu văn bản gốc" in page
    assert "them-ngay" not in page
    assert "Chưa tính được ngày làm việc của năm 2029" in page_of(clerk, "/lich-lam-viec/?nam=2029")
    page_of(clerk, "/lich-lam-viec/?nam=khong")


def test_an_announcement_is_written_and_taken_back(officer):
    day = {
        "day": "25/01/2028",
        "until": "29/01/2028",
        "is_working": "0",
        "name": "Tết Nguyên đán",
        "symbol": "9/TB",
        "signed_on": "01/11/2027",
    }
    early = officer.post(
        "/lich-lam-viec/cong-bo/", {"year": "2028", "symbol": "9/TB", "signed_on": "01/11/2027"}
    )
    assert "Chưa nhập ngày nghỉ nào của năm 2028" in early.content.decode()
    assert officer.post("/lich-lam-viec/them-ngay/", day)["Location"] == "/lich-lam-viec/?nam=2028"
    assert CalendarDay.objects.count() == 5
    officer.post(
        "/lich-lam-viec/cong-bo/", {"year": "2028", "symbol": "9/TB", "signed_on": "01/11/2027"}
    )
    assert get_calendar().add_working_days(date(2028, 1, 24), 1) == date(2028, 1, 31)
    assert "Tổ chức đã công bố lịch năm này" in page_of(officer, "/lich-lam-viec/?nam=2028")
    first = CalendarDay.objects.first()
    officer.post(f"/lich-lam-viec/ngay/{first.pk}/bo/", {"reason": "Nhập nhầm"})
    assert CalendarDay.objects.count() == 4
    officer.post("/lich-lam-viec/nam/2028/thu-lai/", {"reason": "Thay thông báo"})
    assert "Chưa tính được" in page_of(officer, "/lich-lam-viec/?nam=2028")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"until": "20/01/2028"}, "từ ngày đầu trở đi"),
        ({"until": "20/03/2028"}, "tối đa 20 ngày"),
        ({"signed_on": "01/02/2028"}, "sau ngày 25/01/2028"),
        ({"symbol": ""}, "Số, ký hiệu thông báo"),
    ],
)
def test_a_stretch_of_days_is_all_or_nothing(officer, change, says):
    day = {
        "day": "25/01/2028",
        "until": "29/01/2028",
        "is_working": "0",
        "name": "Tết",
        "symbol": "9/TB",
        "signed_on": "01/11/2027",
    }
    assert says in officer.post("/lich-lam-viec/them-ngay/", {**day, **change}).content.decode()
    assert not CalendarDay.objects.exists()
