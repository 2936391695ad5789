"""Screens of number books, templates and files, through the door that officers take."""

import io
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from factories.accounts import make_unit, make_user
from factories.documents import word
from thidua.accounts.selectors import get_actor
from thidua.console.documents.views import numbers, templates
from thidua.documents import services
from thidua.documents.models import BookNumber, NumberBook, StoredFile, TemplateVersion
from thidua.documents.selectors import choose_template

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
KIND = "submission-letter"


def logged_in(user):
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    return client


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    for module in (numbers, templates):
        monkeypatch.setattr(module, "now", lambda: AT)


@pytest.fixture
def user(db):
    root = make_unit("BO", "Bộ Thử nghiệm")
    return make_user("a@thu.vn", "Lê Văn Nam", password=None, ministry_officer=root)


@pytest.fixture
def officer(user):
    return logged_in(user)


def page_of(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def opened(officer, **changes):
    said = {
        "code": "quyet-dinh",
        "year": "2026",
        "title": "Quyết định",
        "kind": "QĐ",
        "body": "BTTTT",
        "pattern": "",
        "first": "1",
    }
    return officer.post("/so-van-ban/mo/", {**said, **changes})


def test_a_book_is_opened_from_the_kind_of_paper(officer):
    answer = opened(officer)
    book = NumberBook.objects.get()
    assert book.pattern == "{số}/QĐ-BTTTT"
    assert "Số tiếp theo: 01/QĐ-BTTTT" in page_of(officer, answer["Location"])
    assert "Quyết định" in page_of(officer, "/so-van-ban/")


def test_a_letter_has_no_abbreviation(officer):
    opened(officer, kind="-", body="BNV-VP", code="cong-van")
    assert NumberBook.objects.get().pattern == "{số}/BNV-VP"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"code": "Quyết định"}, "Chỉ dùng chữ không dấu"),
        ({"body": ""}, "ghi chữ viết tắt cơ quan"),
        ({"pattern": "QĐ"}, "đúng một chỗ {số}"),
        ({"first": "0"}, "1"),
        ({"year": "x"}, "Năm"),
    ],
)
def test_a_wrong_book_is_not_opened(officer, change, says):
    answer = opened(officer, **change)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not NumberBook.objects.exists()


def test_the_same_book_twice_is_named(officer):
    opened(officer)
    assert "Đã có sổ" in opened(officer).content.decode()


def test_numbers_are_listed_cancelled_and_the_book_closed(officer, user):
    opened(officer)
    book = NumberBook.objects.get()
    for key in "ab":
        services.take_number(
            book=book,
            on=date(2026, 3, 10),
            subject=f"Quyết định {key}",
            key=key,
            actor=get_actor(user, AT),
            at=AT,
        )
    url = f"/so-van-ban/{book.pk}/"
    page = page_of(officer, url)
    assert page.rindex("02/QĐ-BTTTT") < page.rindex("01/QĐ-BTTTT")
    assert "Số tiếp theo: 03/QĐ-BTTTT" in page
    officer.post(f"{url}1/huy/", {"reason": "Sai tên"})
    assert BookNumber.objects.get(number=1).is_cancelled
    assert "đã hủy từ trước" in officer.post(f"{url}1/huy/", {"reason": "Nữa"}).content.decode()
    assert "Sai tên" in page_of(officer, url)
    officer.post(f"{url}sua/", {"title": "Quyết định", "pattern": "{số}/QĐ-BTTTT"})
    assert "Sổ đã khóa" in page_of(officer, url)
    page_of(officer, f"{url}9/huy/", status=404)
    assert officer.get(f"{url}?xuat=xlsx")["Content-Type"].endswith("sheet")


# ------------------------------------------------------------------ templates
def send(officer, raw, **changes):
    file = SimpleUploadedFile("Mẫu mới.docx", raw)
    said = {"file": file, "issued_from": "01/01/2026", "note": "Đổi lề"}
    return officer.post(f"/mau-van-ban/{KIND}/gui/", {**said, **changes})


def test_a_template_is_sent_looked_at_published_and_withdrawn(officer):
    assert "Mẫu có sẵn theo Nghị định 30/2020/NĐ-CP" in page_of(officer, "/mau-van-ban/")
    answer = send(officer, word("Riêng: {{ ve_viec }}"))
    url = answer["Location"]
    page = page_of(officer, url)
    assert "Riêng: Về việc đề nghị tặng danh hiệu thi đua năm 2017" in page
    assert choose_template(KIND, date(2026, 3, 10)).version is None
    officer.post(f"{url}cong-bo/")
    assert choose_template(KIND, date(2026, 3, 10)).version == TemplateVersion.objects.get()
    assert "Mẫu riêng số 1" in page_of(officer, "/mau-van-ban/")
    officer.post(f"{url}rut/", {"reason": "Sai lề"})
    assert choose_template(KIND, date(2026, 3, 10)).version is None
    assert "Sai lề" in page_of(officer, url)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (word("{{ ve_viecc }}"), "Tên gần nhất: «ve_viec»"),
        (word("{{ ''.__class__ }}"), "Mẫu gọi điều không được phép"),
        (word("{% for x in danh_sach %}"), "Chỗ điền viết sai"),
        (b"%PDF-1.7", "Chỗ này chỉ nhận: .docx"),
        (b"x" * (10 * 2**20 + 1), "lớn hơn 10 MiB"),
    ],
    ids=["name", "python", "syntax", "pdf", "big"],
)
def test_a_template_that_cannot_serve_says_why(officer, raw, says):
    answer = send(officer, raw)
    assert answer.status_code == 200
    assert says in answer.content.decode().replace("&#x27;", "'")
    assert not TemplateVersion.objects.exists()
    assert not StoredFile.objects.exists()


def test_shipped_and_own_templates_are_fetched_as_attachments(officer):
    sample = officer.get(f"/mau-van-ban/{KIND}/co-san/2020-03-05/")
    assert sample["Content-Disposition"].startswith("attachment;")
    assert Document(io.BytesIO(sample.content)).tables
    send(officer, word("{{ ve_viec }}"))
    own = officer.get(f"/mau-van-ban/{KIND}/1/tep/")
    assert "M%E1%BA%ABu%20m%E1%BB%9Bi.docx" in own["Content-Disposition"]
    assert own["X-Content-Type-Options"] == "nosniff"
    page_of(officer, f"/mau-van-ban/{KIND}/co-san/x/", status=404)
    page_of(officer, "/mau-van-ban/khong-co/", status=404)


# ------------------------------------------------------------------ files
@pytest.mark.parametrize("name", ["Biên bản.pdf", 'a"; x="b.pdf', "a\r\nX: y.pdf", "😀.pdf"])
def test_a_file_is_only_for_whoever_sent_it_and_only_saved(officer, user, name):
    file = services.store_file(raw=b"%PDF-1.7", name=name, actor=get_actor(user, AT), at=AT)
    answer = officer.get(f"/tep/{file.key}/")
    assert answer.content == b"%PDF-1.7"
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    assert answer["Content-Disposition"].count('"') == 2
    assert "no-store" in answer["Cache-Control"]
    other = logged_in(make_user("b@thu.vn", "Khác", password=None))
    assert other.get(f"/tep/{file.key}/").status_code == 404
    assert Client().get(f"/tep/{file.key}/").status_code == 302
    assert Client().get(f"/static/{file.content.name}").status_code == 404
    assert Client().get(f"/files/{file.content.name}").status_code == 404
