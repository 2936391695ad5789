"""Units on screen: each act is shown before it is done, done once, undone or put right after."""

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from factories.accounts import make_user
from factories.ministry import Ministry
from thidua.audit.models import Event
from thidua.organizations.models import Bloc, BlocLead, Unit, UnitCorrection, UnitKind
from thidua.people.models import Post
from thidua.support.actor import Role

pytestmark = pytest.mark.django_db
ROLES = {"roles": "end"}
PAPER = {"on": "01/03/2025", "decision": "12/QĐ-BTTTT"}


@pytest.fixture
def ministry():
    return Ministry()


@pytest.fixture
def log_in(client):
    def enter(**roles):
        user = make_user("ai@bo.example.vn", password=None, **roles)
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
        return client

    return enter


@pytest.fixture
def officer(log_in, ministry):
    return log_in(ministry_officer=ministry.root)


def address(name, unit=None, **more):
    kwargs = {**({"pk": unit.pk} if unit else {}), **more}
    return reverse(f"console:{name}", kwargs=kwargs or None)


def text_of(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def preview(client, url, **data):
    before = Event.objects.count()
    said = text_of(client.post(url, data))
    assert "Chưa có gì được ghi." in said, said
    assert Event.objects.count() == before
    return said


def do(client, url, **data):
    preview(client, url, **data)
    response = client.post(url, {**data, "step": "do"})
    assert response.status_code == 302, text_of(response)
    return text_of(client.get(response.url))


def undo_address(page):
    """Where the button of the toast posts to."""
    return page.split("data-toast")[1].split('action="')[1].split('"')[0]


def code(code):
    return Unit.objects.get(code=code)


def test_the_tree_of_a_day_and_names_of_any_time(officer, ministry):
    do(officer, address("unit-rename", ministry.press), name="Cục Truyền thông", **PAPER)
    page = text_of(officer.get(address("unit-list")))
    assert "Cục Truyền thông" in page
    assert "Phòng Hạ tầng" in page
    then = text_of(officer.get(address("unit-list"), {"ngay": "01/02/2020"}))
    assert "Cục Báo chí" in then
    assert "nay là Cục Truyền thông" in then
    for words in ("Cục Báo chí", "cuc bao chi", "cbc"):
        assert "Cục Truyền thông" in text_of(officer.get(address("unit-list"), {"q": words}))
    assert "Không có đơn vị nào khớp" in text_of(officer.get(address("unit-list"), {"q": "xyz"}))
    assert "Ngày này không có trong lịch" in text_of(
        officer.get(address("unit-list"), {"ngay": "31/02/2020"})
    )


def test_the_list_finds_old_names_and_is_taken_as_a_workbook(officer, ministry):
    do(officer, address("unit-rename", ministry.press), name="Cục Truyền thông", **PAPER)
    page = text_of(officer.get(address("unit-table"), {"q": "bao chi"}))
    assert "Cục Truyền thông" in page
    assert "Phòng Hạ tầng" not in page
    assert officer.get(address("unit-table"), {"xuat": "xlsx"}).content[:2] == b"PK"


def test_a_unit_is_shown_as_of_a_day(officer, ministry):
    do(officer, address("unit-rename", ministry.press), name="Cục Truyền thông", **PAPER)
    page = text_of(officer.get(address("unit-detail", ministry.press)))
    assert "Đổi tên thành «Cục Truyền thông»" in page
    assert "Quyết định 12/QĐ-BTTTT" in page
    then = text_of(officer.get(address("unit-detail", ministry.press), {"ngay": "01/02/2020"}))
    assert "<h1>Cục Báo chí</h1>" in then
    assert "(nay là Cục Truyền thông)" in then
    assert officer.get(address("unit-detail", pk=10**9)).status_code == 404


def test_a_unit_is_founded_shown_before_and_undone_after(officer, ministry):
    data = {
        "name": "Phòng  Mới",
        "code": "PM",
        "kind": UnitKind.objects.get().pk,
        "parent": ministry.press.pk,
        "on": "01/03/2025",
    }
    page = do(officer, address("unit-add"), **data)
    assert code("PM").name == "Phòng Mới"
    assert "Đã thêm «Phòng Mới»." in page
    response = officer.post(undo_address(page))
    assert not Unit.objects.filter(code="PM").exists()
    assert "Đã xóa «Phòng Mới»." in text_of(officer.get(response.url))


def test_what_cannot_be_is_said_beside_the_form_and_nothing_typed_is_lost(officer, ministry):
    data = {"name": "Phòng Mới", "code": "cvt", "kind": "", "parent": ministry.press.pk}
    page = text_of(officer.post(address("unit-add"), data))
    assert "Sửa 1 chỗ này rồi gửi lại" in page
    data["kind"] = UnitKind.objects.get().pk
    page = text_of(officer.post(address("unit-add"), data))
    assert "Mã đơn vị «cvt» đã dùng cho «Cục Viễn thông»." in page
    assert 'value="Phòng Mới"' in page


def test_back_from_the_preview_to_the_form_with_what_was_typed(officer, ministry):
    data = {"name": "Cục Truyền thông", **PAPER, "step": "edit"}
    page = text_of(officer.post(address("unit-rename", ministry.press), data))
    assert 'value="Cục Truyền thông"' in page
    assert "Chưa có gì được ghi" not in page


def test_a_renaming_is_undone(officer, ministry):
    page = do(officer, address("unit-rename", ministry.press), name="Cục Truyền thông", **PAPER)
    assert "mang tên mới từ ngày 01/03/2025" in page
    officer.post(undo_address(page))
    assert code("CBC").name == "Cục Báo chí"
    assert UnitCorrection.objects.get().reason == "Hoàn tác ngay sau khi ghi"


def test_a_move_is_shown_and_undone(officer, ministry):
    url = address("unit-move", ministry.network)
    said = preview(officer, url, parent=ministry.press.pk, **PAPER)
    assert "Cục Viễn thông" in said.split("Cấp trên hiện nay")[1].split("Cấp trên mới")[0]
    page = do(officer, url, parent=ministry.press.pk, **PAPER)
    assert ministry.network.links_up.get(valid_until=None).parent == ministry.press
    officer.post(undo_address(page))
    assert ministry.network.links_up.get(valid_until=None).parent == ministry.telecom


def test_a_ring_is_refused_in_words(officer, ministry):
    url = address("unit-move", ministry.telecom)
    said = text_of(officer.post(url, {"parent": ministry.network.pk, **PAPER}))
    assert "«Phòng Hạ tầng» đứng dưới «Cục Viễn thông» (ngày 01/03/2025)" in said


def test_a_merger_tells_who_and_what_goes_along_and_is_undone(officer, ministry):
    ministry.person("Trần Thị Mai", ministry.telecom)
    ministry.actor(Role.UNIT_HEAD, ministry.telecom)
    url = address("unit-merge", ministry.telecom)
    data = {"into": ministry.press.pk, **PAPER, **ROLES}
    said = preview(officer, url, **data)
    for words in ("«Cục Viễn thông»", "1 người", "«Phòng Hạ tầng»", "1 vai trò của Người dùng"):
        assert words in said, words
    page = do(officer, url, **data)
    assert "Đã sáp nhập vào «Cục Báo chí»: 1 người." in page
    assert "Nhận sáp nhập «Cục Viễn thông»" in page
    old = text_of(officer.get(address("unit-detail", ministry.telecom)))
    assert "(nay thuộc Cục Báo chí)" in old
    back = officer.post(undo_address(page))
    assert "Trở về: «Phòng Hạ tầng», 1 người." in text_of(officer.get(back.url))
    assert code("CVT").dissolved_on is None
    assert Post.objects.get().unit == ministry.telecom


def test_two_become_a_new_one(officer, ministry):
    data = {"new_code": "CS", "new_name": "Cục Số", "others": [ministry.press.pk], **PAPER, **ROLES}
    do(officer, address("unit-merge", ministry.telecom), **data)
    assert [one.predecessor.code for one in code("CS").origins.order_by("predecessor__code")] == [
        "CBC",
        "CVT",
    ]
    assert code("CS").founded_on == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "Chọn đơn vị tiếp nhận"),
        ({"new_code": "X"}, "Chọn đơn vị tiếp nhận"),
        ({"into": "CBC", "new_code": "X", "new_name": "X"}, "không cả hai"),
        ({"into": "MOI"}, "không tồn tại vào ngày 01/03/2025"),
        ({"into": "CBC", "decision": ""}, "Số, ngày quyết định"),
    ],
)
def test_a_merger_that_cannot_be(officer, ministry, data, says):
    new = {"name": "Cục Mới", "code": "MOI", "kind": UnitKind.objects.get().pk, "on": "01/06/2025"}
    do(officer, address("unit-add"), parent=ministry.root.pk, **new)
    sent = {**PAPER, **ROLES, **data}
    if "into" in sent:
        sent["into"] = code(sent["into"]).pk
    assert says in text_of(officer.post(address("unit-merge", ministry.telecom), sent))
    assert code("CVT").dissolved_on is None


def test_a_unit_is_split_with_its_people(officer, ministry):
    stays = ministry.person("Lê An", ministry.press)
    goes = ministry.person("Vũ Bình", ministry.press)
    data = {
        **PAPER,
        **ROLES,
        "code_1": "X",
        "name_1": "Cục X",
        "code_2": "Y",
        "name_2": "Cục Y",
        "people_2": [goes.pk],
    }
    page = do(officer, address("unit-split", ministry.press), **data)
    assert "Đã chia thành «Cục X», «Cục Y»: 2 người." in page
    assert Post.objects.get(person=stays, valid_until=None).unit == code("X")
    assert Post.objects.get(person=goes, valid_until=None).unit == code("Y")
    again = {**data, "code_3": "Z", "people_3": [goes.pk]}
    said = text_of(officer.post(address("unit-split", ministry.telecom), again))
    assert "Ghi đủ mã và tên" in said


def test_a_unit_with_units_under_it_names_what_must_move_first(officer, ministry):
    said = text_of(officer.post(address("unit-dissolve", ministry.telecom), {**PAPER, **ROLES}))
    assert "Còn 1 đơn vị trực thuộc: «Phòng Hạ tầng»." in said


def test_a_unit_is_dissolved(officer, ministry):
    person = ministry.person("Trần Thị Mai", ministry.press)
    data = {"people_to": ministry.network.pk, **PAPER, **ROLES}
    page = do(officer, address("unit-dissolve", ministry.press), **data)
    assert "hoạt động đến hết ngày 01/03/2025" in page
    assert Post.objects.get(person=person, valid_until=None).unit == ministry.network
    assert "(đã giải thể)" in page


def test_what_was_recorded_wrongly_is_put_right_with_its_reason(officer, ministry):
    press, name = ministry.press, ministry.press.names.get()
    link = press.links_up.get()
    why = {"reason": "Theo bản chính"}
    for what, row, data in (
        ("founding", 0, {"on": "01/01/1991"}),
        ("name", name.pk, {"name": "Cục Báo  chí", "short_name": "CBC", "on": "01/01/1991"}),
        ("link", link.pk, {"parent": ministry.telecom.pk, "on": "01/01/1991"}),
        ("details", 0, {"code": "BC", "kind": UnitKind.objects.get().pk}),
    ):
        url = address("unit-correct", press, what=what, row=row)
        assert "Theo bản chính" not in text_of(officer.get(url))
        assert "Lý do" in text_of(officer.post(url, {**data, "reason": ""}))
        assert officer.post(url, {**data, **why}).status_code == 302, what
    page = text_of(officer.get(address("unit-detail", press)))
    assert page.count("Lý do: Theo bản chính") == 4
    assert (code("BC").founded_on, code("BC").short_name) == (date(1991, 1, 1), "CBC")
    assert press.links_up.get().parent == ministry.telecom


def test_a_wrong_end_is_put_right_or_undone_with_a_reason(officer, ministry):
    data = {"on": "01/03/2025", "decision": "1", **ROLES}
    do(officer, address("unit-dissolve", ministry.press), **data)
    end = {"on": "01/04/2025", "decision": "2", "reason": "Sai tháng"}
    url = address("unit-correct", ministry.press, what="end", row=0)
    assert officer.post(url, end).status_code == 302
    assert code("CBC").dissolved_on == date(2025, 4, 1)
    url = address("unit-undo", ministry.press, what="end", row=0)
    assert "Lý do" in text_of(officer.post(url, {"reason": " "}))
    assert officer.post(url, {"reason": "Ghi nhầm đơn vị"}).status_code == 302
    assert code("CBC").dissolved_on is None


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("unit-correct", {"what": "khong-co", "row": 0}),
        ("unit-correct", {"what": "name", "row": 10**9}),
        ("unit-undo", {"what": "move", "row": 10**9}),
    ],
)
def test_a_row_that_is_none_of_this_unit_is_not_found(officer, ministry, name, more):
    assert officer.get(address(name, ministry.press, **more)).status_code == 404


def test_a_form_sent_twice_is_done_once(officer, ministry):
    url = address("unit-rename", ministry.press)
    key = "00000000-0000-4000-8000-000000000001"
    data = {"name": "Cục Truyền thông", **PAPER, "step": "do", "_once": key}
    first, second = officer.post(url, data), officer.post(url, data)
    assert first.url == second.url
    assert ministry.press.names.count() == 2


EDITING = (
    *("unit-rename", "unit-move", "unit-merge", "unit-split", "unit-dissolve"),
    *("unit-add", "unit-kind-list", "bloc-add"),
)


@pytest.mark.parametrize("role", list(Role))
def test_only_the_two_keeper_roles_over_the_root_edit(log_in, ministry, role):
    client = log_in(**{role.value: ministry.root})
    may = role in {Role.ADMINISTRATOR, Role.MINISTRY_OFFICER}
    for name in EDITING:
        unit = None if name in {"unit-add", "unit-kind-list", "bloc-add"} else ministry.press
        assert client.get(address(name, unit)).status_code == (200 if may else 403), name
    page = text_of(client.get(address("unit-detail", ministry.press)))
    assert ("Đổi tên" in page) is may
    assert "Bộ Thông tin và Truyền thông" in text_of(client.get(address("unit-list")))


def test_a_keeper_of_a_part_does_not_edit_it(log_in, ministry):
    client = log_in(administrator=ministry.press)
    assert client.get(address("unit-rename", ministry.press)).status_code == 403
    assert client.post(address("unit-rename", ministry.press), PAPER).status_code == 403


def test_who_works_in_a_unit_is_shown_to_those_over_it_only(log_in, ministry):
    ministry.person("Trần Thị Mai", ministry.press)
    client = log_in(unit_head=ministry.press)
    assert "1 người giữ chức danh" in text_of(client.get(address("unit-detail", ministry.press)))
    assert "giữ chức danh" not in text_of(client.get(address("unit-detail", ministry.telecom)))


def test_kinds_have_their_keeper(officer):
    officer.post(address("unit-kind-add"), {"code": "vien", "name": "Viện", "position": 3})
    kind = UnitKind.objects.get(code="vien")
    assert "Viện" in text_of(officer.get(address("unit-kind-list")))
    officer.post(address("unit-kind-edit", kind), {"name": "Viện, trường", "position": 4})
    kind.refresh_from_db()
    assert (kind.name, kind.position, kind.is_active) == ("Viện, trường", 4, False)
    assert ">Viện, trường</option>" not in text_of(officer.get(address("unit-add")))
    again = officer.post(address("unit-kind-add"), {"code": "vien", "name": "V", "position": 1})
    assert "Đã có loại đơn vị mã «vien»" in text_of(again)


def test_blocs_from_opening_to_end(officer, ministry):
    data = {"kind": "bloc", "name": "Khối quản lý", "code": "K1", "on": "01/01/2020"}
    officer.post(address("bloc-add"), data)
    bloc = Bloc.objects.get()
    for unit in (ministry.telecom, ministry.press):
        sent = {"unit": unit.pk, "on": "01/01/2020"}
        assert officer.post(address("bloc-join", bloc), sent).status_code == 302
    lead = {"unit": ministry.press.pk, "year": 2025, "place": "head"}
    assert officer.post(address("bloc-lead", bloc), lead).status_code == 302
    page = text_of(officer.get(address("bloc-detail", bloc)))
    assert "Cục Viễn thông" in page
    assert "trưởng: " in page
    row = bloc.memberships.get(unit=ministry.telecom)
    out = {"on": "31/12/2020", "reason": "Chuyển khối"}
    assert officer.post(address("bloc-leave", bloc, row=row.pk), out).status_code == 302
    assert "Đã ra khỏi cụm, khối" in text_of(officer.get(address("bloc-detail", bloc)))
    officer.post(address("bloc-edit", bloc), {"name": "Khối quản lý ngành"})
    assert "Khối quản lý ngành" in text_of(officer.get(address("bloc-list"), {"q": "quan ly"}))
    assert "Khối quản lý" in text_of(officer.get(address("unit-detail", ministry.press)))
    end = {"on": "31/12/2025", "reason": "Sắp xếp lại"}
    assert "Cục Báo chí" in preview(officer, address("bloc-close", bloc), **end)
    do(officer, address("bloc-close", bloc), **end)
    assert BlocLead.objects.get().unit == ministry.press
    assert officer.get(address("bloc-leave", bloc, row=10**9)).status_code == 404
