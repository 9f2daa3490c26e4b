"""Values, frontier and four bargaining points: this engine beside NegMAS, in one run.

    python benchmarks/bench_peer.py

The space is opposed, 10 issues of 4 options: 1,048,576 packages. NegMAS (AGPL) is installed into
an environment of its own, build/negmas, and runs as a separate program; without a package index
the table says so. Neither may find a better Nash
or utilitarian point than this engine does.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.spaces import Tables, opposed  # noqa: E402
from goodoffices.deals.frontier import frontier  # noqa: E402
from goodoffices.deals.solutions import solve  # noqa: E402

PEER = "negmas==0.16.0"
HOME = ROOT / "build" / "negmas"
REPEATS = 9
PEER_REPEATS = 1


def ours(tables: Tables) -> tuple[float, list[list[float]], int]:
    """Median seconds, the four points, and the size of the frontier."""
    seconds = []
    for _ in range(REPEATS + 1):
        begun = time.perf_counter()
        found = frontier(tables, floors=np.zeros(tables[0].shape[1]))
        points = [
            found.values[s.points[0]] for s in solve(found.values, np.zeros(len(tables[0].T)))
        ]
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds[1:]), [p.tolist() for p in points], len(found)


def theirs(tables: Tables) -> tuple[float, list[list[float]], int] | None:
    """The same of NegMAS, or None where it can't be had."""
    python = HOME / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
    got = subprocess.run([python, "-m", "pip", "install", "--quiet", PEER], capture_output=True)
    if got.returncode:
        return None
    with tempfile.NamedTemporaryFile(suffix=".npz") as file:
        np.savez(file, tables=np.array(tables))
        file.flush()
        script = [python, ROOT / "benchmarks" / "peer_negmas.py", file.name, str(PEER_REPEATS)]
        answer = json.loads(subprocess.run(script, check=True, capture_output=True).stdout)
    return statistics.median(answer["seconds"]), answer["points"], answer["size"]


def main() -> None:
    """Print the table."""
    print("| parties | frontier | ours, ms | NegMAS 0.16, s | times faster | wanted |")
    print("|--:|--:|--:|--:|--:|--:|")
    for parties, wanted in ((2, 500), (3, 500), (4, 300)):
        tables = opposed(10, 4, parties)
        seconds, points, size = ours(tables)
        peer = theirs(tables)
        if peer is None:
            print(f"| {parties} | {size} | {seconds * 1e3:.2f} | could not be installed | - | - |")
            continue
        slow, others, _ = peer
        # By the definitions, no package has a larger product of gains, or a larger sum.
        for place, score in ((0, np.prod), (3, np.sum)):
            if score(others[place]) > score(points[place]) * (1 + 1e-9):
                raise AssertionError("the peer finds a better point")
        print(
            f"| {parties} | {size} | {seconds * 1e3:.2f} | {slow:.1f} | {slow / seconds:,.0f} "
            f"| {wanted} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
