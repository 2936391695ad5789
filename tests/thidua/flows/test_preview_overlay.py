"""«Ai bị ảnh hưởng»: the live records judged with and without an own rule."""

from datetime import UTC, date, datetime

import pytest

from factories.ministry import AT, SYSTEM, Ministry
from thidua.flows.preview_overlay import preview_overlay, trial_year
from thidua.flows.record_facts_document import record_facts_document
from thidua.statutes import services
from thidua.support.actor import Role

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
RULE = """\
award: commemorative-medal
subject: person
effect: adds
in_force: {start}..
document: {{symbol: 13/TT-BTTTT, name: Thông tư, signed_on: 2024-05-20}}
when: {{id: c1, vi: Không bị kỷ luật, cite: art-5, unmarked: {{at_least: reprimand}}}}
"""


@pytest.fixture
def ministry(db):
    found = Ministry()
    for name, document in (
        ("Trần Thị Mai", {"discipline": [{"level": "reprimand", "decided_on": "2025-03-01"}]}),
        ("Lê Văn Nam", {}),
    ):
        person = found.person(name, found.network)
        record_facts_document(
            subject=person, document=document, source=found.location(), actor=SYSTEM, at=AT
        )
    return found


def draft(start="2024-06-01"):
    return services.draft_overlay(text=RULE.format(start=start), actor=SYSTEM, at=AT)


def test_who_would_be_judged_otherwise_is_named_with_the_reason(ministry):
    officer = ministry.actor(Role.MINISTRY_OFFICER, ministry.root)
    found = preview_overlay(rule=draft(), actor=officer, at=NOW)
    assert (found.year, found.as_if, found.total) == (2025, False, 2)
    assert found.comparison.judged == 2
    assert dict(found.comparison.counts) == {("unknown", "no"): 1, ("unknown", "unknown"): 1}
    (one,) = found.comparison.differences
    assert (one.name, one.before, one.after) == ("Trần Thị Mai", "unknown", "no")
    assert any("kỷ luật" in reason.lower() for reason in one.reasons)


def test_a_released_rule_is_compared_with_the_book_without_it(ministry):
    officer = ministry.actor(Role.MINISTRY_OFFICER, ministry.root)
    other = ministry.actor(Role.ADMINISTRATOR, ministry.root)
    rule = draft()
    services.propose_overlay(rule=rule, actor=officer, at=NOW)
    services.release_overlay(rule=rule, actor=other, at=NOW)
    assert len(preview_overlay(rule=rule, actor=officer, at=NOW).comparison.differences) == 1


def test_a_rule_of_the_future_is_tried_as_if(ministry):
    officer = ministry.actor(Role.MINISTRY_OFFICER, ministry.root)
    found = preview_overlay(rule=draft("2026-05-01"), actor=officer, at=NOW)
    assert (found.year, found.as_if) == (2025, True)
    assert len(found.comparison.differences) == 1


def test_only_those_whom_the_officer_may_see_are_judged(ministry):
    beside = ministry.actor(Role.MINISTRY_OFFICER, ministry.press)
    found = preview_overlay(rule=draft(), actor=beside, at=NOW)
    assert (found.total, found.comparison.differences) == (0, ())


def test_a_limit_changes_no_verdict(ministry):
    text = (
        "award: grassroots-emulation-fighter\neffect: limits\nin_force: 2018-08-15..2023-12-31\n"
        "document: {symbol: 09/TT, name: Thông tư, signed_on: 2018-06-29}\n"
        "limit: {share: <= 1/10, of: holders_of_advanced_worker, vi: x, cite: art-15}\n"
    )
    rule = services.draft_overlay(text=text, actor=SYSTEM, at=AT)
    assert preview_overlay(rule=rule, actor=SYSTEM, at=NOW) is None


def test_nothing_is_written(ministry):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    officer, rule = ministry.actor(Role.MINISTRY_OFFICER, ministry.root), draft()
    with CaptureQueriesContext(connection) as queries:
        preview_overlay(rule=rule, actor=officer, at=NOW)
    written = [one["sql"] for one in queries if one["sql"].split()[0] in {"INSERT", "UPDATE"}]
    assert written == []


@pytest.mark.parametrize(
    ("starts", "ends", "today", "year", "as_if"),
    [
        ("2024-06-01", None, "2026-03-10", 2025, False),
        ("2024-06-01", "2025-12-31", "2027-03-10", 2025, False),
        ("2024-06-01", "2025-06-30", "2027-03-10", 2024, False),
        ("2025-01-01", "2025-06-30", "2027-03-10", 2026, True),
        ("2026-05-01", None, "2026-03-10", 2025, True),
        ("2026-01-01", None, "2026-12-31", 2026, False),
    ],
)
def test_the_year_of_the_trial(starts, ends, today, year, as_if):
    days = [date.fromisoformat(one) if one else None for one in (starts, ends, today)]
    assert trial_year(*days) == (year, as_if)
