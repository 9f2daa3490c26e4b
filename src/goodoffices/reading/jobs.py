"""Many documents: side by side, with progress, and taken up again where work stopped."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from goodoffices.errors import CaseError, DocumentError, ExtraError, Fault, GoodOfficesError
from goodoffices.reading._pool import Died, TooLong, side_by_side
from goodoffices.reading._store import Store, dump_findings, load_findings
from goodoffices.reading.documents import id_of, read_bytes, read_document
from goodoffices.reading.findings import Document, Findings
from goodoffices.reading.formats.extract import Unreadable

__all__ = ["SECONDS", "ReadFile", "dump_findings", "load_findings", "read_many"]

SECONDS = 900.0
"""Time for one document, in a process of its own."""

Engine = Callable[[Document], Findings]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadFile:
    """What became of one document: findings, or why there are none."""

    path: Path
    findings: Findings | None = None
    faults: tuple[Fault, ...] = ()
    stored: bool = False
    """Whether the findings are from an earlier run."""

    def error(self) -> DocumentError:
        """Return its faults as an error."""
        return DocumentError(self.faults, str(self.path))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Task:
    path: Path
    id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Work:
    """Reads one document, never raises, and answers with little."""

    read: Engine
    store: Store | None

    def __call__(self, task: _Task) -> ReadFile | ExtraError:
        try:
            return self._reading(task)
        except ExtraError as error:
            return error
        except CaseError as error:
            return ReadFile(path=task.path, faults=error.faults)
        except Unreadable as error:
            return _failed(task, error.what, error.mend)
        except GoodOfficesError as error:
            return _failed(task, str(error))
        except Exception as error:  # noqa: BLE001
            # One document must not stop the others, whatever an engine makes of it.
            why = f"{type(error).__name__}: {error}"[:200]
            return _failed(task, f"the engine failed on it ({why})", "report this, please")

    def _reading(self, task: _Task) -> ReadFile:
        if self.store is not None:
            digest = hashlib.sha256(read_bytes(task.path)).hexdigest()
            found = self.store.load(digest)
            if found is not None:
                # The same document may stand under another name by now.
                document = replace(found.document, id=task.id, name=task.path.name)
                found = replace(found, document=document)
                return ReadFile(path=task.path, findings=found, stored=True)
        findings = self.read(read_document(task.path, id=task.id))
        if self.store is not None:
            self.store.save(findings)
        return ReadFile(path=task.path, findings=findings)


def read_many(
    paths: Iterable[str | os.PathLike[str]],
    read: Engine,
    *,
    jobs: int = 1,
    store: str | os.PathLike[str] | None = None,
    engine: str = "",
    progress_to: Progress | None = None,
    seconds: float = SECONDS,
) -> Iterator[ReadFile]:
    """Yield what became of each document, in the order of the paths.

    A document that can't be read, or on which the engine fails, yields its faults, and the others
    go on. `progress_to(done, all)` is called after each.

    With `store`, what was found is kept in that folder, and taken from there the next time: for
    the same bytes, the same version of goodoffices, and the same `engine` (name it with its
    version and every option that changes what it finds). Work that was stopped, by a key or by a
    crash, goes on where it stopped.

    With more than one job, documents are read in processes of their own, that each load their
    model once. `read` must then be a module's function, or a `functools.partial` of one, and a
    script must guard its main part by `if __name__ == "__main__":`. A document that takes its
    process down, or more than `seconds`, is a fault of that document.

    `ExtraError` where an extra isn't installed: no document could be read then.
    """
    tasks = _tasks(paths)
    work = _Work(read=read, store=None if store is None else Store(store, engine))
    jobs = min(jobs, len(tasks))
    if jobs > 1:
        _must_travel(work)
    answers = (
        side_by_side(work, tasks, jobs=jobs, seconds=seconds)
        if jobs > 1
        else ((number, work(task)) for number, task in enumerate(tasks))
    )
    early: dict[int, ReadFile] = {}
    following = 0
    for done, (number, answer) in enumerate(answers, 1):
        early[number] = _settled(tasks[number], answer, seconds)
        if progress_to is not None:
            progress_to(done, len(tasks))
        while following in early:
            yield early.pop(following)
            following += 1


def _settled(
    task: _Task, answer: ReadFile | ExtraError | Died | TooLong, seconds: float
) -> ReadFile:
    if isinstance(answer, ReadFile):
        return answer
    if isinstance(answer, ExtraError):
        raise answer
    if isinstance(answer, TooLong):
        return _failed(task, f"reading it takes longer than {seconds:g} s", "split it")
    return _failed(task, "the process that read it came to an end", "split it, or read it alone")


def _failed(task: _Task, what: str, mend: str = "") -> ReadFile:
    return ReadFile(path=task.path, faults=(Fault(where="the document", what=what, mend=mend),))


def _tasks(paths: Iterable[str | os.PathLike[str]]) -> Sequence[_Task]:
    """Give each document an id of its own: two may have the same name in different folders."""
    seen: dict[str, int] = {}
    tasks = []
    for path in map(Path, paths):
        stem = key = id_of(path.name)
        while key in seen:
            seen[stem] += 1
            key = f"{stem}-{seen[stem]}"
        seen[key] = 1
        tasks.append(_Task(path=path, id=key))
    return tasks


def _must_travel(work: _Work) -> None:
    try:
        pickle.dumps(work)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        what = "an engine for several jobs must be a function of a module"
        raise TypeError(f"{what}, or a functools.partial of one ({error})") from None
