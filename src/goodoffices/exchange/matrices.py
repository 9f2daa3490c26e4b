"""Tables of states as papers print them, as comma-separated text.

A row is an option, a column is a state; below stand the preferences. Columns may be separated by
commas, semicolons or tabs.

    decision maker,option,only,1,2,3
    Ministry,Modify,take,N,Y,-
    Company,Delay,drop,Y,Y,N
    Company,Abandon,take,N,N,Y
    Ministry,rank,,1,2,3
    Company,rank,,2,1,3
    status quo,,,x,,

- `only` may be left out as a column; a cell of it says `take` or `drop` where an option can change
  in one direction only.
- A state's cells say Y or 1 (taken), N or 0 (left), or - where it makes no difference: such states
  are one state. States that are not listed are impossible.
- A row `rank` gives a decision maker's places: 1 for the state it prefers most, equal numbers for a
  tie. Every decision maker needs one.
- The row `status quo` marks one state; without it the first column is the status quo.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

from goodoffices.case.model import Case
from goodoffices.case.states import MOST_OPTIONS, read_pattern
from goodoffices.errors import ExchangeError, Fault, clip
from goodoffices.exchange._csv import read_rows
from goodoffices.exchange._xml import plain
from goodoffices.exchange.conflict import Conflict, ConflictOption, Ranking, to_case

__all__ = ["read_states"]

MOST_STATES: Final = 300
_SIGNS: Final = {"y": "Y", "1": "Y", "yes": "Y", "n": "N", "0": "N", "no": "N", "-": "-", "–": "-"}
_ONLY: Final = {"": "both", "take": "fwd", "drop": "back"}


def read_states(path: str | Path) -> Case:
    """Return the case of a table of states.

    Everything in it rests on an assumption that names the file. Raises `ExchangeError` that says
    where and what for what can't be read.
    """
    place = Path(path)
    return to_case(_Table(place, read_rows(place)).conflict())


class _Table:
    """The rows of a table, and what they say."""

    def __init__(self, place: Path, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        self.file, self.title = place.name, plain(place.stem) or "A conflict"
        self.rows = rows
        head = [cell.lower() for cell in self.rows[0][1]] if self.rows else []
        if head[:2] != ["decision maker", "option"]:
            kinds = 'begin with "decision maker,option" (or "decision maker,from" for matrices)'
            raise self.fault(1, "the header", "isn't there", kinds)
        self.first = 3 if head[2:3] == ["only"] else 2
        self.states: list[str] = [*self.rows[0][1][self.first :]]
        self.decision_makers: list[str] = []
        self.options: list[ConflictOption] = []
        self.signs: list[list[str]] = []
        self.ranks: dict[str, Ranking] = {}
        self.status_quo: int | None = None

    def fault(self, line: int, where: str, what: str, mend: str = "") -> ExchangeError:
        told = Fault(where=where, what=what, mend=mend, line=line)
        return ExchangeError(f"{clip(self.file)}: {told}")

    def conflict(self) -> Conflict:
        """Read all rows."""
        self._header()
        ranked: list[tuple[int, str, list[str]]] = []
        for line, row in self.rows[1:]:
            cells = self._cells(line, row)
            who, what, only = [*row[: self.first], "", "", ""][:3]
            if who.lower() == "status quo":
                self._status_quo(line, cells)
            elif what.lower() == "rank":
                ranked.append((line, who, cells))
            else:
                self._option(line, who, what, only, cells)
        patterns = ["".join(signs) for signs in zip(*self.signs, strict=True)]
        if not patterns:
            raise self.fault(1, "the table", "has no option", "add a row per option")
        numbers = self._numbers(patterns)
        for line, who, cells in ranked:
            self._rank(line, who, cells, numbers)
        for who in self.decision_makers:
            if who not in self.ranks:
                raise self.fault(1, clip(who), "has no preference", f"add a row {clip(who)},rank")
        return Conflict(
            title=self.title,
            file=self.file,
            decision_makers=tuple(self.decision_makers),
            options=tuple(self.options),
            rankings=tuple(self.ranks[who] for who in self.decision_makers),
            statements=((),) * len(self.decision_makers),
            named=dict(zip(self.states, patterns, strict=True)),
            status_quo=numbers[self.status_quo or 0],
        )

    def _header(self) -> None:
        if not self.states:
            raise self.fault(1, "the header", "names no state", "add a column per state")
        if len(self.states) > MOST_STATES:
            raise self.fault(1, "the header", f"names more than {MOST_STATES} states")
        for n, name in enumerate(self.states):
            if not name:
                raise self.fault(1, "the header", f"column {self.first + n + 1} has no name")
            if name in self.states[:n]:
                raise self.fault(1, "the header", f'"{clip(name)}" stands there twice')

    def _cells(self, line: int, row: Sequence[str]) -> list[str]:
        cells = list(row[self.first :])
        if len(cells) > len(self.states) and any(cells[len(self.states) :]):
            what = f"has {len(cells)} cells for {len(self.states)} states"
            raise self.fault(line, "the row", what)
        return (cells + [""] * len(self.states))[: len(self.states)]

    def _option(self, line: int, who: str, name: str, only: str, cells: Sequence[str]) -> None:
        if not who or not name:
            what = "names no decision maker" if not who else "names no option"
            raise self.fault(line, "the row", what)
        if only.lower() not in _ONLY:
            raise self.fault(line, "only", f'"{clip(only)}" is unknown', "write take or drop")
        if who not in self.decision_makers:
            self.decision_makers.append(who)
        if len(self.options) == MOST_OPTIONS:
            raise self.fault(line, "the table", f"has more than {MOST_OPTIONS} options")
        for state, cell in zip(self.states, cells, strict=True):
            if cell.lower() not in _SIGNS:
                what = f'"{clip(cell)}" in state {clip(state)}'
                raise self.fault(line, clip(name), what, "write Y, N or -")
        owner = self.decision_makers.index(who)
        self.options.append(ConflictOption(name=name, owner=owner, direction=_ONLY[only.lower()]))
        self.signs.append([_SIGNS[cell.lower()] for cell in cells])

    def _status_quo(self, line: int, cells: Sequence[str]) -> None:
        marked = [n for n, cell in enumerate(cells) if cell]
        if len(marked) != 1:
            raise self.fault(line, "status quo", f"marks {len(marked)} states", "mark one")
        self.status_quo = marked[0]

    def _numbers(self, patterns: Sequence[str]) -> list[int]:
        """Return the states' decimal numbers; refuse states that can't be told apart."""
        read = [read_pattern(pattern, len(self.options)) for pattern in patterns]
        for a, b in combinations(range(len(read)), 2):
            both = read[a][0] & read[b][0]
            if read[a][1] & both == read[b][1] & both:
                what = f"{clip(self.states[a])} and {clip(self.states[b])} are the same state"
                raise self.fault(1, "the states", what, "tell them apart by an option")
        return [want for _, want in read]

    def _rank(self, line: int, who: str, cells: Sequence[str], numbers: Sequence[int]) -> None:
        if who not in self.decision_makers:
            raise self.fault(line, clip(who), "has a rank and no option", "check the name")
        if who in self.ranks:
            raise self.fault(line, clip(who), "has a rank already", "remove one of the rows")
        places: dict[float, list[int]] = {}
        for state, cell, number in zip(self.states, cells, numbers, strict=True):
            places.setdefault(self._place(line, who, state, cell), []).append(number)
        self.ranks[who] = tuple(tuple(places[place]) for place in sorted(places))

    def _place(self, line: int, who: str, state: str, cell: str) -> float:
        if not cell.isascii() or not cell.isdigit() or len(cell) > 9:
            what = f'"{clip(cell)}" is no place for state {clip(state)}'
            raise self.fault(
                line, f"{clip(who)}, rank", what, "write a whole number, 1 for the best"
            )
        return int(cell)
