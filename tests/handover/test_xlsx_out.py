import io
import re
from typing import Any

import openpyxl
import pytest

from goodoffices.handover._grid import Grid
from goodoffices.handover._xlsx_in import read_grids
from goodoffices.handover._xlsx_out import write_grids
from goodoffices.handover.workbook import write_workbook
from tests.handover.cases import member, shipped_book, small, small_book

RISKY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=cmd|" /C calc"!A0', "=HYPERLINK()", "#N/A"]


def opened(raw: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(raw))


def single(value: Any) -> Any:
    raw = write_grids([Grid(name="Only", rows=[["head"], [value]])], ("About",), None)
    return opened(raw)["Only"]["A2"]


@pytest.mark.parametrize("text", RISKY)
def test_a_text_that_looks_like_a_formula_is_text(text: str) -> None:
    cell = single(text)
    assert (cell.value, cell.data_type) == (text, "s")
    # Without the prefix, a program may take it for a formula once a person edits the cell.
    assert cell.quotePrefix or text == "#N/A"


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    raw = shipped_book()
    names = [f"xl/worksheets/sheet{n}.xml" for n in range(1, len(opened(raw).sheetnames) + 1)]
    assert len(names) > 20
    assert not any(re.search(b"<f[ >/]", member(raw, name)) for name in names)


def test_a_text_that_looks_like_an_escape_stays_as_it_is() -> None:
    raw = write_grids([Grid(name="Only", rows=[["head"], ["_x0041_"]])], ("About",), None)
    assert read_grids(raw, "x")[0][1].rows[1] == ["_x0041_"]


def test_numbers_are_numbers_and_typed_quantities_are_text() -> None:
    assert (single(40).data_type, single("30..40..55").data_type) == ("n", "s")
    assert single("30..40..55").number_format == "@"


def test_the_first_sheet_says_how_to_use_the_others() -> None:
    raw = write_workbook(small(), note="A copy for Ann.")
    first = opened(raw)["Read me"]
    told = [cell.value for cell in first["A"]]
    assert told[:2] == ["The strip", "A copy for Ann."]
    assert any("30..40..55 (low, likely, high)" in str(line) for line in told)


def test_heads_stay_in_sight_and_say_what_they_mean() -> None:
    sheet = opened(small_book())["Demands"]
    assert sheet.freeze_panes == "B2"
    heads = {cell.value: cell for cell in sheet[1]}
    assert "Probability that it truly binds" in heads["firmness"].comment.text
    assert "30..40..55" in heads["firmness"].comment.text
    assert heads["kind"].font.bold


def test_roles_and_kinds_are_chosen_from_a_list() -> None:
    book = opened(small_book())
    offered = {
        str(one.sqref): one.formula1
        for name in ("Parties", "Demands", "Case")
        for one in book[name].data_validations.dataValidation
    }
    assert any("principal,mediator" in words for words in offered.values())
    assert any("red line,precondition,walk-away" in words for words in offered.values())
    assert any("readers,ICD 203" in words for words in offered.values())


def test_a_sheet_prints_as_wide_as_the_paper_with_its_heads_on_every_page() -> None:
    sheet = opened(small_book())["Claims"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"


def test_long_text_is_wrapped_in_a_row_high_enough() -> None:
    sheet = opened(shipped_book())["Demands"]
    assert sheet.row_dimensions[2].height > 20
    assert max(one.height for one in sheet.row_dimensions.values()) <= 280


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert write_workbook(small()) == small_book()
