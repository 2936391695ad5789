"""Writes of units. Each act has its day and its decision; what was true before stays readable."""

from thidua.organizations.services.blocs import (
    change_bloc,
    close_bloc,
    create_bloc,
    join_bloc,
    leave_bloc,
    set_bloc_lead,
)
from thidua.organizations.services.corrections import (
    correct_details,
    correct_end,
    correct_founding,
    correct_link,
    correct_name,
    drop_link,
    drop_name,
    remove_unit,
    reopen_unit,
)
from thidua.organizations.services.endings import dissolve_unit, merge_units, split_unit
from thidua.organizations.services.imports import import_units
from thidua.organizations.services.kinds import change_kind, create_kind
from thidua.organizations.services.profile import change_profile, set_emblem
from thidua.organizations.services.tree import lock_tree, rebuild_closure, require_alive
from thidua.organizations.services.units import (
    Founding,
    create_unit,
    move_unit,
    rename_unit,
    turn_day,
)

__all__ = [
    "Founding",
    "change_bloc",
    "change_kind",
    "change_profile",
    "close_bloc",
    "correct_details",
    "correct_end",
    "correct_founding",
    "correct_link",
    "correct_name",
    "create_bloc",
    "create_kind",
    "create_unit",
    "dissolve_unit",
    "drop_link",
    "drop_name",
    "import_units",
    "join_bloc",
    "leave_bloc",
    "lock_tree",
    "merge_units",
    "move_unit",
    "rebuild_closure",
    "remove_unit",
    "rename_unit",
    "reopen_unit",
    "require_alive",
    "set_bloc_lead",
    "set_emblem",
    "split_unit",
    "turn_day",
]
