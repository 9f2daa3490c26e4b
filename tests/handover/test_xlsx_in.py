import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from goodoffices.errors import ExchangeError
from goodoffices.handover import _xlsx_in
from goodoffices.handover._grid import Grid
from goodoffices.handover._xlsx_in import MOST_COLUMNS, MOST_ROWS, read_grids
from tests.handover.cases import repacked


def book(*rows: list[Any], names: int = 1) -> Any:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for _ in range(names - 1):
        made.create_sheet()
    return made


def raw_of(made: Any) -> bytes:
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def read(made: Any) -> tuple[Grid, list[str]]:
    grids, faults = read_grids(raw_of(made), "their.xlsx")
    return grids[0], [str(fault) for fault in faults]


def test_values_come_as_they_were_typed() -> None:
    grid, faults = read(book(["a", 1, 2.5, True, None, "30..50"], [None, dt.date(2024, 8, 31)]))
    assert grid.rows[0] == ["a", 1, 2.5, True, None, "30..50"]
    assert [str(cell)[:10] for cell in grid.rows[1]] == ["None", "2024-08-31"]
    assert faults == []


def test_a_number_shown_in_per_cent_is_what_a_person_sees() -> None:
    made = book([0.9, 0.125])
    for cell in made.active[1]:
        cell.number_format = "0%"
    assert read(made)[0].rows[0] == ["90%", "12.5%"]


def test_a_formula_is_a_fault_and_its_result_is_not_taken() -> None:
    grid, faults = read(book(["a", '=HYPERLINK("http://127.0.0.1","x")']))
    assert grid.rows[0] == ["a"]
    assert faults == ["Sheet!B1: a formula; write the value itself; formulas are never worked out"]


@pytest.mark.parametrize(("formula", "value"), [("=TRUE()", True), ("=false()", False)])
def test_a_truth_value_that_a_program_kept_as_a_formula_is_one(formula: str, value: bool) -> None:
    grid, faults = read(book([formula]))
    assert grid.rows[0] == [value]
    assert faults == []


def test_an_error_in_a_cell_is_a_fault() -> None:
    assert read(book(["#N/A"]))[1] == [
        "Sheet!A1: the error #N/A; write the value itself; formulas are never worked out"
    ]


def test_what_another_program_escaped_is_read_as_it_was_meant() -> None:
    made = book(["one_x000D_two", "_x005F_x0041_"])
    assert read(made)[0].rows[0] == ["one\rtwo", "_x0041_"]


def test_empty_rows_and_cells_at_the_end_count_for_nothing() -> None:
    grid, _ = read(book(["a", None, None], [None], ["b"]))
    assert [list(row) for row in grid.rows] == [["a"], [], ["b"]]


def test_a_sheet_that_claims_to_be_huge_is_not_believed() -> None:
    def change(members: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        members[name] = members[name].replace(b'ref="A1"', b'ref="A1:XFD1048576"')

    grids, _ = read_grids(repacked(raw_of(book(["a"])), change), "their.xlsx")
    assert grids[0].rows == [["a"]]


@pytest.mark.parametrize(("row", "column"), [(MOST_ROWS + 1, 1), (1, MOST_COLUMNS + 1)])
def test_a_sheet_larger_than_any_case_is_refused(row: int, column: int) -> None:
    made = book(["a"])
    made.active.cell(row, column, "x")
    with pytest.raises(ExchangeError, match="more than 20,000 rows or 300 columns"):
        read(made)


def test_one_cell_at_the_far_end_costs_no_time_and_is_refused() -> None:
    made = book(["a"])
    made.active.cell(1_048_576, 1, "x")
    with pytest.raises(ExchangeError, match="delete the empty ones"):
        read(made)


def test_too_many_sheets_are_refused() -> None:
    with pytest.raises(ExchangeError, match="more than 100 sheets"):
        read(book(["a"], names=101))


def test_a_merged_range_over_the_whole_sheet_costs_nothing() -> None:
    def change(members: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        members[name] = members[name].replace(b"</sheetData>", merged)

    grids, _ = read_grids(repacked(raw_of(book(["a"])), change), "their.xlsx")
    assert grids[0].rows == [["a"]]


def test_a_workbook_that_breaks_the_parser_is_refused_with_the_remedy() -> None:
    def change(members: dict[str, bytes]) -> None:
        members["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row r='x'>"

    with pytest.raises(ExchangeError, match=r"their\.xlsx: cannot be read as a workbook"):
        read_grids(repacked(raw_of(book(["a"])), change), "their.xlsx")


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from goodoffices.errors import ExtraError

    def gone(extra: str, module: str) -> None:
        raise ExtraError(f"{module} of {extra}")

    monkeypatch.setattr(_xlsx_in, "needs", gone)
    with pytest.raises(ExtraError, match="openpyxl of office"):
        read_grids(b"", "their.xlsx")
