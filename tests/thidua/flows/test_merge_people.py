"""Two records, one person: nothing is lost, and undoing gives back exactly what was."""

import threading
from datetime import date
from types import ModuleType

import pytest
from django.apps import AppConfig, apps
from django.apps.registry import Apps
from django.db import connection, connections, models

from factories.ministry import AT, SYSTEM, Ministry
from thidua.flows import merge_people as flow
from thidua.merits import services as merits
from thidua.merits.models import AnnualRating, InitiativeAuthor
from thidua.people import services as people
from thidua.people.errors import ConflictUndecided, MergeRefused, NotAllowed
from thidua.people.models import EmployeeCode, Person, PersonMerge
from thidua.people.selectors import get_person_for, list_people_for, suggest_duplicates
from thidua.register import services as register
from thidua.register.models import RegisterEntry
from thidua.register.selectors import list_honours_of_people
from thidua.support.actor import Role

pytestmark = pytest.mark.django_db


def person_links(registry=apps):
    for model in registry.get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.concrete and field.is_relation and target and target.__name__ == "Person":
                yield f"{model._meta.label}.{field.name}"


def unsaid(registry=apps):
    return set(person_links(registry)) ^ set(flow.MOVES) ^ set(flow.STAYS)


def test_every_table_with_a_key_to_a_person_takes_part():
    assert unsaid() == set()
    assert not set(flow.MOVES) & set(flow.STAYS)


def test_a_table_that_forgot_merging_is_caught():
    module = ModuleType("thidua.dossiers")
    room = type("Planted", (AppConfig,), {"path": "."})("thidua.dossiers", module)
    registry = Apps([room])
    meta = type("Meta", (), {"app_label": "dossiers", "apps": registry})
    key = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    type(
        "Dossier",
        (models.Model,),
        {"__module__": "thidua.dossiers.models", "Meta": meta, "nominee": key},
    )
    assert set(person_links(registry)) == {"dossiers.Dossier.nominee"}
    assert "dossiers.Dossier.nominee" not in {*flow.MOVES, *flow.STAYS}


@pytest.fixture
def pair(ministry):
    """The same woman, typed in by two units."""
    one = ministry.person("Nguyễn Thị Hồng Minh", ministry.telecom, birth="12/03/1986")
    other = ministry.person("Nguyễn Thị Hồng Minh", birth="1986", sex="female")
    return one, other


def record(*facts):
    for fact in facts:
        merits.record_fact(fact, actor=SYSTEM, at=AT)


def snapshot():
    """Every value of every row that has to do with a person, but for merges and the trail."""
    rows = {}
    for label in {link.rpartition(".")[0] for link in (*flow.MOVES, "register.RegisterEntry.x")}:
        for row in apps.get_model(label)._base_manager.values():
            rows[label, row["id"]] = row
    return rows


def merge(survivor, retired, actor=SYSTEM, **choices):
    return flow.merge_people(
        survivor=survivor,
        retired=retired,
        choices={key.replace("__", "."): value for key, value in choices.items()},
        actor=actor,
        at=AT,
    )


def test_what_the_other_record_held_is_the_persons_and_undone_exactly(ministry, pair):
    one, other = pair
    record(
        AnnualRating(person=one, year=2016, level="good"),
        AnnualRating(person=other, year=2017, level="excellent"),
    )
    people.give_code(person=other, organisation=ministry.root, code="CB7", actor=SYSTEM, at=AT)
    entry = RegisterEntry(
        person=other,
        award="advanced-worker",
        year=2017,
        holder_name="Nguyễn Thị Hồng Minh",
        source=ministry.location(),
    )
    register.enter_honour(entry, actor=SYSTEM, at=AT)
    before = snapshot()
    done = merge(one, other)
    one.refresh_from_db()
    assert one.sex == "female"
    assert one.birth == "1986-03-12"
    assert set(one.annualratings.values_list("year", flat=True)) == {2016, 2017}
    assert one.codes.get().code == "CB7"
    assert [h.said.year for h in list_honours_of_people([one.pk])[one.pk]] == [2017]
    assert list(list_people_for(SYSTEM, AT)) == [one]
    assert get_person_for(SYSTEM, other.pk, AT) == one
    flow.undo_merge(merge=done, actor=SYSTEM, at=AT)
    assert snapshot() == before
    assert len(list_people_for(SYSTEM, AT)) == 2


def test_two_ratings_of_one_year_must_be_decided(pair):
    one, other = pair
    record(
        AnnualRating(person=one, year=2017, level="good"),
        AnnualRating(person=other, year=2017, level="excellent"),
    )
    (conflict,) = flow.find_conflicts(one, other)
    with pytest.raises(ConflictUndecided, match="Còn 1 chỗ"):
        merge(one, other)
    before = snapshot()
    done = flow.merge_people(
        survivor=one, retired=other, choices={conflict.key: "retired"}, actor=SYSTEM, at=AT
    )
    assert one.annualratings.get().level == "excellent"
    assert other.annualratings.get().level == "good", "what was not chosen is not lost"
    flow.undo_merge(merge=done, actor=SYSTEM, at=AT)
    assert snapshot() == before


def test_the_surviving_word_stays_when_it_is_chosen(pair):
    one, other = pair
    record(
        AnnualRating(person=one, year=2017, level="good"),
        AnnualRating(person=other, year=2017, level="excellent"),
    )
    (conflict,) = flow.find_conflicts(one, other)
    flow.merge_people(
        survivor=one, retired=other, choices={conflict.key: "survivor"}, actor=SYSTEM, at=AT
    )
    assert one.annualratings.get().level == "good"


def test_the_same_thing_said_twice_is_no_conflict(pair):
    one, other = pair
    record(
        AnnualRating(person=one, year=2017, level="good"),
        AnnualRating(person=other, year=2017, level="good", confirmed_by="Cục trưởng"),
    )
    assert flow.find_conflicts(one, other) == []
    merge(one, other)
    assert one.annualratings.count() == 1


@pytest.mark.parametrize("side", ["survivor", "retired"])
def test_main_posts_at_one_time_are_decided_and_undone(ministry, side):
    one = ministry.person("Trần Thị Mai", ministry.telecom, since=date(2015, 1, 1))
    first = one.posts.get()
    people.end_post(first, last_day=date(2017, 12, 31), actor=SYSTEM, at=AT)
    second = ministry.post(ministry.network, date(2018, 1, 1), date(2019, 12, 31))
    second.person = one
    people.appoint(second, actor=SYSTEM, at=AT)
    other = ministry.person("Trần Thị Mai", ministry.press, since=date(2017, 6, 1))
    clash = other.posts.get()
    people.end_post(clash, last_day=date(2018, 6, 30), actor=SYSTEM, at=AT)
    later = ministry.post(ministry.press, date(2021, 1, 1))
    later.person = other
    people.appoint(later, actor=SYSTEM, at=AT)
    before = snapshot()
    (conflict,) = flow.find_conflicts(one, other)
    assert [{p.pk for p in conflict.survivor}, {p.pk for p in conflict.retired}] == [
        {first.pk, second.pk},
        {clash.pk},
    ]
    done = flow.merge_people(
        survivor=one, retired=other, choices={conflict.key: side}, actor=SYSTEM, at=AT
    )
    held = set(one.posts.values_list("pk", flat=True))
    assert held == {later.pk} | ({first.pk, second.pk} if side == "survivor" else {clash.pk})
    assert one.posts.filter(is_main=True).count() == len(held)
    flow.undo_merge(merge=done, actor=SYSTEM, at=AT)
    assert snapshot() == before


def test_authors_of_one_initiative_and_earlier_merges_follow(ministry, pair):
    one, other = pair
    third = ministry.person("Nguyễn Thị Hồng Minh")
    draft = merits.draft_initiative(kind="initiative", name="Kho dữ liệu", year=2017)
    merits.record_initiative(
        draft,
        [InitiativeAuthor(person=one, share=30), InitiativeAuthor(person=third, share=30)],
        actor=SYSTEM,
        at=AT,
    )
    before = snapshot()
    first = merge(other, third)
    second = merge(one, other)
    assert get_person_for(SYSTEM, third.pk, AT) == one
    with pytest.raises(MergeRefused, match="Gỡ lần gộp đó trước"):
        flow.undo_merge(merge=first, actor=SYSTEM, at=AT)
    flow.undo_merge(merge=second, actor=SYSTEM, at=AT)
    flow.undo_merge(merge=first, actor=SYSTEM, at=AT)
    assert snapshot() == before
    with pytest.raises(MergeRefused, match="đã được gỡ"):
        flow.undo_merge(merge=first, actor=SYSTEM, at=AT)


def test_codes_of_one_organisation_stay_with_their_records(ministry, pair):
    one, other = pair
    for who, code in ((one, "A1"), (other, "A2")):
        people.give_code(person=who, organisation=ministry.root, code=code, actor=SYSTEM, at=AT)
    merge(one, other)
    assert EmployeeCode.objects.get(code="A2").person_id == other.pk
    assert one.codes.get().code == "A1"


def test_what_was_mended_after_the_merge_stops_the_undoing(pair):
    one, other = pair
    record(
        AnnualRating(person=one, year=2017, level="good"),
        AnnualRating(person=other, year=2017, level="excellent"),
    )
    (conflict,) = flow.find_conflicts(one, other)
    done = flow.merge_people(
        survivor=one, retired=other, choices={conflict.key: "retired"}, actor=SYSTEM, at=AT
    )
    merits.correct_fact(
        one.annualratings.get(), reason="theo QĐ", level="completed", actor=SYSTEM, at=AT
    )
    with pytest.raises(MergeRefused, match="đã được sửa sau khi gộp"):
        flow.undo_merge(merge=done, actor=SYSTEM, at=AT)
    assert PersonMerge.objects.get().undone_at is None


def test_different_birth_dates_are_decided(ministry):
    one = ministry.person("Trần Thị Mai", ministry.telecom, birth="1/2/1980")
    other = ministry.person("Trần Thị Mai", birth="2/1/1980")
    (conflict,) = flow.find_conflicts(one, other)
    assert conflict.key == "person.birth"
    flow.merge_people(
        survivor=one, retired=other, choices={"person.birth": "retired"}, actor=SYSTEM, at=AT
    )
    one.refresh_from_db()
    assert one.birth == "1980-01-02"


def test_both_accounts_are_kept_whatever_is_chosen(ministry, pair):
    one, other = pair
    mine = ministry.actor(Role.EMPLOYEE, ministry.telecom, person=one).user_id
    theirs = ministry.actor(Role.EMPLOYEE, ministry.telecom, person=other).user_id
    before = snapshot()
    done = merge(one, other, person__account="retired")
    for who, account in ((one, theirs), (other, mine)):
        who.refresh_from_db()
        assert who.account_id == account
    flow.undo_merge(merge=done, actor=SYSTEM, at=AT)
    assert snapshot() == before


def test_merging_needs_the_right_over_both(ministry):
    one = ministry.person("Trần Thị Mai", ministry.telecom)
    other = ministry.person("Trần Thị Mai", ministry.press)
    clerk = ministry.actor(Role.UNIT_CLERK, ministry.telecom)
    more = {"survivor": one, "retired": other, "choices": {}, "at": AT}
    with pytest.raises(NotAllowed):
        flow.merge_people(actor=clerk, **more)
    with pytest.raises(NotAllowed):
        flow.say_distinct(first=one, second=other, actor=clerk, at=AT)
    with pytest.raises(MergeRefused, match="hai hồ sơ khác nhau"):
        flow.merge_people(**{**more, "retired": one}, actor=SYSTEM)


def test_duplicates_are_suggested_with_reasons_and_never_again(ministry, pair):
    one, other = pair
    (found,) = suggest_duplicates(SYSTEM, AT)
    assert (found.first, found.second) == (one.pk, other.pk)
    assert found.reasons == ("name_and_birth_year",)
    said = flow.say_distinct(first=other, second=one, reason="hai chị em", actor=SYSTEM, at=AT)
    assert suggest_duplicates(SYSTEM, AT) == []
    assert flow.say_distinct(first=one, second=other, actor=SYSTEM, at=AT) == said
    flow.unsay_distinct(pair=said, actor=SYSTEM, at=AT)
    assert len(suggest_duplicates(SYSTEM, AT)) == 1


def test_reasons_name_unit_code_and_birth(ministry):
    a = ministry.person("Trần Thị Mai", ministry.telecom, birth="1/2/1980")
    b = ministry.person("Tran Thi Mai", ministry.telecom, birth="1/2/1980")
    c = ministry.person("Trần Thị Mai", ministry.press, birth="5/2/1980")
    d = ministry.person("Lê Thanh Mai", ministry.press)
    for who, unit in ((c, ministry.press), (d, ministry.telecom)):
        people.give_code(person=who, organisation=unit, code="X9", actor=SYSTEM, at=AT)
    found = {(one.first, one.second): one.reasons for one in suggest_duplicates(SYSTEM, AT)}
    assert found == {
        (a.pk, b.pk): ("name_and_birth", "name_and_unit"),
        (c.pk, d.pk): ("code",),
    }


def race(acts):
    """Run the acts at once, each on a connection of its own; give their results or errors."""
    barrier = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(number, act):
        try:
            barrier.wait()
            results[number] = act()
        except Exception as error:  # noqa: BLE001 - the error is the result
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return results


ONE_WRITER = "SQLite has one writer: its transactions stand in line from the start"


@pytest.mark.django_db(transaction=True)
def test_each_into_the_other_at_once():
    """One is done, the other is told."""
    if connection.vendor != "postgresql":
        pytest.skip(ONE_WRITER)
    ministry = Ministry()
    for number in range(20):
        one = ministry.person(f"Trần Thị Mai {number}", ministry.telecom)
        other = ministry.person(f"Trần Thị Mai {number}")
        results = race([lambda a=one, b=other: merge(a, b), lambda a=one, b=other: merge(b, a)])
        assert sorted(type(one).__name__ for one in results) == ["MergeRefused", "PersonMerge"]
        assert Person.objects.filter(pk__in=(one.pk, other.pk), merged_into=None).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False])
def test_a_chain_of_merges_at_once(locked, monkeypatch):
    """A into B while B goes into C: nobody may end in a record that is itself merged away.

    The negative control takes the lock off and must find such a record.
    """
    if connection.vendor != "postgresql":
        pytest.skip(ONE_WRITER)
    ministry = Ministry()
    if not locked:
        gate = threading.Barrier(2)

        def look_without_lock(first, second):
            found = Person.objects.in_bulk([first, second])
            gate.wait(timeout=5)
            return found[first], found[second]

        monkeypatch.setattr(flow, "_lock", look_without_lock)
    lost = 0
    for number in range(20 if locked else 3):
        a, b, c = (ministry.person(f"Trần Thị Mai {number}") for _ in range(3))
        race([lambda a=a, b=b: merge(b, a), lambda b=b, c=c: merge(c, b)])
        lost += Person.objects.filter(
            pk__in=(a.pk, b.pk, c.pk), merged_into__merged_into__isnull=False
        ).count()
    assert (lost == 0) == locked
