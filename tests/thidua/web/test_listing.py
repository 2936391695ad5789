"""Lists: search with and without marks, filters, Vietnamese order, pages, workbooks, cards."""

import io
import json
import re
from datetime import date

import openpyxl
import pytest

from factories.accounts import make_unit, make_user
from thidua.audit.models import Event
from thidua.organizations.models import Unit, UnitKind

pytestmark = pytest.mark.django_db
NAMES = ["Vụ Ẩm thực", "Vụ An toàn", "Vụ Ấn loát", "Vụ Đào tạo", "Vụ Dân vận", "Vụ Ăn uống"]
ORDER = ["Vụ An toàn", "Vụ Ăn uống", "Vụ Ẩm thực", "Vụ Ấn loát", "Vụ Dân vận", "Vụ Đào tạo"]


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "lists"


@pytest.fixture
def top():
    return make_unit("bo", "Bộ Thử nghiệm")


@pytest.fixture
def clerk(client, top):
    client.force_login(make_user("canbo@thu.vn", unit_clerk=top))
    return client


def shown(response) -> list[str]:
    """The first cell of each row."""
    cells = re.findall(r"<tr[^>]*data-row[^>]*><td[^>]*>(.*?)</td>", response.content.decode())
    return [re.sub("<.*?>", "", one) for one in cells]


def test_rows_stand_in_vietnamese_order(clerk, top):
    for number, name in enumerate(NAMES):
        make_unit(f"v{number}", name, top)
    assert shown(clerk.get("/thu/?sort=name"))[1:] == ORDER
    assert shown(clerk.get("/thu/?sort=-name"))[:-1] == ORDER[::-1]


@pytest.mark.parametrize("typed", ["đào", "dao", "DAO TAO", "Đào tạo", "tạo  vụ"])
def test_a_search_with_or_without_marks_finds_the_same(clerk, top, typed):
    for number, name in enumerate(NAMES):
        make_unit(f"v{number}", name, top)
    assert shown(clerk.get("/thu/", {"q": typed})) == ["Vụ Đào tạo"]


def test_a_filter_narrows_and_a_wrong_one_says_so(clerk, top):
    other = UnitKind.objects.create(code="cuc", name="Cục")
    unit = make_unit("v1", "Cục Viễn thông", top)
    unit.kind = other
    unit.save()
    assert shown(clerk.get("/thu/", {"kind": other.pk})) == ["Cục Viễn thông"]
    answer = clerk.get("/thu/", {"kind": "987654"})
    assert 'id="id_kind_error"' in answer.content.decode()


def test_pages_hold_25_and_cannot_be_stretched(clerk, top):
    for number in range(60):
        make_unit(f"v{number}", f"Vụ số {number:02d}", top)
    page = clerk.get("/thu/?per_page=1000&page=2")
    assert len(shown(page)) == 25
    assert "Dòng 26 đến 50 trên 61" in page.content.decode()
    assert len(shown(clerk.get("/thu/?page=3"))) == 11
    assert len(shown(clerk.get("/thu/?page=99"))) == 11
    assert len(shown(clerk.get("/thu/?page=²"))) == 25


def test_a_list_asks_as_often_for_many_rows_as_for_few(clerk, top):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for start in (0, 20):
        for number in range(start, start + 20):
            make_unit(f"v{number}", f"Vụ số {number:02d}", top)
        with CaptureQueriesContext(connection) as heard:
            clerk.get("/thu/")
        counts.append(len(heard))
    assert counts[0] == counts[1] <= 25


def test_an_empty_list_and_an_empty_search_say_different_things(client):
    client.force_login(make_user("moi@thu.vn"))
    assert "Chưa có đơn vị" in client.get("/thu/").content.decode()
    answer = client.get("/thu/?q=không+có").content.decode()
    assert "Không có dòng nào khớp" in answer
    assert "Chưa có đơn vị" not in answer


def test_the_workbook_holds_what_matches_and_no_formula(clerk, top):
    for number, name in enumerate(['=HYPERLINK("http://x","y")', "+84", "＝1+1", "Vụ A"]):
        make_unit(f"v{number}", name, top)
    Unit.objects.exclude(pk=top.pk).update(founded_on=date(2001, 2, 3))
    answer = clerk.get("/thu/?xuat=xlsx&sort=number")
    assert answer["Content-Disposition"].startswith('attachment; filename="don-vi-thu-')
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == ["Tên đơn vị", "Mã", "Loại", "Thành lập", "Số"]
    assert [row[0].value for row in rows[1:]] == [
        *("Bộ Thử nghiệm", '=HYPERLINK("http://x","y")', "+84", "＝1+1", "Vụ A"),
    ]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d"}
    assert all(row[0].quotePrefix for row in rows[2:5])
    assert rows[2][3].value.date() == date(2001, 2, 3)
    assert rows[2][4].data_type == "n"


def test_the_workbook_leaves_an_event(clerk, top):
    make_unit("v1", "Vụ Một", top)
    clerk.get("/thu/?xuat=xlsx&q=mot&page=7")
    event = Event.objects.get(action="list.export")
    assert event.stream == "web.list:lists:units"
    # A search is often a name, and events are for ever.
    assert json.loads(event.payload)["facts"] == {"rows": 1, "query": "page=7", "searched": True}


def test_a_head_says_how_it_is_sorted_and_cells_carry_their_heading(clerk, top):
    page = clerk.get("/thu/?sort=-name").content.decode()
    assert 'aria-sort="descending"' in page
    assert 'data-l="Mã"' in page
    assert 'data-l="Tên đơn vị"' not in page
