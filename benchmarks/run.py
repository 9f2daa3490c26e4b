"""Run every benchmark and write what they print to docs/benchmarks/.

    python benchmarks/run.py [NAME ...]

Names: deals, frontier, moves, outlook, peer, reading. Each runs as a process with its own peak of
memory.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TITLES = {
    "frontier": "The exact frontier",
    "peer": "Beside NegMAS",
    "deals": "The deals lens and the commands",
    "moves": "The graph model",
    "outlook": "The outlook",
    "workbench": "The workbench",
    "reading": "Reading documents",
}


def main() -> None:
    """Run the benchmarks that were named, or all of them."""
    wanted = sys.argv[1:] or list(TITLES)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    python = f"Python {platform.python_version()}"
    for name in wanted:
        command = [sys.executable, ROOT / "benchmarks" / f"bench_{name}.py"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            lines = []
            for line in process.stdout or ():
                print(line, end="", flush=True)
                lines.append(line)
        if process.returncode:
            sys.exit(process.returncode)
        page = ROOT / "docs" / "benchmarks" / f"{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        head = f"# {TITLES[name]}\n\nMeasured by `make bench` ({machine}, {python}); medians.\n\n"
        body = "".join(lines)
        # A plain table keeps its columns only as it was printed.
        body = body if lines and lines[0].startswith("|") else f"```text\n{body}```\n"
        page.write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main()
