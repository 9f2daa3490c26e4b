"""Moves as papers print them, one matrix per decision maker, as comma-separated text.

One file holds them all, or a folder holds one file each. Columns may be separated by commas,
semicolons or tabs. In one file:

    decision maker,from,calm,talks,war
    North,calm,0,1,1
    North,talks,1,0,0
    North,war,0,0,0
    North,rank,2,1,3
    South,calm,0,0,1
    South,talks,0,0,1
    South,war,0,0,0
    South,payoff,2,3,1
    status quo,,x,,

- A cell is 1 where the decision maker can move from the state of the row to that of the column in
  one move, else 0. What stands on the diagonal doesn't count: staying is no move.
- A row `rank` gives its places: 1 for the state that it prefers most. A row `payoff` gives numbers,
  the higher the better; only their order counts. Equal numbers are a tie. Everybody needs one.
- The row `status quo` marks one state; without it the first is the status quo.

In a folder every file is the matrix of the decision maker that it is named after, either with the
names of the states (`from,calm,talks,war`, then rows such as `calm,0,1,1`, and its `rank` or
`payoff`) or as bare noughts and ones, whose states are called 1, 2 and so on. A file of the first
kind may stand beside them, and give preferences and the status quo.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from goodoffices.case.model import Case
from goodoffices.errors import ExchangeError, Fault, clip, nearest
from goodoffices.exchange._csv import read_rows
from goodoffices.exchange._xml import plain
from goodoffices.exchange.conflict import Passage, Ranking, passage_to_case

__all__ = ["HEAD", "find_matrices", "read_matrices"]

HEAD: Final = ("decision maker", "from")
"""How the header of one file for all begins."""
MOST_STATES: Final = 300
MOST_ARCS: Final = 20_000
MOST_SIDES: Final = 62
MOST_FILES: Final = 100
PREFERENCES: Final = ("rank", "payoff")
STATUS_QUO: Final = "status quo"

Rows = Sequence[tuple[int, Sequence[str]]]


def find_matrices(folder: Path) -> tuple[Path, ...]:
    """Return the tables in a folder, by name; none where it isn't one.

    Raises `ExchangeError` for a folder that can't be listed, or holds more than any conflict needs.
    """
    if not folder.is_dir():
        return ()
    try:
        found = [f for f in folder.iterdir() if f.suffix.lower() == ".csv" and f.is_file()]
    except OSError as error:
        raise ExchangeError(f"{clip(folder)}: can't be listed ({error.strerror})") from None
    if len(found) > MOST_FILES:
        raise ExchangeError(f"{clip(folder)}: holds {len(found)} tables; at most {MOST_FILES}")
    return tuple(sorted(found))


def read_matrices(path: str | Path) -> Case:
    """Return the case of matrices of moves, in one file or a folder of files.

    Everything in it rests on an assumption that names the file or folder. Raises `ExchangeError`
    that says where and what for what can't be read.
    """
    place = Path(path)
    files = find_matrices(place) or (place,)
    alone = files == (place,)
    sides = _Sides(plain(place.stem if alone else place.name) or "A conflict", place.name)
    tables = [(file, read_rows(file)) for file in files]
    # A table that names its states goes first: bare ones have only numbers for them.
    for file, rows in sorted(tables, key=lambda one: _is_bare(one[1])):
        sides.add(_Table(file.name, rows, None if alone else plain(file.stem)))
    return passage_to_case(sides.passage())


def _is_bare(rows: Rows) -> bool:
    return bool(rows) and set(rows[0][1]) <= {"0", "1"}


class _Line(NamedTuple):
    """One row: whose it is, what it says, and its cells."""

    number: int
    who: str
    what: str
    cells: Sequence[str]


class _Table:
    """The rows of one file."""

    def __init__(self, file: str, rows: Rows, who: str | None) -> None:
        self.file = file
        head = [cell.lower() for cell in rows[0][1]] if rows else []
        self.states: Sequence[str]
        if tuple(head[:2]) == HEAD:
            self.states = rows[0][1][2:]
            self.lines = [_Line(n, *_first_two(row), row[2:]) for n, row in rows[1:]]
        elif who is not None and _is_bare(rows):
            self.states = [str(k) for k in range(1, len(rows[0][1]) + 1)]
            self.lines = [_Line(n, who, str(k), row) for k, (n, row) in enumerate(rows, start=1)]
        elif who is not None and head[:1] in (["from"], [""]):
            self.states = rows[0][1][1:]
            self.lines = [_Line(n, *_named(row[0], who), row[1:]) for n, row in rows[1:]]
        else:
            kinds = f'begin with "{",".join(HEAD)}"'
            kinds += ' or "from", or write noughts and ones alone' if who is not None else ""
            raise self.fault(1, "the header", "isn't there", kinds)
        self._check_states()

    def fault(self, line: int, where: str, what: str, mend: str = "") -> ExchangeError:
        told = Fault(where=where, what=what, mend=mend, line=line)
        return ExchangeError(f"{clip(self.file)}: {told}")

    def _check_states(self) -> None:
        if not self.states:
            raise self.fault(1, "the header", "names no state", "add a column per state")
        if len(self.states) > MOST_STATES:
            raise self.fault(1, "the header", f"names more than {MOST_STATES} states")
        known: set[str] = set()
        for n, name in enumerate(self.states, start=1):
            if not name or name.lower() in PREFERENCES:
                what = f'calls state {n} "{clip(name)}"' if name else f"state {n} has no name"
                raise self.fault(1, "the header", what, "give it another name")
            if name in known:
                raise self.fault(1, "the header", f'"{clip(name)}" stands there twice')
            known.add(name)

    def cells(self, line: _Line) -> Sequence[str]:
        """Return one cell per state."""
        while len(line.cells) > len(self.states) and not line.cells[-1]:
            line = line._replace(cells=line.cells[:-1])
        if len(line.cells) != len(self.states):
            what = f"has {len(line.cells)} cells for {len(self.states)} states"
            raise self.fault(line.number, "the row", what)
        return line.cells


def _first_two(row: Sequence[str]) -> tuple[str, str]:
    return row[0], row[1] if len(row) > 1 else ""


def _named(first: str, who: str) -> tuple[str, str]:
    """Return whose a row is, where the file is one decision maker's."""
    return (first, "") if first.lower() == STATUS_QUO else (who, first)


class _Sides:
    """What all tables say together."""

    def __init__(self, title: str, file: str) -> None:
        self.title, self.file = title, file
        self.states: Sequence[str] = ()
        self.place: dict[str, int] = {}
        self.arcs: dict[str, dict[int, list[int]]] = {}
        self.ranks: dict[str, Ranking] = {}
        self.status_quo: int | None = None
        self.table: _Table | None = None

    def add(self, table: _Table) -> None:
        """Read another table."""
        if not self.states:
            self.states = table.states
            self.place = {name: s for s, name in enumerate(self.states)}
        if set(table.states) != set(self.states):
            other = next((s for s in table.states if s not in self.place), "")
            what = f'"{clip(other)}" is no state of the first table' if other else "lacks a state"
            raise table.fault(1, "the header", what, "name the same states in each")
        self.table = table
        for line in table.lines:
            self._read(table, line)

    def _read(self, table: _Table, line: _Line) -> None:
        if line.who.lower() == STATUS_QUO:
            self._mark(table, line)
            return
        if not line.who:
            raise table.fault(line.number, "the row", "names no decision maker")
        if line.what.lower() in PREFERENCES:
            self._rank(table, line)
            return
        if line.what not in self.place:
            what = f'"{clip(line.what)}" is neither a state nor rank nor payoff'
            mend = nearest(line.what, self.states) or "name a state of the header"
            raise table.fault(line.number, clip(line.who), what, mend)
        own = self.arcs.setdefault(line.who, {})
        if len(self.arcs) > MOST_SIDES:
            what = f"more than {MOST_SIDES} decision makers"
            raise table.fault(
                line.number, "the table", what, "see whether the first column names them"
            )
        source = self.place[line.what]
        if source in own:
            what = f"has a row from {clip(line.what)} already"
            raise table.fault(line.number, clip(line.who), what, "remove one of them")
        own[source] = list(self._targets(table, line))

    def _targets(self, table: _Table, line: _Line) -> Iterator[int]:
        for name, cell in zip(table.states, table.cells(line), strict=True):
            if name == line.what and cell in ("", "-", "–"):
                continue
            if cell not in ("0", "1"):
                what = f'"{clip(cell)}" from {clip(line.what)} to {clip(name)}'
                raise table.fault(line.number, clip(line.who), what, "write 1 or 0")
            if cell == "1" and name != line.what:
                yield self.place[name]

    def _mark(self, table: _Table, line: _Line) -> None:
        marked = [name for name, cell in zip(table.states, table.cells(line), strict=True) if cell]
        if len(marked) != 1 or self.status_quo is not None:
            what = "stands there twice" if len(marked) == 1 else f"marks {len(marked)} states"
            raise table.fault(line.number, STATUS_QUO, what, "mark one")
        self.status_quo = self.place[marked[0]]

    def _rank(self, table: _Table, line: _Line) -> None:
        if line.who in self.ranks:
            what = "has a rank or payoff already"
            raise table.fault(line.number, clip(line.who), what, "remove one of the rows")
        places: dict[float, list[int]] = {}
        for name, cell in zip(table.states, table.cells(line), strict=True):
            number = _number(cell)
            if number is None:
                what = f'"{clip(cell)}" is no number for state {clip(name)}'
                mend = (
                    "write 1 for the best, 2 for the next" if line.what == "rank" else "write one"
                )
                raise table.fault(line.number, f"{clip(line.who)}, {line.what.lower()}", what, mend)
            sign = 1 if line.what.lower() == "rank" else -1
            places.setdefault(sign * number, []).append(self.place[name])
        self.ranks[line.who] = tuple(tuple(places[place]) for place in sorted(places))

    def passage(self) -> Passage:
        """Return all that was read; refuse what is not complete."""
        for who, own in self.arcs.items():
            missing = [name for name, s in self.place.items() if s not in own]
            if missing:
                what = f"has no row from {clip(', '.join(missing), 80)}"
                raise self._fault(who, what, "add it; noughts where no move is possible")
            if who not in self.ranks:
                raise self._fault(who, "has no preference", f"add a row {clip(who)},rank")
        for who in self.ranks:
            if who not in self.arcs:
                mend = nearest(who, list(self.arcs)) or "add its rows, or check the name"
                raise self._fault(who, "has a preference and no matrix", mend)
        if not self.arcs:
            raise self._fault("the table", "has no matrix", "add a row per state")
        count = sum(len(some) for own in self.arcs.values() for some in own.values())
        if count > MOST_ARCS:
            raise self._fault("the table", f"{count:,} moves; at most {MOST_ARCS:,} are read")
        return Passage(
            title=self.title,
            file=self.file,
            states=tuple(self.states),
            arcs={who: tuple(tuple(own[s]) for s in sorted(own)) for who, own in self.arcs.items()},
            rankings=self.ranks,
            status_quo=self.status_quo,
        )

    def _fault(self, where: str, what: str, mend: str = "") -> ExchangeError:
        return ExchangeError(f"{clip(self.file)}: {Fault(where=clip(where), what=what, mend=mend)}")


def _number(cell: str) -> float | None:
    try:
        number = float(cell) if cell.isascii() and "_" not in cell else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None
