"""The lenses' answers, asked for while somebody edits: few draws at once, the full number later.

One thread answers what a page waits for, another what takes its time; each takes the newest
question first. A question that nobody asks any more (the case has changed) is stopped at its next
step.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from goodoffices.errors import GoodOfficesError, Interrupted

__all__ = ["Answers", "Job", "Question"]

KEPT = 24
"""Answers that are kept; older ones are computed anew."""

SETTLE = 1.0
"""Seconds after an edit before anything long begins: somebody who types goes on typing."""

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
    soon: bool = False
    """Whether a page waits for it."""

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
        self._settled = 0.0
        self._threads = [
            threading.Thread(target=self._run, args=(soon,), name="answers", daemon=True)
            for soon in (True, False)
        ]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop what runs, and the threads."""
        with self._changed:
            self._open = False
            for job in self._jobs.values():
                job.stopped = True
            self._changed.notify_all()
        for thread in self._threads:
            # One that is deep in a lens is left behind: it writes nothing, and ends with all else.
            thread.join(timeout=1)

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

    def soon(self, question: Question, work: Work, seconds: float) -> Job:
        """Return the job for a question that a page waits for, so many seconds at most."""
        job = self.later(question, work, again=True, soon=True)
        with self._changed:
            self._changed.wait_for(lambda: not job.open, timeout=seconds)
        return job

    def later(
        self, question: Question, work: Work, *, again: bool = False, soon: bool = False
    ) -> Job:
        """Return the job for a question, begun if it is new; it changes as it goes on.

        One that was stopped stays so, unless it is asked for `again`.
        """
        with self._changed:
            job = self._jobs.get(question)
            if job is None or (again and job.status == "stopped"):
                job = Job(question, work, soon=soon)
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
        """Stop working on any other state of the case: it was just edited.

        Whoever takes the edit back is answered: what was stopped so is asked anew.
        """
        with self._changed:
            self._settled = time.monotonic() + SETTLE
            open_ = [question for question, job in self._jobs.items() if job.open]
            for question in open_:
                if question.digest != digest:
                    self.stop(question)
                    del self._jobs[question]

    def _keep(self, job: Job) -> None:
        self._jobs[job.question] = job
        self._jobs.move_to_end(job.question)
        idle = [key for key, known in self._jobs.items() if known.status != "running"]
        for key in idle[: max(0, len(self._jobs) - KEPT)]:
            del self._jobs[key]

    def _next(self, soon: bool) -> Job | None:
        for job in reversed(self._jobs.values()):
            if job.status == "waiting" and job.soon == soon:
                return job
        return None

    def _taken(self, soon: bool) -> Job | None:
        """Wait for the next job and take it; None once all is closed."""
        with self._changed:
            while self._open:
                job = self._next(soon)
                wait = 0.0 if soon else self._settled - time.monotonic()
                if job is not None and wait <= 0.0:
                    job.status = "running"
                    return job
                self._changed.wait(None if job is None else wait)
        return None

    def _run(self, soon: bool) -> None:
        while (job := self._taken(soon)) is not None:
            self._work_on(job)
            with self._changed:
                self._changed.notify_all()

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
        except Exception as error:  # noqa: BLE001
            # The thread must outlive a fault in a lens: the page says so instead of hanging.
            job.error, job.status = f"{type(error).__name__}: {error}", "failed"
