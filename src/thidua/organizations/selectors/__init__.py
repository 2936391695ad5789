"""Reads of units."""

from thidua.organizations.selectors.blocs import (
    get_bloc_for,
    list_bloc_members,
    list_blocs,
    list_leads,
)
from thidua.organizations.selectors.history import Entry, list_history
from thidua.organizations.selectors.profile import get_profile, get_site_url
from thidua.organizations.selectors.tree import Node, count_units, read_tree
from thidua.organizations.selectors.units import (
    get_line,
    get_root_id,
    get_root_name,
    get_unit_for,
    in_force,
    is_merged,
    is_split,
    labels_on,
    list_children,
    list_names,
    list_units_under,
    name_on,
    search_units,
)

__all__ = [
    "Entry",
    "Node",
    "count_units",
    "get_bloc_for",
    "get_line",
    "get_profile",
    "get_root_id",
    "get_root_name",
    "get_site_url",
    "get_unit_for",
    "in_force",
    "is_merged",
    "is_split",
    "labels_on",
    "list_bloc_members",
    "list_blocs",
    "list_children",
    "list_history",
    "list_leads",
    "list_names",
    "list_units_under",
    "name_on",
    "read_tree",
    "search_units",
]
