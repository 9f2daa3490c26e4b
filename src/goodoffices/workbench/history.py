"""The history beside a case file: every state that it was seen in, and what changed.

A SQLite file in WAL mode, `CASE.history.sqlite3`. Rows are only ever added: undoing is a row that
says which earlier state holds again. The case file is the truth; the history can be deleted.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

__all__ = ["Entry", "History", "Kind", "digest_of", "history_path"]

Kind = Literal["opened", "edit", "undo", "redo", "restore", "outside"]

BUSY = 5.0
"""Seconds to wait for another process that is writing."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS texts (digest TEXT PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  digest TEXT NOT NULL REFERENCES texts (digest),
  state INTEGER NOT NULL,
  base INTEGER,
  forward TEXT NOT NULL
);
"""
_COLUMNS = "id, at, kind, words, digest, state, base, forward"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of the history."""

    id: int
    at: dt.datetime
    kind: Kind
    words: str
    """What changed, in words."""
    digest: str
    """Of the text that holds from here on."""
    state: int
    """The entry that this state first came with: its own id, unless something was undone."""
    base: int | None
    """The state before it, which undoing goes back to."""
    forward: tuple[int, ...]
    """States that redoing goes on to, the next one first."""


def history_path(case: Path) -> Path:
    """Return where the history of a case file stands."""
    return case.with_name(case.name + ".history.sqlite3")


def digest_of(text: str) -> str:
    """Return the name of a text's state: SHA-256, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class History:
    """The states of one case file, open for reading and adding.

    `notice` says what happened where the file was damaged or can't be written.
    """

    def __init__(self, connection: sqlite3.Connection, notice: str = "") -> None:
        self.notice = notice
        self._lock = threading.RLock()
        self._connection = connection

    @classmethod
    def of(cls, path: Path) -> Self:
        """Open the history of a file, or begin one; set a damaged one aside."""
        try:
            return cls(_open(path))
        except sqlite3.OperationalError as error:
            return cls.in_memory(str(error))
        except sqlite3.DatabaseError as error:
            aside = _set_aside(path)
            told = f"The history could not be read ({error}). It was set aside as {aside}, "
            told += "and a new one begins here. The case file is whole."
            return cls(_open(path), told)

    @classmethod
    def in_memory(cls, why: str) -> Self:
        """Begin a history that lasts as long as this process."""
        told = f"No history can be kept beside the case ({why}): it lasts until you close this."
        return cls(_open(":memory:"), told)

    def close(self) -> None:
        """Close the file; nothing is pending, since every entry is committed at once."""
        with self._lock:
            self._connection.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write, against other threads and other processes too.

        What was added is kept only if the block ends well.
        """
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def append(
        self,
        kind: Kind,
        words: str,
        text: str,
        *,
        at: dt.datetime,
        state: int | None = None,
        base: int | None = None,
        forward: tuple[int, ...] = (),
    ) -> Entry:
        """Add an entry, inside of `writing`; without `state`, the state is a new one."""
        digest = digest_of(text)
        packed = zlib.compress(text.encode())
        run = self._connection.execute
        run("INSERT OR IGNORE INTO texts VALUES (?, ?)", (digest, packed))
        values = (at.isoformat(), kind, words, digest, state or 0, base, json.dumps(forward))
        added = run(
            "INSERT INTO entries (at, kind, words, digest, state, base, forward)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        ).lastrowid
        assert added is not None
        if state is None:
            run("UPDATE entries SET state = id WHERE id = ?", (added,))
        return self.entry(added)

    def entry(self, key: int) -> Entry:
        """Return one entry; raise `KeyError` if there is none of that number."""
        found = self._rows("WHERE id = ?", key)
        if not found:
            raise KeyError(key)
        return found[0]

    def last(self) -> Entry | None:
        """Return the newest entry, whose state holds; None in a new history."""
        found = self._rows("ORDER BY id DESC LIMIT 1")
        return found[0] if found else None

    def entries(self, most: int = 100, before: int | None = None) -> list[Entry]:
        """Return the newest entries, the newest first, optionally those before one."""
        if before is None:
            return self._rows("ORDER BY id DESC LIMIT ?", most)
        return self._rows("WHERE id < ? ORDER BY id DESC LIMIT ?", before, most)

    def text(self, digest: str) -> str | None:
        """Return the text of a state that was seen; None if it never was."""
        with self._lock:
            found = self._connection.execute(
                "SELECT packed FROM texts WHERE digest = ?", (digest,)
            ).fetchone()
        return zlib.decompress(found[0]).decode() if found else None

    def _rows(self, rest: str, *values: int) -> list[Entry]:
        with self._lock:
            found = self._connection.execute(
                # Only the fixed endings above are ever put in.
                f"SELECT {_COLUMNS} FROM entries {rest}",
                values,
            ).fetchall()
        return [
            Entry(
                id=row[0],
                at=dt.datetime.fromisoformat(row[1]),
                kind=row[2],
                words=row[3],
                digest=row[4],
                state=row[5],
                base=row[6],
                forward=tuple(json.loads(row[7])),
            )
            for row in found
        ]


def _open(path: Path | str) -> sqlite3.Connection:
    # Transactions are begun by hand, where they belong.
    connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.executescript(_SCHEMA)
        if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("it is damaged")
        # A folder that can't be written shows only when something is.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except BaseException:
        connection.close()
        raise
    return connection


def _set_aside(path: Path) -> str:
    """Rename a damaged history with what belongs to it; return its new name."""
    aside = path.with_name(f"{path.name}.damaged-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S-%f}")
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside.name
