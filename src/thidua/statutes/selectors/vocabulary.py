"""The words of the book, for choices of forms and labels of lists."""

from __future__ import annotations

from lawbook import load_book

# What a share is taken of; the book's own words are those of its table `quotas`.
_BASES = {
    "holders_of_advanced_worker": "số người đạt Lao động tiên tiến",
    "qualifying_for_ministry_flag": "số tập thể đủ điều kiện tặng Cờ thi đua của bộ, ban, ngành, tỉnh",
    "base_unit_and_year": "mỗi đơn vị cơ sở, mỗi năm",
}


def list_words(name: str) -> list[tuple[str, str]]:
    """The words of a list of the book with their labels, in its order; `awards`, `quota_bases` too."""
    book = load_book()
    if name == "awards":
        return [(award.id, award.vi) for award in book.vocabulary.awards.values()]
    if name == "quota_bases":
        choices = book.tables["quotas"].columns["of"].choices
        return [(word, _BASES.get(word, word)) for word in choices]
    return [(term.id, term.vi) for term in book.vocabulary.words(name).values()]


def say_award(award: str) -> str:
    """The name of an award."""
    return load_book().vocabulary.award_label(award)


def say_subject(kind: str) -> str:
    """The name of a kind of subject."""
    return load_book().vocabulary.label("subject_kinds", kind)


def subject_of(kind: str) -> str:
    """Of what a kind of subject is: person, collective or household."""
    term = load_book().vocabulary.words("subject_kinds").get(kind)
    return str(term.extra.get("of", kind)) if term else kind
