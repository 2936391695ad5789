"""What is judged: eight awards in two cases, by the texts in force at their dates."""

from datetime import date
from typing import NamedTuple

from lawengine.terms import Frame


class Case(NamedTuple):
    """A name, the dates, and the awards judged."""

    name: str
    frame: Frame
    awards: tuple[str, ...]


CASES = (
    Case(
        "2025, law 06/2022",
        Frame(
            date(2025, 1, 1),
            date(2025, 12, 31),
            date(2026, 3, 10),
            date(2026, 1, 20),
            date(2026, 2, 10),
        ),
        (
            "advanced-worker",
            "grassroots-emulation-fighter",
            "ministry-emulation-fighter",
            "national-emulation-fighter",
            "ministry-certificate-of-merit",
            "prime-minister-certificate-of-merit",
        ),
    ),
    Case(
        "2022, decree 91/2017",
        Frame(
            date(2022, 1, 1),
            date(2022, 12, 31),
            date(2023, 3, 10),
            date(2023, 1, 20),
            date(2023, 2, 10),
        ),
        ("grassroots-emulation-fighter", "labour-order-third-class"),
    ),
)
