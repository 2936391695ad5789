"""`python -m bench`: planes against four peers on the same standards, the same people, one run."""

from __future__ import annotations

import argparse
import gc
import os
import platform
import statistics
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from bench.cases import CASES
from bench.formulas import formulas
from bench.peers import PEERS, Found, Zen
from bench.population import facts_of, make
from lawbook import load_book, wording
from lawengine.explain import Judge
from lawengine.planes import Screening

README = Path(__file__).with_name("README.md")


def main() -> None:
    """Measure, print, and write the table into bench/README.md."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, nargs="+", default=[50_000, 500_000])
    options.add_argument("--zen", type=int, default=1_000, help="people for zen-engine")
    options.add_argument("--nominations", type=int, default=400, help="people for explain")
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--no-write", action="store_true")
    given = options.parse_args()
    lines: list[str] = []

    def say(text: str = "") -> None:
        print(text, flush=True)
        lines.append(text)

    say(
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {_memory()} GiB, "
        f"Python {platform.python_version()}, numpy {version('numpy')}, "
        f"OpenFisca-Core {version('OpenFisca-Core')}, DuckDB {version('duckdb')}, "
        f"Polars {version('polars')}, zen-engine {version('zen-engine')}"
    )
    say()
    say("| people | engine | packing, s | 8 awards, ms | ratio to planes |")
    say("|---|---|---|---|---|")
    for people in given.people:
        for row in compare(people, given.repeats, given.zen):
            say(row)
    say()
    say(nominations(given.nominations))
    if not given.no_write:
        _write(lines, " ".join(map(str, given.people)))


def compare(people: int, repeats: int, zen: int) -> list[str]:
    """A row per engine; the answers of all are compared, person by person."""
    columns = make(people)
    book = load_book()
    packed = {"planes": 0.0, **{peer.name: 0.0 for peer in PEERS}}
    judged = dict.fromkeys(packed, 0.0)
    for case in CASES:
        start = time.perf_counter()
        screening = Screening(book, case.frame, columns, case.awards)
        packed["planes"] += time.perf_counter() - start
        judged["planes"] += best(screening.run, repeats)
        expected = {
            award: (planes.truths() == 2, planes.truths() >= 1)
            for award, planes in screening.run().items()
        }
        answers, inputs = formulas(book, case, columns)
        for peer in PEERS:
            engine: Any = peer()
            start = time.perf_counter()
            engine.load(answers, inputs)
            packed[peer.name] += time.perf_counter() - start
            judged[peer.name] += best(engine.run, repeats)
            check(peer.name, engine.run(), expected)
            del engine
            gc.collect()
    rows = [
        f"| {people:,} | {name} | {packed[name]:.2f} | {judged[name] * 1000:,.1f} "
        f"| {judged[name] / judged['planes']:.1f} |"
        for name in packed
    ]
    rows.append(_zen(min(zen, people), people, judged["planes"]))
    return rows


def _zen(sample: int, people: int, planes: float) -> str:
    """Person by person: a sample, extrapolated to all, and said so."""
    small, book, spent = make(sample), load_book(), 0.0
    for case in CASES:
        answers, inputs = formulas(book, case, small)
        engine = Zen()
        engine.load(answers, inputs)
        start = time.perf_counter()
        found = engine.run()
        spent += time.perf_counter() - start
        screening = Screening(book, case.frame, small, case.awards).run()
        check(
            Zen.name,
            found,
            {award: (one.truths() == 2, one.truths() >= 1) for award, one in screening.items()},
        )
    whole = spent / sample * people
    return (
        f"| {people:,} | zen-engine, from {sample:,} people | – | {whole * 1000:,.0f} "
        f"| {whole / planes:,.0f} |"
    )


def best(run: Any, repeats: int) -> float:
    """The median of several runs after one that is not counted."""
    run()
    spent = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def check(name: str, found: Found, expected: Found) -> None:
    """Stop the run when an engine answers otherwise for anybody."""
    for award, pair in expected.items():
        for side, (mine, theirs) in enumerate(zip(pair, found[award], strict=True)):
            wrong = int(np.count_nonzero(mine != np.asarray(theirs, bool)))
            if wrong:
                raise SystemExit(f"{name}: {award} side {side}: {wrong} people answered otherwise")


def nominations(count: int) -> str:
    """Median over people and awards of one whole Finding tree with its sentences."""
    columns, book, words = make(count), load_book(), wording()
    people = facts_of(columns, range(count))
    per_award: list[str] = []
    everything: list[float] = []
    for case in CASES:
        judge = Judge(book, case.frame, words)
        for award in case.awards:
            spent = []
            for one in people:
                start = time.perf_counter()
                judge.explain(award, one)
                spent.append((time.perf_counter() - start) * 1e6)
            everything += spent
            per_award.append(f"{award} ({case.frame.year}) {statistics.median(spent):.0f}")
    return (
        f"One nomination, whole Finding tree with evidence, citations and Vietnamese sentences, "
        f"median over {count:,} people × {len(per_award)} awards: "
        f"**{statistics.median(everything):.0f} µs** ({', '.join(per_award)})."
    )


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _write(lines: list[str], people: str) -> None:
    """Put the figures between the marks of bench/README.md."""
    text = README.read_text(encoding="utf-8")
    head, _, rest = text.partition("<!-- figures -->\n")
    _, _, tail = rest.partition("<!-- end -->\n")
    body = "\n".join([f"`python -m bench --people {people}`", "", *lines, ""])
    README.write_text(f"{head}<!-- figures -->\n{body}<!-- end -->\n{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
