"""A queued task writes in its own room only: the contract lets any task reach any service."""

import re

import grimp


def find_foreign_tasks(imports) -> list[str]:
    """Imports (importer, imported) in which a task of one room writes through another room."""
    found = []
    for importer, imported in imports:
        task = re.fullmatch(r"thidua\.(\w+)\.tasks(\..+)?", importer)
        service = re.fullmatch(r"thidua\.(\w+)\.services(\..+)?", imported)
        if task and service and task[1] != service[1]:
            found.append(f"{importer} → {imported}")
    return found


def test_tasks_write_in_their_own_room():
    graph = grimp.build_graph("thidua", cache_dir=None)
    imports = [
        (module, imported)
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
    ]
    assert imports
    assert find_foreign_tasks(imports) == []


def test_a_task_that_writes_elsewhere_is_caught():
    planted = [
        ("thidua.people.tasks", "thidua.people.services"),  # its own room: fine
        ("thidua.people.tasks", "thidua.merits.selectors"),  # reads: fine
        ("thidua.people.views", "thidua.merits.services"),  # the contract catches this one
        ("thidua.people.tasks.nightly", "thidua.merits.services"),
    ]
    assert find_foreign_tasks(planted) == ["thidua.people.tasks.nightly → thidua.merits.services"]
