"""Catalogues of translations are whole: nothing untranslated, nothing doubtful, compiled as written."""

import importlib.util
import re

import polib
import pytest

LANGUAGES = ["en", "vi"]


@pytest.fixture(scope="module")
def messages(repository):
    spec = importlib.util.spec_from_file_location("messages", repository / "tools/messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def catalogue(messages, language):
    return polib.pofile(str(messages.path_of(language)))


def key(entry):
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural


@pytest.mark.slow
def test_each_text_that_is_said_is_in_the_catalogue(messages, language, catalogue):
    wanted = {key(entry) for entry in messages.wanted(language)}
    listed = {key(entry) for entry in catalogue}
    assert sorted(wanted - listed) == [], "chạy make messages rồi dịch câu mới"
    assert sorted(listed - wanted) == [], "chạy make messages"
    assert len(wanted) > 100


def test_nothing_is_untranslated_or_doubtful(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []
    assert [
        key(entry)
        for entry in catalogue
        if entry.msgid_plural and not all(entry.msgstr_plural.values())
    ] == []


def test_what_is_filled_in_is_the_same_on_both_sides(catalogue):
    holes = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
    wrong = [
        entry.msgid
        for entry in catalogue
        for said in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
        if set(holes.findall(said)) != set(holes.findall(entry.msgid))
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one(messages, language, catalogue):
    compiled = polib.mofile(str(messages.path_of(language).with_suffix(".mo")))

    def pairs(entries):
        return {key(entry): entry.msgstr or dict(entry.msgstr_plural) for entry in entries}

    assert pairs(compiled) == pairs(catalogue)


def test_a_new_text_and_a_gone_one_are_caught(messages, tmp_path):
    (tmp_path / "thu").mkdir()
    (tmp_path / "thu/views.py").write_text(
        'from django.utils.translation import gettext as _\nA = _("Câu mới")\n'
    )
    (tmp_path / "thu/trang.html").write_text("{% translate 'Câu trong trang' %}")
    assert {entry.msgid for entry in messages.extract(tmp_path / "thu")} == {
        "Câu mới",
        "Câu trong trang",
    }


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("vi", "Incorrect password.", "Mật khẩu không đúng."),
        ("vi", "All", "Tất cả"),
        ("vi", "Yesterday", "Hôm qua"),
    ],
)
def test_what_libraries_say_is_said_in_our_language(language, text, said):
    from django.utils import translation

    with translation.override(language):
        assert translation.gettext(text) == said


def test_days_and_numbers_are_written_as_in_vietnam():
    from datetime import date

    from django.utils import formats, translation

    from thidua.web.words import say_number, say_weekday

    with translation.override("vi"):
        assert formats.date_format(date(2017, 10, 26)) == "26/10/2017"
        assert say_number(1234567.5) == "1.234.567,5"
        assert say_number(1846) == "1.846"
        assert say_weekday(date(2017, 10, 25)) == "Thứ tư, 25/10/2017"
        assert say_weekday(date(2017, 10, 29)) == "Chủ nhật, 29/10/2017"
    with translation.override("en"):
        assert say_number(1234567) == "1,234,567"
