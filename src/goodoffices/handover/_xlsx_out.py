"""Sheets of cells to a workbook in which text is text: nothing in it is ever worked out."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any

from goodoffices.handover._archive import settled
from goodoffices.handover._forms import Form
from goodoffices.handover._found import Typed
from goodoffices.handover._grid import CASE_SHEET, Grid
from goodoffices.handover._plan import MATRIX, Column
from goodoffices.reading.extras import needs

__all__ = ["write_grids"]

_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A program that takes a text for a formula does so by its first sign."""
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_WIDTHS: dict[Form, float] = {"text": 34, "list": 24, "picks": 36, "map": 36, "data": 36}
_NARROW = 14.0
_HINTS: dict[Form, str] = {
    "quantity": "40, 30..50, 30..40..55, unknown; a probability also 60% or unlikely.",
    "list": "one, two",
    "picks": "corridor: below 14, release: [first, together]",
    "map": "north: 10..20, south: 5",
    "flag": "TRUE or FALSE",
    "dated": "2024-08-31, or unknown",
    "day": "2024-08-31",
}
ABOUT_WIDTH = 100.0
LINE, HIGHEST = 14.0, 280.0
SPARE = 200
"""So many empty rows offer the same choices as those that are filled."""


def write_grids(grids: Sequence[Grid], about: Sequence[str], day: dt.date | None) -> bytes:
    """Return a workbook: a sheet that says how to use it, then one for each grid.

    The same sheets give the same bytes; `day` becomes the day that the file carries.
    """
    openpyxl = needs("office", "openpyxl")
    book = openpyxl.Workbook()
    stamp = dt.datetime.combine(day or dt.date(1980, 1, 1), dt.time())
    book.properties.creator, book.properties.title = "Good Offices", about[0][:200]
    book.properties.created = stamp
    first = book.active
    first.title = "Read me"
    first.column_dimensions["A"].width = ABOUT_WIDTH
    for number, line in enumerate(about, 1):
        _put(first, number, 1, line)
        first.row_dimensions[number].height = _height([line], [ABOUT_WIDTH])
    _set_page(first)
    for grid in grids:
        _write(book.create_sheet(grid.name), grid)
    written = io.BytesIO()
    book.save(written)
    return settled(written.getvalue(), day)


def _put(sheet: Any, row: int, column: int, value: Typed) -> Any:
    from openpyxl.styles import Alignment  # type: ignore[import-untyped]

    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _LOOKS_ESCAPED.sub("_x005F_", value)
        # The library would take a text that begins with = for a formula, and #N/A for an error.
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = value.startswith(_RISKY)
    else:
        cell.value = value
    cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    return cell


def _write(sheet: Any, grid: Grid) -> None:
    heads = [str(head) for head in grid.rows[0]]
    known = {column.head: column for column in grid.columns}
    settings = grid.name == CASE_SHEET
    widths = [_width(head, None if settings else known.get(head)) for head in heads]
    for number, row in enumerate(grid.rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                _put(sheet, number, column, value)
        sheet.row_dimensions[number].height = _height(row, widths)
    _set_page(sheet)
    sheet.freeze_panes = {CASE_SHEET: "B2", MATRIX: "E2"}.get(grid.name, "B2")
    for number, head in enumerate(heads, 1):
        field = None if settings else known.get(head)
        _dress(sheet, number, widths[number - 1], field)
        if field is not None and field.choices:
            _offer(sheet, number, 2, len(grid.rows) + SPARE, field.choices)
    if settings:
        for number, given in enumerate(grid.columns, 2):
            if given.choices:
                _offer(sheet, 2, number, number, given.choices)


def _set_page(sheet: Any) -> None:
    """Print a sheet as wide as the paper, its heads on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _dress(sheet: Any, number: int, width: float, column: Column | None) -> None:
    """Make a head look like one, say what it means, and keep what is typed below it as text."""
    from openpyxl.comments import Comment  # type: ignore[import-untyped]
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    cell = sheet.cell(1, number)
    cell.font = Font(name="Calibri", size=11, bold=True)
    cell.fill = PatternFill("solid", fgColor="DDE6EE")
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width, dimension.number_format = width, "@"
    if column is not None:
        hint = _HINTS.get(column.form, "")
        said = " ".join(part for part in (column.meaning, hint and f"Write: {hint}") if part)
        if said:
            cell.comment = Comment(said, "Good Offices", width=320, height=110)


def _width(head: str, column: Column | None) -> float:
    """Return how wide a column is, in characters."""
    if column is not None:
        return _NARROW if column.choices else _WIDTHS.get(column.form, _NARROW)
    return {"value": 60, "(meaning)": 70, "place": 26, "text": 100, "(in words)": 34}.get(head, 18)


def _height(row: Sequence[Typed], widths: Sequence[float]) -> float:
    """Return how high a row is, in points, so that wrapped text can be read; up to a bound."""
    lines = 1.0
    for cell, width in zip(row, widths, strict=False):
        told = str(cell).split("\n") if cell is not None else [""]
        lines = max(lines, sum(1 + len(line) // max(width - 1, 1) for line in told))
    return min(LINE * lines, HIGHEST)


def _offer(sheet: Any, column: int, first: int, last: int, choices: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

    offered = DataValidation(
        type="list",
        formula1='"' + ",".join(choices) + '"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Not one of the words here",
        error=f"Choose one of: {', '.join(choices)}"[:250],
    )
    letter = get_column_letter(column)
    offered.add(f"{letter}{first}:{letter}{last}")
    sheet.add_data_validation(offered)
