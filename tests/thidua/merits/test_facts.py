"""Facts: recorded once for a year, corrected with a reason, never given to somebody else."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from factories.ministry import AT, SYSTEM
from thidua.audit.models import Event
from thidua.merits import services
from thidua.merits.errors import AlreadyRecorded, MeritError, NotAllowed
from thidua.merits.models import (
    Absence,
    AnnualRating,
    Attestation,
    Composition,
    Discipline,
    Initiative,
    InitiativeAuthor,
    Investigation,
    LedgerScope,
)
from thidua.merits.selectors import KINDS, list_authorships, list_facts_of_people
from thidua.support.actor import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def minh(ministry):
    return ministry.person("Nguyễn Thị Hồng Minh", ministry.telecom)


def rating(person, year=2017, level="good", **more):
    return AnnualRating(person=person, year=year, level=level, **more)


def test_a_rating_knows_its_place_and_who_wrote_it_down(ministry, minh):
    clerk = ministry.actor(Role.UNIT_CLERK, ministry.telecom)
    source = ministry.location("Biên bản họp cơ quan 2017, trang 3")
    stored = services.record_fact(rating(minh, source=source), actor=clerk, at=AT)
    (found,) = list_facts_of_people([minh.pk])
    assert found == stored
    assert (found.source.words, found.recorded_at) == ("Biên bản họp cơ quan 2017, trang 3", AT)
    assert found.recorded_by_id == clerk.user_id


def test_a_year_is_rated_once(minh):
    services.record_fact(rating(minh), actor=SYSTEM, at=AT)
    with pytest.raises(AlreadyRecorded, match="đã có bản ghi loại này cho năm 2017"):
        services.record_fact(rating(minh, level="excellent"), actor=SYSTEM, at=AT)
    later = services.record_fact(rating(minh, 2018), actor=SYSTEM, at=AT)
    with pytest.raises(AlreadyRecorded):
        services.correct_fact(later, reason="sai năm", year=2017, actor=SYSTEM, at=AT)
    assert AnnualRating.objects.get(pk=later.pk).year == 2018


def test_many_are_recorded_together_or_not_at_all(ministry, minh, django_assert_max_num_queries):
    with pytest.raises(AlreadyRecorded):
        services.record_facts([rating(minh), rating(minh)], actor=SYSTEM, at=AT)
    assert not AnnualRating.objects.exists()
    with django_assert_max_num_queries(10):
        services.record_facts([rating(minh, 1990 + n) for n in range(30)], actor=SYSTEM, at=AT)
    assert Event.objects.filter(action="annual_rating.record").count() == 30


@pytest.mark.parametrize("year", [1900, 2027])
def test_a_year_that_is_not_yet_is_refused(minh, year):
    with pytest.raises(MeritError, match="chưa tới hoặc quá xa"):
        services.record_fact(rating(minh, year), actor=SYSTEM, at=AT)


def test_a_correction_needs_a_reason_and_never_changes_the_person(ministry, minh):
    stored = services.record_fact(rating(minh), actor=SYSTEM, at=AT)
    with pytest.raises(MeritError, match="lý do"):
        services.correct_fact(stored, reason=" ", level="excellent", actor=SYSTEM, at=AT)
    other = ministry.person("Trần Văn Đức", ministry.telecom)
    with pytest.raises(TypeError):
        services.correct_fact(stored, reason="x", person=other, actor=SYSTEM, at=AT)
    assert services.correct_fact(stored, reason="theo QĐ 3", level="excellent", actor=SYSTEM, at=AT)
    services.withdraw_fact(stored, reason="ghi nhầm người", actor=SYSTEM, at=AT)
    assert not AnnualRating.objects.exists()
    assert Event.objects.filter(stream__startswith="merits.annualrating").count() == 3


def test_a_fact_is_of_exactly_one_subject(ministry, minh):
    for more in ({"unit": ministry.press}, {"person": None}):
        fact = rating(minh, recorded_at=AT)
        for name, value in more.items():
            setattr(fact, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            AnnualRating.objects.bulk_create([fact])


def test_rights_follow_the_subject(ministry, minh):
    clerk = ministry.actor(Role.UNIT_CLERK, ministry.press)
    head = ministry.actor(Role.UNIT_HEAD, ministry.telecom)
    for fact in (
        rating(minh),
        Attestation(person=minh, what="compliance", year=2017, verdict="met"),
        LedgerScope(everybody_in=ministry.telecom, ledger="awards", state="complete"),
        Composition(unit=ministry.telecom, year=2017, total=20),
    ):
        for actor in (clerk, head):
            with pytest.raises(NotAllowed):
                services.record_fact(fact, actor=actor, at=AT)
        services.record_fact(fact, actor=ministry.actor(Role.UNIT_CLERK, ministry.telecom), at=AT)


def test_discipline_is_lifted_and_a_matter_closed(minh):
    mark = services.record_fact(
        Discipline(person=minh, level="reprimand", decided_on="2017-03"), actor=SYSTEM, at=AT
    )
    services.clear_discipline(mark, cleared_on="15/03/2018", decision="QĐ 8", actor=SYSTEM, at=AT)
    assert Discipline.objects.get().cleared_on == "2018-03-15"
    matter = services.record_fact(
        Investigation(person=minh, kind="complaint", opened_on="2017-04-01", is_open=True),
        actor=SYSTEM,
        at=AT,
    )
    with pytest.raises(MeritError, match="không có trong lịch"):
        services.close_investigation(matter, closed_on="31/04/2017", result="", actor=SYSTEM, at=AT)
    services.close_investigation(
        matter, closed_on="2/5/2017", result="không đúng sự thật", actor=SYSTEM, at=AT
    )
    found = Investigation.objects.get()
    assert (found.is_open, found.closed_on) == (False, "2017-05-02")


def test_sensitive_values_stand_in_the_trail_only_as_hashes(minh):
    services.record_fact(
        Discipline(person=minh, level="warning", decided_on="2017-03-05", about="đánh nhau"),
        actor=SYSTEM,
        at=AT,
    )
    payload = Event.objects.get(action="discipline.record").payload
    for said in ("warning", "2017-03-05", "nhau"):
        assert said not in payload


def test_an_initiative_has_authors_with_shares(ministry, minh):
    duc = ministry.person("Trần Văn Đức", ministry.press)
    draft = services.draft_initiative(kind="initiative", name="Điểm tin tự động", year=2025)
    with pytest.raises(MeritError, match="quá 100%"):
        services.record_initiative(
            draft,
            [InitiativeAuthor(person=minh, share=60), InitiativeAuthor(person=duc, share=50)],
            actor=SYSTEM,
            at=AT,
        )
    services.record_initiative(
        draft, [InitiativeAuthor(person=minh, share=60, is_main=True)], actor=SYSTEM, at=AT
    )
    with pytest.raises(MeritError, match="tác giả cuối cùng"):
        services.remove_author(draft.authors.get(), reason="x", actor=SYSTEM, at=AT)
    services.add_author(initiative=draft, person=duc, share=40, actor=SYSTEM, at=AT)
    with pytest.raises(AlreadyRecorded):
        services.add_author(initiative=draft, person=duc, actor=SYSTEM, at=AT)
    assert [one.person for one in list_authorships([minh.pk, duc.pk])] == [minh, duc]
    services.withdraw_initiative(draft, reason="trùng", actor=SYSTEM, at=AT)
    assert not Initiative.objects.exists()


def test_absence_dates_are_in_order(minh):
    fact = Absence(
        person=minh,
        year=2017,
        kind="sick",
        absent_from=date(2017, 5, 2),
        absent_until=date(2017, 5, 1),
    )
    with pytest.raises(MeritError, match="trái ngược"):
        services.record_fact(fact, actor=SYSTEM, at=AT)


def test_every_kind_of_fact_has_an_address():
    assert len(set(KINDS.values())) == len(KINDS) == 10


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (AnnualRating, {"year": 2024, "level": "splendid"}),
        (Attestation, {"year": 2024, "what": "kindness", "verdict": "met"}),
        (Discipline, {"decided_on": "2024", "level": "none"}),
        (Absence, {"year": 2024, "kind": "holiday"}),
        (LedgerScope, {"ledger": "books", "state": "complete"}),
    ],
)
def test_a_word_that_the_book_does_not_have_is_refused(minh, model, words):
    with pytest.raises(MeritError, match="không có trong danh mục"):
        services.record_fact(model(person=minh, **words), actor=SYSTEM, at=AT)
    assert not model.objects.exists()
