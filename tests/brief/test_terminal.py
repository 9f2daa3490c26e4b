import dataclasses
import io

import pytest
from rich.console import Console

from goodoffices.brief.terminal import deals_summary, path_words
from goodoffices.case.file import parse_case, starter
from goodoffices.case.model import Case
from goodoffices.deals import Deals, deals
from goodoffices.deals.results import Method


@pytest.fixture(scope="module")
def case() -> Case:
    return parse_case(starter())


@pytest.fixture(scope="module")
def result(case: Case) -> Deals:
    return deals(case, draws=400)


def text(case: Case, result: Deals, width: int = 140) -> str:
    page = io.StringIO()
    Console(file=page, width=width, highlight=False).print(deals_summary(case, result))
    return page.getvalue()


def test_the_summary_answers_the_questions_in_order(case: Case, result: Deals) -> None:
    shown = text(case, result)
    titles = ["Is there a deal?", "What blocks it", "one change", "tabled", "moves the answer"]
    places = [shown.index(title) for title in titles]
    assert places == sorted(places)
    assert "Chance that some package" in shown


def test_no_line_is_wider_than_the_terminal(case: Case, result: Deals) -> None:
    assert max(map(len, text(case, result, width=80).splitlines())) <= 80


def test_progress_is_said_not_to_be_a_chance(case: Case, result: Deals) -> None:
    assert "(progress, not a chance)" in text(case, result)


def test_a_bounded_answer_says_so(case: Case, result: Deals) -> None:
    bounded = Method(how="bounded", draws=400, seed=0, note="7 draws stayed undecided")
    assert "Bounded: 400 draws, seed 0. 7 draws stayed" in text(
        case, dataclasses.replace(result, method=bounded)
    )


def test_an_exact_answer_has_no_draws_and_no_interval(case: Case, result: Deals) -> None:
    exact = dataclasses.replace(result, method=Method(how="exact"))
    assert "Exact: nothing in this case is uncertain." in text(case, exact)


def test_without_offers_the_reader_is_led_to_what_would_open_one(case: Case, result: Deals) -> None:
    shown = text(case, dataclasses.replace(result, offers=()))
    assert "In no draw did all accept one package" in shown


def test_names_of_a_case_are_never_read_as_markup(case: Case) -> None:
    hostile = case.model_copy(update={"title": "[red]a[/red] [/] \\[x"})
    shown = text(hostile, deals(hostile, draws=50))
    assert "[red]a[/red] [/] \\[x" in shown


def test_an_input_is_named_in_words(case: Case, result: Deals) -> None:
    for row in result.unknowns:
        words = path_words(case, row.path)
        assert words
        assert not words.startswith(("positions.", "demands.", "trust."))
