"""Own rules: their life by two persons, the book they make, the digest that rows pin."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from lawengine.book import leaves
from thidua.audit.models import Event
from thidua.statutes import services
from thidua.statutes.errors import OverlayFault, StatuteFault, StepOutOfOrder
from thidua.statutes.lifecycle import STEPS, step_problem
from thidua.statutes.models import BookDigest, OverlayRule
from thidua.statutes.selectors import (
    base_digest,
    get_book,
    get_book_with,
    get_overlay_for,
    list_overlays_for,
    rebuild_book,
)
from thidua.support.actor import ANONYMOUS, system

pytestmark = pytest.mark.django_db
KEY = ("commemorative-medal", "person")
DAY = date(2024, 12, 31)


@pytest.fixture
def rule(officer, at, medal):
    return services.draft_overlay(text=medal, actor=officer, at=at)


@pytest.fixture
def released(rule, officer, second, at):
    services.propose_overlay(rule=rule, actor=officer, at=at)
    services.release_overlay(rule=rule, actor=second, at=at)
    return rule


def own_leaves(book):
    version = book.standards[KEY].on(DAY)
    return [leaf.id for leaf in leaves(version.when) if "." in leaf.id]


def test_a_draft_judges_nobody(rule):
    assert rule.state == "draft"
    assert (rule.symbol, rule.starts_on, rule.ends_on) == (
        "13/2024/TT-BTTTT",
        date(2024, 6, 1),
        date(2025, 12, 31),
    )
    assert get_book().digest == base_digest()
    assert own_leaves(get_book()) == []


def test_a_released_rule_judges_on_its_dates_only(released):
    book = get_book()
    assert own_leaves(book) == [f"{released.pk}.c1"]
    assert book.digest != base_digest()
    before = book.standards[KEY].on(date(2024, 5, 31))
    assert [leaf.id for leaf in leaves(before.when)] == ["c1", "c2"]


def test_who_proposes_does_not_release(rule, officer, second, at):
    services.propose_overlay(rule=rule, actor=officer, at=at)
    with pytest.raises(StepOutOfOrder, match="Người trình không tự ban hành"):
        services.release_overlay(rule=rule, actor=officer, at=at)
    with pytest.raises(StepOutOfOrder, match="Người trình không tự ban hành"):
        services.release_overlay(rule=rule, actor=system("demo"), at=at)
    services.release_overlay(rule=rule, actor=second, at=at)
    assert (rule.proposed_by_name, rule.released_by_name) == ("Lê Văn Nam", "Phạm Thị Hoa")


def test_the_database_itself_refuses_one_person_twice(released):
    with pytest.raises(IntegrityError), transaction.atomic():
        OverlayRule.objects.filter(pk=released.pk).update(proposed_by_id=9)


def test_only_a_draft_changes(released, officer, at, medal):
    with pytest.raises(StepOutOfOrder, match="đã ban hành, nên không sửa được"):
        services.change_overlay(rule=released, text=medal, actor=officer, at=at)


def test_returned_with_a_reason_and_proposed_again(rule, officer, second, at, medal):
    services.propose_overlay(rule=rule, actor=officer, at=at)
    with pytest.raises(StepOutOfOrder, match="Cần lý do"):
        services.return_overlay(rule=rule, reason=" ", actor=second, at=at)
    services.return_overlay(rule=rule, reason="Sai điều", actor=second, at=at)
    assert (rule.state, rule.return_reason) == ("draft", "Sai điều")
    services.change_overlay(
        rule=rule, text=medal.replace("art-5.cl-1", "art-6"), actor=officer, at=at
    )
    services.propose_overlay(rule=rule, actor=officer, at=at)
    services.release_overlay(rule=rule, actor=second, at=at)
    actions = Event.objects.filter(stream=f"statutes.overlayrule:{rule.pk}").order_by("stream_seq")
    assert [one.action for one in actions] == [
        "overlay.draft",
        "overlay.propose",
        "overlay.return",
        "overlay.change",
        "overlay.propose",
        "overlay.release",
    ]


def test_withdrawn_it_judges_no_more_and_what_it_judged_can_be_judged_again(released, second, at):
    pinned = services.pin_book(at=at)
    assert pinned.digest == get_book().digest
    services.withdraw_overlay(rule=released, reason="Thông tư mới", actor=second, at=at)
    assert get_book().digest == base_digest()
    again = rebuild_book(BookDigest.objects.get(digest=pinned.digest))
    assert own_leaves(again) == [f"{released.pk}.c1"]
    assert again.digest == pinned.digest


def test_a_book_of_another_release_is_not_pretended(at):
    assert rebuild_book(BookDigest(digest="a" * 64, base="b" * 64, overlays=[], made_at=at)) is None


def test_a_book_is_pinned_once(at):
    first = services.pin_book(at=at)
    assert services.pin_book(at=at) == first
    assert first.digest == base_digest()
    assert BookDigest.objects.count() == 1


def test_a_known_book_costs_one_query(released, django_assert_num_queries):
    get_book()
    with django_assert_num_queries(1):
        get_book()


def test_a_preview_is_made_without_releasing(rule):
    assert own_leaves(get_book_with(rule)) == [f"{rule.pk}.c1"]
    assert own_leaves(get_book()) == []


def test_a_fault_names_its_line_and_path_and_keeps_nothing(officer, at, medal):
    with pytest.raises(OverlayFault) as caught:
        services.draft_overlay(text=medal.replace("times: 10", "tmes: 10"), actor=officer, at=at)
    assert (caught.value.line, caught.value.path) == (8, "when.all[0].held.tmes")
    assert "«tmes»" in caught.value.sentence
    assert not OverlayRule.objects.exists()


@pytest.mark.parametrize("text", ["", "a: [", "- x", "{}", "award: 1\nx: 2", "\x00", "a: &a [*a]"])
def test_any_text_gets_one_clear_answer(officer, at, text):
    with pytest.raises(OverlayFault) as caught:
        services.draft_overlay(text=text, actor=officer, at=at)
    assert caught.value.sentence


def test_two_rules_that_lead_to_each_other_do_not_stand_together(officer, second, at):
    one = _meets("advanced-worker", "grassroots-emulation-fighter")
    with pytest.raises(OverlayFault, match="dẫn vòng"):
        services.draft_overlay(text=one, actor=officer, at=at)
    first = services.draft_overlay(
        text=_meets("advanced-worker", "prime-minister-certificate-of-merit"), actor=officer, at=at
    )
    services.propose_overlay(rule=first, actor=officer, at=at)
    services.release_overlay(rule=first, actor=second, at=at)
    other = services.draft_overlay(
        text=_meets("prime-minister-certificate-of-merit", "advanced-worker"), actor=officer, at=at
    )
    with pytest.raises(StatuteFault, match="dẫn vòng về chính nó"):
        services.propose_overlay(rule=other, actor=officer, at=at)


def _meets(award, other):
    return (
        f"award: {award}\nsubject: person\neffect: adds\nin_force: 2024-06-01..\n"
        "document: {symbol: 1/QC, name: Quy chế, signed_on: 2024-05-20}\n"
        f"when: {{id: c1, vi: x, cite: art-1, meets: {{award: {other}}}}}\n"
    )


def test_who_reads_which_rules(rule, officer, clerk, second, at):
    assert list(list_overlays_for(officer)) == [rule]
    for actor in (clerk, ANONYMOUS):
        with pytest.raises(Http404):
            get_overlay_for(actor, rule.pk)
    services.propose_overlay(rule=rule, actor=officer, at=at)
    services.release_overlay(rule=rule, actor=second, at=at)
    assert get_overlay_for(clerk, rule.pk) == rule


def test_every_step_needs_its_state():
    for act, (needed, _) in STEPS.items():
        for state in ("draft", "proposed", "released", "withdrawn"):
            problem = step_problem(act, state, actor_id=1, proposed_by_id=2)
            assert bool(problem) == (state != needed)
    assert step_problem("release", "proposed", actor_id=2, proposed_by_id=2)
    assert step_problem("release", "proposed", actor_id=None, proposed_by_id=None)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads race on PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_released_and_returned_at_once_only_one_happens(officer, second, at, medal):
    for _ in range(10):
        rule = services.draft_overlay(text=medal, actor=officer, at=at)
        services.propose_overlay(rule=rule, actor=officer, at=at)
        done, barrier = [], threading.Barrier(2)

        def act(work, rule=rule, done=done, barrier=barrier):
            mine = OverlayRule.objects.get(pk=rule.pk)
            barrier.wait()
            try:
                work(mine)
                done.append(work.__name__)
            except StepOutOfOrder:
                pass
            finally:
                connection.close()

        def release(mine):
            services.release_overlay(rule=mine, actor=second, at=at)

        def give_back(mine):
            services.return_overlay(rule=mine, reason="x", actor=second, at=at)

        threads = [threading.Thread(target=act, args=(work,)) for work in (release, give_back)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert len(done) == 1
        rule.refresh_from_db()
        assert rule.state == ("released" if done == ["release"] else "draft")
        if rule.state == "released":
            services.withdraw_overlay(rule=rule, reason="x", actor=second, at=at)
