"""A record that is there and does not count is named with its reason; nobody reads «there is none»."""

from datetime import date

import pytest

from lawbook import load_book, make_wording
from lawengine.condition_loading import read_condition
from lawengine.conditions import Moment
from lawengine.explain import Judge
from lawengine.facts import CaseFrame, make_frame, read_subject
from lawengine.reading import read_text

TODAY = date(2026, 11, 25)
FRAME = make_frame(CaseFrame(year=2024, decided_on=date(2025, 3, 10)), TODAY)
SUDDEN = "{award: ministry-certificate-of-merit, year: 2018, stream: sudden, issuer: ministry}"
UNION = (
    "{award: ministry-certificate-of-merit, year: 2018, stream: merit,"
    " issuer: mass_organisation_central}"
)
HELD = "held: {award: ministry-certificate-of-merit, stream: [merit], issuer: [ministry, province]}"
STREAK = (
    "streak: {years: 5, since: {award: ministry-certificate-of-merit, stream: [merit],"
    " issuer: [ministry, province]}}"
)
MADE = (
    "produced: {kind: initiative, reach: ministry, recognised_by: ministry, applied: true,"
    " free_of: [form], window: {last: 3}}"
)
PRODUCT = (
    "{id: a, year: 2023, kind: initiative, reach: ministry, recognised_by: ministry,"
    " applied: true, used_for: none}"
)


def sentence(rule, facts, kind="person"):
    book = load_book()
    node, given = read_text(rule), read_text(f"id: x\nkind: {kind}\n{facts}")
    name = next(iter(node.value))
    condition = read_condition(name, node.child(name), book.vocabulary)
    subject = read_subject(given, book.vocabulary, FRAME, TODAY)
    wording = make_wording(book)
    outcome = condition.judge(subject, Moment(FRAME.year, None, Judge(book, FRAME, wording)))
    return outcome.truth.word, wording.sentence(outcome)


@pytest.mark.parametrize(
    ("rule", "record", "said"),
    [
        (
            HELD,
            SUDDEN,
            "được tính; cần 1 lần. Không tính {} năm 2018: là khen theo loại hình đột xuất.",
        ),
        (HELD, UNION, "được tính; cần 1 lần. Không tính {} năm 2018: do cấp khác tặng (đoàn thể"),
        (
            STREAK,
            SUDDEN,
            "trước năm 2020. Không tính {} năm 2018: là khen theo loại hình đột xuất.",
        ),
        (STREAK, UNION, "trước năm 2020. Không tính {} năm 2018: do cấp khác tặng (đoàn thể"),
    ],
)
def test_a_certificate_that_does_not_count(rule, record, said):
    award = load_book().vocabulary.award_label("ministry-certificate-of-merit")
    word, text = sentence(rule, f"awards: {{complete: all, records: [{record}]}}")
    assert word == "no"
    assert text.startswith(f"Chưa có {award}")
    assert said.format(award) in text


@pytest.mark.parametrize("rule", [HELD, STREAK])
def test_without_any_certificate_it_is_said_as_before(rule):
    word, text = sentence(rule, "awards: {complete: all}")
    assert word == "no"
    assert text.startswith("Chưa được tặng")
    assert "Không tính" not in text


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("reach: ministry", "reach: base", "phạm vi ảnh hưởng chỉ là cơ sở"),
        ("recognised_by: ministry", "recognised_by: base", "chỉ được cơ sở công nhận"),
        ("applied: true", "applied: false", "chưa được áp dụng"),
        (
            "used_for: none",
            "used_for: [ministry-certificate-of-merit]",
            "đã dùng để xét Bằng khen của bộ, ban, ngành, tỉnh",
        ),
    ],
)
def test_an_initiative_that_does_not_count(old, new, why):
    facts = "initiatives: {{complete: [2020..2024], records: [{}]}}"
    assert sentence(MADE, facts.format(PRODUCT))[0] == "yes"
    word, text = sentence(MADE, facts.format(PRODUCT.replace(old, new)))
    assert word == "no"
    assert text.endswith(f"được tính; cần 1. Không tính sáng kiến năm 2023: {why}.")


def test_research_that_was_not_accepted():
    word, text = sentence(
        "produced: {kind: research, accepted: true}",
        "initiatives: {complete: [2024], records: [{id: a, year: 2024, kind: research,"
        " accepted: false}]}",
    )
    assert word == "no"
    assert text.endswith("năm 2024: chưa nghiệm thu.")


def test_an_initiative_of_another_time_is_not_named():
    text = sentence(
        MADE,
        "initiatives: {complete: [2020..2024], records: [{id: a, year: 2020, kind: initiative,"
        " reach: base}]}",
    )[1]
    assert text.startswith("Không có sáng kiến")
    assert "Không tính" not in text


def test_a_known_count_of_an_unknown_number_of_members_is_said():
    rule = 'composed: {having: {award: advanced-worker}, share: ">= 7/10"}'
    member = "members: [{year: 2024, %s}]"
    word, text = sentence(
        rule, member % "total: unknown, awards: {advanced-worker: 12}", "collective"
    )
    assert word == "unknown"
    assert "có 12 thành viên đạt danh hiệu Lao động tiên tiến, chưa rõ tổng số" in text
    unknown = sentence(rule, member % "total: 20", "collective")
    assert unknown[1].startswith("Chưa rõ năm 2024 có bao nhiêu thành viên")


def test_a_standard_met_by_reference_is_no_surer_than_its_conditions():
    """The title rests on the standard of another, of which one rule is written from memory."""
    book = load_book()
    facts = (
        "pending: none\nratings: [{year: 2023, level: good}, {year: 2024, level: excellent}]\n"
        "attestations: [{what: spirit_and_participation, year: 2024, verdict: met}]\n"
    )
    subject = read_subject(
        read_text(f"id: x\nkind: person\n{facts}"), book.vocabulary, FRAME, TODAY
    )
    judge = Judge(book, FRAME, make_wording(book))
    under = judge.judge("advanced-worker", subject)
    above = judge.judge("grassroots-emulation-fighter", subject)
    assert (under.word, under.confidence) == ("yes", "recalled")
    assert (above.word, above.confidence) == ("yes", "recalled")
