import datetime as dt
import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodoffices.case.file import parse_case, read_case, starter
from goodoffices.errors import CaseError, CaseFileError
from goodoffices.workbench import store as module
from goodoffices.workbench.edits import REMOVE, Change
from goodoffices.workbench.history import History, digest_of
from goodoffices.workbench.store import Stale, Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "case.yaml"
    found.write_text(starter(), encoding="utf-8")
    return found


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    ticks = itertools.count()
    start = dt.datetime(2024, 9, 7, tzinfo=dt.UTC)
    found = Store(path, clock=lambda: start + dt.timedelta(seconds=next(ticks)))
    yield found
    found.close()


def retitle(store: Store, title: str, base: str | None = None) -> None:
    store.change([Change("title", title)], base or store.state().digest)


def title(path: Path) -> str:
    return read_case(path, checked=False).title


def test_an_edit_is_in_the_file_with_every_comment_kept(store: Store, path: Path) -> None:
    comments = [line for line in path.read_text().splitlines() if line.lstrip().startswith("#")]
    retitle(store, "Another title")
    text = path.read_text()
    assert title(path) == "Another title"
    assert comments == [line for line in text.splitlines() if line.lstrip().startswith("#")]


def test_an_edit_is_in_the_history_in_words(store: Store) -> None:
    old = store.state().case
    assert old is not None
    retitle(store, "Another title")
    last = store.history.last()
    assert last is not None
    assert last.kind == "edit"
    assert last.words == f"title: {old.title} to Another title"


def test_a_wrong_edit_changes_nothing(store: Store, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(CaseError):
        store.change([Change("goodoffices", 7)], store.state().digest)
    assert path.read_bytes() == before
    assert len(store.history.entries()) == 1


def test_undo_and_redo_walk_through_the_states_to_the_byte(store: Store, path: Path) -> None:
    texts = [path.read_text()]
    for name in ("one", "two", "three"):
        retitle(store, name)
        texts.append(path.read_text())
    for text in texts[-2::-1]:
        assert store.undo() is not None
        assert path.read_text() == text
    assert store.undo() is None
    for text in texts[1:]:
        assert store.redo() is not None
        assert path.read_text() == text
    assert store.redo() is None


def test_an_edit_after_an_undo_ends_what_could_be_redone_and_loses_nothing(
    store: Store, path: Path
) -> None:
    retitle(store, "one")
    kept = store.state().digest
    store.undo()
    retitle(store, "two")
    assert store.redo() is None
    assert store.history.text(kept) is not None


def test_any_state_can_be_restored_and_that_be_undone(store: Store, path: Path) -> None:
    first = store.history.entries()[-1]
    original = path.read_text()
    retitle(store, "one")
    retitle(store, "two")
    store.restore(first.id)
    assert path.read_text() == original
    store.undo()
    assert title(path) == "two"


def test_restoring_what_never_was_is_a_key_error(store: Store, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(KeyError):
        store.restore(99)
    assert path.read_bytes() == before


def test_a_change_from_outside_is_noticed_told_and_never_overwritten(
    store: Store, path: Path
) -> None:
    base = store.state().digest
    path.write_text(path.read_text() + "\nelicitation: outside\n")
    state = store.state()
    assert state.case is not None
    last = store.history.last()
    assert last is not None
    assert last.kind == "outside"
    assert "elicitation" in last.words
    # The edit touches something else: both are kept.
    saved = store.change([Change("title", "inside")], base)
    assert saved.merged
    case = read_case(path, checked=False)
    assert (case.title, case.elicitation) == ("inside", "outside")


def test_an_edit_of_what_changed_meanwhile_is_refused_with_both_versions(
    store: Store, path: Path
) -> None:
    old = store.state()
    assert old.case is not None
    retitle(store, "theirs", old.digest)
    with pytest.raises(Stale) as refused:
        retitle(store, "yours", old.digest)
    (clash,) = refused.value.clashes
    assert (clash.before, clash.theirs, clash.yours) == (old.case.title, "theirs", "yours")
    assert title(path) == "theirs"


def test_an_edit_made_from_a_state_that_nobody_knows_is_refused(store: Store) -> None:
    with pytest.raises(Stale):
        retitle(store, "yours", digest_of("never seen"))


def test_removing_what_somebody_else_edited_is_refused(store: Store) -> None:
    base = store.state().digest
    store.change([Change("purpose", "theirs")], base)
    with pytest.raises(Stale):
        store.change([Change("purpose", REMOVE)], base)


def test_a_file_broken_outside_is_shown_and_can_be_restored(store: Store, path: Path) -> None:
    good = path.read_text()
    path.write_text("{ not a case")
    state = store.state()
    assert state.case is None
    assert state.errors
    with pytest.raises(CaseError):
        retitle(store, "x")
    store.restore(store.history.entries()[-1].id)
    assert path.read_text() == good


def test_a_file_that_is_gone_can_be_restored(store: Store, path: Path) -> None:
    good = path.read_text()
    path.unlink()
    assert store.state().case is None
    store.restore(store.history.entries()[-1].id)
    assert path.read_text() == good


def test_a_file_that_is_no_text_at_all_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(CaseFileError):
        Store(bad)
    assert list(tmp_path.iterdir()) == [bad]


def test_a_history_that_fails_in_mid_work_never_costs_an_edit(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = History.append
    failing = [True]

    def full(self: History, *arguments: object, **named: object) -> object:
        if failing:
            failing.clear()
            raise sqlite3.OperationalError("database or disk is full")
        return real(self, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(History, "append", full)
    retitle(store, "kept")
    assert title(path) == "kept"
    assert "disk is full" in store.history.notice
    retitle(store, "next")
    store.undo()
    assert title(path) == "kept"


def test_a_case_file_that_cannot_be_written_stays_whole_and_it_is_said(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CaseFileError, match="No space left"):
        retitle(store, "lost")
    assert path.read_bytes() == before
    assert len(store.history.entries()) == 1


def test_another_program_that_holds_the_history_is_waited_for_and_then_said(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(module.history_path(path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.history._connection.execute("PRAGMA busy_timeout = 10")
    try:
        with pytest.raises(CaseFileError, match="another program"):
            retitle(store, "x")
    finally:
        other.execute("ROLLBACK")
        other.close()
    retitle(store, "y")
    assert title(path) == "y"


def test_edits_from_many_threads_are_all_kept(store: Store, path: Path) -> None:
    fields = ["title", "purpose", "not_for", "elicitation"]
    store.change([Change(field, f"{field} 0") for field in fields], store.state().digest)

    def work(field: str) -> None:
        for n in range(1, 8):
            store.change([Change(field, f"{field} {n}")], store.state().digest)

    threads = [threading.Thread(target=work, args=(field,)) for field in fields]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case = read_case(path, checked=False)
    assert [getattr(case, field) for field in fields] == [f"{field} 7" for field in fields]
    kinds = [entry.kind for entry in store.history.entries()]
    assert kinds.count("edit") == 1 + 4 * 7


def test_two_programs_on_one_file_lose_nothing(store: Store, path: Path) -> None:
    other = Store(path)
    base = store.state().digest
    retitle(store, "one")
    saved = other.change([Change("purpose", "two")], base)
    assert saved.merged
    case = store.state().case
    assert case is not None
    assert (case.title, case.purpose) == ("one", "two")
    other.close()


KILLED = """
import itertools, sys
from pathlib import Path
from goodoffices.workbench.edits import Change
from goodoffices.workbench.store import Store
store = Store(Path(sys.argv[1]))
print("ready", flush=True)
for n in itertools.count():
    store.change([Change("title", f"title {n}")], store.state().digest)
    print(n, flush=True)
"""


def test_a_kill_at_any_moment_leaves_a_whole_file_and_every_edit_that_was_confirmed(
    path: Path,
) -> None:
    for wait in (0.0, 0.013, 0.037, 0.071, 0.11):
        worker = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        worker.stdout.readline()
        time.sleep(wait)
        os.kill(worker.pid, signal.SIGKILL)
        confirmed = [int(line) for line in worker.stdout.read().split()]
        worker.wait()
        worker.stdout.close()
        there = int(title(path).removeprefix("title "))
        assert there >= max(confirmed, default=0)
        with_history = Store(path)
        assert with_history.history.notice == ""
        assert with_history.state().case is not None
        with_history.close()


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(steps=st.lists(st.sampled_from(["edit", "undo", "redo", "restore"]), max_size=14))
def test_every_walk_keeps_file_and_history_together(steps: list[str], tmp_path: Path) -> None:
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.yaml"
    path.write_text(starter(), encoding="utf-8")
    store = Store(path)
    # The oracle is what an editor does: a list of states and a place in it.
    states, at = [path.read_text()], 0
    for n, step in enumerate(steps):
        if step == "edit":
            retitle(store, f"title {n}")
            states, at = [*states[: at + 1], path.read_text()], at + 1
        elif step == "undo":
            assert (store.undo() is not None) == (at > 0)
            at = max(0, at - 1)
        elif step == "redo":
            assert (store.redo() is not None) == (at < len(states) - 1)
            at = min(len(states) - 1, at + 1)
        else:
            first = store.history.entries(1000)[-1]
            store.restore(first.id)
            states, at = [*states[: at + 1], states[0]], at + 1
        assert path.read_text() == states[at]
        parse_case(path.read_text())
    store.close()
