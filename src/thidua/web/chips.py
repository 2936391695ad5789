"""Words for states, with the tone and the icon that go with them; templates never write them.

A group of screens keeps its own table of chips by state, `{"draft": Chip(_("Bản nháp"), "xam",
"pencil-line")}`, and a `ChipColumn` or `{% chip %}` shows them. The tones are those of the theme.
"""

from __future__ import annotations

from dataclasses import dataclass

from thidua.web.words import Label

TONES = frozenset({"xam", "cham", "luc", "cam", "gach", "tim", "thanh", "vang", "son"})


@dataclass(frozen=True)
class Chip:
    """A state in words, colour and icon, in that order of weight."""

    label: Label
    tone: str
    icon: str

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"no such tone: {self.tone}")
