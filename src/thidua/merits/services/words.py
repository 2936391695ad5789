"""Words that a record may use: those of the book in force, so that no record is outside the law's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from thidua.merits.errors import MeritError
from thidua.merits.models import (
    Absence,
    AnnualRating,
    Attestation,
    BlocStanding,
    Discipline,
    Fact,
    Initiative,
    Investigation,
    LedgerScope,
    MovementResult,
    Registration,
    ServicePeriod,
)
from thidua.statutes.selectors import get_book

# Column → list of the vocabulary. «awards» is the list of awards.
_LISTS: Mapping[type[Fact], Mapping[str, str]] = {
    AnnualRating: {"level": "ratings"},
    Registration: {"awards": "awards"},
    Initiative: {
        "kind": "products",
        "reach": "reaches",
        "recognised_by": "reaches",
        "used_for": "awards",
    },
    Absence: {"kind": "absences", "result": "results"},
    ServicePeriod: {"role": "roles"},
    Discipline: {"level": "discipline"},
    Investigation: {"kind": "pending"},
    Attestation: {"what": "judgements", "reach": "reaches"},
    MovementResult: {
        "launched_by": "launchers",
        "result": "placement_results",
        "review": "reviews",
    },
    BlocStanding: {"organised_by": "launchers", "result": "placement_results"},
    LedgerScope: {"ledger": "ledgers"},
}
# Words that only a record knows: stated not to be rated, and not known.
_MORE = {("AnnualRating", "level"): {"none", "unknown"}}


def check_words(facts: Iterable[Fact]) -> None:
    """Raises MeritError for a word that the book does not have."""
    words = get_book().vocabulary
    for fact in facts:
        for column, name in _LISTS.get(type(fact), {}).items():
            value = getattr(fact, column)
            used = value if isinstance(value, list) else [value]
            known = words.awards if name == "awards" else words.words(name)
            more = _MORE.get((type(fact).__name__, column), set())
            for word in used:
                if word and word not in known and word not in more:
                    raise MeritError(
                        _("«%(word)s» không có trong danh mục. Chọn lại trong danh sách.")
                        % {"word": word},
                        column,
                    )
