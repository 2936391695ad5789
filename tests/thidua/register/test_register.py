"""The roll: lines are added, never changed; the same honour is never entered twice."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from factories.ministry import AT, SYSTEM
from thidua.register import services
from thidua.register.errors import AlreadyEntered, EntryClosed, NotAllowed, RegisterError
from thidua.register.lifecycle import Status, number_key
from thidua.register.models import DecisionRecord, EntryKind, RegisterEntry
from thidua.register.selectors import find_decisions, list_honours_of_people
from thidua.support.actor import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(ministry):
    draft = services.draft_decision(
        number="Số 12/QĐ-BTTTT", decided_on="15/01/2018", issuer="Bộ Thông tin và Truyền thông"
    )
    return services.record_decision(draft, actor=SYSTEM, at=AT)


@pytest.fixture
def minh(ministry):
    return ministry.person("Nguyễn Thị Hồng Minh", ministry.telecom)


def line(person, decision=None, year=2017, award="advanced-worker", **more):
    return RegisterEntry(
        person=person,
        award=award,
        decision=decision,
        year=year,
        holder_name=person.full_name,
        **more,
    )


def honours(person):
    return list_honours_of_people([person.pk])[person.pk]


@pytest.mark.parametrize(
    "written", ["12/QĐ-BTTTT", "Số: 12/QĐ-BTTTT", "012 / QĐ – BTTTT", "Quyết định số 12/qđ-btttt"]
)
def test_a_number_is_found_in_any_spelling(decision, written):
    assert number_key(written) == "12/qd-btttt"
    assert find_decisions(written).get() == decision
    assert decision.number == "Số 12/QĐ-BTTTT"


def test_the_same_decision_is_one_row(decision):
    again = services.draft_decision(
        number="12/QĐ-BTTTT", decided_on="2018-01-15", issuer="Bộ Thông tin và truyền thông"
    )
    assert services.record_decision(again, actor=SYSTEM, at=AT) == decision
    assert DecisionRecord.objects.count() == 1


def test_an_honour_by_one_decision_is_entered_once(minh, decision):
    services.enter_honour(line(minh, decision), actor=SYSTEM, at=AT)
    with pytest.raises(AlreadyEntered, match="Ghi lại sẽ thành hai lần"):
        services.enter_honour(line(minh, decision), actor=SYSTEM, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        services.enter_honours([line(minh, decision)], actor=SYSTEM, at=AT)


def test_an_honour_without_its_paper_needs_a_place_and_is_entered_once(ministry, minh):
    with pytest.raises(RegisterError, match="nơi ghi"):
        services.enter_honour(line(minh), actor=SYSTEM, at=AT)
    source = ministry.location()
    services.enter_honour(line(minh, source=source), actor=SYSTEM, at=AT)
    with pytest.raises(AlreadyEntered, match="cho năm 2017"):
        services.enter_honour(line(minh, source=source), actor=SYSTEM, at=AT)


def test_entries_are_never_changed_nor_deleted(minh, decision):
    entry = services.enter_honour(line(minh, decision), actor=SYSTEM, at=AT)
    rows = RegisterEntry.objects.filter(pk=entry.pk)
    for act in (
        lambda: rows.update(year=2016),
        lambda: rows.update(person=None),
        rows.delete,
        lambda: rows._raw_delete("default"),
        lambda: RegisterEntry(**{**vars(entry), "_state": entry._state}).save(),
    ):
        with pytest.raises((DatabaseError, TypeError)), transaction.atomic():
            act()
    assert RegisterEntry.objects.get().year == 2017


def test_a_correction_is_a_line_of_its_own(minh, decision):
    grant = services.enter_honour(line(minh, decision), actor=SYSTEM, at=AT)
    services.correct_entry(grant, reason="in sai tên đệm", holder_name="X", actor=SYSTEM, at=AT)
    services.correct_entry(grant, reason="sai năm", year=2016, actor=SYSTEM, at=AT)
    (honour,) = honours(minh)
    assert honour.status is Status.CORRECTED
    assert (honour.grant.year, honour.said.year, honour.said.holder_name) == (2017, 2016, "X")
    assert [one.reason for one in honour.later] == ["in sai tên đệm", "sai năm"]


def test_what_was_revoked_is_closed(minh, decision):
    grant = services.enter_honour(line(minh, decision), actor=SYSTEM, at=AT)
    with pytest.raises(RegisterError, match="quyết định thu hồi"):
        services.revoke_entry(grant, reason="khai man", actor=SYSTEM, at=AT)
    other = services.record_decision(
        services.draft_decision(number="9/QĐ", decided_on="1/3/2019", issuer="Bộ"),
        actor=SYSTEM,
        at=AT,
    )
    services.reissue_entry(grant, reason="rách", actor=SYSTEM, at=AT)
    assert honours(minh)[0].status is Status.REISSUED
    services.revoke_entry(grant, decision=other, reason="khai man", actor=SYSTEM, at=AT)
    assert honours(minh)[0].status is Status.REVOKED
    for act in (services.revoke_entry, services.reissue_entry):
        with pytest.raises(EntryClosed):
            act(grant, decision=other, reason="nữa", actor=SYSTEM, at=AT)


def test_an_entry_has_exactly_one_holder(ministry, minh, decision):
    for more in ({"unit": ministry.press}, {"person": None}):
        entry = line(minh, decision)
        for name, value in more.items():
            setattr(entry, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            RegisterEntry.objects.bulk_create([_timed(entry)])


def test_a_line_about_another_names_it_and_its_reason(minh, decision):
    for more in ({"kind": EntryKind.REVOCATION}, {"kind": EntryKind.CORRECTION, "reason": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegisterEntry.objects.bulk_create([_timed(line(minh, decision, **more))])


def _timed(entry):
    entry.entered_at = AT
    return entry


def test_rights_follow_the_holder(ministry, minh, decision):
    clerk = ministry.actor(Role.UNIT_CLERK, ministry.press)
    with pytest.raises(NotAllowed):
        services.enter_honour(line(minh, decision), actor=clerk, at=AT)
    own = ministry.actor(Role.UNIT_CLERK, ministry.telecom)
    grant = services.enter_honour(line(minh, decision), actor=own, at=AT)
    assert grant.entered_by_id == own.user_id
    with pytest.raises(NotAllowed, match="đính chính, thu hồi"):
        services.correct_entry(grant, reason="x", year=2016, actor=own, at=AT)


def test_the_register_reads_as_it_stood(minh, decision):
    grant = services.enter_honour(line(minh, decision), actor=SYSTEM, at=AT)
    later = AT.replace(year=2027)
    services.correct_entry(grant, reason="sai năm", year=2016, actor=SYSTEM, at=later)
    then = list_honours_of_people([minh.pk], at=AT)[minh.pk]
    assert [one.said.year for one in then] == [2017]


def test_a_decision_from_outside_is_mended_with_a_reason(decision):
    assert services.correct_decision(
        decision, reason="gõ sai số", number="21/QĐ-BTTTT", actor=SYSTEM, at=AT
    )
    assert find_decisions("21/QĐ-BTTTT").get() == decision
    own = services.record_decision(
        services.draft_decision(number="1/QĐ", decided_on="2018", issuer="Cục", is_own=True),
        actor=SYSTEM,
        at=AT,
    )
    with pytest.raises(RegisterError, match="bằng một quyết định khác"):
        services.correct_decision(own, reason="x", number="2/QĐ", actor=SYSTEM, at=AT)


def test_honours_are_read_in_two_queries_for_any_number(
    ministry, decision, django_assert_num_queries
):
    people = [ministry.person(f"Trần Thị Số {n}", ministry.telecom) for n in range(12)]
    services.enter_honours([line(one, decision) for one in people], actor=SYSTEM, at=AT)
    with django_assert_num_queries(2):
        found = list_honours_of_people([one.pk for one in people])
    assert [len(one) for one in found.values()] == [1] * 12


def test_periods_are_whole_and_in_order(minh, decision):
    entry = line(minh, decision, year=None, period_from=date(2016, 9, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterEntry.objects.bulk_create([_timed(entry)])


def test_an_award_that_the_book_does_not_have_is_refused(minh, decision):
    with pytest.raises(RegisterError, match="không có trong sách luật"):
        services.enter_honour(line(minh, decision, award="best-of-all"), actor=SYSTEM, at=AT)
    grant = services.enter_honour(line(minh, decision), actor=SYSTEM, at=AT)
    with pytest.raises(RegisterError, match="không phải loại khen thưởng"):
        services.correct_entry(grant, reason="x", stream="luck", actor=SYSTEM, at=AT)
