"""Reading documents: taking files apart, the rules, many at once, and taking work up again.

    python benchmarks/bench_reading.py [DOCUMENTS]

The documents are made up: reports of about 300 words on talks between invented towns, each in one
of the kinds of file that are read. Memory is that of this process and all that it started, summed
up while they run; pages that they share count more than once, so that it is an upper bound.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from goodoffices.reading.documents import read_document  # noqa: E402
from goodoffices.reading.findings import Document, Findings  # noqa: E402
from goodoffices.reading.jobs import ReadFile, read_many  # noqa: E402
from goodoffices.reading.rules import read_by_rules  # noqa: E402
from tests.reading.files import a_docx, a_page, a_pdf, paragraph  # noqa: E402

SEED = 7
TOWNS = ("Northtown", "Southtown", "Aldermouth", "Fernhill", "Westbridge", "Eastport")
SUBJECTS = ("the shore", "the quay", "the ferry", "the wells", "the harbour dues", "the road")
PEOPLE = ("its mayor", "a spokesman", "officials", "the delegation", "the mediator", "families")
SENTENCES = (
    "{town} insists that {subject} stays under its own control.",
    "“We will not sign a text that leaves {subject} to {other}”, {person} of {town} said.",
    "{town} refuses to talk about {subject} unless {other} withdraws its guards first.",
    "The mediator proposed a joint committee for {subject}, and {town} asked for more time.",
    "On Monday, guards of {other} detained {number} people near {subject}, {person} said.",
    "{person} of {town} called an agreement on {subject} unlikely before the end of the month.",
    "{other} offered to share {subject} if {town} pays {number} percent of the costs.",
    "Protesters in {town} demanded that the council accept the proposal on {subject}.",
)


def report(rng: random.Random) -> list[str]:
    """Return the paragraphs of a report, its headline first."""
    paragraphs = []
    for _ in range(6):
        town, other = rng.sample(TOWNS, 2)
        sentences = []
        for form in rng.sample(SENTENCES, 4):
            words = {"subject": rng.choice(SUBJECTS), "person": rng.choice(PEOPLE)}
            text = form.format(town=town, other=other, number=rng.randint(2, 60), **words)
            sentences.append(text[0].upper() + text[1:])
        paragraphs.append(" ".join(sentences))
    return [f"Talks on {rng.choice(SUBJECTS)} stall again", *paragraphs]


def wrapped(text: str, width: int = 88) -> list[str]:
    """Break a paragraph into lines as a page has them."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def made(folder: Path, count: int) -> tuple[list[Path], int]:
    """Write so many documents; return where they are, and their words."""
    rng = random.Random(SEED)
    paths, words = [], 0
    for k in range(count):
        parts = report(rng)
        words += sum(len(part.split()) for part in parts)
        headline, *body = parts
        kinds: dict[str, Callable[[], bytes]] = {
            "txt": partial("\n\n".join(parts).encode),
            "html": partial(a_page, f"<h1>{headline}</h1>" + "".join(f"<p>{p}</p>" for p in body)),
            "docx": partial(a_docx, "".join(map(paragraph, parts))),
            "pdf": partial(a_pdf, [line for part in parts for line in wrapped(part)]),
        }
        suffix = list(kinds)[k % len(kinds)]
        paths.append(folder / f"report-{k}.{suffix}")
        paths[-1].write_bytes(kinds[suffix]())
    return paths, words


class Memory(threading.Thread):
    """Looks, again and again, how much memory this process and all below it hold."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.over = threading.Event()

    def run(self) -> None:
        """Look until told to stop; only Linux shows it."""
        while Path("/proc/self/statm").exists() and not self.over.wait(0.1):
            self.peak = max(self.peak, sum(map(_held, _family())))


def _family() -> list[int]:
    """Return this process and all that descend from it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    family = [os.getpid()]
    for process in family:
        family += [child for child, parent in parents.items() if parent == process]
    return family


def _held(process: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def nothing(document: Document) -> Findings:
    """Find nothing."""
    return Findings(document=document)


def timed(job: Callable[[], Sequence[ReadFile]]) -> tuple[float, int, int]:
    """Return seconds, the peak of memory in MB, and how many documents failed."""
    memory = Memory()
    memory.start()
    begun = time.perf_counter()
    readings = job()
    seconds = time.perf_counter() - begun
    memory.over.set()
    memory.join()
    return seconds, memory.peak // 1_000_000, sum(bool(reading.faults) for reading in readings)


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print("| work | documents | s | words/s | peak MB | failed |\n|---|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        paths, words = made(Path(folder), count)
        few = max(1, count // 10)
        read_by_rules(read_document(paths[0]))
        kept = Path(folder) / "store"
        many = partial(read_many, paths, read_by_rules, jobs=2, store=kept, engine="bench")
        for name, job, share in (
            ("files to text, one after another", partial(read_many, paths, nothing), 1.0),
            (
                "rules, model loaded, one job",
                partial(read_many, paths[:few], read_by_rules),
                few / count,
            ),
            ("rules, two jobs, models to load, kept", many, 1.0),
            ("the same again, from what is kept", many, 1.0),
        ):
            seconds, peak, failed = timed(lambda job=job: list(job()))
            rate = words * share / seconds
            done = round(count * share)
            print(
                f"| {name} | {done:,} | {seconds:.1f} | {rate:,.0f} | {peak:,} | {failed} |",
                flush=True,
            )
    print("\nOne run of each; memory is an upper bound.")


if __name__ == "__main__":
    main()
