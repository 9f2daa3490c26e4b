"""Time NegMAS on the same packages; run by the interpreter of an environment of its own.

    python peer_negmas.py SPACES.npz REPEATS

Prints JSON: seconds per repeat for values, frontier and the four bargaining points, frontier size
and the points. NegMAS is under the AGPL, so it is measured from outside and never imported by this
project.
"""

import json
import sys
import time

import numpy as np
from negmas.outcomes import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.ops import (
    kalai_points,
    ks_points,
    max_welfare_points,
    nash_points,
    pareto_frontier,
)


def main() -> None:
    """Time the work and print what was found."""
    tables = np.load(sys.argv[1])["tables"]
    repeats = int(sys.argv[2])
    blocks, options, parties = tables.shape
    issues = [make_issue(list(range(options)), f"issue{b}") for b in range(blocks)]
    space = make_os(issues)
    ufuns = [
        LinearAdditiveUtilityFunction(
            values=[dict(enumerate(tables[b, :, p].tolist())) for b in range(blocks)],
            weights=[1.0] * blocks,
            outcome_space=space,
            reserved_value=0.0,
        )
        for p in range(parties)
    ]
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        packages = list(space.enumerate_or_sample())
        frontier, _ = pareto_frontier(ufuns, packages)
        found = [
            rule(ufuns, frontier, outcome_space=space)[0][0]
            for rule in (nash_points, ks_points, kalai_points, max_welfare_points)
        ]
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "size": len(frontier), "points": found}, default=float))


if __name__ == "__main__":
    main()
