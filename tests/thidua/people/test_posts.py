"""One main post at a time: said in words by the service, refused by the database itself."""

import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.ministry import AT, SYSTEM, TODAY
from thidua.audit.models import Event
from thidua.people import services
from thidua.people.errors import BadDate, NotAllowed, PostsOverlap
from thidua.people.lifecycle import Period
from thidua.people.models import Post
from thidua.people.selectors import get_standing, list_posts
from thidua.support.actor import Role

pytestmark = pytest.mark.django_db


def test_a_second_main_post_at_one_time_is_refused_in_words(ministry):
    person = ministry.person(unit=ministry.telecom)
    post = ministry.post(ministry.press, date(2020, 6, 1))
    post.person = person
    with pytest.raises(PostsOverlap) as caught:
        services.appoint(post, actor=SYSTEM, at=AT)
    assert "Chuyên viên" in caught.value.message
    assert "01/01/2015 đến nay" in caught.value.message
    assert "kiêm nhiệm" in caught.value.message


def test_a_concurrent_post_stands_beside_the_main_one(ministry):
    person = ministry.person(unit=ministry.telecom)
    post = ministry.post(ministry.press, date(2020, 6, 1), main=False)
    post.person = person
    services.appoint(post, actor=SYSTEM, at=AT)
    assert [one.is_main for one in list_posts(person.pk)] == [False, True]


def test_a_post_may_begin_the_day_after_the_last(ministry):
    person = ministry.person(unit=ministry.telecom)
    first = person.posts.get()
    services.end_post(first, last_day=date(2020, 5, 31), actor=SYSTEM, at=AT)
    post = ministry.post(ministry.press, date(2020, 6, 1))
    post.person = person
    services.appoint(post, actor=SYSTEM, at=AT)
    assert get_standing(person.pk, date(2020, 5, 31)).post.unit == ministry.telecom
    assert get_standing(person.pk, date(2020, 6, 1)).post.unit == ministry.press


def test_a_post_does_not_end_before_it_begins(ministry):
    post = ministry.person(unit=ministry.telecom).posts.get()
    with pytest.raises(BadDate, match="trước ngày bắt đầu"):
        services.end_post(post, last_day=date(2014, 1, 1), actor=SYSTEM, at=AT)


def test_correcting_a_post_asks_for_a_reason_and_keeps_old_and_new(ministry):
    post = ministry.person(unit=ministry.telecom).posts.get()
    services.correct_post(
        post, reason="sai ngày theo QĐ 12", valid_from=date(2014, 5, 1), actor=SYSTEM, at=AT
    )
    event = Event.objects.filter(action="post.correct").get()
    said = json.loads(event.payload)
    assert said["reason"] == "sai ngày theo QĐ 12"
    assert said["changes"]["valid_from"] == ["2015-01-01", "2014-05-01"]


def test_a_clerk_appoints_in_their_own_subtree_only(ministry):
    clerk = ministry.actor(Role.UNIT_CLERK, ministry.telecom)
    person = ministry.person("Trần Văn Đức", ministry.press)
    post = ministry.post(ministry.network, main=False)
    post.person = person
    with pytest.raises(NotAllowed):  # the unit is theirs, the person is not
        services.appoint(post, actor=clerk, at=AT)
    with pytest.raises(NotAllowed):
        services.end_post(person.posts.get(), last_day=TODAY, actor=clerk, at=AT)


DAYS = st.dates(date(2000, 1, 1), date(2003, 12, 31))
SPANS = st.tuples(DAYS, st.one_of(st.none(), st.integers(0, 400))).map(
    lambda drawn: (drawn[0], None if drawn[1] is None else drawn[0] + timedelta(days=drawn[1]))
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(SPANS, min_size=2, max_size=6))
def test_database_and_decision_agree_on_overlap(ministry, spans):
    """Posts go in one by one: the table takes exactly those that share no day with one inside."""
    with transaction.atomic():
        person = services.register_person(
            person=services.draft_person(full_name="Lê Hoàng Yến"), actor=SYSTEM, at=AT
        )
        inside: list[Period] = []
        for first, last in spans:
            post = ministry.post(ministry.press, first, last)
            post.person = person
            fits = not any(one.overlaps(Period(first, last)) for one in inside)
            try:
                with transaction.atomic():
                    Post.objects.bulk_create([post])  # past the service: the database alone
                taken = True
            except IntegrityError:
                taken = False
            assert taken == fits, (inside, first, last)
            if taken:
                inside.append(Period(first, last))
        transaction.set_rollback(True)


def test_an_update_cannot_make_posts_overlap(ministry):
    person = ministry.person(unit=ministry.telecom)
    first = person.posts.get()
    services.end_post(first, last_day=date(2016, 12, 31), actor=SYSTEM, at=AT)
    later = ministry.post(ministry.press, date(2017, 1, 1))
    later.person = person
    services.appoint(later, actor=SYSTEM, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=first.pk).update(valid_until=date(2017, 1, 1))


def test_everybody_moves_when_a_unit_ends(ministry):
    stays = ministry.person("Phạm Quốc Bảo", ministry.network)
    later = ministry.person("Lê Hoàng Yến", ministry.network, since=date(2026, 5, 1))
    gone = ministry.person("Trần Văn Đức", ministry.network)
    services.end_post(gone.posts.get(), last_day=date(2020, 1, 1), actor=SYSTEM, at=AT)
    services.move_posts(
        from_unit=ministry.network,
        to_unit=ministry.press,
        on=date(2026, 4, 1),
        decision="QĐ 5",
        actor=SYSTEM,
        at=AT,
    )
    assert get_standing(stays.pk, date(2026, 3, 31)).post.unit == ministry.network
    assert get_standing(stays.pk, date(2026, 4, 1)).post.unit == ministry.press
    assert [one.unit for one in list_posts(later.pk)] == [ministry.press]
    assert [one.unit for one in list_posts(gone.pk)] == [ministry.network]


def test_what_a_category_means_changes_from_a_day_on(ministry):
    person = ministry.person(unit=ministry.telecom)
    assert get_standing(person.pk, TODAY).is_leader is None
    for leader, worker, since, paper in (
        (False, True, date(2018, 1, 1), "QĐ 10/QĐ-BTTTT"),
        (False, False, date(2024, 1, 1), "QĐ 99/QĐ-BTTTT"),
    ):
        services.set_category_status(
            category=ministry.staff,
            is_leader=leader,
            is_direct_worker=worker,
            valid_from=since,
            citation=paper,
            actor=SYSTEM,
            at=AT,
        )
    assert get_standing(person.pk, date(2017, 12, 31)).is_direct_worker is None
    assert get_standing(person.pk, date(2023, 12, 31)).is_direct_worker is True
    found = get_standing(person.pk, TODAY)
    assert (found.is_direct_worker, found.citation) == (False, "QĐ 99/QĐ-BTTTT")


def test_a_status_of_a_category_needs_its_paper_and_the_right(ministry):
    more = {"is_leader": True, "is_direct_worker": False, "valid_from": TODAY, "at": AT}
    with pytest.raises(Exception, match="văn bản làm căn cứ"):
        services.set_category_status(category=ministry.staff, citation=" ", actor=SYSTEM, **more)
    clerk = ministry.actor(Role.UNIT_CLERK, ministry.telecom)
    with pytest.raises(NotAllowed):
        services.set_category_status(category=ministry.staff, citation="QĐ", actor=clerk, **more)
