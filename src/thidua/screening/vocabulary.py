"""Words of the book for forms and pages: lists of choices and labels, in the language of the reader."""

from __future__ import annotations

from functools import cache

from lawbook import load_book
from lawengine.vocabulary import Term


@cache
def _words(name: str) -> dict[str, Term]:
    return dict(load_book().vocabulary.words(name))


def list_choices(name: str, language: str = "vi") -> list[tuple[str, str]]:
    """The words of a list (`ratings`, `reaches`, `judgements` …) with their labels, in its order."""
    return [(word, _label(term, language)) for word, term in _words(name).items()]


def list_award_choices(kind: str = "", language: str = "vi") -> list[tuple[str, str]]:
    """Awards with their labels, in the order of the book; `kind`: those for this subject only."""
    awards = load_book().vocabulary.awards.values()
    return [
        (one.id, one.en if language == "en" else one.vi)
        for one in awards
        if not kind or kind in one.subjects
    ]


def label(name: str, word: str, language: str = "vi") -> str:
    """The label of a word, or the word itself where the book does not know it."""
    term = _words(name).get(word)
    return _label(term, language) if term else word


def award_label(award: str, language: str = "vi") -> str:
    """The label of an award, or its id."""
    found = load_book().vocabulary.awards.get(award)
    if found is None:
        return award
    return found.en if language == "en" else found.vi


def _label(term: Term, language: str) -> str:
    said = term.en if language == "en" else term.vi
    return said[:1].upper() + said[1:]
