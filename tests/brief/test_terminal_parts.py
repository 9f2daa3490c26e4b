import datetime as dt
import io

import pytest
from rich.console import Console, Group
from rich.text import Text

from goodoffices.brief.terminal_parts import header, section, table
from goodoffices.case.model import Dated
from tests.moves.cases import river


def text(*parts: object, width: int = 80) -> str:
    page = io.StringIO()
    Console(file=page, width=width, highlight=False).print(Group(*parts))  # type: ignore[arg-type]
    return page.getvalue()


def test_the_head_names_the_case_and_its_day() -> None:
    assert text(*header(river(), None)) == "The river\nas of 2024-05-31\n"


def test_a_day_that_was_inferred_says_from_what() -> None:
    case = river().model_copy(update={"as_of": Dated(date=dt.date(2024, 5, 1), inferred="a date")})
    assert "as of 2024-05-01 (inferred: a date)" in text(*header(case, None))


def test_an_unknown_day_is_called_unknown() -> None:
    case = river().model_copy(update={"as_of": Dated()})
    assert "as of an unknown date" in text(*header(case, None))


def test_a_scenario_is_named_by_its_name() -> None:
    from goodoffices import catalog

    shown = text(*header(catalog.load("cuba-1962"), "under-blockade"))
    assert shown.endswith("scenario: The blockade has begun\n")


def test_a_long_title_is_cut() -> None:
    case = river().model_copy(update={"title": "x" * 500})
    assert len(text(*header(case, None), width=300).splitlines()[0]) == 120


def test_a_section_is_a_title_and_what_stands_under_it_indented() -> None:
    assert text(*section("Title", [Text("one"), Text("two")])) == "\nTitle\n  one\n  two\n"


def test_a_section_may_be_empty() -> None:
    assert text(*section("Title", [])) == "\nTitle\n"


def test_a_table_has_a_head_and_rows_in_columns() -> None:
    shown = text(table(("A", "Bee"), [("1", "2"), ("300", "4")]))
    assert [line.split() for line in shown.splitlines()] == [["A", "Bee"], ["1", "2"], ["300", "4"]]
    assert shown.splitlines()[1].index("2") == shown.splitlines()[2].index("4")


def test_square_brackets_are_text_and_no_markup() -> None:
    assert "[bold]x[/bold]" in text(table(("A",), [("[bold]x[/bold]",)]))


@pytest.mark.parametrize("width", [20, 40])
def test_a_long_cell_is_folded_and_not_cut(width: int) -> None:
    shown = text(table(("A", "B"), [("x" * 70, "y")]), width=width)
    assert shown.count("x") == 70
    assert max(map(len, shown.splitlines())) <= width
