"""`python -m bench`: measure, check that all engines answer alike, print, write bench/README.md."""

import argparse
import os
import platform
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.cases import CASES
from bench.peer import Engine, Truths
from bench.peer_duckdb import DuckEngine
from bench.peer_openfisca import FiscaEngine
from bench.peer_planes import PlanesEngine
from bench.peer_polars import PolarsEngine
from bench.peer_zen import ZenEngine
from bench.population import facts_of, make
from lawbook import load_book, wording
from lawengine.explain import Judge
from lawengine.planes import Screening
from lawengine.planes.columns import Columns

README = Path(__file__).with_name("README.md")
PEERS: dict[str, type[Engine]] = {
    "openfisca": FiscaEngine,
    "duckdb": DuckEngine,
    "polars": PolarsEngine,
}
EXPLAINED = 300


class Row(NamedTuple):
    """What one engine did: seconds to translate and pack; to judge, alone and in turns; its note."""

    engine: str
    version: str
    people: int
    pack: float
    judge: float
    turns: float
    note: str


def measure(engines: list[Engine], columns: Columns, runs: int) -> tuple[list[Row], list[Truths]]:
    """Pack once, then judge: each engine by itself, then all in turns. Medians count.

    By itself an engine finds its facts where its last run left them in the caches; in turns the
    others have used the caches in between.
    """
    packed = []
    for engine in engines:
        start = time.perf_counter()
        engine.pack(load_book(), CASES, columns)
        packed.append(time.perf_counter() - start)
    alone = [[_judge(engine) for _ in range(runs)] for engine in engines]
    rounds = [[_judge(engine) for engine in engines] for _ in range(runs)]
    turns = list(zip(*rounds, strict=True))
    rows = [
        Row(
            one.name,
            one.version,
            columns.count,
            pack,
            statistics.median(by_itself),
            statistics.median(in_turns),
            one.threads,
        )
        for one, pack, by_itself, in_turns in zip(engines, packed, alone, turns, strict=True)
    ]
    return rows, [engine.answers() for engine in engines]


def _judge(engine: Engine) -> float:
    engine.forget()
    start = time.perf_counter()
    engine.judge()
    return time.perf_counter() - start


def check(expected: Truths, found: Truths, engine: str) -> None:
    """The same answer for every person and award, or the run ends."""
    assert expected.keys() == found.keys(), f"{engine}: other awards"
    for key, truths in expected.items():
        differing = np.flatnonzero(truths != found[key])
        if len(differing):
            who = int(differing[0])
            sys.exit(
                f"{engine} differs on {key} for {len(differing)} people, first {who}: "
                f"{found[key][who]} instead of {truths[who]}"
            )


def explain(columns: Columns) -> tuple[float, float]:
    """Median microseconds per nomination: the whole finding; and with the earliest year."""
    book, sentences = load_book(), wording()
    people = facts_of(columns, range(min(EXPLAINED, columns.count)))
    found: tuple[list[float], list[float]] = ([], [])
    for case in CASES:
        planes = Screening(book, case.frame, columns, case.awards).run()
        judge = Judge(book, case.frame, sentences)
        for award in case.awards:
            for index, facts in enumerate(people):
                for seconds, act in zip(found, (judge.explain, judge.judge), strict=True):
                    start = time.perf_counter()
                    verdict = act(award, facts)
                    seconds.append(time.perf_counter() - start)
                assert planes[award].truth_of(index) is verdict.truth, (award, index)
    whole, ahead = (statistics.median(one) * 1e6 for one in found)
    return whole, ahead


def run(sizes: list[int], peers: list[str], runs: int, sample: int) -> str:
    """All measurements as Markdown."""
    rows: list[Row] = []
    counts: list[str] = []
    for size in sizes:
        print(f"{size:,} people …", flush=True)
        engines = [PlanesEngine(), *(PEERS[name]() for name in peers if name != "zen")]
        found, answers = measure(engines, make(size), runs)
        for row, truths in zip(found, answers, strict=True):
            check(answers[0], truths, row.engine)
            print(_line(row, found[0]), flush=True)
        rows += found
        counts = counts or _counts(answers[0])
    if "zen" in peers:
        found, answers = measure([PlanesEngine(), ZenEngine()], make(sample), 1)
        check(answers[0], answers[1], "zen-engine")
        for size in sizes:
            scale = size / sample
            row = found[1]._replace(
                people=size,
                pack=found[1].pack * scale,
                judge=found[1].judge * scale,
                turns=found[1].turns * scale,
                note=f"one thread; measured on {sample:,} people, multiplied",
            )
            rows.append(row)
            print(_line(row, _planes(rows, size)), flush=True)
    whole, ahead = explain(make(max(EXPLAINED, 2000)))
    return _report(rows, counts, whole, ahead)


def _planes(rows: list[Row], people: int) -> Row:
    return next(row for row in rows if row.people == people)


def _line(row: Row, planes: Row) -> str:
    return (
        f"  {row.engine:32} judge {row.judge * 1e3:12,.1f} ms  {row.judge / planes.judge:9,.1f}×"
        f"  in turns {row.turns * 1e3:12,.1f} ms  {row.turns / planes.turns:9,.1f}×"
        f"   pack {row.pack:8,.2f} s   {row.note}"
    )


def _counts(truths: Truths) -> list[str]:
    lines = [
        "| case | award | yes | unknown | no |",
        "|---|---|---:|---:|---:|",
    ]
    for (case, award), found in truths.items():
        no, unknown, yes = np.bincount(found, minlength=3)
        lines.append(f"| {case} | {award} | {yes:,} | {unknown:,} | {no:,} |")
    return lines


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}"


TEMPLATE = """# Measurements

Made by `{command}` on {date}: {machine}. {versions}

Eight awards by the standards of the book (list below). Facts are synthetic (`population.py`);
their shares are invented. Quotas are not judged.

Every engine gets the same elementary facts (certain and possible, by fact and year; dates, months
and words are compared before) and brings them into its own memory form; its rules are made from
the loaded trees by one translator per engine (`peer_*.py` under one walk, `peer.py`). Both are
`pack`. The planes' circuit is made there too, and leaves out what is the same for everybody.
`judge` goes from that form to the answers in the engine's own form: bit-planes, a DuckDB table, a
Polars frame, OpenFisca arrays, Python numbers; it is the median of {runs} runs of the engine by
itself. `in turns` is the median of {runs} rounds in which the engines take turns, so that each
finds the processor's caches full of the others' data; this costs the planes, which fit there, more
than the others. In each run **every engine gave every person the same answer** (yes, unknown, no);
else it stops. Load of the machine at start and end: {load} (on {cores} cores).

| people | engine | judge, ms | × planes | in turns, ms | × planes | pack, s | note |
|---:|---|---:|---:|---:|---:|---:|---|
{rows}

Answers, of {first} people:

{counts}

One nomination (one person against one of these awards), median of {explained} people × 8 awards,
in process: **{whole:.0f} µs** for the whole finding with evidence, citations, sentences and what
is missing (`Judge.explain`); {ahead:.0f} µs with the earliest year, which looks up to 45 years
ahead where the answer is no (`Judge.judge`). Their answers equal those of the planes.
"""


def _report(rows: list[Row], counts: list[str], whole: float, ahead: float) -> str:
    lines = [
        f"| {row.people:,} | {row.engine} | {row.judge * 1e3:,.1f} "
        f"| {row.judge / _planes(rows, row.people).judge:,.1f} | {row.turns * 1e3:,.1f} "
        f"| {row.turns / _planes(rows, row.people).turns:,.1f} | {row.pack:,.2f} | {row.note} |"
        for row in sorted(rows, key=lambda row: row.people)
    ]
    return TEMPLATE.format(
        command="make bench",
        date=datetime.now(tz=UTC).date().isoformat(),
        machine=_machine(),
        versions=", ".join(dict.fromkeys(row.version for row in rows)) + ".",
        runs=RUNS,
        load=f"{LOAD:.1f} and {os.getloadavg()[0]:.1f}",
        cores=os.cpu_count(),
        first=f"{rows[0].people:,}",
        rows="\n".join(lines),
        counts="\n".join(counts),
        explained=EXPLAINED,
        whole=whole,
        ahead=ahead,
    )


RUNS = 11
LOAD = os.getloadavg()[0]


def main() -> None:
    """Read the options, measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--people", default="50000,500000", help="sizes, separated by commas")
    parser.add_argument("--peers", default="openfisca,duckdb,polars,zen")
    parser.add_argument("--zen-sample", type=int, default=2000)
    parser.add_argument("--no-write", action="store_true", help="leave bench/README.md as it is")
    options = parser.parse_args()
    sizes = [int(one) for one in options.people.split(",")]
    text = run(sizes, options.peers.split(","), RUNS, options.zen_sample)
    print(text)
    if not options.no_write:
        # The trail's figures, which `python -m bench.audit` writes, stay at the end.
        _, mark, trail = README.read_text(encoding="utf-8").partition("<!-- audit: begin -->")
        README.write_text(f"{text}\n{mark}{trail}" if mark else text, encoding="utf-8")


if __name__ == "__main__":
    main()
