"""The lenses' answers, asked for while somebody edits: few draws at once, the full number later.

One thread computes, the newest question first. A question that nobody asks any more (the case has
changed) is stopped at its next step.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from goodoffices.errors import GoodOfficesError, Interrupted

__all__ = ["Answers", "Job", "Question"]

KEPT = 24
"""Answers that are kept; older ones are computed anew."""

Progress = Callable[[int, int], None]
Work = Callable[[Progress], Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer is about."""

    digest: str
    """Of the case's text."""
    lens: str
    scenario: str | None = None
    draws: int = 0


@dataclass(slots=True)
class Job:
    """One question on its way to an answer."""

    question: Question
    work: Work
    status: Literal["waiting", "running", "done", "failed", "stopped"] = "waiting"
    done: int = 0
    all: int = 0
    answer: Any = None
    error: str = ""
    stopped: bool = False

    @property
    def open(self) -> bool:
        """Whether an answer is on its way."""
        return self.status in {"waiting", "running"}

    @property
    def share(self) -> int:
        """How far it is, in per cent."""
        return 100 * self.done // self.all if self.all else 0


class Answers:
    """Answers that are known, and a thread that works on those that are not."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[Question, Job] = OrderedDict()
        self._changed = threading.Condition()
        self._open = True
        self._thread = threading.Thread(target=self._run, name="answers", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop what runs, and the thread."""
        with self._changed:
            self._open = False
            for job in self._jobs.values():
                job.stopped = True
            self._changed.notify_all()
        self._thread.join(timeout=10)

    def at_once(self, question: Question, work: Work) -> Any:
        """Return the answer, computed here and now unless it is known.

        Raises what the lens raises.
        """
        with self._changed:
            known = self._jobs.get(question)
            if known is not None and known.status == "done":
                return known.answer
        answer = work(lambda done, total: None)
        with self._changed:
            job = Job(question, work, status="done", answer=answer)
            self._keep(job)
        return answer

    def later(self, question: Question, work: Work, *, again: bool = False) -> Job:
        """Return the job for a question, begun if it is new; it changes as it goes on.

        One that was stopped stays so, unless it is asked for `again`.
        """
        with self._changed:
            job = self._jobs.get(question)
            if job is None or (again and job.status == "stopped"):
                job = Job(question, work)
                self._keep(job)
            self._jobs.move_to_end(question)
            self._changed.notify_all()
            return job

    def stop(self, question: Question) -> None:
        """Stop working on a question."""
        with self._changed:
            job = self._jobs.get(question)
            if job is not None and job.open:
                job.stopped = True
                if job.status == "waiting":
                    job.status = "stopped"

    def only(self, digest: str) -> None:
        """Stop working on any other state of the case."""
        with self._changed:
            questions = [question for question in self._jobs if question.digest != digest]
        for question in questions:
            self.stop(question)

    def _keep(self, job: Job) -> None:
        self._jobs[job.question] = job
        self._jobs.move_to_end(job.question)
        idle = [key for key, known in self._jobs.items() if known.status != "running"]
        for key in idle[: max(0, len(self._jobs) - KEPT)]:
            del self._jobs[key]

    def _next(self) -> Job | None:
        for job in reversed(self._jobs.values()):
            if job.status == "waiting":
                return job
        return None

    def _run(self) -> None:
        while True:
            with self._changed:
                while self._open and self._next() is None:
                    self._changed.wait()
                job = self._next()
                if not self._open or job is None:
                    return
                job.status = "running"
            self._work_on(job)

    def _work_on(self, job: Job) -> None:
        def advance(done: int, total: int) -> None:
            if job.stopped:
                raise Interrupted("nobody asks for this any more")
            job.done, job.all = done, total

        try:
            job.answer = job.work(advance)
            job.status = "done"
        except Interrupted:
            job.status = "stopped"
        except GoodOfficesError as error:
            job.error, job.status = str(error), "failed"
        except (MemoryError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            # The thread must outlive a fault in a lens: the page says so instead of hanging.
            job.error, job.status = f"{type(error).__name__}: {error}", "failed"
