from typing import Any

import pytest
from hypothesis import given

from goodoffices.case import Case, build
from goodoffices.handover._forms import MORE, MOST_TEXT
from goodoffices.handover._found import Found
from goodoffices.handover._grid import Grid, data_of, sheets_of
from tests.case.strategies import cases
from tests.handover.cases import known, said, small


def grid(case: Case, name: str) -> Grid:
    return next(one for one in sheets_of(case) if one.name == name)


def changed(name: str, *cells: tuple[int, int, Any]) -> Found:
    """What the sheets of a small case say after some cells of one are typed over."""
    grids = []
    for one in sheets_of(small()):
        rows: list[list[Any]] = [list(row) for row in one.rows]
        for row, column, value in cells if one.name == name else ():
            while len(rows) <= row:
                rows.append([])
            rows[row] += [None] * (column + 1 - len(rows[row]))
            rows[row][column] = value
        grids.append(Grid(name=one.name, rows=rows))
    return data_of(grids)


def told(found: Found) -> list[str]:
    return [str(fault) for fault in found.faults]


@given(cases())
def test_a_case_comes_back_from_its_sheets(case: Case) -> None:
    found = data_of(sheets_of(case))
    assert found.faults == []
    assert build(found.data) == case


@pytest.mark.parametrize("name", known())
def test_a_case_of_the_package_comes_back_in_its_own_order(name: str) -> None:
    case = known()[name]
    assert said(build(data_of(sheets_of(case)).data)) == said(case)


@pytest.mark.parametrize("name", known())
def test_nothing_of_a_case_of_the_package_needs_the_sheet_for_the_rest(name: str) -> None:
    assert len(grid(known()[name], "More").rows) == 1


def test_an_empty_part_that_no_row_can_say_stands_on_the_sheet_for_the_rest() -> None:
    case = build({"goodoffices": 1, "title": "T", "positions": {"north": {}}, "moves": {}})
    rows = [list(row) for row in grid(case, "More").rows]
    assert rows[1:] == [["[positions]", "{north: {}}"], ["[moves]", "{}"]]
    assert build(data_of(sheets_of(case)).data) == case


def test_a_text_too_long_for_a_cell_stands_on_the_sheet_for_the_rest_in_pieces() -> None:
    case = build({"goodoffices": 1, "title": "T", "purpose": "word, " * 20_000})
    purpose = next(row for row in grid(case, "Case").rows if row[0] == "purpose")
    assert purpose[1] == MORE
    pieces = grid(case, "More").rows[1:]
    assert len(pieces) == 5
    assert all(len(str(piece[1])) <= MOST_TEXT for piece in pieces)
    assert build(data_of(sheets_of(case)).data) == case


def test_a_blank_says_that_nothing_is_known_and_never_zero() -> None:
    weight = changed("Matrix", (1, 4, None)).data["positions"]["west"]["strip"]
    assert "weight" not in weight
    assert changed("Matrix", (1, 4, 0)).data["positions"]["west"]["strip"]["weight"] == 0


def test_a_number_in_the_matrix_makes_a_position() -> None:
    heads = list(grid(small(), "Matrix").rows[0])
    found = changed("Matrix", (1, heads.index("norway"), "10..20"))
    assert found.data["positions"]["norway"] == {"strip": {"weight": "10..20"}}


def test_a_new_row_is_a_new_item() -> None:
    row = len(grid(small(), "Trust").rows)
    found = changed("Trust", (row, 0, "fresh"), (row, 1, "west"), (row, 2, "east"))
    assert found.data["trust"]["fresh"] == {"who": "west", "whom": "east"}


def test_an_emptied_row_is_no_item_any_more() -> None:
    width = len(grid(small(), "Claims").rows[0])
    found = changed("Claims", *((1, column, None) for column in range(width)))
    assert found.faults == []
    assert "keep" not in found.data["claims"]


def test_a_column_in_brackets_is_a_note() -> None:
    width = len(grid(small(), "Claims").rows[0])
    found = changed("Claims", (0, width, "(who checks)"), (1, width, "Ann"))
    assert found.faults == []
    assert build(found.data) == small()


def test_columns_and_rows_may_change_places() -> None:
    grids = [
        Grid(name=one.name, rows=[list(reversed(row)) for row in one.rows])
        if one.name in ("Case", "Demands", "Claims", "More")
        else one
        for one in sheets_of(small())
    ]
    assert build(data_of(grids).data) == small()


@pytest.mark.parametrize(
    ("sheet", "cells", "fault"),
    [
        ("Trust", [(0, 3, "keept")], 'Trust!D1: "keept" is not a field of this sheet; did you'),
        ("Trust", [(0, 3, "zzz")], "if it is a note, put it in brackets: (zzz)"),
        ("Trust", [(0, 3, "who")], 'Trust!D1: "who" heads two columns; remove one of them'),
        ("Claims", [(0, 0, None)], "Claims!A1: no column is headed id; add one"),
        ("Claims", [(1, 0, None)], "Claims!A2: this row names no id; write one, or empty the row"),
        ("Claims", [(2, 0, "keep")], '"keep" stands at Claims!A2 already; give one of them'),
        ("Options", [(1, 0, "fery")], 'Options!A2: there is no issue "fery"; did you mean "ferry"'),
        ("Demands", [(1, 4, "strip")], 'Demands!E2: "strip" has no colon; write it as corridor'),
        ("Case", [(1, 0, "goodofices")], 'Case!A2: "goodofices" is not a place of a case; did you'),
        ("Case", [(0, 1, "worth")], "Case!A1: no column is headed value; add one"),
        ("Matrix", [(1, 1, "wait")], 'Matrix!B2: "wait" is neither weight nor value'),
        ("Matrix", [(1, 0, None)], "Matrix!A2: this row names no issue"),
        ("Matrix", [(2, 1, "weight")], "Matrix!B3: the same row stands at Matrix!B2 already"),
        ("Matrix", [(0, 2, None)], "Matrix!A1: no column is headed option; add one"),
        ("Matrix", [(2, 2, "\\x")], 'Matrix!C3: "\\x" begins with a backslash'),
        ("More", [(1, 0, "["), (1, 1, "x")], "More!B2:"),
        ("More", [(1, 0, "[title, x]"), (1, 1, "y")], "[title, x] is not a place of this case"),
        ("More", [(1, 0, "{a: b}"), (1, 1, "y")], "is not a place of this case"),
        ("More", [(0, 0, "where")], "More!A1: no column is headed place; add one"),
    ],
)
def test_a_fault_names_its_cell(sheet: str, cells: list[tuple[int, int, Any]], fault: str) -> None:
    assert fault in "\n".join(told(changed(sheet, *cells)))


def test_sheets_are_known_by_name_whatever_the_case_of_its_letters() -> None:
    grids = [Grid(name=one.name.upper(), rows=one.rows) for one in sheets_of(small())]
    assert build(data_of(grids).data) == small()


def test_an_id_that_a_sheet_holds_as_a_number_is_an_id() -> None:
    found = changed("Trust", (1, 0, 7.0), (1, 1, "west"), (1, 2, "east"))
    assert "7" in found.data["trust"]


def test_no_rows_at_all_are_no_case() -> None:
    found = data_of([Grid(name="Case", rows=[]), Grid(name="Matrix", rows=[])])
    assert found.data == {}
    assert found.faults != []
