"""Workbooks from elsewhere to plain sheets of cells, in bounded time and memory."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from goodoffices.case._faults import error
from goodoffices.errors import ExchangeError, Fault, clip
from goodoffices.handover._archive import inspected
from goodoffices.handover._found import Typed, blank, cell_name
from goodoffices.handover._grid import Grid
from goodoffices.reading.extras import needs

__all__ = ["read_grids"]

MOST_SHEETS = 100
MOST_ROWS = 20_000
MOST_COLUMNS = 300
MOST_CELLS = 2_000_000
"""Of one sheet, empty ones that a row is filled up with included."""

_TRUTHS = {"=TRUE()": True, "=FALSE()": False}
"""So some programs keep a truth value that was typed."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def read_grids(raw: bytes, subject: str) -> tuple[tuple[Grid, ...], tuple[Fault, ...]]:
    """Return the sheets of a workbook, and a fault for each cell that holds more than a value.

    Raises `ExchangeError` for a file that is no workbook, is damaged, or too large.
    """
    openpyxl = needs("office", "openpyxl")
    inspected(raw, subject)
    faults: list[Fault] = []
    with warnings.catch_warnings():
        # What the library can't read of a workbook (themes, drawings) is none of its cells.
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
            if len(book.worksheets) > MOST_SHEETS:
                raise ExchangeError(f"{subject}: more than {MOST_SHEETS} sheets; export it again")
            grids = tuple(_grid(sheet, subject, faults) for sheet in book.worksheets)
            book.close()
        except ExchangeError:
            raise
        except Exception as problem:
            # A stranger's file can break the parser in any way there is; all mean the same.
            what = f"cannot be read as a workbook ({type(problem).__name__})"
            raise ExchangeError(f"{subject}: {what}; export it again") from problem
    return grids, tuple(faults)


def _grid(sheet: Any, subject: str, faults: list[Fault]) -> Grid:
    # A workbook says itself how large its sheets are; that is not believed.
    sheet.reset_dimensions()
    rows: list[list[Typed]] = []
    width = 0
    for number, row in enumerate(sheet.iter_rows()):
        cells = list(_cells(sheet.title, number, row, faults))
        while cells and blank(cells[-1]):
            cells.pop()
        width += len(row)
        if number >= MOST_ROWS or len(cells) > MOST_COLUMNS or width > MOST_CELLS:
            what = f"more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns"
            mend = "delete the empty ones at its end"
            raise ExchangeError(f"{subject}, sheet {clip(sheet.title)}: {what}; {mend}")
        rows.append(cells)
    return Grid(name=sheet.title, rows=rows)


def _cells(sheet: str, number: int, row: Any, faults: list[Fault]) -> Iterator[Typed]:
    for column, cell in enumerate(row):
        value = cell.value
        if cell.data_type == "f" and str(value).replace(" ", "").upper() in _TRUTHS:
            yield _TRUTHS[str(value).replace(" ", "").upper()]
        elif cell.data_type in ("f", "e"):
            what = "a formula" if cell.data_type == "f" else f"the error {clip(value)}"
            mend = "write the value itself; formulas are never worked out"
            if len(faults) < MOST_ROWS:
                faults.append(error(cell_name(sheet, number, column), what, mend))
            yield None
        else:
            yield _value(cell, value)


def _value(cell: Any, value: Any) -> Typed:
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        if "%" in (cell.number_format or ""):
            # A cell that shows 90% holds 0.9; what a person sees is what was typed.
            return f"{100 * value:.10g}%"
        return value
    if isinstance(value, (dt.datetime, dt.date)):
        return value
    return str(value)
