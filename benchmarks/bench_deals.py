"""The deals lens on the shipped case, how its cost grows with draws, and how commands start.

python benchmarks/bench_deals.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.timing import median  # noqa: E402
from goodoffices.case.file import read_case  # noqa: E402
from goodoffices.deals import deals  # noqa: E402

CASE = ROOT / "examples" / "gaza-2024" / "case.yaml"


def run(*command: str) -> Callable[[], object]:
    """A whole process, its output thrown away."""
    return lambda: subprocess.run([sys.executable, *command], check=True, capture_output=True)


def main() -> None:
    """Print the tables."""
    case = read_case(CASE)
    print("| work | s | limit s |\n|---|--:|--:|")
    whole = median(lambda: deals(case, compare=False))
    print(f"| zone, conflicts, concessions, packages, unknowns: 10,000 draws | {whole:.2f} | 2 |")
    print(f"| the same with its scenarios beside it | {median(lambda: deals(case)):.2f} | - |")
    with tempfile.TemporaryDirectory() as folder:
        cli = ["-c", "from goodoffices.cli import main; main()"]
        page = median(run(*cli, "brief", str(CASE), "-o", f"{folder}/brief.html"))
        print(f"| `goodoffices brief`, second run, whole process | {page:.2f} | 4 |")
        print(f"| `goodoffices --help`, whole process | {median(run(*cli, '--help')):.2f} | 0.3 |")
        alone, bare = median(run("-c", "import goodoffices")), median(run("-c", "pass"))
        print(f"| `import goodoffices`, less the bare interpreter | {alone - bare:.3f} | 0.15 |")
    print("\n| draws | s | microseconds per draw |\n|--:|--:|--:|")
    for draws in (5_000, 10_000, 20_000, 40_000, 80_000):
        seconds = median(lambda draws=draws: deals(case, draws=draws, compare=False))
        print(f"| {draws:,} | {seconds:.2f} | {seconds / draws * 1e6:.0f} |", flush=True)


if __name__ == "__main__":
    main()
