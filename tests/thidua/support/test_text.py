import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.support import text

LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)
names = st.text(alphabet=LETTERS + LETTERS.upper() + " ", max_size=30)


def test_fold_removes_every_mark_and_the_bar_of_đ():
    assert text.fold("Nguyễn Thị Đào ƯỚC") == "nguyen thi dao uoc"
    assert text.fold("Ðặng") == "dang"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trung tâm Y tế huyện Minh Hoá", "Trung tâm y tế huyện Minh Hóa"),
        ("Chiến sỹ thi đua", "chiến sĩ thi đua"),
        ("Trung tâm Mắt – Nội tiết", "Trung tâm Mắt - Nội tiết"),
        ("Lệ Thuỷ", "Lệ Thủy"),
        ("Ðồng Hới", "Đồng Hới"),
        (unicodedata.normalize("NFD", "huyện Lệ Thủy"), "huyện Lệ Thủy"),
        ("Kỷ niệm chương", "Kỉ niệm chương"),
    ],
)
def test_spellings_of_the_same_words_have_one_key(one, other):
    assert text.match_key(one) == text.match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa", "Hóa"), ("Thủy", "Thúy"), ("Bình", "Binh"), ("Mai", "May"), ("Vy", "Vi")],
)
def test_different_names_keep_different_keys(one, other):
    assert text.match_key(one) != text.match_key(other)


def test_repair_tells_each_step_once_and_in_order():
    mended, steps = text.repair("  " + unicodedata.normalize("NFD", "Ðơn\u00a0vị  A\u200b") + " ")
    assert mended == "Đơn vị A"
    assert [step.kind for step in steps] == [
        "nfd",
        "eth",
        "zero_width",
        "nbsp",
        "leading",
        "trailing",
        "double",
    ]
    assert {step.kind for step in steps} <= set(text.REPAIRS)


def test_line_breaks_inside_are_kept_because_they_may_separate_values():
    assert text.repair("LĐTT\nCSTĐCS")[0] == "LĐTT\nCSTĐCS"
    assert text.clean("Nguyễn\nVăn A") == "Nguyễn Văn A"


def test_the_soft_hyphen_is_left_alone_since_tcvn3_writes_ư_with_it():
    assert text.repair("th\u00ad")[0] == "th\u00ad"


def test_letters_stand_in_the_vietnamese_order():
    words = ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "u", "ư", "v", "y"]
    assert sorted(words, key=text.sort_key) == words


def test_tones_stand_in_the_order_of_dictionaries_after_all_letters():
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "màn"]
    assert sorted(words, key=text.sort_key) == words


def test_lists_of_people_go_by_given_name_then_family_name():
    people = ["Trần Văn Ân", "Lê Thị Bình", "Nguyễn Văn An", "Bùi An", "Đỗ Văn Ẩn", "Hoàng Ánh"]
    assert sorted(people, key=text.given_name_key) == [
        "Bùi An",
        "Nguyễn Văn An",
        "Hoàng Ánh",
        "Trần Văn Ân",
        "Đỗ Văn Ẩn",
        "Lê Thị Bình",
    ]


@given(names)
def test_decomposed_and_composed_text_are_the_same_everywhere(name):
    loose = unicodedata.normalize("NFD", name)
    assert text.match_key(loose) == text.match_key(name)
    assert text.fold(loose) == text.fold(name)
    assert text.sort_key(loose) == text.sort_key(name)
    assert text.given_name_key(loose) == text.given_name_key(name)


@given(st.text(max_size=40))
def test_repair_is_idempotent_and_every_step_leads_to_the_next(raw):
    mended, steps = text.repair(raw)
    assert text.repair(mended) == (mended, [])
    assert text.nfc(mended) == mended
    for before, after in itertools.pairwise(steps):
        assert before.new == after.old
    assert mended == (steps[-1].new if steps else raw)


@given(names, names, names)
def test_the_order_is_total(one, two, three):
    keys = sorted([text.sort_key(one), text.sort_key(two), text.sort_key(three)])
    assert keys == sorted(keys)
    if text.sort_key(one) == text.sort_key(two):
        assert one.strip() == two.strip()


@given(st.text(max_size=40))
def test_keys_never_fail(raw):
    assert isinstance(text.match_key(raw), str)
    assert text.match_key(text.clean(raw)) == text.match_key(raw)
    assert isinstance(text.sort_key(raw), str)
    assert isinstance(text.given_name_key(raw), str)


def test_text_typed_like_a_formula_is_known():
    for sign in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"):
        assert text.typed_like_formula(f"{sign}1+1")
    assert not text.typed_like_formula("Nguyễn Văn A")
