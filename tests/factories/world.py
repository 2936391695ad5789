"""Two units with data of the same shape: BỘ › CẤP TRÊN › {A, B}; every text of B holds a canary,
but the name of B itself, which everybody inside may read.

Each file of this folder may have `samples(unit, text, world) -> {name: object}`: objects of one room
that belong to `unit`, in each text of which `text` stands. `world` holds what rooms below have made
for that unit already (and `unit`, `root`). The permission matrix and the canary test find their
addresses by these names: `args: {pk: person}` in permissions.yaml takes `world["person"].pk`.
"""

import importlib
import pkgutil
from dataclasses import dataclass, field

import factories
from factories.accounts import make_unit

CANARY = "Hoàng Yến 7Q4X"
PLAIN = "Thường Lệ"


@dataclass
class World:
    """The two units, what stands above them, and what belongs to each."""

    root: object
    parent: object
    own: dict = field(default_factory=dict)
    twin: dict = field(default_factory=dict)


def sample_makers():
    """`samples` of each file, in the order of their `HEIGHT` (of the room's floor; 0 if unsaid)."""
    found = []
    for module_info in pkgutil.iter_modules(factories.__path__):
        module = importlib.import_module(f"factories.{module_info.name}")
        if hasattr(module, "samples"):
            found.append((getattr(module, "HEIGHT", 0), module_info.name, module.samples))
    return [maker for _height, _name, maker in sorted(found, key=lambda one: one[:2])]


def build_world() -> World:
    """Both units with the samples of every room."""
    root = make_unit("BO", "Bộ Thử nghiệm")
    parent = make_unit("TREN", "Tổng cục Cấp trên", root)
    world = World(root, parent)
    for code, text, side in (("A", PLAIN, world.own), ("B", CANARY, world.twin)):
        side.update({"unit": make_unit(code, f"Đơn vị {code}", parent), "root": root})
        for make in sample_makers():
            side.update(make(side["unit"], text, dict(side)))
    return world
