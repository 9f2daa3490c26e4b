"""The case file as the workbench holds it: read, changed and taken back, with nothing ever lost.

The file stays the truth. It is looked at before every answer; what changed it from outside becomes
an entry of the history like any other. Under the history's write lock the file is compared with
what an edit was made from, so that two writers never overwrite each other.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from goodoffices.case._plain import plain
from goodoffices.case._yaml import MOST_CHARACTERS, decode
from goodoffices.case.check import check
from goodoffices.case.document import Document, build, document_of, load_document, read_bytes
from goodoffices.case.drafts import settled
from goodoffices.case.file import parse_case, replace_file, save_case
from goodoffices.case.model import Case
from goodoffices.case.paths import at_path
from goodoffices.errors import CaseError, CaseFileError, Fault
from goodoffices.workbench.edits import REMOVE, Change, changed, differences, same_at, tell
from goodoffices.workbench.history import Entry, History, Kind, digest_of, history_path

__all__ = ["Clash", "Saved", "Stale", "State", "Store"]

Result = TypeVar("Result")
ABANDONED = 3600.0
"""Seconds after which a half-written file is nobody's any more."""
KEPT = 4
"""States that are kept as they were understood, so that undoing costs no reading."""
Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """The file as it stands."""

    text: str
    digest: str
    case: Case | None
    """None if the file is no case now."""
    faults: tuple[Fault, ...]
    document: Document | None = field(default=None, repr=False)
    """None if the file isn't even YAML."""
    settled: Case | None = field(default=None, repr=False)
    """The case without its drafts."""

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What has to be mended before anything is computed."""
        return tuple(fault for fault in self.faults if fault.severity == "error")

    @property
    def usable(self) -> Case | None:
        """What can be computed with: the case without its drafts; None if it has errors."""
        return None if self.errors else self.settled


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """An edit that is in the file now."""

    state: State
    merged: bool = False
    """Whether the file had changed elsewhere since the page was shown."""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """One path that an edit and somebody else changed: the two versions, and what was before."""

    path: str
    before: Any
    theirs: Any
    yours: Any


class Stale(Exception):
    """An edit was made from a state that no longer holds, and touches what changed since."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = tuple(clashes)
        super().__init__("the case changed since this page was shown")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Store:
    """One case file, its history, and the only way to change them."""

    def __init__(self, path: Path, clock: Clock = _now) -> None:
        self.path = path.resolve()
        self.folder = self.path.parent
        self._clock = clock
        self._lock = threading.RLock()
        self._known: OrderedDict[str, State] = OrderedDict()
        # A file that can't be read at all is refused before anything is made beside it.
        load_document(self.path)
        self._sweep()
        self.history = History.of(history_path(self.path))
        self.state()

    def close(self) -> None:
        """Close the history."""
        self.history.close()

    def state(self) -> State:
        """Return the file as it stands; note in the history what changed it from outside."""
        with self._lock:
            found = self._read()
            last = self.history.last()
            if last is None or last.digest != found.digest:
                self._recorded(lambda: self._note(found))
            return found

    def change(self, changes: Sequence[Change], base: str) -> Saved:
        """Apply an edit that was made from the state `base`, and save the file.

        Raises `Stale` if what it touches has changed since, `CaseError` with what is wrong with
        it, `CaseFileError` if the file can't be written; then the file stays as it was.
        """
        done: list[Saved] = []

        def work() -> Saved:
            # A history that fails after the file was saved is begun anew; the file is not.
            if not done:
                done.append(self._save(changes, base))
            last = self.history.last()
            if last is None or last.digest != done[0].state.digest:
                self._append("edit", done[0].words, done[0].state.text)
            return done[0]

        return self._recorded(work)

    def through(self, work: Callable[[State], str]) -> Saved:
        """Let something else change the file (a workbook brought back, documents read).

        `work` takes the state at hand, changes the file and says in words what it did. What it
        raises passes on; it must leave the file as it was then.
        """
        words: list[str] = []

        def recorded() -> Saved:
            here = self._settled()
            if not words:
                words.append(work(here))
            saved = self._read()
            if saved.digest != here.digest:
                self._append("edit", words[0], saved.text)
            return Saved(state=saved, words=words[0])

        return self._recorded(recorded)

    def undo(self) -> Saved | None:
        """Take the last change back; None if there is none."""
        return self._step("undo")

    def redo(self) -> Saved | None:
        """Make the change that was taken back again; None if there is none."""
        return self._step("redo")

    def restore(self, key: int) -> Saved:
        """Let the state of an entry hold again; raise `KeyError` if there is no such entry."""

        def work() -> Saved:
            here, entry = self._settled(), self.history.entry(key)
            words = f"back to the state of {entry.at:%Y-%m-%d %H:%M:%S}"
            self._append("restore", words, self._put_back(entry.digest, here))
            return Saved(state=self._read(), words=words)

        return self._recorded(work)

    def compare(self, one: int, other: int) -> tuple[Case, Case]:
        """Return the cases of two entries; raise `KeyError` or `CaseError` where one is none."""
        first, second = (
            parse_case(self._text(self.history.entry(key).digest)) for key in (one, other)
        )
        return first, second

    def begin_anew(self, why: str) -> None:
        """Go on without the history that is there: it can't be read or written any more."""
        with self._lock:
            self.history.close()
            self.history = History.in_memory(why)

    def _recorded(self, work: Callable[[], Result]) -> Result:
        """Do what adds to the history, under its write lock; begin a new one where it fails."""
        with self._lock:
            try:
                with self.history.writing():
                    return work()
            except sqlite3.Error as error:
                if "locked" in str(error) or "busy" in str(error):
                    what, mend = "another program is writing its history", "try again"
                    fault = Fault(where="", what=what, mend=mend)
                    raise CaseFileError([fault], self.path.name) from None
                self.begin_anew(str(error))
            with self.history.writing():
                return work()

    def _sweep(self) -> None:
        """Remove what a program that was killed while it wrote left beside the file."""
        for left in self.folder.glob(".goodoffices-*"):
            with contextlib.suppress(OSError):
                if time.time() - left.lstat().st_mtime > ABANDONED:
                    if left.is_dir() and not left.is_symlink():
                        shutil.rmtree(left)
                    else:
                        left.unlink()

    # --- In the lock --------------------------------------------------------------------------

    def _save(self, changes: Sequence[Change], base: str) -> Saved:
        here = self._settled()
        if here.case is None:
            raise CaseError(here.errors, self.path.name)
        if base != here.digest:
            self._refuse_stale(changes, base, here.case)
        wanted = changed(here.case, changes)
        words = tell(differences(here.case, wanted), wanted)
        self._understood(save_case(wanted, self.path, expected=here.document))
        return Saved(state=self._read(), merged=base != here.digest, words=words)

    def _read(self) -> State:
        subject = str(self.path)
        try:
            text = decode(read_bytes(self.path, MOST_CHARACTERS, subject), subject)
            known = self._known.get(digest_of(text))
            if known is not None:
                return known
            return self._understood(document_of(text, subject, self.folder))
        except CaseFileError as error:
            return self._broken(error)

    def _understood(self, document: Document) -> State:
        """Return the state that a text says, and keep it for the next look."""
        digest = digest_of(document.text)
        said: dict[str, Any] = {"text": document.text, "digest": digest, "document": document}
        try:
            case = build(document.data, document.lines, self.path.name)
        except CaseError as error:
            found = State(case=None, faults=error.faults, **said)
        else:
            faults = tuple(check(case, self.folder, document.lines))
            found = State(case=case, faults=faults, settled=settled(case), **said)
        self._known[digest] = found
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        return found

    def _broken(self, error: CaseFileError) -> State:
        """Show a file that isn't even YAML, or is gone: its text is kept, if it has one."""
        try:
            text = self.path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            text = ""
        return State(text=text, digest=digest_of(text), case=None, faults=error.faults)

    def _settled(self) -> State:
        """Return the file as it stands, with the history up to it; the write lock is held."""
        found, last = self._read(), self.history.last()
        if last is None or last.digest != found.digest:
            self._note(found)
        return found

    def _note(self, found: State) -> None:
        last = self.history.last()
        if last is None:
            self._append("opened", "opened", found.text)
            return
        words = "the file was changed elsewhere"
        before = self.history.text(last.digest)
        if found.case is None:
            words = "the file was changed elsewhere, and is no case now"
        elif before is not None:
            try:
                words = "changed elsewhere: " + tell(
                    differences(parse_case(before), found.case), found.case
                )
            except CaseError:
                words = "the file was mended elsewhere"
        self._append("outside", words, found.text)

    def _append(self, kind: Kind, words: str, text: str) -> Entry:
        last = self.history.last()
        base = last.state if last is not None else None
        return self.history.append(kind, words, text, at=self._clock(), base=base)

    def _step(self, kind: Kind) -> Saved | None:

        def work() -> Saved | None:
            here, last = self._settled(), self.history.last()
            assert last is not None
            if kind == "undo":
                target, forward = last.base, (last.state, *last.forward)
            else:
                target, forward = next(iter(last.forward), None), last.forward[1:]
            if target is None:
                return None
            goal = self.history.entry(target)
            words = self._words(kind, goal if kind == "redo" else self.history.entry(last.state))
            text = self._put_back(goal.digest, here)
            self.history.append(
                kind,
                words,
                text,
                at=self._clock(),
                state=goal.state,
                base=goal.base,
                forward=forward,
            )
            return Saved(state=self._read(), words=words)

        return self._recorded(work)

    def _words(self, kind: Kind, entry: Entry) -> str:
        return f"{'taken back' if kind == 'undo' else 'made again'}: {entry.words}"

    def _put_back(self, digest: str, here: State) -> str:
        text = self._text(digest)
        if text != here.text:
            replace_file(self.path, text)
        return text

    def _text(self, digest: str) -> str:
        found = self.history.text(digest)
        if found is None:
            raise KeyError(digest)
        return found

    def _refuse_stale(self, changes: Sequence[Change], base: str, here: Case) -> None:
        """Raise `Stale` where an edit touches what changed since the state it was made from."""
        text = self.history.text(base)
        if text is None:
            clashes = [self._clash(change, None, here) for change in changes]
            raise Stale(clashes)
        before = parse_case(text)
        clashes = [
            self._clash(change, before, here)
            for change in changes
            if not same_at(change.path, before, here)
        ]
        if clashes:
            raise Stale(clashes)

    def _clash(self, change: Change, before: Case | None, here: Case) -> Clash:
        then = at_path(plain(before, short=False), change.path) if before is not None else None
        now = at_path(plain(here, short=False), change.path)
        return Clash(change.path, then, now, None if change.value is REMOVE else change.value)
