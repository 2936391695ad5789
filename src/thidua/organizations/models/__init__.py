"""Tables of the organisation. What changes with time has its dates; `until` is the last day."""

from thidua.organizations.models.blocs import Bloc, BlocLead, BlocMembership
from thidua.organizations.models.profile import Profile
from thidua.organizations.models.records import UnitCorrection, UnitImport
from thidua.organizations.models.units import (
    Unit,
    UnitClosure,
    UnitKind,
    UnitLink,
    UnitName,
    UnitSuccession,
)

__all__ = [
    "Bloc",
    "BlocLead",
    "BlocMembership",
    "Profile",
    "Unit",
    "UnitClosure",
    "UnitCorrection",
    "UnitImport",
    "UnitKind",
    "UnitLink",
    "UnitName",
    "UnitSuccession",
]
