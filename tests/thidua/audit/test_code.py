"""The code on a printed paper leads to its event, and to nothing once the past was rewritten."""

import pytest
from django.db import connection

from attacker import rechain, regrow
from conftest import without_triggers
from thidua.audit.models import Event
from thidua.audit.selectors.reading import find_code, get_code
from thidua.audit.services import stream_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(trail):
    kind = trail.kind("cuc")
    trail.live(10)
    trail.sequence()
    return stream_of(kind)


def test_a_code_leads_to_its_event(paper):
    code = get_code(paper)
    assert len(code) == 14
    assert [one.event.stream for one in find_code(code)] == [paper]
    assert find_code(code.upper().replace("-", " ")) == find_code(code)


@pytest.mark.parametrize("code", ["", "0000-0000-0000", "xyz", "12", "' OR 1=1"])
def test_other_codes_lead_nowhere(paper, code):
    assert find_code(code) == []


def test_no_event_no_code(paper):
    assert get_code("organizations.unitkind:0") == ""


def test_the_code_tells_that_the_past_was_rewritten(paper):
    code = get_code(paper)
    with without_triggers(connection):
        Event.objects.filter(stream=paper, stream_seq=1).update(actor_name="Ai đó")
        rechain(paper)
        regrow(sign=True)
    assert find_code(code) == []
    assert find_code(get_code(paper))
