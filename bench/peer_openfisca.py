"""OpenFisca-Core: one variable per condition and bound, made from the tree, cached by OpenFisca."""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.cases import Case
from bench.peer import Pair, Truths
from lawengine.book import Book
from lawengine.planes.columns import Columns
from lawengine.planes.packing import Fact, Packing
from lawengine.planes.walking import Walker
from lawengine.terms import Truth

# A value of a person: what a formula computes from the person and its period.
Formula = Callable[[Any], Any]


class Fisca:
    """Formulas over yearly boolean and integer variables. Yearly facts are inputs per year."""

    def __init__(self, packing: Packing, prefix: str, case_year: int) -> None:
        self.packing, self.prefix, self.case_year = packing, prefix, case_year
        self.inputs: dict[str, dict[int, np.ndarray]] = {}
        self.variables: list[type[Variable]] = []
        self._names: dict[tuple[str, Fact], str] = {}
        self._windows: dict[tuple[str, range, str], Pair] = {}

    def _name(self, shape: str, fact: Fact) -> str:
        return self._names.setdefault((shape, fact), f"{self.prefix}{len(self._names)}")

    def _inputs(self, shape: str, fact: Fact, years: Sequence[int]) -> tuple[str, str]:
        """The variables of a fact or count (certain, possible), their values in the years."""
        name = self._name(shape, fact)
        for index, word in enumerate("cp"):
            values = self.inputs.setdefault(f"{name}_{word}", {})
            for year in years:
                if year not in values:
                    at = year if shape in ("yearly", "count") else None
                    if shape in ("yearly", "once"):
                        values[year] = self.packing.pair(fact, at)[index]
                    else:
                        values[year] = self.packing.counts(fact, at)[index].astype(np.int32)
        return f"{name}_c", f"{name}_p"

    def define(self, name: str, formula: Formula, kind: type = bool) -> Formula:
        """A variable with a formula; the reading of it is a formula too."""
        case = period(str(self.case_year))

        def compute(person: Any, at: Any) -> Any:  # noqa: ARG001 - the shape OpenFisca calls
            return formula(person)

        self.variables.append(_variable(name, kind, compute))
        return lambda person: person(name, case)

    def _years(self, names: tuple[str, str], years: range, word: str) -> Pair:
        """A yearly variable joined over the years: `all`, `any` or `sum`.

        A longer window goes on where the shorter one with the same end stopped, in a variable of
        its own: OpenFisca then computes each window once.
        """
        key = names[0], years, word
        if key not in self._windows:
            self._windows[key] = Pair(
                self._window(names, 0, years, word), self._window(names, 1, years, word)
            )
        return self._windows[key]

    def _window(self, names: tuple[str, str], side: int, years: range, word: str) -> Formula:
        name, first = names[side], period(str(years[0]))
        if len(years) == 1:
            return lambda person: person(name, first)
        shorter, act = self._years(names, years[1:], word)[side], _JOIN[word]

        def formula(person: Any) -> Any:
            return act(shorter(person), person(name, first))

        return self.define(
            f"{name}_{word}_{years[0]}_{years[-1]}", formula, int if word == "sum" else bool
        )

    def constant(self, truth: Truth) -> Pair:
        def always(value: bool) -> Formula:
            return lambda person: np.full(person.count, value)

        return Pair(always(truth is Truth.YES), always(truth is not Truth.NO))

    def fact(self, fact: Fact) -> Pair:
        names = self._inputs("once", fact, [self.case_year])
        return self._years(names, range(self.case_year, self.case_year + 1), "all")

    def every(self, fact: Fact, years: range) -> Pair:
        if not years:
            return self.constant(Truth.YES)
        return self._years(self._inputs("yearly", fact, years), years, "all")

    def some(self, fact: Fact, years: range) -> Pair:
        return self._years(self._inputs("yearly", fact, years), years, "any")

    def at_least(self, least: int, yearly: Fact, years: range, once: Sequence[Fact]) -> Pair:
        sums = []
        if years:
            shape = "yearly" if yearly.name == "rated" else "count"
            names = self._inputs(shape, yearly, years)
            sums.append(self._years(names, years, "sum"))
        for fact in once:
            names = self._inputs("number", fact, [self.case_year])
            sums.append(self._years(names, range(self.case_year, self.case_year + 1), "all"))

        def bound(index: int) -> Formula:
            def formula(person: Any) -> Any:
                total = sums[0][index](person)
                for one in sums[1:]:
                    total = total + one[index](person)
                return total >= least

            return formula

        return Pair(bound(0), bound(1))

    def all(self, parts: Sequence[Pair]) -> Pair:
        return self._join(np.logical_and, parts, Truth.YES)

    def any(self, parts: Sequence[Pair]) -> Pair:
        return self._join(np.logical_or, parts, Truth.NO)

    def _join(self, act: Any, parts: Sequence[Pair], nothing: Truth) -> Pair:
        if not parts:
            return self.constant(nothing)
        if len(parts) == 1:
            return parts[0]

        def bound(index: int) -> Formula:
            def formula(person: Any) -> Any:
                total = parts[0][index](person)
                for part in parts[1:]:
                    total = act(total, part[index](person))
                return total

            return formula

        return Pair(bound(0), bound(1))

    def negated(self, part: Pair) -> Pair:
        return Pair(
            lambda person: np.logical_not(part.possible(person)),
            lambda person: np.logical_not(part.certain(person)),
        )


def _plus(left: Any, right: Any) -> Any:
    return np.add(left, right, dtype=np.int32)


_JOIN = {"all": np.logical_and, "any": np.logical_or, "sum": _plus}


class FiscaWalker(Walker[Pair]):
    """Every condition becomes two variables, so that OpenFisca computes it once."""

    def condition(self, condition: Any, begin: int | None) -> Pair:
        key = condition, begin
        if key not in self._known:
            found = super().condition(condition, begin)
            name = f"{self.algebra.prefix}condition_{len(self._known)}"
            self._known[key] = Pair(
                self.algebra.define(f"{name}_c", found.certain),
                self.algebra.define(f"{name}_p", found.possible),
            )
        return self._known[key]


_PERSON = Entity("person", "persons", "A person", "")


def _variable(name: str, kind: type, formula: Any = None) -> type[Variable]:
    content = {
        "value_type": kind,
        "entity": _PERSON,
        "definition_period": DateUnit.YEAR,
        "label": name,
    }
    if formula is not None:
        content["formula"] = formula
    return type(name, (Variable,), content)


class FiscaEngine:
    """OpenFisca-Core; inputs per year as arrays, which are its own form."""

    name, version = "OpenFisca-Core", f"openfisca-core {version('openfisca-core')}"
    threads = "one thread"

    def pack(self, book: Book, cases: Sequence[Case], columns: Columns) -> None:
        system = TaxBenefitSystem([_PERSON])
        inputs: dict[str, dict[int, np.ndarray]] = {}
        self.results, self.computed = {}, []
        for index, case in enumerate(cases):
            packing = Packing(columns, case.frame, book.vocabulary)
            algebra = Fisca(packing, f"f{index}_", case.frame.year)
            walker = FiscaWalker(book, packing, algebra)
            for award in case.awards:
                parts = [algebra.all([mask, node.value]) for _, mask, node in walker.award(award)]
                name = f"r{index}_{award.replace('-', '_')}"
                pair = algebra.any(parts)
                algebra.define(f"{name}_c", pair.certain)
                algebra.define(f"{name}_p", pair.possible)
                self.results[case.name, award] = (name, str(case.frame.year))
            for name, values in algebra.inputs.items():
                kind = bool if next(iter(values.values())).dtype == bool else int
                system.add_variable(_variable(name, kind))
            for one in algebra.variables:
                system.add_variable(one)
                self.computed.append(one.__name__)
            inputs |= algebra.inputs
        self.simulation = SimulationBuilder().build_default_simulation(system, columns.count)
        for name, values in inputs.items():
            for year, value in values.items():
                self.simulation.set_input(name, str(year), value)

    def forget(self) -> None:
        for name in self.computed:
            self.simulation.delete_arrays(name)
        self.found = {}

    def judge(self) -> None:
        for key, (name, year) in self.results.items():
            self.found[key] = (
                self.simulation.calculate(f"{name}_c", year),
                self.simulation.calculate(f"{name}_p", year),
            )

    def answers(self) -> Truths:
        return {
            key: certain.astype(np.int8) + possible.astype(np.int8)
            for key, (certain, possible) in self.found.items()
        }
