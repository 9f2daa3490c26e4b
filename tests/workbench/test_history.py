import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.workbench.history import History, digest_of, history_path

NOW = dt.datetime(2024, 9, 7, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return history_path(tmp_path / "case.yaml")


@pytest.fixture
def history(path: Path) -> Iterator[History]:
    found = History.of(path)
    yield found
    found.close()


def test_the_history_stands_beside_the_case(tmp_path: Path) -> None:
    assert history_path(tmp_path / "case.yaml").name == "case.yaml.history.sqlite3"


def test_an_entry_keeps_its_text_its_time_and_its_words(history: History) -> None:
    with history.writing():
        added = history.append("opened", "opened", "title: T\n", at=NOW)
    assert added.at == NOW
    assert added.words == "opened"
    assert added.state == added.id
    assert history.text(added.digest) == "title: T\n"
    assert history.last() == added


def test_entries_come_newest_first_and_page_by_page(history: History) -> None:
    with history.writing():
        ids = [history.append("edit", str(n), str(n), at=NOW).id for n in range(5)]
    assert [entry.id for entry in history.entries(2)] == ids[:-3:-1]
    assert [entry.id for entry in history.entries(9, before=ids[2])] == [ids[1], ids[0]]


def test_one_text_is_kept_once(history: History, path: Path) -> None:
    with history.writing():
        for _ in range(3):
            history.append("edit", "same", "x" * 1000, at=NOW)
    with sqlite3.connect(path) as raw:
        count = raw.execute("SELECT count(*) FROM texts").fetchone()
    raw.close()
    assert count == (1,)


def test_an_unknown_state_and_an_unknown_entry_are_told_apart_from_empty_ones(
    history: History,
) -> None:
    assert history.text(digest_of("never")) is None
    assert history.last() is None
    with pytest.raises(KeyError):
        history.entry(7)


def test_a_block_that_fails_leaves_nothing_behind(history: History) -> None:
    def fail() -> None:
        with history.writing():
            history.append("edit", "lost", "x", at=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert history.last() is None


def test_what_was_added_is_there_for_the_next_one_who_opens_it(path: Path) -> None:
    first = History.of(path)
    with first.writing():
        added = first.append("opened", "opened", "text", at=NOW, forward=(3, 2))
    first.close()
    second = History.of(path)
    assert second.last() == added
    second.close()


@pytest.mark.parametrize("damage", [b"", b"not a database, and longer than a header " * 99])
def test_a_damaged_history_is_set_aside_and_said_so(path: Path, damage: bytes) -> None:
    first = History.of(path)
    with first.writing():
        first.append("opened", "opened", "text", at=NOW)
    first.close()
    raw = path.read_bytes()
    path.write_bytes(damage + raw[len(damage) : len(raw) // 2] if damage else raw[: len(raw) // 2])
    found = History.of(path)
    assert "set aside" in found.notice
    assert "The case file is whole" in found.notice
    assert len(list(path.parent.glob("*.damaged-*"))) >= 1
    with found.writing():
        found.append("opened", "again", "text", at=NOW)
    found.close()


def test_where_no_history_can_be_written_it_lasts_as_long_as_the_program(tmp_path: Path) -> None:
    found = History.of(tmp_path / "no such folder" / "case.history.sqlite3")
    assert "No history can be kept" in found.notice
    with found.writing():
        found.append("opened", "opened", "text", at=NOW)
    assert found.last() is not None
    found.close()
