"""Processes that read documents side by side.

The standard pools end altogether when one of their processes dies; here a document that takes its
process down is a fault of that document, and the others go on in a new one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

__all__ = ["Died", "TooLong", "side_by_side"]

MOST_TASKS = 500
"""Tasks of one process: what its libraries keep of each must not add up."""
STARTING = 60.0
"""Seconds more for the first task of a process, which has its model to load."""
_LOOK = 0.5
_GRACE = 2.0
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class Died(Exception):
    """The process that worked on a task came to an end."""


class TooLong(Exception):
    """A task took longer than it may."""


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection[Any, Any]
    number: int = -1
    since: float = 0.0
    tasks: int = 0

    def give(self, number: int, task: object) -> None:
        """Send a task; one that died in the meantime is found out when its answer is due."""
        self.number, self.since = number, time.monotonic()
        self.tasks += 1
        with suppress(OSError):
            self.pipe.send(task)

    def overdue(self, seconds: float) -> bool:
        """Whether its task takes longer than it may."""
        allowed = seconds + STARTING if self.tasks == 1 else seconds
        return time.monotonic() - self.since > allowed

    def end(self, *, busy: bool = False) -> None:
        """End the process: one that has nothing to do ends when its pipe closes."""
        self.pipe.close()
        self.process.join(0 if busy else _GRACE)
        for ending in (self.process.terminate, self.process.kill):
            if self.process.is_alive():
                ending()
                self.process.join(_GRACE)
        self.process.close()


def side_by_side(
    work: Callable[[Task], Answer], tasks: Sequence[Task], *, jobs: int, seconds: float
) -> Iterator[tuple[int, Answer | Died | TooLong]]:
    """Yield the place of each task with its answer, in the order in which they are done.

    `work` must be picklable and must not raise. When the iterator is closed, or interrupted, all
    its processes end.
    """
    todo = deque(enumerate(tasks))
    busy: list[_Worker] = []
    idle: list[_Worker] = []
    try:
        while todo or busy:
            _fill(work, todo, busy, idle, jobs)
            answers: list[tuple[int, Answer | Died | TooLong]] = []
            for worker in _ready(busy, seconds):
                answer: Answer | Died | TooLong = _answer(worker)
                busy.remove(worker)
                failed = isinstance(answer, Died | TooLong)
                if failed or worker.tasks >= MOST_TASKS:
                    worker.end(busy=failed)
                else:
                    idle.append(worker)
                answers.append((worker.number, answer))
            # Whoever takes the answers may take his time; the others work on meanwhile.
            _fill(work, todo, busy, idle, jobs)
            yield from answers
    finally:
        for worker in idle:
            worker.end()
        for worker in busy:
            worker.end(busy=True)


def _fill(
    work: Callable[[Task], object],
    todo: deque[tuple[int, Task]],
    busy: list[_Worker],
    idle: list[_Worker],
    jobs: int,
) -> None:
    while todo and len(busy) < jobs:
        worker = idle.pop() if idle else _begun(work)
        busy.append(worker)
        worker.give(*todo.popleft())


def _ready(busy: list[_Worker], seconds: float) -> list[_Worker]:
    """Return the workers that answered, died or took too long; perhaps none yet."""
    ready = wait([worker.pipe for worker in busy], timeout=_LOOK)
    return [worker for worker in busy if worker.pipe in ready or worker.overdue(seconds)]


def _answer(worker: _Worker) -> Any:
    if not worker.pipe.poll():
        return TooLong()
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        return Died()


def _begun(work: Callable[[Task], object]) -> _Worker:
    # A fork of a process with threads (this one may have some) can stop for ever.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(work, theirs), daemon=True)
    with _one_thread():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let numerical libraries of a process begun in here use one thread.

    They take one for each core otherwise, and several processes then wait for each other. The
    libraries look at their environment when they are loaded, before any code of ours.
    """
    added = [name for name in _THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(added, "1"))
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


def _serve(work: Callable[[Task], object], pipe: Connection[Any, Any]) -> None:
    """Work on tasks until the pipe closes."""
    # The process that began this one is told to stop by the same key, and stops this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with suppress(EOFError, OSError):
        while True:
            pipe.send(work(pipe.recv()))
