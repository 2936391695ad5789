"""One translator per peer: formulas in, an engine that has the facts in its own form out.

`load` is packing (timed apart); `run` judges every award, certain and possible, and returns
boolean arrays of shape (people,).
"""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from bench.formulas import Answer, Formula, Inputs

Found = dict[str, tuple[np.ndarray, np.ndarray]]


class Names:
    """Short names for facts: `b3_0` a bit, `y5_1` a yearly fact, `c2_0_2024` a count."""

    def __init__(self) -> None:
        self.known: dict[Any, int] = {}

    def of(self, letter: str, fact: Any, side: int) -> str:
        number = self.known.setdefault(fact, len(self.known))
        return f"{letter}{number}_{side}"


def bitmasks(inputs: Inputs, names: Names, first: int) -> dict[str, np.ndarray]:
    """A column per fact: booleans, years as bits of one integer, counts by year."""
    columns: dict[str, np.ndarray] = {}
    for (fact, side), values in inputs.bits.items():
        columns[names.of("b", fact, side)] = values
    for (fact, side, year), values in inputs.yearly.items():
        name = names.of("y", fact, side)
        mask = values.astype(np.uint64) << np.uint64(year - first)
        columns[name] = columns[name] | mask if name in columns else mask
    for (fact, side, year), values in inputs.counts.items():
        columns[f"{names.of('c', fact, side)}_{year or 'once'}"] = values.astype(np.int64)
    return columns


class Masked:
    """What DuckDB and Polars share: bitmask columns."""

    def load(self, answers: dict[str, Answer], inputs: Inputs) -> None:
        years = [key[2] for key in inputs.yearly]
        self.names, self.first = Names(), min(years)
        self.answers = answers
        self.store(bitmasks(inputs, self.names, self.first))

    def store(self, columns: dict[str, np.ndarray]) -> None:
        raise NotImplementedError

    def mask(self, years: range) -> int:
        return sum(1 << (year - self.first) for year in years)


class DuckDB(Masked):
    """SQL over bitmask columns."""

    name = "DuckDB"

    def store(self, columns: dict[str, np.ndarray]) -> None:
        duckdb = importlib.import_module("duckdb")
        self.base = duckdb.connect()
        self.base.register("given", columns)
        self.base.execute("create table people as select * from given")
        self.base.unregister("given")

    def sql(self, one: Formula) -> str:
        word = one[0]
        if word == "const":
            return "true" if one[1] else "false"
        if word in ("and", "or"):
            return "(" + f" {word} ".join(self.sql(part) for part in one[1]) + ")"
        if word == "not":
            return f"(not {self.sql(one[1])})"
        if word == "bit":
            return self.names.of("b", one[1], one[2])
        column, mask = self.names.of("y", one[1], one[2]), self.mask(one[3])
        if word == "every":
            return f"(({column} & {mask}::ubigint) = {mask}::ubigint)"
        if word == "some":
            return f"(({column} & {mask}::ubigint) <> 0)"
        _, fact, side, years, once, least = one
        terms = [f"{self.names.of('c', fact, side)}_{year}" for year in years]
        if fact.name == "rated":
            terms = [f"bit_count({column} & {mask}::ubigint)"]
        terms += [f"{self.names.of('c', more, side)}_once" for more in once]
        return f"({' + '.join(terms)} >= {least})"

    def run(self) -> Found:
        picks = [
            f'{self.sql(side)} as "{award}_{number}"'
            for award, pair in self.answers.items()
            for number, side in enumerate(pair)
        ]
        got = self.base.execute(f"select {', '.join(picks)} from people").fetchnumpy()  # noqa: S608 - our own rules
        return {
            award: (np.asarray(got[f"{award}_0"]), np.asarray(got[f"{award}_1"]))
            for award in self.answers
        }


class Polars(Masked):
    """Expressions over bitmask columns, lazily."""

    name = "Polars"

    def store(self, columns: dict[str, np.ndarray]) -> None:
        self.pl = importlib.import_module("polars")
        self.people = self.pl.DataFrame(columns)

    def expression(self, one: Formula) -> Any:
        pl, word = self.pl, one[0]
        if word == "const":
            return pl.lit(one[1])
        if word == "and":
            return pl.all_horizontal([self.expression(part) for part in one[1]])
        if word == "or":
            return pl.any_horizontal([self.expression(part) for part in one[1]])
        if word == "not":
            return ~self.expression(one[1])
        if word == "bit":
            return pl.col(self.names.of("b", one[1], one[2]))
        column = pl.col(self.names.of("y", one[1], one[2]))
        mask = pl.lit(self.mask(one[3]), dtype=pl.UInt64)
        if word == "every":
            return (column & mask) == mask
        if word == "some":
            return (column & mask) != 0
        _, fact, side, years, once, least = one
        terms = [pl.col(f"{self.names.of('c', fact, side)}_{year}") for year in years]
        if fact.name == "rated":
            terms = [(column & mask).bitwise_count_ones().cast(pl.Int64)]
        terms += [pl.col(f"{self.names.of('c', more, side)}_once") for more in once]
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        return total >= least

    def run(self) -> Found:
        picks = [
            self.expression(side).alias(f"{award}_{number}")
            for award, pair in self.answers.items()
            for number, side in enumerate(pair)
        ]
        got = self.people.lazy().select(picks).collect()
        count = self.people.height

        def column(name: str) -> np.ndarray:
            values = got[name].to_numpy()
            return values if len(values) == count else np.full(count, bool(values[0]))

        return {a: (column(f"{a}_0"), column(f"{a}_1")) for a in self.answers}


class OpenFisca:
    """A variable per fact and year, a variable per condition, a variable per answer."""

    name = "OpenFisca"
    period = "2025"

    def load(self, answers: dict[str, Answer], inputs: Inputs) -> None:
        core = importlib.import_module
        entities, periods = core("openfisca_core.entities"), core("openfisca_core.periods")
        variables = core("openfisca_core.variables")
        system = core("openfisca_core.taxbenefitsystems").TaxBenefitSystem
        builder = core("openfisca_core.simulation_builder").SimulationBuilder
        entity = entities.Entity("person", "people", "", "")
        self.law, self.names = system([entity]), Names()
        self.answers = answers
        year = periods.DateUnit.YEAR

        def variable(name: str, kind: type, formula: Any = None) -> None:
            body = {"value_type": kind, "entity": entity, "definition_period": year, "label": name}
            if formula:
                body["formula"] = formula
            self.law.add_variable(type(name, (variables.Variable,), body))

        given: dict[str, np.ndarray] = {}
        for (fact, side), values in inputs.bits.items():
            given[self.names.of("b", fact, side)] = values
        for (fact, side, of), values in inputs.yearly.items():
            given[f"{self.names.of('y', fact, side)}_{of}"] = values
        for (fact, side, of), values in inputs.counts.items():
            given[f"{self.names.of('c', fact, side)}_{of or 'once'}"] = values
        for name, values in given.items():
            variable(name, bool if values.dtype == bool else int)
        self.made: dict[Formula, str] = {}
        self.variable = variable
        self.wanted = {
            award: tuple(self.condition(side) for side in pair) for award, pair in answers.items()
        }
        count = len(next(iter(given.values())))
        self.simulation = builder().build_default_simulation(self.law, count)
        self.given = given
        for name, values in given.items():
            self.simulation.set_input(name, self.period, values)

    def condition(self, one: Formula) -> str:
        """The variable that computes a formula; made once."""
        if one[0] == "bit":
            return self.names.of("b", one[1], one[2])
        if one not in self.made:
            self.made[one] = f"v{len(self.made)}"
            self.variable(self.made[one], bool, self.formula(one))
        return self.made[one]

    def formula(self, one: Formula) -> Any:
        word = one[0]
        if word == "const":
            return lambda person, _: person.filled_array(one[1], dtype=bool)
        if word in ("and", "or", "not"):
            parts = [self.condition(part) for part in (one[1] if word != "not" else [one[1]])]
        elif word in ("every", "some"):
            parts = [f"{self.names.of('y', one[1], one[2])}_{year}" for year in one[3]]
        else:
            _, fact, side, years, once, least = one
            letter = "y" if fact.name == "rated" else "c"
            parts = [f"{self.names.of(letter, fact, side)}_{year}" for year in years]
            parts += [f"{self.names.of('c', more, side)}_once" for more in once]

        def compute(person: Any, period: Any) -> Any:
            values = [person(name, period) for name in parts]
            if word == "not":
                return np.logical_not(values[0])
            if word in ("and", "every"):
                return np.logical_and.reduce(values)
            if word in ("or", "some"):
                return np.logical_or.reduce(values)
            return sum(value.astype(int) for value in values) >= least

        return compute

    def run(self) -> Found:
        for name in self.made.values():
            self.simulation.delete_arrays(name)
        return {
            award: (
                self.simulation.calculate(low, self.period),
                self.simulation.calculate(high, self.period),
            )
            for award, (low, high) in self.wanted.items()
        }


class Zen:
    """A decision of expressions, evaluated person by person."""

    name = "zen-engine"

    def load(self, answers: dict[str, Answer], inputs: Inputs) -> None:
        zen = importlib.import_module("zen")
        self.names, self.answers = Names(), answers
        expressions = [
            {
                "id": f"{award}_{number}",
                "key": f"{award.replace('-', '_')}_{number}",
                "value": self.text(side),
            }
            for award, pair in answers.items()
            for number, side in enumerate(pair)
        ]
        content = {
            "nodes": [
                {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
                {
                    "id": "e",
                    "type": "expressionNode",
                    "name": "e",
                    "position": {"x": 1, "y": 0},
                    "content": {"expressions": expressions},
                },
                {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
            ],
            "edges": [
                {"id": "1", "sourceId": "in", "targetId": "e", "type": "edge"},
                {"id": "2", "sourceId": "e", "targetId": "out", "type": "edge"},
            ],
        }
        self.decision = zen.ZenEngine().create_decision(
            importlib.import_module("json").dumps(content)
        )
        columns: dict[str, np.ndarray] = {}
        for (fact, side), values in inputs.bits.items():
            columns[self.names.of("b", fact, side)] = values
        for (fact, side, year), values in inputs.yearly.items():
            columns[f"{self.names.of('y', fact, side)}_{year}"] = values
        for (fact, side, year), values in inputs.counts.items():
            columns[f"{self.names.of('c', fact, side)}_{year or 'once'}"] = values
        lists = {name: values.tolist() for name, values in columns.items()}
        count = len(next(iter(lists.values())))
        self.people = [
            {name: values[row] for name, values in lists.items()} for row in range(count)
        ]

    def text(self, one: Formula) -> str:
        word = one[0]
        if word == "const":
            return "true" if one[1] else "false"
        if word in ("and", "or"):
            return "(" + f" {word} ".join(self.text(part) for part in one[1]) + ")"
        if word == "not":
            return f"not({self.text(one[1])})"
        if word == "bit":
            return self.names.of("b", one[1], one[2])
        names = [f"{self.names.of('y', one[1], one[2])}_{year}" for year in one[3]]
        if word in ("every", "some"):
            return "(" + (" and " if word == "every" else " or ").join(names) + ")"
        _, fact, side, years, once, least = one
        terms = [f"{self.names.of('c', fact, side)}_{year}" for year in years]
        if fact.name == "rated":
            terms = [f"({name} ? 1 : 0)" for name in names]
        terms += [f"{self.names.of('c', more, side)}_once" for more in once]
        return f"({' + '.join(terms)} >= {least})"

    def run(self) -> Found:
        rows = [self.decision.evaluate(person)["result"] for person in self.people]
        return {
            award: tuple(  # type: ignore[misc]
                np.array([row[f"{award.replace('-', '_')}_{side}"] for row in rows])
                for side in (0, 1)
            )
            for award in self.answers
        }


PEERS = (OpenFisca, DuckDB, Polars)
