"""Four clients at once on one case: every confirmed edit is kept, and memory stays flat.

    python benchmarks/soak.py [SECONDS]

A server of its own works on a copy of the shipped case (600 seconds unless stated). Three clients
edit a field each, look at pages and build packages; the fourth takes changes back and makes them
again. What counts as kept: each confirmed edit is one entry of the history, in words, and the file
is the newest entry's state, to the byte.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from goodoffices.case.file import parse_case  # noqa: E402
from goodoffices.workbench.history import History, history_path  # noqa: E402

__all__ = ["Report", "serving", "soak", "stop"]

OWN = ("title", "purpose", "not_for")
"""The field that each of the first clients edits."""
PAGES = ("/", "/matrix", "/packages/assessed", "/parts", "/conflicts", "/history", "/zone")
SETTLED = 0.25
"""Share of the run after which memory is compared: what is kept for the pages is there by then."""


@dataclass(kw_only=True)
class Report:
    """What happened."""

    asked: Counter[str] = field(default_factory=Counter)
    confirmed: list[str] = field(default_factory=list)
    """What each edit wrote, if the server said that it is saved."""
    wrong: list[str] = field(default_factory=list)
    """Answers that should not be, and edits that were lost."""
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Seconds, and the server's resident memory in MB."""
    seconds: list[float] = field(default_factory=list)
    """How long each edit took."""

    @property
    def growth(self) -> float:
        """MB that memory grew by, from when it had settled to the end."""
        late = [size for at, size in self.memory if at >= SETTLED * self.memory[-1][0]]
        half = len(late) // 2
        return sum(late[half:]) / len(late[half:]) - sum(late[:half]) / max(1, len(late[:half]))


def serving(case: Path) -> tuple[subprocess.Popen[str], str]:
    """Start a workbench on a case; return its process and the address that it printed."""
    code = "from goodoffices.cli import main; main()"
    command = [sys.executable, "-c", code, "open", str(case), "--no-browser"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    return server, server.stdout.readline().strip()


def stop(server: subprocess.Popen[str]) -> None:
    """Stop a server and wait for its end."""
    server.terminate()
    server.communicate(timeout=30)


def soak(case: Path, seconds: float) -> Report:
    """Let four clients work on a case file for so long, and look at what is left."""
    report = Report()
    server, address = serving(case)
    try:
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=_work, args=(n, address, end, report)) for n in range(4)]
        for thread in threads:
            thread.start()
        begun = time.monotonic()
        while any(thread.is_alive() for thread in threads):
            report.memory.append((time.monotonic() - begun, _resident(server.pid)))
            time.sleep(0.2)
    finally:
        stop(server)
    _look(case, report)
    return report


def _work(number: int, address: str, end: float, report: Report) -> None:
    rng = random.Random(number)
    host = re.sub(r"/\?.*", "", address)
    with httpx.Client(base_url=host, headers={"origin": host}, timeout=60) as client:
        client.get(address, follow_redirects=True)
        turn = 0
        while time.monotonic() < end:
            turn += 1
            try:
                _step(client, number, turn, rng, report)
            except httpx.HTTPError as error:
                report.wrong.append(f"client {number}, turn {turn}: {error!r}")


def _step(client: httpx.Client, number: int, turn: int, rng: random.Random, report: Report) -> None:
    if number == len(OWN):
        kind = rng.choice(("undo", "redo", "page", "page"))
    else:
        kind = rng.choice(("edit", "edit", "edit", "page", "taste"))
    report.asked[kind] += 1
    if kind == "edit":
        _edit(client, number, turn, report)
        return
    if kind == "page":
        answer = client.get(rng.choice(PAGES))
    elif kind == "taste":
        answer = client.post("/taste", data={"path": "title", "form": "text", "value": "x"})
    else:
        answer = client.post(f"/{kind}", data={"back": "history"})
    if answer.status_code >= 400:
        report.wrong.append(f"{kind}: {answer.status_code} {answer.text[:80]}")


def _edit(client: httpx.Client, number: int, turn: int, report: Report) -> None:
    bar = client.get("/history").text
    revision = bar.split('name="revision" value="')[1].split('"')[0]
    value = f"c{number}t{turn}."
    given = {"path": OWN[number], "form": "text", "value": value, "revision": revision}
    begun = time.perf_counter()
    answer = client.post("/edit", data=given)
    report.seconds.append(time.perf_counter() - begun)
    if "Saved" in answer.text and "Not saved" not in answer.text:
        report.confirmed.append(value)
    elif "changed elsewhere" not in answer.text:
        report.wrong.append(f"edit: {answer.status_code} {answer.text[:80]}")


def _look(case: Path, report: Report) -> None:
    history = History.of(history_path(case))
    entries = history.entries(10**9)
    told = Counter(
        found
        for one in entries
        if one.kind == "edit"
        for found in re.findall(r"c\d+t\d+\.$", one.words)
    )
    lost = [value for value in report.confirmed if told[value] != 1]
    report.wrong += [f"lost or doubled: {value}" for value in lost]
    text = case.read_text(encoding="utf-8")
    parse_case(text)
    if history.text(entries[0].digest) != text:
        report.wrong.append("the file is not the newest entry's state")
    history.close()


def _resident(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    """Run it on a copy of the shipped case, and print what happened."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    with tempfile.TemporaryDirectory() as folder:
        case = Path(shutil.copytree(ROOT / "examples" / "gaza-2024", Path(folder) / "case"))
        report = soak(case / "case.yaml", seconds)
    took = sorted(report.seconds)
    print(f"{seconds:.0f} s: {dict(report.asked)}, {len(report.confirmed)} edits confirmed")
    print(f"edits: median {took[len(took) // 2]:.3f} s, slowest {took[-1]:.3f} s")
    sizes = [size for _, size in report.memory]
    print(f"memory: at most {max(sizes):.0f} MB, at the end {sizes[-1]:.0f} MB", end=", ")
    print(f"growth once settled {report.growth:+.1f} MB")
    print("\n".join(report.wrong) or "nothing lost, nothing wrong")
    sys.exit(bool(report.wrong))


if __name__ == "__main__":
    main()
