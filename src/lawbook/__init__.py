"""What the law says: the book as data, and the one door through which it is loaded."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lawengine.book import Book
from lawengine.loading import load
from lawengine.reading import Fault
from lawengine.wording import Wording

FOLDER = Path(__file__).parent


@cache
def load_book() -> Book:
    """The whole book of this distribution, loaded once."""
    return load(FOLDER)


@cache
def wording() -> Wording:
    """The Vietnamese sentences of findings and faults."""
    return make_wording(load_book())


def make_wording(book: Book) -> Wording:
    """The sentences that a book brings with it."""
    templates: dict[str, str] = {}
    for part in book.wording.values():
        templates.update(part)
    return Wording(templates, book.vocabulary)


def fault_sentence(fault: Fault) -> str:
    """One line: place, what is wrong, the fix. Works even when the book cannot be loaded."""
    from lawengine.reading import read_file  # noqa: PLC0415 - only when something is wrong

    templates = read_file(FOLDER / "wording" / "faults.yaml").value
    reason = fault.parts.get("reason")
    text = templates.get(f"fault.{fault.code}.{reason}") or templates.get(f"fault.{fault.code}")
    if text is None:
        return str(fault)
    sentence = text.format_map(_Parts(fault.parts))
    sentence = sentence.replace(" Tên gần nhất: «–».", "")  # nothing is near
    return f"{fault.place}: {sentence}"


class _Parts(dict[str, object]):
    """Parts of a fault as text; a part that is not there is shown as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"

    def __getitem__(self, key: str) -> object:
        value = super().__getitem__(key) if key in self else "–"
        if isinstance(value, list | tuple | set | frozenset):
            return ", ".join(str(one) for one in value)
        return "–" if value in (None, "") else value
