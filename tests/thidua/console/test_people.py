"""The screens of people, through the browser's door: the list, the page, the forms, the queue."""

import io
import json
from datetime import date

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories.ministry import AT, SYSTEM, Ministry
from thidua.accounts.models import User
from thidua.audit.models import Event
from thidua.flows.merge_people import merge_people
from thidua.merits import services as merits
from thidua.merits.models import AnnualRating, Discipline, Initiative, LedgerScope
from thidua.people import services as people
from thidua.people.models import DistinctPair, Household, Person, Post
from thidua.people.selectors import get_standing
from thidua.register.models import RegisterEntry
from thidua.support.actor import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(db):
    return Ministry()


@pytest.fixture
def enter(ministry):
    """A browser in which somebody with a role is logged in."""

    def make(role=Role.MINISTRY_OFFICER, unit=None, person=None):
        actor = ministry.actor(role, unit or ministry.root, person=person)
        client = Client()
        user = User.objects.get(pk=actor.user_id)
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
        return client

    return make


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def address(name, *args):
    return reverse(f"console:{name}", args=args)


def names_in(page):
    """Names of the rows, in their order."""
    return [row.record.full_name for row in page.context["table"].page.object_list]


def test_the_list_is_in_vietnamese_order_searched_with_and_without_marks(ministry, enter):
    for name in ("Nguyễn Văn Đức", "Lê Thị Ánh", "Trần An", "Phạm Văn Đạt"):
        ministry.person(name, ministry.telecom)
    client = enter()
    assert names_in(client.get(address("person-list"))) == [
        "Trần An",
        "Lê Thị Ánh",
        "Phạm Văn Đạt",
        "Nguyễn Văn Đức",
    ]
    for query in ("duc nguyen", "Nguyễn Đức"):
        assert names_in(client.get(address("person-list"), {"q": query})) == ["Nguyễn Văn Đức"]


def test_filters_by_subtree_category_and_standing(ministry, enter):
    ministry.person("Trần An", ministry.network)
    head = ministry.person("Lê Thị Ánh", ministry.press)
    people.withdraw_post(head.posts.get(), reason="ghi lại", actor=SYSTEM, at=AT)
    post = ministry.post(ministry.press, position=ministry.head)
    post.person = head
    people.appoint(post, actor=SYSTEM, at=AT)
    left = ministry.person("Đỗ Văn Hưu", ministry.telecom)
    people.end_post(left.posts.get(), last_day=date(2020, 1, 1), actor=SYSTEM, at=AT)
    people.set_category_status(
        category=ministry.leaders,
        is_leader=True,
        is_direct_worker=False,
        valid_from=date(2020, 1, 1),
        citation="QĐ 1",
        actor=SYSTEM,
        at=AT,
    )
    client = enter()

    def found(**query):
        return names_in(client.get(address("person-list"), query))

    assert found(unit=ministry.telecom.pk) == ["Trần An", "Đỗ Văn Hưu"]
    assert found(category="lanh-dao") == found(standing="is_leader") == ["Lê Thị Ánh"]
    assert found(standing="left") == ["Đỗ Văn Hưu"]
    assert found(standing="is_direct_worker") == []


def test_a_workbook_of_the_list_leaves_an_event(ministry, enter):
    ministry.person("Trần An", ministry.telecom, birth="1980")
    answer = enter().get(address("person-list"), {"xuat": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[2]][:2] == ["Trần An", "1980"]
    assert json.loads(Event.objects.get(action="list.export").payload)["facts"]["rows"] == 1


@pytest.mark.parametrize("role", [Role.MINISTRY_OFFICER, Role.UNIT_CLERK])
def test_a_list_of_many_takes_as_many_queries_as_one_of_few(ministry, enter, role):
    client = enter(role, ministry.root if role == Role.MINISTRY_OFFICER else ministry.telecom)
    asked = ({}, {"q": "tran"}, {"unit": ministry.telecom.pk}, {"standing": "left"}, {"page": "2"})

    def queries():
        counts = []
        for query in asked:
            with CaptureQueriesContext(connection) as caught:
                text(client.get(address("person-list"), query))
            counts.append(len(caught))
        return counts

    def add(number):
        drafts = [people.draft_person(full_name=f"Trần Thị Số {n}") for n in range(number)]
        stored = people.register_people(people=drafts, actor=SYSTEM, at=AT)
        posts = []
        for one in stored:
            post = ministry.post(ministry.network)
            post.person = one
            posts.append(post)
        people.appoint_many(posts, actor=SYSTEM, at=AT)

    add(30)
    few = queries()
    add(1500)
    assert queries() == few
    assert max(few) <= 25, few


def rich(ministry):
    """A person with something of everything."""
    person = ministry.person("Lương Thị Ngọc Huyên", ministry.network, birth="12/03/1986")
    source = ministry.location("Biên bản họp cơ quan 2024, trang 3")
    for year, level in ((2024, "good"), (2025, "excellent")):
        merits.record_fact(
            AnnualRating(person=person, year=year, level=level, source=source), actor=SYSTEM, at=AT
        )
    merits.record_fact(
        Discipline(person=person, level="reprimand", decided_on="2016-05"), actor=SYSTEM, at=AT
    )
    for ledger in ("awards", "pending"):
        merits.record_fact(
            LedgerScope(person=person, ledger=ledger, state="complete"), actor=SYSTEM, at=AT
        )
    return person


CASE = {"year": 2025, "decided_on": "10/03/2026"}


def test_the_page_says_what_is_missing_from_when_and_where_it_stands(ministry, enter):
    person = rich(ministry)
    page = text(enter().get(address("person-detail", person.pk), CASE))
    assert "Còn thiếu gì để đạt" in page or "đủ tiêu chuẩn năm 2025" in page
    assert "sớm nhất" in page
    assert "Điều " in page
    assert "đã đối chiếu văn bản gốc" in page
    assert "Nguồn: Biên bản họp cơ quan 2024, trang 3" in page.replace("\n", " ")
    assert "Hoàn thành xuất sắc nhiệm vụ" in page
    assert "Kỷ luật: Khiển trách" in page


def test_the_law_of_a_day_without_its_text_is_refused_unless_read_provisionally(ministry, enter):
    person = rich(ministry)
    client = enter()
    late = {"year": 2026, "decided_on": "10/12/2026", "received_on": "10/12/2026"}
    page = text(client.get(address("person-detail", person.pk), late))
    assert "Chưa xét được theo luật của ngày này" in page
    page = text(client.get(address("person-detail", person.pk), {**late, "provisional": "on"}))
    assert "Chưa xét được theo luật của ngày này" not in page
    assert "Người dùng" in page  # the name of who asked stands over it


def test_the_page_shows_new_names_of_the_unit(ministry, enter):
    from thidua.organizations import services as organizations

    person = rich(ministry)
    organizations.rename_unit(
        actor=SYSTEM,
        at=AT,
        unit=ministry.network,
        name="Phòng An toàn hạ tầng",
        on=date(2019, 7, 1),
    )
    page = text(enter().get(address("person-detail", person.pk)))
    assert "Đơn vị đổi tên thành Phòng An toàn hạ tầng" in page
    assert "trước là Phòng Hạ tầng, đổi từ 01/07/2019" in page


def test_more_facts_take_no_more_queries(ministry, enter):
    person = rich(ministry)
    client = enter()

    def queries():
        with CaptureQueriesContext(connection) as caught:
            text(client.get(address("person-detail", person.pk), CASE))
        return len(caught)

    few = queries()
    merits.record_facts(
        [AnnualRating(person=person, year=year, level="good") for year in range(1990, 2020)],
        actor=SYSTEM,
        at=AT,
    )
    assert queries() == few <= 45


def test_an_employee_opens_their_own_page_and_no_other(ministry, enter):
    person = rich(ministry)
    other = ministry.person("Trần An", ministry.network)
    client = enter(Role.EMPLOYEE, ministry.network, person=person)
    page = text(client.get(address("self-page")))
    assert "Lương Thị Ngọc Huyên" in page
    assert "Hoàn thành xuất sắc nhiệm vụ" in page
    assert "Kỷ luật: Khiển trách" not in page
    assert "Ghi thêm" not in page
    assert address("self-page") in page  # the navigation leads here
    for pk in (person.pk, other.pk):
        assert client.get(address("person-detail", pk)).status_code == 403
    assert enter(Role.EMPLOYEE, ministry.network).get(address("self-page")).status_code == 403


def test_a_head_reads_and_a_clerk_elsewhere_finds_nothing(ministry, enter):
    person = rich(ministry)
    head = enter(Role.UNIT_HEAD, ministry.telecom)
    page = text(head.get(address("person-detail", person.pk)))
    assert "Kỷ luật: Khiển trách" in page
    assert "Ghi thêm" not in page
    assert head.get(address("person-edit", person.pk)).status_code == 403
    clerk = enter(Role.UNIT_CLERK, ministry.press)
    for name in ("person-detail", "person-edit", "honour-create"):
        assert clerk.get(address(name, person.pk)).status_code == 404


def test_somebody_is_added_with_a_post(ministry, enter):
    client = enter(Role.UNIT_CLERK, ministry.telecom)
    sent = {
        "full_name": "  Trần  Văn Ðức ",
        "sex": "male",
        "birth": "3/1980",
        "unit": ministry.network.pk,
        "position": ministry.officer.pk,
        "is_main": "on",
        "valid_from": "01/02/2020",
    }
    answer = client.post(address("person-create"), sent)
    person = Person.objects.get()
    assert answer.url == address("person-detail", person.pk)
    assert (person.full_name, person.birth) == ("Trần Văn Đức", "1980-03")
    assert get_standing(person.pk, date(2021, 1, 1)).post.unit == ministry.network


def test_what_is_typed_wrongly_comes_back_and_nothing_is_lost(ministry, enter):
    client = enter(Role.UNIT_CLERK, ministry.telecom)
    sent = {"full_name": "Trần Đức", "birth": "31/02/1980", "unit": ministry.press.pk}
    page = text(client.post(address("person-create"), sent))
    assert "không có trong lịch" in page
    assert 'value="Trần Đức"' in page
    assert 'value="31/02/1980"' in page
    assert not Person.objects.exists()


def test_a_second_main_post_is_refused_at_its_field(ministry, enter):
    person = ministry.person("Trần An", ministry.telecom)
    sent = {
        "unit": ministry.press.pk,
        "position": ministry.officer.pk,
        "is_main": "on",
        "valid_from": "01/02/2020",
    }
    client = enter()
    page = text(client.post(address("post-create", person.pk), sent))
    assert "Đã giữ chức danh chính" in page
    assert 'href="#id_valid_from"' in page
    post = person.posts.get()
    client.post(address("post-end", person.pk, post.pk), {"last_day": "31/01/2020"})
    client.post(address("post-create", person.pk), sent)
    assert [one.unit for one in Post.objects.order_by("valid_from")] == [
        ministry.telecom,
        ministry.press,
    ]


def test_a_form_sent_twice_is_done_once(ministry, enter):
    person = ministry.person("Trần An", ministry.telecom)
    client = enter()
    form = text(client.get(address("initiative-create", person.pk)))
    key = form.split('name="_once" value="')[1].split('"')[0]
    sent = {"kind": "initiative", "name": "Sao lưu", "year": "2024", "_once": key}
    first = client.post(address("initiative-create", person.pk), sent)
    second = client.post(address("initiative-create", person.pk), sent)
    assert first.url == second.url
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "sent", "said"),
    [
        ("xep-loai", {"year": "2024", "level": "good"}, "Hoàn thành tốt nhiệm vụ"),
        ("dang-ky", {"year": "2024", "is_registered": "on"}, "Đăng ký thi đua"),
        ("ky-luat", {"level": "warning", "decided_on": "5/2016"}, "Kỷ luật: Cảnh cáo"),
        ("vu-viec", {"kind": "complaint", "is_open": "yes"}, "Khiếu nại"),
        ("xac-nhan", {"what": "compliance", "year": "2024", "verdict": "met"}, ": đạt"),
        ("phong-trao", {"year": "2024", "name": "Xây dựng nông thôn mới"}, "nông thôn mới"),
        ("cum-khoi", {"year": "2024", "name": "Khối 3", "result": "leader"}, "Khối 3"),
        ("nghi", {"year": "2024", "kind": "sick", "days": "12"}, "12 ngày"),
        ("cong-tac", {"role": "employment", "started_on": "9/2001"}, "09/2001"),
        ("pham-vi", {"ledger": "awards", "state": "none"}, "không có"),
    ],
)
def test_each_kind_of_fact_is_recorded_corrected_and_removed(ministry, enter, kind, sent, said):
    person = ministry.person("Trần An", ministry.telecom)
    client = enter(Role.UNIT_CLERK, ministry.telecom)
    source = {"source_note": "Biên bản, trang 3"}
    answer = client.post(address("fact-create", person.pk, kind), {**sent, **source})
    assert answer.status_code == 302, answer.context["form"].errors
    page = text(client.get(address("person-detail", person.pk)))
    assert said in page
    from thidua.merits.selectors import KINDS

    fact = KINDS[kind].objects.get()
    assert fact.source.note == "Biên bản, trang 3"
    edit = address("fact-edit", person.pk, kind, fact.pk)
    assert "Cần" in text(client.post(edit, sent)) or "bắt buộc" in text(client.post(edit, sent))
    confirmed = {**sent, "reason": "theo biên bản", "confirmed_by": "Trưởng phòng"}
    assert client.post(edit, confirmed).status_code == 302
    fact.refresh_from_db()
    assert fact.confirmed_by == "Trưởng phòng"
    gone = address("fact-withdraw", person.pk, kind, fact.pk)
    assert client.post(gone, {"reason": "ghi nhầm"}).status_code == 302
    assert not KINDS[kind].objects.exists()


def test_a_fact_of_somebody_else_is_not_opened_by_a_changed_address(ministry, enter):
    person = rich(ministry)
    other = ministry.person("Trần An", ministry.press)
    fact = person.annualratings.first()
    client = enter(Role.UNIT_CLERK, ministry.press)
    assert client.get(address("fact-edit", other.pk, "xep-loai", fact.pk)).status_code == 404
    assert client.get(address("fact-edit", other.pk, "khong-co", fact.pk)).status_code == 404


def test_a_file_is_kept_as_the_source_of_a_fact(ministry, enter):
    person = ministry.person("Trần An", ministry.telecom)
    file = io.BytesIO("Số;Tên\n1;Trần An\n".encode())
    file.name = "bien-ban.csv"
    sent = {"year": "2024", "level": "good", "source_file": file, "source_page": "2"}
    client = enter()
    assert client.post(address("fact-create", person.pk, "xep-loai"), sent).status_code == 302
    assert AnnualRating.objects.get().source.words == "bien-ban.csv, trang 2"


def test_an_honour_goes_into_the_register_is_corrected_and_taken_back(ministry, enter):
    person = ministry.person("Trần An", ministry.telecom)
    client = enter()
    sent = {
        "award": "advanced-worker",
        "year": "2017",
        "number": "Số 12/QĐ-BTTTT",
        "decided_on": "15/01/2018",
        "issuer": "Bộ Thông tin và Truyền thông",
        "holder_name": "Trần An",
    }
    create = address("honour-create", person.pk)
    assert client.post(create, sent).status_code == 302
    again = text(client.post(create, {**sent, "number": "12/QĐ-BTTTT"}))
    assert "Ghi lại sẽ thành hai lần" in again
    grant = RegisterEntry.objects.get()
    where = address("honour-detail", person.pk, grant.pk)
    mended = {"holder_name": "Trần Văn An", "award": "advanced-worker", "year": "2017"}
    correct = address("honour-correct", person.pk, grant.pk)
    assert client.post(correct, {**mended, "reason": "in sai tên"}).url == where
    assert "Trần Văn An" in text(client.get(where))
    revoke = address("honour-revoke", person.pk, grant.pk)
    back = {"reason": "khai man", "number": "9/QĐ", "decided_on": "2019", "issuer": "Bộ"}
    assert "Chưa đúng chữ" in text(client.post(revoke, {**back, "word": "thôi"}))
    assert client.post(revoke, {**back, "word": "thu hoi"}).url == where
    page = text(client.get(where))
    assert "Đã thu hồi" in page
    assert revoke not in page
    clerk = enter(Role.UNIT_CLERK, ministry.telecom)
    assert clerk.get(correct).status_code == 403


def pair(ministry):
    one = ministry.person("Trần Thị Mai", ministry.telecom, birth="1/2/1980")
    other = ministry.person("Trần Thị Mai", ministry.press, birth="1980")
    for who, level in ((one, "good"), (other, "excellent")):
        merits.record_fact(AnnualRating(person=who, year=2024, level=level), actor=SYSTEM, at=AT)
    return one, other


@pytest.mark.parametrize("keep", [0, 1])
@pytest.mark.parametrize("right", ["first", "second"])
def test_duplicates_are_compared_decided_merged_and_undone(ministry, enter, keep, right):
    both = pair(ministry)
    client = enter()
    assert address("duplicate-list") in text(client.get("/"))
    page = text(client.get(address("duplicate-list")))
    assert "cùng họ tên và năm sinh" in page
    review = address("duplicate-review", both[0].pk, both[1].pk)
    assert review in page
    shown = client.get(review)
    assert "Xếp loại năm 2024" in text(shown)
    fields = [question.field for question, _ in shown.context["questions"]]
    assert len(fields) == 2
    sent = {"act": "merge", "survivor": both[keep].pk}
    assert "Còn 2 chỗ hai hồ sơ ghi khác nhau" in text(client.post(review, sent))
    answer = client.post(review, {**sent, **dict.fromkeys(fields, right)})
    assert answer.url == address("person-detail", both[keep].pk)
    kept = Person.objects.get(pk=both[keep].pk)
    level = {"first": "good", "second": "excellent"}[right]
    assert [one.level for one in kept.annualratings.all()] == [level]
    unit = {"first": ministry.telecom, "second": ministry.press}[right]
    assert [one.unit for one in kept.posts.all()] == [unit]
    assert client.get(address("person-detail", both[1 - keep].pk)).url == answer.url
    merge = kept.merges_kept.get()
    assert kept.full_name in text(client.get(address("merge-list")))
    assert client.post(address("merge-detail", merge.pk)).url == address("merge-list")
    assert [one.annualratings.get().level for one in both] == ["good", "excellent"]


def test_two_people_are_said_to_be_two_and_that_is_taken_back(ministry, enter):
    one, other = pair(ministry)
    client = enter()
    review = address("duplicate-review", one.pk, other.pk)
    client.post(review, {"act": "distinct", "reason": "hai chị em"})
    page = text(client.get(address("duplicate-list")))
    assert review not in page
    assert "hai chị em" in page
    client.post(address("distinct-remove", DistinctPair.objects.get().pk))
    assert review in text(client.get(address("duplicate-list")))


def test_a_clerk_sees_only_pairs_that_are_wholly_theirs(ministry, enter):
    one, other = pair(ministry)
    clerk = enter(Role.UNIT_CLERK, ministry.telecom)
    assert "Trần Thị Mai" not in text(clerk.get(address("duplicate-list")))
    assert clerk.get(address("duplicate-review", one.pk, other.pk)).status_code == 404
    merge_people(
        survivor=one,
        retired=ministry.person("Trần Thị Mai"),
        choices={},
        actor=SYSTEM,
        at=AT,
    )
    assert "Trần Thị Mai" in text(clerk.get(address("merge-list")))


def test_a_household_gets_its_members_by_code_or_name(ministry, enter):
    first = ministry.person("Nguyễn Văn An", ministry.press, birth="1970")
    second = ministry.person("Nguyễn Văn An", ministry.press, birth="1990")
    people.give_code(person=second, organisation=ministry.root, code="CB7", actor=SYSTEM, at=AT)
    client = enter()
    client.post(
        address("household-create"), {"name": "Hộ ông Nguyễn Văn An", "unit": ministry.press.pk}
    )
    house = Household.objects.get()
    member = address("household-member", house.pk)
    page = text(client.post(member, {"person": "nguyen van an", "is_head": "on"}))
    assert "Có 2 người" in page
    assert "CB7" in page
    client.post(member, {"person": "CB7", "is_head": "on"})
    assert house.members.get().person == second
    assert "Không thấy" in text(client.post(member, {"person": "Không Có"}))
    page = text(client.get(address("household-detail", house.pk)))
    assert "chủ hộ" in page
    assert first.full_name in page


def test_positions_and_categories_are_kept(ministry, enter):
    client = enter()
    client.post(
        address("category-create"),
        {"code": "phuc-vu", "name": "Phục vụ", "rank": "3", "is_active": "on"},
    )
    page = client.get(address("category-list"))
    category = next(
        row.record for row in page.context["table"].rows if row.record.code == "phuc-vu"
    )
    client.post(
        address("category-status", category.pk),
        {
            "valid_from": "01/01/2024",
            "is_leader": "no",
            "is_direct_worker": "yes",
            "citation": "QĐ 12/QĐ-BTTTT",
        },
    )
    assert "QĐ 12/QĐ-BTTTT" in text(client.get(address("category-list")))
    sent = {"name": "Lái xe", "category": category.pk, "is_active": "on"}
    assert client.post(address("position-create"), sent).status_code == 302
    assert "đã có" in text(client.post(address("position-create"), sent)).lower()
    assert "Lái xe" in text(client.get(address("position-list"), {"q": "lai"}))


def test_co_authors_are_added_and_taken_off(ministry, enter):
    person = ministry.person("Trần An", ministry.telecom)
    other = ministry.person("Lê Thị Ánh", ministry.telecom)
    client = enter()
    sent = {"kind": "initiative", "name": "Kho dữ liệu", "year": "2024", "share": "60"}
    where = client.post(address("initiative-create", person.pk), sent).url
    one = Initiative.objects.get()
    add = address("initiative-author", person.pk, one.pk)
    assert "quá 100%" in text(client.post(add, {"person": "Lê Thị Ánh", "share": "50"}))
    client.post(add, {"person": "Lê Thị Ánh", "share": "40"})
    assert "Lê Thị Ánh" in text(client.get(where))
    mended = {**sent, "share": "50", "reason": "theo QĐ", "is_used": "no"}
    assert client.post(where, mended).status_code == 302
    one.refresh_from_db()
    assert one.used_for == []
    assert one.authors.get(person=person).share == 50
    author = one.authors.get(person=other)
    client.post(
        address("initiative-author-remove", person.pk, one.pk, author.pk), {"reason": "nhầm"}
    )
    assert one.authors.count() == 1
    client.post(address("initiative-withdraw", person.pk, one.pk), {"reason": "trùng"})
    assert not Initiative.objects.exists()
