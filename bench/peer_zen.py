"""zen-engine: a decision of expressions per case, made from the tree; one person at a time."""

import json
from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
import zen

from bench.cases import Case
from bench.peer import Truths
from lawengine.book import Book
from lawengine.conditions import Condition
from lawengine.planes.columns import Columns
from lawengine.planes.packing import Fact, Packing
from lawengine.planes.walking import Walker
from lawengine.terms import Truth


class Expressions:
    """Text in zen's language; a truth is a number: 0 no, 1 unknown, 2 yes."""

    def __init__(self, packing: Packing, year: int) -> None:
        self.packing, self.year = packing, year
        self.inputs: dict[str, np.ndarray] = {}
        self.steps: list[tuple[str, str]] = []
        self._names: dict[tuple[Fact, int | None], str] = {}

    def _name(self, fact: Fact, year: int | None) -> str:
        return self._names.setdefault((fact, year), f"f{len(self._names)}")

    def _truth(self, fact: Fact, year: int | None) -> str:
        name = self._name(fact, year)
        if name not in self.inputs:
            certain, possible = self.packing.pair(fact, year)
            self.inputs[name] = certain.astype(np.int64) + possible
        return name

    def _count(self, fact: Fact, year: int | None, side: int) -> str:
        name = f"{self._name(fact, year)}{'cp'[side]}"
        if name not in self.inputs:
            self.inputs[name] = self.packing.counts(fact, year)[side]
        return name

    def define(self, name: str, text: str) -> str:
        """A step of the decision, read by later ones."""
        self.steps.append((name, text))
        return f"$.{name}"

    def constant(self, truth: Truth) -> str:
        return str(int(truth))

    def fact(self, fact: Fact) -> str:
        return self._truth(fact, None)

    def every(self, fact: Fact, years: range) -> str:
        return self.all([self._truth(fact, year) for year in years])

    def some(self, fact: Fact, years: range) -> str:
        return self.any([self._truth(fact, year) for year in years])

    def at_least(self, least: int, yearly: Fact, years: range, once: Sequence[Fact]) -> str:
        if yearly.name == "rated":
            found = ", ".join(self._truth(yearly, year) for year in years)
            sure, maybe = f"count([{found}], # == 2)", f"count([{found}], # >= 1)"
        else:
            keys = [*((yearly, year) for year in years), *((fact, None) for fact in once)]
            sure, maybe = (
                f"({' + '.join(self._count(*key, side) for key in keys)})" for side in (0, 1)
            )
        return f"({sure} >= {least} ? 2 : ({maybe} >= {least} ? 1 : 0))"

    def all(self, parts: Sequence[str]) -> str:
        return parts[0] if len(parts) == 1 else f"min([{', '.join(parts) or '2'}])"

    def any(self, parts: Sequence[str]) -> str:
        return parts[0] if len(parts) == 1 else f"max([{', '.join(parts) or '0'}])"

    def negated(self, part: str) -> str:
        return f"(2 - {part})"


class ZenWalker(Walker[str]):
    """Every condition is a step of its own, computed once."""

    def condition(self, condition: Condition, begin: int | None) -> str:
        key = condition, begin
        if key not in self._known:
            text = super().condition(condition, begin)
            self._known[key] = self.algebra.define(f"c{len(self.algebra.steps)}", text)
        return self._known[key]


def _decision(steps: Sequence[tuple[str, str]]) -> str:
    """A decision model: input, one node of expressions, output."""
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {
            "id": "rules",
            "name": "rules",
            "type": "expressionNode",
            "position": {"x": 1, "y": 0},
            "content": {
                "expressions": [{"id": key, "key": key, "value": text} for key, text in steps]
            },
        },
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": "e1", "sourceId": "in", "targetId": "rules", "type": "edge"},
        {"id": "e2", "sourceId": "rules", "targetId": "out", "type": "edge"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


class ZenEngine:
    """zen-engine; a dictionary per person is its own form."""

    name, version = "zen-engine, per person", f"zen-engine {version('zen-engine')}"
    threads = "one thread"

    def pack(self, book: Book, cases: Sequence[Case], columns: Columns) -> None:
        self.work = []
        for case in cases:
            packing = Packing(columns, case.frame, book.vocabulary)
            algebra = Expressions(packing, case.frame.year)
            walker = ZenWalker(book, packing, algebra)
            keys = {}
            for award in case.awards:
                parts = [algebra.all([mask, node.value]) for _, mask, node in walker.award(award)]
                keys[award] = f"r{len(keys)}"
                algebra.define(keys[award], algebra.any(parts))
            names = list(algebra.inputs)
            rows = np.stack([algebra.inputs[name] for name in names], axis=1).tolist()
            people = [dict(zip(names, row, strict=True)) for row in rows]
            decision = zen.ZenEngine().create_decision(_decision(algebra.steps))
            self.work.append((case.name, keys, decision, people))

    def forget(self) -> None:
        self.found = {}

    def judge(self) -> None:
        for case, keys, decision, people in self.work:
            results = [decision.evaluate(person)["result"] for person in people]
            for award, key in keys.items():
                self.found[case, award] = [result[key] for result in results]

    def answers(self) -> Truths:
        return {key: np.array(value).astype(np.int8) for key, value in self.found.items()}
