"""Polars: one expression per award over bit-mask columns, made from the tree."""

import os
from collections.abc import Sequence

import numpy as np
import polars as pl

from bench.cases import Case
from bench.peer import Columnar, Truths, walk
from lawengine.book import Book
from lawengine.planes.columns import Columns
from lawengine.planes.packing import Packing


class Frames(Columnar):
    """Expressions of Polars."""

    def both(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        return left & right

    def either(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        return left | right

    def inverse(self, one: pl.Expr) -> pl.Expr:
        return ~one

    def literal(self, value: bool) -> pl.Expr:
        return pl.lit(value)

    def column(self, name: str) -> pl.Expr:
        return pl.col(name)

    def _masked(self, name: str, mask: int) -> pl.Expr:
        return pl.col(name) & pl.lit(mask, pl.UInt64)

    def has_all(self, name: str, mask: int) -> pl.Expr:
        return self._masked(name, mask) == pl.lit(mask, pl.UInt64)

    def has_any(self, name: str, mask: int) -> pl.Expr:
        return self._masked(name, mask) != pl.lit(0, pl.UInt64)

    def enough(self, masked: list[tuple[str, int]], numbers: list[str], least: int) -> pl.Expr:
        if least == 1:
            tests = [self.has_any(*one) for one in masked] + [pl.col(one) > 0 for one in numbers]
            found = pl.lit(False)
            for test in tests:
                found = found | test
            return found
        sums = [self._masked(*one).bitwise_count_ones() for one in masked]
        sums += [pl.col(name).cast(pl.UInt32) for name in numbers]
        total = pl.lit(0, pl.UInt32)
        for one in sums:
            total = total + one
        return total >= least


class PolarsEngine:
    """Polars, lazy, with all cores."""

    name, version = "Polars on bit-mask columns", f"polars {pl.__version__}"
    threads = f"{os.cpu_count()} threads"

    def pack(self, book: Book, cases: Sequence[Case], columns: Columns) -> None:
        table: dict[str, np.ndarray] = {}
        self.outputs, self.keys = [], []
        for index, case in enumerate(cases):
            algebra = Frames(Packing(columns, case.frame, book.vocabulary), f"f{index}_")
            for award, pair in walk(book, algebra.packing, algebra, case.awards).items():
                self.outputs += [
                    pair.certain.alias(f"r{len(self.keys)}_c"),
                    pair.possible.alias(f"r{len(self.keys)}_p"),
                ]
                self.keys.append((case.name, award))
            table |= algebra.columns
        self.facts = pl.DataFrame(table)

    def forget(self) -> None:
        self.found = None

    def judge(self) -> None:
        self.found = self.facts.lazy().select(self.outputs).collect()

    def answers(self) -> Truths:
        return {
            key: self.found[f"r{index}_c"].to_numpy().astype(np.int8)
            + self.found[f"r{index}_p"].to_numpy().astype(np.int8)
            for index, key in enumerate(self.keys)
        }
