"""Units from a workbook: template, preview, good rows or none, rows to mend; and into one again."""

import io
from datetime import date

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories.accounts import make_user
from factories.ministry import AT, SYSTEM, Ministry
from thidua.audit.models import Event
from thidua.documents.services import store_file
from thidua.organizations.lifecycle.rows import COLUMNS
from thidua.organizations.models import Unit, UnitClosure, UnitImport, UnitName
from thidua.organizations.selectors import labels_on, plan_import, search_units
from thidua.organizations.services import create_kind, import_units

pytestmark = pytest.mark.django_db
HEADER = list(COLUMNS.values())
GOOD = [
    ["CTS-1", "Trung tâm Tần số I", "", "Đơn vị", "CTS", "01/01/2010", None, "", ""],
    ["CTS", "Cục Tần số", "Cục TS", "Đơn vị", "BO", date(2000, 1, 1), None,
     "Cục Vô tuyến (đến 31/12/2009)", "5/QĐ"],
]  # fmt: skip
BAD = ["X", "Cục X", "", "Ban", "BO", None, None, "", ""]


@pytest.fixture
def ministry():
    return Ministry()


@pytest.fixture
def officer(client, ministry):
    user = make_user("ai@bo.example.vn", password=None, ministry_officer=ministry.root)
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    return client


def workbook(*rows, header=HEADER):
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def send(client, content, name="đơn vị.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("console:unit-import"), {"file": file})


def read(response):
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def test_good_rows_are_taken_and_the_rest_comes_back_to_be_mended(officer, ministry):
    answer = send(officer, workbook(*GOOD, BAD, [" "] * 9))
    before = Event.objects.count()
    page = officer.get(answer.url).content.decode()
    assert Event.objects.count() == before
    assert "Nhận 2 đơn vị mới" in page
    assert "D4" in page
    assert "Chưa có loại «Ban»" in page
    assert officer.post(answer.url).status_code == 302
    assert Unit.objects.get(code="CTS-1").links_up.get().parent.code == "CTS"
    assert UnitClosure.objects.filter(descendant__code="CTS-1").count() == 3
    assert labels_on([Unit.objects.get(code="CTS").pk], date(2005, 1, 1)).popitem()[1] == (
        "Cục Vô tuyến (nay là Cục Tần số)"
    )
    assert [one.code for one in search_units("vo tuyen")] == ["CTS"]
    kept = UnitImport.objects.get()
    assert (kept.rows_read, kept.rows_accepted, kept.rows_rejected) == (4, 2, 1)
    assert kept.rows_blank == 1
    rejected = read(officer.get(answer.url + "dong-loi/"))
    assert rejected[0] == [*HEADER, "Vì sao bị loại"]
    assert rejected[1][:2] == ["X", "Cục X"]
    assert "D4: Chưa có loại «Ban»" in rejected[1][-1]


def test_the_same_workbook_again_doubles_nothing(officer, ministry):
    content = workbook(*GOOD)
    officer.post(send(officer, content).url)
    units, names = Unit.objects.count(), UnitName.objects.count()
    answer = send(officer, content)
    page = officer.get(answer.url).content.decode()
    assert "Không có đơn vị mới nào để nhận." in page
    assert "đã có, giữ nguyên" in page
    officer.post(answer.url)
    assert (Unit.objects.count(), UnitName.objects.count()) == (units, names)


def test_what_goes_out_comes_in_again_as_the_same(officer, ministry):
    officer.post(send(officer, workbook(*GOOD)).url)
    out = officer.get(reverse("console:unit-export"))
    rows = read(out)
    assert rows[0] == HEADER
    assert {row[0] for row in rows[1:]} == {"BO", "CVT", "PHT", "CBC", "CTS", "CTS-1"}
    answer = send(officer, out.content)
    page = officer.get(answer.url).content.decode()
    assert page.count("Nhận: đã có, giữ nguyên") == 6
    then = read(officer.get(reverse("console:unit-export"), {"ngay": "01/01/2005"}))
    assert [row[1] for row in then if row[0] == "CTS"] == ["Cục Vô tuyến"]
    assert Event.objects.filter(action="list.export").count() == 2


def test_a_whole_tree_comes_from_nothing():
    who = {"actor": SYSTEM, "at": AT}
    create_kind(code="k", name="Đơn vị", **who)
    cells = [HEADER, ["BO", "Bộ", "", "Đơn vị", ""], ["A", "Cục A", "", "k", "BO"]]
    file = store_file(raw=workbook(), name="a.xlsx", **who)
    made = import_units(plan=plan_import(cells), file=file, **who)
    assert [(one.code, one.is_root) for one in made] == [("BO", True), ("A", False)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "rỗng"),
        (b"khong phai bang tinh", "Chỗ này chỉ nhận"),
        (b"PK\x03\x04" + b"x" * 50, "hỏng"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_words(officer, ministry, content, says):
    page = send(officer, content).content.decode()
    assert says in page
    assert UnitImport.objects.count() == 0


def test_a_workbook_without_our_header_says_what_to_do(officer, ministry):
    answer = send(officer, workbook(header=["Họ và tên"]))
    page = officer.get(answer.url).content.decode()
    assert "Không thấy dòng tiêu đề" in page
    assert officer.post(answer.url).status_code == 200
    assert UnitImport.objects.count() == 0


def test_the_template_is_what_the_reading_asks_for(officer, ministry):
    assert read(officer.get(reverse("console:unit-import-template"))) == [HEADER]


def test_somebody_else_does_not_open_the_file(officer, ministry):
    url = send(officer, workbook(*GOOD)).url
    other = make_user("khac@bo.example.vn", password=None, ministry_officer=ministry.root)
    officer.force_login(other, settings.AUTHENTICATION_BACKENDS[-1])
    assert officer.get(url).status_code == 404
    assert officer.post(url).status_code == 404
