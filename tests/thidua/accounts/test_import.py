"""Accounts by the hundred: a workbook is read, weighed, shown, taken; nothing twice, nothing lost."""

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from thidua.accounts.models import RoleGrant, User, UserImport
from thidua.audit.models import Event
from thidua.support.actor import Role
from thidua.support.roles import ROLES

pytestmark = pytest.mark.django_db
HEAD = [
    *("Họ và tên", "Địa chỉ thư", "Điện thoại", "Vai trò", "Đơn vị"),
    *("Từ ngày", "Đến hết ngày", "Văn bản giao"),
]
CLERK, HEAD_ROLE = "Cán bộ thi đua đơn vị", "Thủ trưởng đơn vị"
GOOD = [
    ["Trần Thị Mai", "mai@bo.example.vn", "0912345678", CLERK, "a", "01/10/2017", "", "QĐ 1"],
    ["Lê Văn Nam", "NAM@bo.example.vn", "", HEAD_ROLE, "Đơn vị b", datetime(2017, 10, 2), None, ""],
    ["Lê Văn Nam", "nam@bo.example.vn", "", CLERK, "b", "2017-10-02", "31/12/2017", ""],
]


def book(*rows, head=HEAD, above=()):
    made = openpyxl.Workbook()
    for row in (*above, head, *rows):
        made.active.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


@pytest.fixture
def admin(person, units, client):
    user = person("Đỗ Quản Trị", (Role.ADMINISTRATOR, units.root))
    client.force_login(user)
    return user


@pytest.fixture
def send(client, admin):
    def do(content, name="danh-sach.xlsx"):
        return client.post(
            reverse("console:user-import"), {"file": SimpleUploadedFile(name, content)}
        )

    return do


def states(batch):
    return [row["state"] for row in batch.rows]


def take(client, batch):
    return client.post(reverse("console:user-import-detail", args=[batch.pk]))


def test_good_rows_are_shown_first_and_then_taken(client, send, run_jobs, mailoutbox):
    page = send(book(*GOOD))
    batch = UserImport.objects.get()
    assert page["Location"] == reverse("console:user-import-detail", args=[batch.pk])
    text = client.get(page["Location"]).content.decode()
    assert "Chưa có gì được ghi" in text
    assert "Nạp 3 dòng đúng" in text
    assert states(batch) == ["new", "new", "role"]
    assert User.objects.count() == 1  # nothing yet
    take(client, batch)
    batch.refresh_from_db()
    assert (batch.read, batch.taken, batch.left, batch.blank) == (3, 3, 0, 0)
    nam = User.objects.get(email="nam@bo.example.vn")
    assert [(one.role, one.unit.code, one.valid_until) for one in nam.grants.order_by("role")] == [
        ("unit_clerk", "b", date(2017, 12, 31)),
        ("unit_head", "b", None),
    ]
    assert User.objects.get(email="mai@bo.example.vn").phone == "0912345678"
    run_jobs()
    assert sorted(one.to[0] for one in mailoutbox) == ["mai@bo.example.vn", "nam@bo.example.vn"]


def test_the_same_file_again_doubles_nothing(client, send):
    for _ in range(2):
        send(book(*GOOD))
        take(client, UserImport.objects.latest("pk"))
    assert states(UserImport.objects.latest("pk")) == ["same"] * 3
    assert User.objects.count() == 3
    assert RoleGrant.objects.count() == 4
    second = UserImport.objects.latest("pk")
    assert (second.read, second.taken, second.left) == (3, 0, 3)


def test_taking_twice_is_taking_once(client, send):
    send(book(*GOOD))
    batch = UserImport.objects.get()
    take(client, batch)
    take(client, batch)
    assert Event.objects.filter(action="user_import.take").count() == 1
    assert RoleGrant.objects.count() == 4


BAD = {
    "thieu-ten": (["", "x@bo.example.vn", "", CLERK, "a"], "A2", "trống, cần điền"),
    "thu-sai": (["Ai Đó", "khong phai thu", "", CLERK, "a"], "B2", "Không phải địa chỉ thư"),
    "vai-tro-la": (["Ai Đó", "x@bo.example.vn", "", "Trưởng thôn", "a"], "D2", "«Trưởng thôn»"),
    "don-vi-la": (["Ai Đó", "x@bo.example.vn", "", CLERK, "Cục Z"], "E2", "«Cục Z»"),
    "ngay-khong-co": (
        ["Ai Đó", "x@bo.example.vn", "", CLERK, "a", "31/02/2017"],
        "F2",
        "lịch không có ngày này",
    ),
    "chi-co-nam": (["Ai Đó", "x@bo.example.vn", "", CLERK, "a", "2017"], "F2", "chưa đủ ngày"),
    "ngay-nguoc": (
        ["Ai Đó", "x@bo.example.vn", "", CLERK, "a", "02/10/2017", "01/10/2017"],
        "G2",
        "đứng trước ngày đầu",
    ),
    "qua-dai": (["Ai Đó", "x@bo.example.vn", "0" * 21, CLERK, "a"], "C2", "quá 20 ký tự"),
    "loi-cong-thuc": (["#N/A", "x@bo.example.vn", "", CLERK, "a"], "A2", "#N/A"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_says_its_cell_and_what_to_do(client, send, name):
    row, cell, why = BAD[name]
    send(book(row, GOOD[0]))
    batch = UserImport.objects.get()
    assert states(batch) == ["fault", "new"]
    cells, said = zip(*batch.rows[0]["faults"], strict=True)
    assert cell in cells
    assert why in " ".join(said)
    text = client.get(reverse("console:user-import-detail", args=[batch.pk])).content.decode()
    assert f"<b>{cell}</b>: " in text
    take(client, batch)
    assert User.objects.count() == 2  # the good one is taken


def test_all_faults_of_a_row_are_said_at_once(send):
    send(book(["", "sai", "", "Trưởng thôn", "Cục Z", "31/02/2017"]))
    cells = {cell for cell, _why in UserImport.objects.get().rows[0]["faults"]}
    assert cells == {"A2", "B2", "D2", "E2", "F2"}


def test_a_name_that_belongs_to_another_is_no_name_for_this_address(send, person):
    person("Trần Thị Mai", email="mai@bo.example.vn")
    send(book(["Người Khác", "mai@bo.example.vn", "", CLERK, "a"]))
    ((cell, why),) = UserImport.objects.get().rows[0]["faults"]
    assert cell == "A2"
    assert "người khác tên" in why
    assert "Mai" not in why


def test_rows_that_say_the_same_name_the_first_of_them(send):
    send(book(GOOD[0], GOOD[0]))
    batch = UserImport.objects.get()
    assert states(batch) == ["new", "same"]
    assert batch.rows[1]["faults"][0][1] == "Trùng dòng 2 của tệp này."


def test_the_ledger_adds_up(client, send):
    send(book(GOOD[0], ["", "", "", "", ""], ["X", "sai", "", CLERK, "a"], GOOD[1]))
    batch = UserImport.objects.get()
    assert states(batch) == ["new", "blank", "fault", "new"]
    take(client, batch)
    batch.refresh_from_db()
    assert (batch.read, batch.taken, batch.left, batch.blank) == (4, 2, 1, 1)


def test_the_rows_that_were_left_come_back_as_a_workbook_that_can_be_sent_again(client, send):
    send(book(["@SUM(1)", "sai", "", CLERK, "a", "31/02/2017"], GOOD[0]))
    batch = UserImport.objects.get()
    take(client, batch)
    page = client.get(reverse("console:user-import-rejects", args=[batch.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(page.content)).active
    head, row = list(sheet.iter_rows(values_only=True))
    assert head[: len(HEAD)] == tuple(HEAD)
    assert row[0] == "@SUM(1)"
    assert sheet["A2"].data_type == "s"  # a text, no formula
    assert row[5] == "31/02/2017"  # as it was typed
    assert "Không phải địa chỉ thư" in row[8]
    assert row[9] == 2
    mended = book(["Ai Đó", "ai@bo.example.vn", "", CLERK, "a", "01/10/2017"])
    send(mended)
    take(client, UserImport.objects.latest("pk"))
    assert User.objects.filter(email="ai@bo.example.vn").exists()


def test_headings_may_stand_lower_and_be_called_otherwise(send):
    head = ["STT", "Họ và tên", "Email", "Vai trò", "Mã đơn vị"]
    title = [["DANH SÁCH CÁN BỘ"], []]
    send(book([1, "Trần Thị Mai", "mai@bo.example.vn", CLERK, "a"], head=head, above=title))
    batch = UserImport.objects.get()
    assert states(batch) == ["new"]
    assert batch.rows[0]["number"] == 4
    assert batch.rows[0]["cells"]["email"] == "C4"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rỗng"),
        (b"khong phai tep Excel", "thử lại"),
        (book(head=["A", "B"]), "Không thấy dòng tiêu đề"),
        (book(), "không có dòng nào"),
    ],
)
def test_what_is_no_list_is_refused_in_words(send, content, said):
    page = send(content)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not UserImport.objects.exists()


def test_hostile_workbooks_harm_nothing(send):
    corpus = Path("/", "work", "shared", "data", "badinput", "calamine")
    if not corpus.is_dir():
        pytest.skip("the development corpus of bad files is not on this machine")
    for path in sorted(corpus.iterdir()):
        page = send(path.read_bytes(), path.name)
        assert page.status_code in {200, 302}, path.name
    assert User.objects.count() == 1


def test_a_keeper_of_one_office_brings_nobody_into_another(client, person, units):
    client.force_login(person("Bùi Thị An", (Role.ADMINISTRATOR, units.a)))
    content = book(
        ["Một", "mot@bo.example.vn", "", CLERK, "a1"], ["Hai", "hai@bo.example.vn", "", CLERK, "b"]
    )
    client.post(reverse("console:user-import"), {"file": SimpleUploadedFile("x.xlsx", content)})
    batch = UserImport.objects.get()
    assert states(batch) == ["new", "fault"]
    assert "trong phạm vi" in batch.rows[1]["faults"][0][1]


def test_nobody_takes_what_another_has_uploaded(client, send, person, units):
    send(book(*GOOD))
    batch = UserImport.objects.get()
    client.force_login(person("Bùi Thị An", (Role.ADMINISTRATOR, units.a)))
    address = reverse("console:user-import-detail", args=[batch.pk])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_the_template_holds_every_role_and_the_units_of_the_keeper(client, admin, units):
    page = client.get(reverse("console:user-import-template"))
    made = openpyxl.load_workbook(io.BytesIO(page.content))
    assert [cell.value for cell in made["Danh sách"][1]] == HEAD
    roles = [row[0] for row in made["Vai trò"].iter_rows(min_row=2, values_only=True)]
    assert roles == [meaning.label for meaning in ROLES.values()]
    codes = [row[0] for row in made["Đơn vị"].iter_rows(min_row=2, values_only=True)]
    assert sorted(codes) == ["a", "a1", "b", "root"]


def test_what_was_uploaded_stands_in_the_trail_without_names(send):
    send(book(*GOOD))
    event = Event.objects.get(action="user_import.stage")
    assert "mai@bo" not in event.payload
    assert "Trần" not in event.payload.encode().decode("unicode_escape")
