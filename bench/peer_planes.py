"""The engine itself."""

from collections.abc import Sequence

import numpy as np

from bench.cases import Case
from bench.peer import Truths
from lawengine.book import Book
from lawengine.planes import Planes, Screening
from lawengine.planes.columns import Columns


class PlanesEngine:
    """Bit-planes with numpy; one thread. The circuits are built while packing."""

    name, version = "planes (this engine)", f"numpy {np.__version__}"
    threads = "one thread"

    def pack(self, book: Book, cases: Sequence[Case], columns: Columns) -> None:
        self.screenings = {
            case.name: Screening(book, case.frame, columns, case.awards) for case in cases
        }

    def forget(self) -> None:
        self.found: dict[str, dict[str, Planes]] = {}

    def judge(self) -> None:
        for name, screening in self.screenings.items():
            self.found[name] = screening.run()

    def answers(self) -> Truths:
        return {
            (case, award): planes.truths()
            for case, found in self.found.items()
            for award, planes in found.items()
        }
