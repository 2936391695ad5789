"""Reads of people."""

from thidua.people.selectors.duplicates import Suggestion, list_distinct_pairs, suggest_duplicates
from thidua.people.selectors.households import get_household_for, list_households
from thidua.people.selectors.persons import (
    find_person_of,
    get_identity,
    get_person_for,
    get_person_line,
    get_person_lines,
    in_category,
    in_standing,
    list_people,
    list_people_for,
    list_people_in,
    list_units_for,
    list_units_to_edit,
    with_main_post,
)
from thidua.people.selectors.posts import (
    Standing,
    get_standing,
    get_standings,
    list_categories,
    list_positions,
    list_posts,
)

__all__ = [
    "Standing",
    "Suggestion",
    "find_person_of",
    "get_household_for",
    "get_identity",
    "get_person_for",
    "get_person_line",
    "get_person_lines",
    "get_standing",
    "get_standings",
    "in_category",
    "in_standing",
    "list_categories",
    "list_distinct_pairs",
    "list_households",
    "list_people",
    "list_people_for",
    "list_people_in",
    "list_positions",
    "list_posts",
    "list_units_for",
    "list_units_to_edit",
    "suggest_duplicates",
    "with_main_post",
]
