"""AUD-6: audited tables are written through audit.services and nowhere else, and each of them is."""

import ast
from collections.abc import Iterator

import pytest

from thidua.audit.selectors.columns import audited_models

WRITES = {
    *("save", "update", "delete", "create", "get_or_create", "update_or_create"),
    *("bulk_create", "bulk_update", "raw_delete", "_raw_delete"),
}
MANAGERS = {"objects", "_base_manager", "_default_manager"}
# Where a write past the trail is meant: (file, what is written) → why.
EXCEPTIONS = {
    ("accounts/models.py", "user"): "UserManager makes rows for tests only; no room calls it",
    ("outbox/services/delivery.py", "known"): "columns that fields.yaml says leave no event",
}
# Tables whose first writer is not built yet.
AWAITED = {"organizations.UnitImport"}
# Names that hold rows of tables that are not audited, or no row at all.
PLAIN = {
    "storage": "files, not rows",
}


def audited_names() -> set[str]:
    return {model.__name__ for model in audited_models()}


def root_of(node: ast.expr) -> str:
    """The name that a chain of attributes and calls begins with."""
    while not isinstance(node, ast.Name):
        match node:
            case ast.Attribute(value=inner) | ast.Call(func=inner) | ast.Subscript(value=inner):
                node = inner
            case _:
                return ""
    return node.id


def is_query(node: ast.expr) -> bool:
    """Does the chain go through a manager?"""
    return any(isinstance(one, ast.Attribute) and one.attr in MANAGERS for one in ast.walk(node))


def find_writes(source: str, audited: set[str]) -> Iterator[tuple[int, str]]:
    """Line and root of each write on an audited table, or on a row whose table nobody can see.

    `Model.objects….update()` is one when Model is audited; so is `.save()` and `.delete()` on a name
    that came from nowhere that is known here.
    """
    tree = ast.parse(source)
    tables = {
        target.id: root_of(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    loops = {
        node.target.id: root_of(node.iter)
        for node in ast.walk(tree)
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr not in WRITES:
            continue
        receiver = node.func.value
        root = root_of(receiver)
        table = tables.get(root, loops.get(root, root))
        if (table in audited and (is_query(receiver) or root != table)) or (
            node.func.attr == "save" and isinstance(receiver, ast.Name) and table == root
        ):
            yield node.lineno, root


def test_audited_tables_are_written_through_the_trail(repository):
    base, audited = repository / "src/thidua", audited_names()
    found = []
    for path in base.rglob("*.py"):
        name = path.relative_to(base).as_posix()
        if "/migrations/" in name or name.startswith("audit/"):
            continue
        found += [
            f"{name}:{line} {root}"
            for line, root in find_writes(path.read_text("utf-8"), audited)
            if (name, root) not in EXCEPTIONS and root not in PLAIN
        ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        "Unit.objects.filter(pk=1).update(name='x')",
        "Unit._base_manager.create(name='x')",
        "Unit.objects.all().delete()",
        "rows = Unit.objects.filter(pk=1)\nrows.update(name='x')",
        "for unit in Unit.objects.all():\n    unit.delete()",
        "unit = Unit.objects.get(pk=1)\nunit.name = 'x'\nunit.save()",
        "def f(unit):\n    unit.save()",
        "Unit.objects.bulk_create([Unit()])",
    ],
)
def test_a_write_past_the_trail_is_caught(planted):
    assert list(find_writes(planted, {"Unit"}))


@pytest.mark.parametrize(
    "harmless",
    [
        "words.update(a=1)",
        "audit.create(Unit())",
        "UnitClosure.objects.all().delete()",
        "Unit.objects.filter(pk=1).exists()",
    ],
)
def test_what_is_no_write_is_let_pass(harmless):
    assert list(find_writes(harmless, {"Unit"})) == []


def named_in(paths) -> set[str]:
    """Every name that the code of these files speaks."""
    return {
        node.id
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name)
    }


def test_every_audited_table_has_a_path_that_leaves_events(repository):
    """Its room's services write through the trail, and they or an act across rooms name it."""
    base, without = repository / "src/thidua", []
    acts = named_in((base / "flows").rglob("*.py"))
    for model in audited_models():
        room = base / model.__module__.split(".")[1]
        services = [*room.glob("services.py"), *(room / "services").rglob("*.py")]
        writes = any("thidua.audit" in path.read_text("utf-8") for path in services)
        if not writes or model.__name__ not in acts | named_in(services):
            without.append(model._meta.label)
    assert set(without) <= AWAITED
