"""What became of every row that was read: the ledger of a reading, and its remarks."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell whose text was mended. kind: a key of support.text.REPAIRS."""

    sheet: str
    row: int
    cell: str
    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was rejected. A row may have several. value: what the cell shows."""

    sheet: str
    row: int
    cell: str
    value: str
    reason: str
    fix: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something accepted that somebody should look at.

    kind: twice, same_name, namesakes, unit_spelling, unit_alike, no_unit, heading, history …
    """

    kind: str
    sheet: str
    rows: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """read = accepted + rejected + blank, always; a headings or signature row counts as blank."""

    read: int
    accepted: int
    rejected: int
    blank: int

    def __post_init__(self) -> None:
        """A ledger that does not balance is a fault of this program, never of the input."""
        if self.read != self.accepted + self.rejected + self.blank:
            raise AssertionError(f"the ledger does not balance: {self}")

    def __str__(self) -> str:
        """The equation as a clerk reads it."""
        return f"đọc {self.read} = nhận {self.accepted} + loại {self.rejected} + trống {self.blank}"

    def __add__(self, other: Ledger) -> Ledger:
        """The ledger of two readings together."""
        return Ledger(
            self.read + other.read,
            self.accepted + other.accepted,
            self.rejected + other.rejected,
            self.blank + other.blank,
        )


@dataclass(slots=True)
class Remarks:
    """What is said about the rows of a reading."""

    repairs: list[Repair] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def repairs_by_kind(self) -> dict[str, int]:
        """How many cells were mended, per kind."""
        counts: dict[str, int] = {}
        for repair in self.repairs:
            counts[repair.kind] = counts.get(repair.kind, 0) + 1
        return counts
