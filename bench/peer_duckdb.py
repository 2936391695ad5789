"""DuckDB: one SQL expression per award over bit-mask columns, made from the tree."""

import os
from collections.abc import Sequence

import duckdb
import numpy as np

from bench.cases import Case
from bench.peer import Columnar, Truths, walk
from lawengine.book import Book
from lawengine.planes.columns import Columns
from lawengine.planes.packing import Packing


class Sql(Columnar):
    """Expressions as SQL text."""

    def both(self, left: str, right: str) -> str:
        return f"({left} AND {right})"

    def either(self, left: str, right: str) -> str:
        return f"({left} OR {right})"

    def inverse(self, one: str) -> str:
        return f"(NOT {one})"

    def literal(self, value: bool) -> str:
        return "TRUE" if value else "FALSE"

    def column(self, name: str) -> str:
        return name

    def has_all(self, name: str, mask: int) -> str:
        return f"(({name} & {mask}::UBIGINT) = {mask}::UBIGINT)"

    def has_any(self, name: str, mask: int) -> str:
        return f"(({name} & {mask}::UBIGINT) <> 0)"

    def enough(self, masked: list[tuple[str, int]], numbers: list[str], least: int) -> str:
        if least == 1:
            tests = [self.has_any(*one) for one in masked] + [f"({one} > 0)" for one in numbers]
            return f"({' OR '.join(tests)})" if tests else "FALSE"
        sums = [f"bit_count({name} & {mask}::UBIGINT)" for name, mask in masked]
        sums += [f"{name}::INTEGER" for name in numbers]
        return f"(({' + '.join(sums)}) >= {least})" if sums else "FALSE"


class DuckEngine:
    """DuckDB in memory, with all cores."""

    name, version = "DuckDB, SQL on bit-mask columns", f"duckdb {duckdb.__version__}"
    threads = f"{os.cpu_count()} threads"

    def pack(self, book: Book, cases: Sequence[Case], columns: Columns) -> None:
        self.database = duckdb.connect(":memory:")
        table: dict[str, np.ndarray] = {}
        outputs, self.keys = [], []
        for index, case in enumerate(cases):
            algebra = Sql(Packing(columns, case.frame, book.vocabulary), f"f{index}_")
            for award, pair in walk(book, algebra.packing, algebra, case.awards).items():
                outputs += [
                    f"{pair.certain} AS r{len(self.keys)}_c",
                    f"{pair.possible} AS r{len(self.keys)}_p",
                ]
                self.keys.append((case.name, award))
            table |= algebra.columns
        self.query = (
            "CREATE OR REPLACE TABLE verdicts AS SELECT "  # noqa: S608 - made from the book
            f"{', '.join(outputs)} FROM facts"
        )
        self.database.register("source", table)
        self.database.execute("CREATE TABLE facts AS SELECT * FROM source")
        self.database.unregister("source")

    def forget(self) -> None:
        self.database.execute("DROP TABLE IF EXISTS verdicts")

    def judge(self) -> None:
        self.database.execute(self.query)

    def answers(self) -> Truths:
        found = self.database.execute("SELECT * FROM verdicts").fetchnumpy()
        return {
            key: found[f"r{index}_c"].astype(np.int8) + found[f"r{index}_p"].astype(np.int8)
            for index, key in enumerate(self.keys)
        }
