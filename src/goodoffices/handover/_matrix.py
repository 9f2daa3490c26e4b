"""The issue-by-party matrix as a sheet.

It has a row for each weight and for each option, and a column for each party and faction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from goodoffices.case._plain import plain
from goodoffices.case.model import Case
from goodoffices.errors import clip
from goodoffices.handover._forms import Cell, Unreadable, decoded, encoded
from goodoffices.handover._found import Found, Typed, blank, cell_name
from goodoffices.handover._plan import Column

__all__ = ["matrix_head", "matrix_rows", "read_matrix"]

FIXED = ("issue", "row", "option")
WEIGHT, VALUE = "weight", "value"
_NUMBER = Column(head=VALUE, path=(VALUE,), form="quantity")


def _actors(case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*case.parties, *case.factions, *case.positions]))


def matrix_head(case: Case) -> list[Cell]:
    """Return the heads: what a row is, then everybody who may have a position."""
    return [*FIXED, "(in words)", *_actors(case)]


def matrix_rows(case: Case) -> Iterator[list[Cell]]:
    """Yield for each issue the row of weights, then one row for each option that has a value."""
    positions: dict[str, Any] = plain(case, short=False).get("positions", {})
    actors = _actors(case)
    issues = dict.fromkeys([*case.issues, *(key for row in positions.values() for key in row)])
    for issue in issues:
        held = {actor: positions.get(actor, {}).get(issue, {}) for actor in actors}
        known = case.issues.get(issue)
        weights = [_cell(held[actor], WEIGHT) for actor in actors]
        yield [issue, WEIGHT, None, known.name if known else None, *weights]
        for option in _options(case, issue, held):
            words = known.option_name(option) if known and option in known.option_ids else None
            values = [_cell(held[actor].get("values", {}), option) for actor in actors]
            yield [issue, VALUE, str(encoded(option, "text")), words, *values]


def _cell(held: dict[str, Any], name: str) -> Cell:
    return encoded(held[name], "quantity") if name in held else None


def _options(case: Case, issue: str, held: dict[str, Any]) -> list[str]:
    """Return the options to show; of a numeric issue its ends and the numbers that are valued."""
    valued = dict.fromkeys(key for one in held.values() for key in one.get("values", {}))
    known = case.issues.get(issue)
    if known is None or known.options:
        return list(dict.fromkeys([*(known.options if known else ()), *valued]))
    ends = tuple(known.numbers)
    names = dict.fromkeys([ends[0], *valued, ends[-1]])
    try:
        return sorted(names, key=float)
    except ValueError:
        return list(names)


def read_matrix(sheet: str, rows: Sequence[Sequence[Typed]], found: Found) -> None:
    """Add weights and values to the positions that were found."""
    heads = ["" if cell is None else str(cell).strip() for cell in (rows[0] if rows else ())]
    fixed = {name: heads.index(name) for name in FIXED if name in heads}
    for name in FIXED:
        if name not in fixed:
            found.wrong(cell_name(sheet, 0, 0), f"no column is headed {name}", "add one")
    if len(fixed) < len(FIXED):
        return
    taken = set(fixed.values())
    actors = {n: h for n, h in enumerate(heads) if h and h[0] != "(" and n not in taken}
    for number, row in enumerate(rows):
        if number and not all(map(blank, row)):
            inner = _inner(sheet, number, row, fixed, found)
            for column, actor in actors.items() if inner else ():
                cell = row[column] if column < len(row) else None
                if not blank(cell) and inner:
                    path = ("positions", actor, *inner)
                    found.take(path, cell, _NUMBER, cell_name(sheet, number, column))


def _inner(
    sheet: str, number: int, row: Sequence[Typed], fixed: Mapping[str, int], found: Found
) -> tuple[str, ...] | None:
    """Return where the numbers of a row stand in a position; None, and a fault, if nowhere."""
    words: dict[str, str] = {}
    for name, column in fixed.items():
        cell = row[column] if column < len(row) else None
        try:
            words[name] = "" if cell is None else str(decoded(cell, "text"))
        except Unreadable as problem:
            found.wrong(cell_name(sheet, number, column), problem.what, problem.mend)
            return None
    issue, kind = words["issue"].strip(), words["row"].strip()
    inner = (issue, WEIGHT) if kind == WEIGHT else (issue, "values", words["option"])
    where = {name: cell_name(sheet, number, column) for name, column in fixed.items()}
    if not issue:
        found.wrong(where["issue"], "this row names no issue", "write one, or empty the row")
    elif kind not in (WEIGHT, VALUE):
        found.wrong(where["row"], f'"{clip(kind)}" is neither weight nor value', "write one")
    elif (first := found.cells.setdefault(("(row)", *inner), where["row"])) != where["row"]:
        found.wrong(where["row"], f"the same row stands at {first} already", "remove one of them")
    else:
        return inner
    return None
