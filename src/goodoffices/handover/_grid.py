"""A case as sheets of plain cells, and sheets of cells as the data of a case; no file in sight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goodoffices.case._plain import plain
from goodoffices.case._write import inline
from goodoffices.case.model import Case
from goodoffices.errors import clip, nearest
from goodoffices.handover._forms import MORE, MOST_TEXT, Cell, Unreadable, decoded, encoded
from goodoffices.handover._found import Found, Key, Typed, blank, cell_name
from goodoffices.handover._matrix import matrix_head, matrix_rows, read_matrix
from goodoffices.handover._plan import MATRIX, MORE_SHEET, Column, SheetPlan, plan

__all__ = ["CASE_SHEET", "Grid", "data_of", "sheets_of"]

CASE_SHEET = "Case"
CHUNK = 30_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A sheet: rows of cells, of which the first names the columns."""

    name: str
    rows: Sequence[Sequence[Typed]]
    columns: tuple[Column, ...] = ()
    """What is known of the columns, for a sheet that is written; by their heads."""


def sheets_of(case: Case) -> tuple[Grid, ...]:
    """Return the sheets that say a case: its settings, its lists, the matrix, and what is left."""
    data = plain(case, short=False)
    more: dict[Key, Any] = {}
    settings, lists = plan()
    sheets = [_settings(data, settings, more)]
    for sheet in lists:
        if sheet.name == "Positions":
            sheets.append(Grid(name=MATRIX, rows=[matrix_head(case), *matrix_rows(case)]))
        sheets.append(_list(data, sheet, more))
    # Whatever the sheets alone would lose stands on a sheet of its own.
    found = data_of(tuple(sheets))
    for path in _lost(data, found.data, ()):
        more.setdefault(path, _at(data, path))
    rows = [["place", "text"]]
    for path, value in more.items():
        text = inline(value)
        for start in range(0, len(text), CHUNK):
            rows.append([inline(list(path)), text[start : start + CHUNK]])
    return (*sheets, Grid(name=MORE_SHEET, rows=rows))


def _settings(data: Mapping[str, Any], settings: Sequence[Column], more: dict[Key, Any]) -> Grid:
    rows: list[list[Cell]] = [["place", "value", "(meaning)"]]
    for column in settings:
        rows.append([column.head, _cell(data, column, (), more), column.meaning or None])
    return Grid(name=CASE_SHEET, rows=rows, columns=tuple(settings))


def _list(data: Mapping[str, Any], sheet: SheetPlan, more: dict[Key, Any]) -> Grid:
    rows: list[list[Cell]] = [[*sheet.keys, *(column.head for column in sheet.columns)]]
    for path, item in _items(data, sheet.within):
        ids = [part for part, step in zip(path, (*sheet.within, "*"), strict=True) if step == "*"]
        cells = [_cell(item, column, path, more) for column in sheet.columns]
        rows.append([*(str(key) for key in ids), *cells])
    return Grid(name=sheet.name, rows=rows, columns=sheet.columns)


def _items(node: Any, within: Sequence[str], path: Key = ()) -> Iterator[tuple[Key, Any]]:
    """Yield the items of a list, or of the lists in each item of an upper list."""
    if not isinstance(node, dict):
        return
    if not within:
        for key, item in node.items():
            yield (*path, key), item
        return
    first, rest = within[0], within[1:]
    for key in list(node) if first == "*" else [first]:
        if key in node:
            yield from _items(node[key], rest, (*path, key))


def _cell(item: Mapping[str, Any], column: Column, path: Key, more: dict[Key, Any]) -> Cell:
    """Return the cell of a field; None where the item doesn't say it."""
    node: Any = item
    for part in column.path[:-1]:
        node = node.get(part) if isinstance(node, dict) else None
    if column.form == "dated" and node == {}:
        return "unknown"
    last = column.path[-1]
    if not isinstance(node, dict) or last not in node:
        return None
    cell = encoded(node[last], column.form)
    if isinstance(cell, str) and len(cell) > MOST_TEXT:
        more[(*path, *column.path)] = node[last]
        return MORE
    return cell


def _at(data: Any, path: Key) -> Any:
    for part in path:
        data = data[part]
    return data


def _lost(said: Any, again: Any, path: Key) -> Iterator[Key]:
    """Yield the smallest parts of what is said that are not said again."""
    if isinstance(said, dict) and isinstance(again, dict) and (said or not again):
        for key, value in said.items():
            if key not in again:
                yield (*path, key)
            else:
                yield from _lost(value, again[key], (*path, key))
    elif isinstance(said, list) and isinstance(again, list) and len(said) == len(again):
        if any(True for one, other in zip(said, again, strict=True) for _ in _lost(one, other, ())):
            yield path
    elif isinstance(said, list) and len(said) == 1 and not isinstance(again, (dict, list)):
        # One item may stand for a list of one.
        if str(said[0]) != str(again):
            yield path
    elif isinstance(said, (dict, list)) or str(said) != str(again):
        yield path


def data_of(grids: Sequence[Grid]) -> Found:
    """Return what sheets say; every cell that can't be read is a fault of its own."""
    found = Found()
    known = {grid.name.strip().lower(): grid for grid in grids}
    settings, lists = plan()
    if CASE_SHEET.lower() in known:
        _read_settings(known[CASE_SHEET.lower()], settings, found)
    for sheet in lists:
        if sheet.name.lower() in known:
            _read_list(known[sheet.name.lower()], sheet, found)
    if MATRIX.lower() in known:
        grid = known[MATRIX.lower()]
        read_matrix(grid.name, grid.rows, found)
    if MORE_SHEET.lower() in known:
        _read_more(known[MORE_SHEET.lower()], found)
    return found


def _rows(grid: Grid) -> Iterator[tuple[int, Sequence[Typed]]]:
    """Yield the rows below the heads that are not blank, counted from 0."""
    for number, row in enumerate(grid.rows):
        if number and not all(map(blank, row)):
            yield number, row


def _at_column(row: Sequence[Typed], column: int) -> Typed:
    return row[column] if column < len(row) else None


def _heads(grid: Grid, wanted: Sequence[str], known: Sequence[str], found: Found) -> dict[str, int]:
    """Return which column bears which head; those in brackets are there for people only."""
    heads: dict[str, int] = {}
    for column, cell in enumerate(grid.rows[0] if grid.rows else ()):
        if blank(cell) or str(cell).strip().startswith("("):
            continue
        name, where = str(cell).strip(), cell_name(grid.name, 0, column)
        if name not in known:
            mend = nearest(name, known) or f"if it is a note, put it in brackets: ({clip(name)})"
            found.wrong(where, f'"{clip(name)}" is not a field of this sheet', mend)
        elif name in heads:
            found.wrong(where, f'"{clip(name)}" heads two columns', "remove one of them")
        else:
            heads[name] = column
    for name in wanted:
        if name not in heads:
            found.wrong(cell_name(grid.name, 0, 0), f"no column is headed {name}", "add one")
    return heads


def _read_settings(grid: Grid, settings: Sequence[Column], found: Found) -> None:
    columns = {column.head: column for column in settings}
    heads = _heads(grid, ("place", "value"), ("place", "value"), found)
    if len(heads) < 2:
        return
    for number, row in _rows(grid):
        place, cell = (_at_column(row, heads[name]) for name in ("place", "value"))
        name, where = str(place or "").strip(), cell_name(grid.name, number, heads["value"])
        if name.startswith("(") or blank(cell):
            continue
        if name not in columns:
            here = cell_name(grid.name, number, heads["place"])
            mend = nearest(name, columns) or "name a place as the sheet that was exported does"
            found.wrong(here, f'"{clip(name)}" is not a place of a case', mend)
            continue
        found.take(columns[name].path, cell, columns[name], where)


def _read_list(grid: Grid, sheet: SheetPlan, found: Found) -> None:
    columns = {column.head: column for column in sheet.columns}
    heads = _heads(grid, sheet.keys, (*sheet.keys, *columns), found)
    if not all(key in heads for key in sheet.keys):
        return
    for number, row in _rows(grid):
        path = _path(grid, sheet, heads, number, row, found)
        if path is None:
            continue
        found.put(path, {}, cell_name(grid.name, number, heads[sheet.keys[-1]]))
        for name, index in heads.items():
            cell = _at_column(row, index)
            if name not in sheet.keys and not blank(cell):
                column, where = columns[name], cell_name(grid.name, number, index)
                found.take((*path, *column.path), cell, column, where)


def _path(
    grid: Grid,
    sheet: SheetPlan,
    heads: Mapping[str, int],
    number: int,
    row: Sequence[Typed],
    found: Found,
) -> Key | None:
    """Return where the item of a row stands in the case; None, and a fault, if nowhere."""
    ids: list[str] = []
    for name in sheet.keys:
        cell = _at_column(row, heads[name])
        if blank(cell):
            where = cell_name(grid.name, number, heads[name])
            found.wrong(where, f"this row names no {name}", "write one, or empty the row")
            return None
        # Whole numbers are ids too, and a sheet may hold them as numbers.
        whole = isinstance(cell, float) and cell.is_integer()
        ids.append(str(int(cell) if whole else cell).strip())  # type: ignore[arg-type]
    rest = iter(ids)
    path: Key = tuple(next(rest) if step == "*" else step for step in (*sheet.within, "*"))
    where = cell_name(grid.name, number, heads[sheet.keys[0]])
    if path in found.cells:
        what = f'"{clip(path[-1])}" stands at {found.cells[path]} already'
        found.wrong(where, what, "give one of them another id")
        return None
    upper = path[: sheet.within.index("*") + 1] if "*" in sheet.within else ()
    if upper and sheet.within[0] != "positions" and upper not in found.cells:
        what = f'there is no {sheet.keys[0]} "{clip(upper[-1])}"'
        near = nearest(str(upper[-1]), [str(k[-1]) for k in found.cells if k[:-1] == upper[:-1]])
        found.wrong(where, what, near or "add it on its own sheet")
        return None
    return path


def _read_more(grid: Grid, found: Found) -> None:
    heads = _heads(grid, ("place", "text"), ("place", "text"), found)
    if len(heads) < 2:
        return
    texts: dict[str, str] = {}
    cells: dict[str, str] = {}
    for number, row in _rows(grid):
        place, text = (_at_column(row, heads[name]) for name in ("place", "text"))
        texts[str(place)] = texts.get(str(place), "") + str(text if text is not None else "")
        cells.setdefault(str(place), cell_name(grid.name, number, heads["text"]))
    for place, text in texts.items():
        where = cells[place]
        try:
            path, value = decoded(place, "data"), decoded(text, "data")
        except Unreadable as problem:
            found.wrong(where, problem.what, problem.mend)
            continue
        upper = _upper(found.data, path)
        if upper is None:
            found.wrong(where, f"{clip(place)} is not a place of this case", "leave it as exported")
        else:
            found.put(tuple(path), value, where)


def _upper(data: Any, path: Any) -> Any:
    """Return what a place lies in; None if it can't be one."""
    if not isinstance(path, list) or not path or not all(isinstance(part, str) for part in path):
        return None
    for part in path[:-1]:
        if not isinstance(data, dict):
            return None
        data = data.get(part, {})
    return data if isinstance(data, dict) else None
