"""Tables of facts. Words (levels, kinds, reaches) are those of the book's vocabulary."""

from thidua.merits.models.conduct import Attestation, Discipline, Investigation
from thidua.merits.models.fact import CollectiveFact, Fact, PersonFact
from thidua.merits.models.results import BlocStanding, Composition, MovementResult
from thidua.merits.models.statements import LedgerScope
from thidua.merits.models.work import (
    Absence,
    AnnualRating,
    Initiative,
    InitiativeAuthor,
    Registration,
    ServicePeriod,
)

__all__ = [
    "Absence",
    "AnnualRating",
    "Attestation",
    "BlocStanding",
    "CollectiveFact",
    "Composition",
    "Discipline",
    "Fact",
    "Initiative",
    "InitiativeAuthor",
    "Investigation",
    "LedgerScope",
    "MovementResult",
    "PersonFact",
    "Registration",
    "ServicePeriod",
]
