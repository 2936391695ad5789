"""Vietnamese text: repair, folding for search, keys for matching, the order of a list of names.

Every function is pure and takes any text. Nothing here knows a legal word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Kinds of repair, with the words that a clerk is shown.
REPAIRS = {
    "nfd": "chữ Việt gõ rời dấu (Unicode tổ hợp), đã ghép lại",
    "eth": "chữ Ð (Eth) thay cho Đ, đã sửa",
    "zero_width": "ký tự ẩn không nhìn thấy, đã bỏ",
    "nbsp": "dấu cách đặc biệt, đã đổi thành dấu cách thường",
    "leading": "dấu cách thừa ở đầu ô, đã bỏ",
    "trailing": "dấu cách thừa ở cuối ô, đã bỏ",
    "double": "nhiều dấu cách liền nhau, đã thu lại còn một",
    "line_break": "xuống dòng giữa ô, đã thay bằng dấu cách",
}

# U+00AD is not here: in text typed with a TCVN3 font it is the letter «ư».
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
_ETH = str.maketrans("\u00d0\u00f0", "\u0110\u0111")
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries
_SHAPES = "\u0306\u0302\u031b"  # ă, â ê ô, ơ ư
_LETTER_ORDER = {
    letter: chr(0x100 + rank) for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
}
_Y_SYLLABLE = re.compile(r"^(h|k|l|m|s|t|qu)y$")
_NOT_WORD = re.compile(r"[^\w]+|_+")


class Step(NamedTuple):
    """One repair of a text: the kind (a key of REPAIRS), the text before and after it."""

    kind: str
    old: str
    new: str


def nfc(text: str) -> str:
    """Unicode normal form C: every letter with its marks is one character."""
    return unicodedata.normalize("NFC", text)


def repair(text: str) -> tuple[str, list[Step]]:
    """Mend a cell's text; return it with the steps taken, in order (none: it was clean).

    Line breaks inside are kept: they may separate several values (see `one_line`).
    """
    steps: list[Step] = []

    def take(kind: str, new: str) -> None:
        nonlocal text
        if new != text:
            steps.append(Step(kind, text, new))
            text = new

    take("nfd", nfc(text))
    take("eth", text.translate(_ETH))
    take("zero_width", _CONTROL.sub("", _HIDDEN.sub("", text)))
    take("nbsp", _ODD_SPACE.sub(" ", text))
    take("leading", text.lstrip())
    take("trailing", text.rstrip())
    take("double", re.sub("  +", " ", text))
    return text, steps


def one_line(text: str) -> str:
    """The text on one line: line breaks and runs of spaces become one space."""
    return " ".join(text.split())


def clean(text: str) -> str:
    """The repaired text on one line, without the list of repairs."""
    return one_line(repair(text)[0])


def fold(text: str) -> str:
    """Lower case without diacritics, đ→d: for search («Nguyễn Thị Đào» → «nguyen thi dao»)."""
    lowered = nfc(text).translate(_ETH).lower().replace("đ", "d")
    marks_off = unicodedata.normalize("NFD", lowered)
    return "".join(char for char in marks_off if not unicodedata.combining(char))


def match_key(text: str) -> str:
    """A key that is equal for two spellings of the same words, diacritics kept.

    Folds case, punctuation and dashes, where the tone is placed (hòa, hoà), and y for i after
    h k l m s t qu («sỹ», «sĩ»). «Ð» is «Đ».
    """
    words = _NOT_WORD.sub(" ", clean(text).lower()).split()
    return " ".join(_word_key(word) for word in words)


def _word_key(word: str) -> str:
    """One syllable with its tone moved to the end as a digit: «hoà» and «hòa» → «hoa1»."""
    plain, tone = [], ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = str(_TONES.index(char) + 1)
        else:
            plain.append(char)
    bare = nfc("".join(plain))
    return _Y_SYLLABLE.sub(r"\1i", bare) + tone


def sort_key(text: str) -> str:
    """A key in the Vietnamese order: a ă â b … d đ e ê … o ô ơ … u ư; then tones; then case.

    Letters decide first, over the whole text; then the tones (ngang huyền hỏi ngã sắc nặng);
    then small before capital letters. The key is plain text, so that any database can sort it.
    """
    letters, tones, cases = [], [], []
    for char in nfc(text).translate(_ETH).strip():
        parts = unicodedata.normalize("NFD", char)
        tone = "0"
        kept = parts[0]
        for mark in parts[1:]:
            if mark in _TONES:
                tone = str(_TONES.index(mark) + 1)
            elif mark in _SHAPES:
                kept += mark
        base = nfc(kept)
        lower = base.lower()
        if lower in _LETTER_ORDER:
            letters.append(_LETTER_ORDER[lower])
        else:
            letters.append(_other(base))
        tones.append(tone)
        cases.append("1" if base != lower else "0")
    return "".join(letters) + "\x01" + "".join(tones) + "\x01" + "".join(cases)


def _other(char: str) -> str:
    """Where a sign that is no Vietnamese letter stands: space, signs, digits, letters, the rest."""
    if char.isspace():
        return "\x02"
    if ord(char) < 0x80:
        return chr(0x80 + ord(char)) if char.isdigit() else chr(max(3, ord(char)))
    return chr(0x200) + char


def given_name_key(name: str) -> str:
    """The order of a list of people: given name (the last word), then family and middle names."""
    words = one_line(nfc(name)).split(" ")
    return sort_key(words[-1]) + "\x01\x01" + sort_key(" ".join(words[:-1]))


def typed_like_formula(text: str) -> bool:
    """Would a spreadsheet take this text for a formula if it were typed in? Full-width forms too."""
    return text.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
