"""The workbench: what an edit and the pages take, on the shipped case and on a large one.

    python benchmarks/bench_workbench.py

Processor seconds of the whole program for one request, medians after a first one; the application
is asked inside of this process. What is computed beside a page does not begin meanwhile.
"""

from __future__ import annotations

import itertools
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.large import large_case  # noqa: E402
from goodoffices.workbench import answers  # noqa: E402
from goodoffices.workbench.server import application  # noqa: E402
from goodoffices.workbench.store import Store  # noqa: E402

PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"
REPEATS = 5
READY = 120.0
"""Seconds to wait for the lenses' answers before pages are measured."""


@contextmanager
def browsing(case: Path) -> Iterator[tuple[TestClient, Store]]:
    """Come in with the token, as a browser does."""
    guard = application(case, token="token", port=PORT)
    with TestClient(guard, base_url=HOME) as client:
        client.headers["origin"] = HOME
        client.get("/history?token=token")
        yield client, guard.application.state.desk.store


def median(job: Callable[[], object]) -> float:
    """Median processor seconds of several runs after a first one."""
    job()
    seconds = []
    for _ in range(REPEATS):
        begun = time.process_time()
        job()
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds)


def edit(client: TestClient, store: Store, path: str) -> Callable[[], object]:
    """Edit one weight, to another value each time."""
    ends = itertools.cycle((2, 3))

    def job() -> object:
        given = {"path": path, "form": "text", "value": f"1..{next(ends)}"}
        answer = client.post("/edit", data={**given, "revision": store.state().digest})
        assert "Saved." in answer.text
        return answer

    return job


def row(name: str, seconds: float, limit: str) -> None:
    """Print a row of the table."""
    print(f"| {name} | {seconds:.3f} | {limit} |", flush=True)


def measure(
    case: Path, name: str, path: str, pages: dict[str, str], limits: tuple[str, str]
) -> None:
    """Measure the pages once their answers are there, then edits."""
    with browsing(case) as (client, store):
        until = time.monotonic() + READY
        while "progress" in client.get("/zone").text and time.monotonic() < until:
            time.sleep(0.5)
        for title, address in pages.items():
            row(f"{name}: {title}", median(lambda to=address: client.get(to)), limits[1])
        # Nothing long begins between edits.
        answers.SETTLE = READY
        row(f"{name}: an edit, saved and answered", median(edit(client, store, path)), limits[0])
        answers.SETTLE = 0.0


def main() -> None:
    """Print the table."""
    print("| what | CPU s | limit s |\n|---|--:|--:|")
    pages = {"matrix": "/matrix", "overview": "/", "a package assessed": "/packages/assessed"}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(ROOT / "examples" / "gaza-2024", place / "shipped")
        case = place / "shipped" / "case.yaml"
        measure(case, "shipped case", "positions.israel.corridor.weight", pages, ("0.3", "-"))
        case = place / "case.yaml"
        case.write_text(large_case(), encoding="utf-8")
        pages |= {"all parts": "/parts", "conflicts": "/conflicts"}
        path = "positions.party-1.issue-1.weight"
        name = "12 parties, 60 issues, 2,000 claims"
        measure(case, name, path, pages, ("-", "2"))


if __name__ == "__main__":
    main()
