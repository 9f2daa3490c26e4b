"""Stability and inverse analysis at the sizes that the graph model is asked for, with limits.

    python benchmarks/bench_moves.py

Preferences are random strict rankings, seed 7. Times are medians after one run that compiles; the
literal definitions (tests/moves/oracle.py) stand beside where they end within seconds. Memory is
the peak of a process that does this work alone, the interpreter and the compiler included.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from goodoffices.moves.graph import Graph, Option, from_arcs, from_options  # noqa: E402
from goodoffices.moves.profiles import reorderings, tabulate_profiles  # noqa: E402
from goodoffices.moves.stability import Concept, analyse_stability  # noqa: E402
from tests.moves import oracle  # noqa: E402
from tests.moves.models import syria_iraq  # noqa: E402

SEED = 7
DECISION_MAKERS = "abcd"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table."""

    work: str
    seconds: float
    limit: float | None
    note: str = ""


def by_options(count: int, directions: str = "") -> Graph:
    """All states of so many options, shared out evenly; `directions` as letters b, f and k."""
    names = {"b": "both", "f": "fwd", "k": "back"}
    options = [
        Option(
            name=f"option {k}",
            owner=DECISION_MAKERS[k * 4 // count],
            direction=names[(directions or "b" * count)[k]],
        )
        for k in range(count)
    ]
    return from_options(DECISION_MAKERS, options)


def by_arcs(n: int, arcs: int) -> Graph:
    """Random single moves: so many per decision maker and state, mostly one-way and not chained."""
    rng = np.random.default_rng(SEED)
    moves = {
        dm: np.stack([np.repeat(np.arange(n), arcs), rng.integers(0, n, arcs * n)], axis=1)
        for dm in DECISION_MAKERS
    }
    return from_arcs([str(s) for s in range(n)], moves)


def rankings(graph: Graph) -> NDArray[np.int64]:
    """A random strict ranking per decision maker."""
    rng = np.random.default_rng(SEED)
    return np.stack([rng.permutation(graph.n) for _ in graph.decision_makers])


def median(work: Callable[[], object], times: int) -> float:
    """The median seconds of a piece of work, after one run that isn't counted."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def five_concepts(name: str, graph: Graph, limit: float | None, times: int) -> Row:
    """Stability of every state for everybody under all five concepts."""
    ranks = rankings(graph)
    seconds = median(lambda: analyse_stability(graph, ranks), times)
    return Row(work=name, seconds=seconds, limit=limit)


def beside_the_oracle(count: int) -> Row:
    """The same on a model that the literal definitions can do."""
    graph = by_options(count)
    ranks = rankings(graph)
    R = oracle.option_moves(
        graph.states.tolist(), [k * 4 // count for k in range(count)], ["both"] * count
    )
    plain = ranks.tolist()
    start = time.perf_counter()
    expected = {concept: oracle.equilibria(R, plain, concept) for concept in Concept}
    slow = time.perf_counter() - start
    found = analyse_stability(graph, ranks)
    assert all(found.equilibria(concept).tolist() == expected[concept] for concept in Concept)
    seconds = median(lambda: analyse_stability(graph, ranks), 21)
    note = f"literal definitions {slow:.2f} s, {slow / seconds:,.0f} x; equal"
    return Row(work=f"2^{count} states", seconds=seconds, limit=None, note=note)


def inverse() -> Row:
    """Syria-Iraq, second state: all 720 rankings of one side, 120 of the other, five concepts."""
    model = syria_iraq()
    every = [reorderings(model.ranks[0]), reorderings(model.ranks[1], 1)]
    seconds = median(lambda: tabulate_profiles(model.graph, 1, every), 9)
    table = tabulate_profiles(model.graph, 1, every)
    total = table.equilibrium[Concept.SEQ].size
    counts = ", ".join(f"{concept} {table.count(concept):,}" for concept in Concept)
    return Row(work=f"inverse, {total:,} profiles", seconds=seconds, limit=1.0, note=counts)


def peak_megabytes(count: int) -> int:
    """The peak memory of a process of its own that analyses so many options."""
    code = [sys.executable, str(Path(__file__).resolve()), "--alone", str(count)]
    done = subprocess.run(code, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])


def table() -> list[Row]:
    """Every line, in the order of the requirements."""
    memory = f"peak {peak_megabytes(20)} MB (limit 500)"
    largest = five_concepts("2^20 states", by_options(20), 10.0, 3)
    return [
        beside_the_oracle(8),
        five_concepts("2^12 states", by_options(12), 0.05, 21),
        Row(work=largest.work, seconds=largest.seconds, limit=10.0, note=memory),
        five_concepts("100,000 states, 8 single moves each", by_arcs(100_000, 8), 15.0, 3),
        five_concepts(
            "2^17 states, 8 one-way options", by_options(17, "bbffbbbkkbbffbbkk"), 15.0, 3
        ),
        inverse(),
    ]


def main() -> None:
    """Print the table, or do one piece of work and print its peak memory."""
    if "--alone" in sys.argv:
        graph = by_options(int(sys.argv[-1]))
        analyse_stability(graph, rankings(graph))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    print("4 decision makers; Nash, GMR, SMR, SEQ and SSEQ of every state")
    print(f"{'work':<38}{'median':>12}{'limit':>9}  note")
    for row in table():
        limit = "" if row.limit is None else f"{row.limit:g} s"
        print(f"{row.work:<38}{row.seconds * 1000:>9,.2f} ms{limit:>9}  {row.note}")


if __name__ == "__main__":
    main()
