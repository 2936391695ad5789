"""Tables of people."""

from thidua.people.models.household import Household, HouseholdMember
from thidua.people.models.merging import DistinctPair, PersonMerge
from thidua.people.models.partial import PartialDateField
from thidua.people.models.person import EmployeeCode, Person
from thidua.people.models.post import CategoryStatus, Position, PositionCategory, Post

__all__ = [
    "CategoryStatus",
    "DistinctPair",
    "EmployeeCode",
    "Household",
    "HouseholdMember",
    "PartialDateField",
    "Person",
    "PersonMerge",
    "Position",
    "PositionCategory",
    "Post",
]
