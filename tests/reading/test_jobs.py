import functools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.errors import ExtraError
from goodoffices.reading import jobs as module
from goodoffices.reading._pool import Died, TooLong
from goodoffices.reading.documents import id_of
from goodoffices.reading.jobs import ReadFile, read_many
from tests.reading.engines import moody, quick


@pytest.fixture
def paths(tmp_path) -> list[Path]:
    """Six documents; the third can't be read."""
    folder = tmp_path / "documents"
    folder.mkdir()
    made = []
    for k in range(6):
        made.append(folder / f"report {k}.txt")
        made[-1].write_text(f"The parties met on day {k}.\n\nThey did not agree.\n")
    made[2].write_bytes(b"%PDF-1.4 torn")
    return made


def texts(readings: list[ReadFile]) -> list[str | None]:
    return [reading.findings and reading.findings.document.text[:27] for reading in readings]


EXPECTED = [None if k == 2 else f"The parties met on day {k}.\n\n"[:27] for k in range(6)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_documents_come_in_order_and_a_bad_one_stops_nobody(paths, jobs):
    seen: list[tuple[int, int]] = []
    readings = list(
        read_many(paths, quick, jobs=jobs, progress_to=lambda done, of: seen.append((done, of)))
    )
    assert [reading.path for reading in readings] == paths
    assert texts(readings) == EXPECTED
    assert seen == [(k, 6) for k in range(1, 7)]
    (fault,) = readings[2].faults
    assert fault.what.startswith("not a whole PDF")
    assert "report 2.pdf" not in str(readings[2].error())
    assert "report 2.txt" in str(readings[2].error())
    assert not any(reading.stored for reading in readings)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_found_before_is_not_looked_for_again(paths, tmp_path, jobs):
    once = list(read_many(paths, quick, jobs=jobs, store=tmp_path / "store", engine="1"))
    # An engine that fails on every document shows that none of them is read again.
    again = list(
        read_many(paths, functools.partial(_fail), jobs=jobs, store=tmp_path / "store", engine="1")
    )
    assert [r.findings for r in again] == [r.findings for r in once]
    assert [r.stored for r in again] == [k != 2 for k in range(6)]
    other = list(read_many(paths[:1], quick, store=tmp_path / "store", engine="2"))
    assert not other[0].stored


def _fail(document: object) -> None:
    raise AssertionError("read again")


def test_a_changed_document_is_read_anew_and_a_renamed_one_is_not(paths, tmp_path):
    store = tmp_path / "store"
    list(read_many(paths[:2], quick, store=store))
    paths[0].write_text("They agreed.\n")
    moved = paths[1].rename(paths[1].with_name("moved.txt"))
    first, second = read_many([paths[0], moved], quick, store=store)
    assert not first.stored
    assert second.stored
    assert second.findings is not None
    assert (second.findings.document.id, second.findings.document.name) == ("moved", "moved.txt")


def test_a_key_that_stops_the_work_leaves_what_is_done(paths, tmp_path):
    paths[4].write_text("stop\n")
    store = tmp_path / "store"
    with pytest.raises(KeyboardInterrupt):
        list(read_many(paths, moody, store=store))
    assert len(list(store.iterdir())) == 3
    paths[4].write_text("go on\n")
    readings = list(read_many(paths, moody, store=store))
    assert [reading.stored for reading in readings] == [True, True, False, True, False, False]


def test_an_engine_that_fails_is_a_fault_of_that_document(paths):
    paths[0].write_text("fail\n")
    paths[1].write_text("refuse\n")
    first, second, third = read_many([*paths[:2], paths[3]], moody)
    assert first.faults[0].what == "the engine failed on it (ZeroDivisionError: by nobody)"
    assert second.faults[0].what == "no model answers"
    assert third.findings is not None


def test_a_document_that_takes_its_process_down_stops_nobody(paths):
    paths[2].write_text("hang\n")
    paths[3].write_text("die\n")
    # The first task of a process has more time, so that the one that hangs comes after two others.
    readings = list(read_many(paths, moody, jobs=2, seconds=1))
    assert readings[2].faults[0].what == "reading it takes longer than 1 s"
    assert readings[3].faults[0].what == "the process that read it came to an end"
    assert all(readings[k].findings is not None for k in (0, 1, 4, 5))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_missing_extra_stops_at_once(paths, jobs):
    paths[0].write_text("miss\n")
    with pytest.raises(ExtraError, match="spacy"):
        list(read_many(paths, moody, jobs=jobs))


def test_documents_of_the_same_name_have_ids_of_their_own(tmp_path):
    made = []
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
        for name in ("report.txt", "report-2.txt"):
            made.append(tmp_path / folder / name)
            made[-1].write_text("They met.")
    keys = [reading.findings.document.id for reading in read_many(made, quick) if reading.findings]
    assert keys[:3] == ["report", "report-2", "report-3"]
    assert len(set(keys)) == len(keys) == 6


def test_work_begins_when_somebody_asks_for_it(paths):
    seen: list[int] = []
    readings = read_many(paths, quick, progress_to=lambda done, of: seen.append(done))
    assert seen == []
    next(readings)
    assert seen == [1]


def test_no_documents_are_no_work():
    assert list(read_many([], quick, jobs=2)) == []


def test_an_engine_that_cannot_travel_is_refused_before_any_process_starts(paths):
    with pytest.raises(TypeError, match="a function of a module"):
        list(read_many(paths, lambda document: quick(document), jobs=2))
    assert texts(list(read_many(paths[:1], lambda document: quick(document)))) == EXPECTED[:1]


@given(st.permutations(range(5)), st.integers(2, 9))
def test_in_whatever_order_processes_answer_documents_come_in_theirs(order, count):
    named = [Path(f"{k}.txt") for k in range(5)]
    asked: list[int] = []
    seen: list[tuple[int, int]] = []

    def in_some_order(work, tasks, *, jobs, seconds):
        asked.append(jobs)
        for number in order:
            yield number, ReadFile(path=tasks[number].path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "side_by_side", in_some_order)
        found = list(
            read_many(named, quick, jobs=count, progress_to=lambda *given: seen.append(given))
        )
    assert [one.path for one in found] == named
    assert seen == [(k, 5) for k in range(1, 6)]
    # More processes than documents would stand idle.
    assert asked == [min(count, 5)]


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (TooLong(), "reading it takes longer than 2.5 s"),
        (Died(), "the process that read it came to an end"),
    ],
)
def test_a_process_that_does_not_answer_is_a_fault_with_a_remedy(monkeypatch, answer, what):
    answers = [(1, ReadFile(path=Path("b"))), (0, answer)]
    monkeypatch.setattr(module, "side_by_side", lambda *_, **__: iter(answers))
    first, second = read_many(["a", "b"], quick, jobs=2, seconds=2.5)
    assert first.faults[0].what == what
    assert first.faults[0].mend.startswith("split it")
    assert first.findings is None
    assert second.faults == ()


@given(
    st.lists(st.sampled_from(["a.txt", "a-2.txt", "a-3.txt", "A.pdf", "b.txt", "é"]), max_size=9)
)
def test_however_documents_are_named_each_has_an_id_of_its_own(names):
    tasks = module._tasks([Path(f"{k}") / name for k, name in enumerate(names)])
    keys = [task.id for task in tasks]
    assert len(set(keys)) == len(keys)
    assert [task.path.name for task in tasks] == names
    first = {name: keys[k] for k, name in reversed(list(enumerate(names)))}
    # Whoever comes first with a name is called by it.
    assert all(key == id_of(name) or id_of(name) in keys for name, key in first.items())


def test_an_engine_that_says_much_when_it_fails_is_cut_short(paths):
    def fail(document):
        raise RuntimeError("x" * 10_000)

    (found,) = read_many(paths[:1], fail)
    assert len(found.faults[0].what) < 300
    assert found.faults[0].mend == "report this, please"


def test_a_document_that_is_gone_is_said_with_and_without_a_store(tmp_path):
    for store in (None, tmp_path / "store"):
        (found,) = read_many([tmp_path / "gone.txt"], quick, store=store)
        assert found.faults[0].what == "cannot be read (No such file or directory)"
        assert str(found.error()).startswith("1 fault in ")


def test_what_an_engine_cannot_do_is_not_kept(paths, tmp_path):
    store = tmp_path / "store"
    paths[0].write_text("fail\n")
    list(read_many(paths[:1], moody, store=store))
    assert not store.exists() or list(store.iterdir()) == []
