"""Which states are drawn, what joins them, and the table of all."""

import re
from dataclasses import replace
from functools import cache

import pytest

from goodoffices.brief.elements import Element
from goodoffices.brief.states import MOST_DRAWN, MOST_KEY, MOST_ROWS, _signs, draw_moves
from goodoffices.case.model import Case
from goodoffices.moves import MovesReport, moves
from tests.brief.cases import deadlock, only_moves, stuck, words


@cache
def sized(options: int, makers: int) -> tuple[Case, MovesReport]:
    # No state is called agreement: what would have to change is not asked, which takes long.
    case = only_moves(options, makers, state="done")
    return case, moves(case)


def shapes(drawing: Element, tag: str, class_: str) -> list[Element]:
    return [
        shape
        for shape in drawing.children
        if isinstance(shape, Element)
        and shape.tag == tag
        and class_ in dict(shape.attributes).get("class", "").split()
    ]


@pytest.mark.parametrize("options", [2, 3, 4, 5])
def test_up_to_forty_states_are_all_drawn_and_listed(options: int) -> None:
    given = deadlock(*sized(options, 2))
    figure = draw_moves(given)
    assert len(shapes(figure.drawings[0], "circle", "state")) == 2**options
    assert figure.table is not None
    assert len(figure.table.rows) == 2**options
    assert words(figure.caption).startswith(f"Drawn: {2**options} of {2**options} states.")
    assert "Kept are" not in words(figure.caption)


@pytest.mark.parametrize("options", [6, 8])
def test_of_more_states_those_that_matter_are_drawn_and_the_rest_is_said(options: int) -> None:
    given = deadlock(*sized(options, 3))
    figure = draw_moves(given)
    drawn = len(shapes(figure.drawings[0], "circle", "state"))
    assert 2**options > MOST_DRAWN
    assert drawn <= MOST_KEY
    assert words(figure.caption).startswith(f"Drawn: {drawn} of {2**options} states. Kept are ")
    assert figure.table is not None
    assert len(figure.table.rows) <= MOST_ROWS
    assert given.numbers[given.report.status_quo] == 1
    named = given.report.named[0].listed[0]
    assert given.numbers[named] <= drawn


def test_states_are_numbered_from_the_status_quo_and_each_has_a_row() -> None:
    given = deadlock()
    table = draw_moves(given).table
    assert table is not None
    assert [row.anchor for row in table.rows] == [f"st-{n}" for n in range(1, 13)]
    assert words(table.rows[0].cells[1]) == "the status quo"
    assert words(table.rows[3].cells[3]) == "West to 1, weakly deterred"


def test_an_arrow_is_drawn_for_every_move_that_pays() -> None:
    given = deadlock()
    (drawing,) = draw_moves(given).drawings
    paying = sum(move.gains for move in given.report.moves)
    legend = len(given.report.decision_makers)
    solid = [
        s for s in shapes(drawing, "path", "head") if "hollow" not in dict(s.attributes)["class"]
    ]
    assert len(solid) == paying + legend


def test_first_steps_that_do_not_pay_have_a_hollow_head() -> None:
    (drawing,) = draw_moves(deadlock()).drawings
    assert len(shapes(drawing, "path", "hollow")) == 1


def test_bars_say_how_firmly_a_move_is_deterred() -> None:
    given = deadlock()
    (drawing,) = draw_moves(given).drawings
    weights = {"no": 0, "possibly": 1, "credibly": 2}
    bars = sum(weights[t.deterred] for one in given.report.leaving for t in one.temptations)
    assert len(shapes(drawing, "line", "bar-across")) == bars


def test_few_arrows_all_carry_a_sign_and_brackets_say_who_deters() -> None:
    (drawing,) = draw_moves(deadlock()).drawings
    signs = [words(s.children) for s in shapes(drawing, "text", "halo")]
    assert signs.count("W (N)") >= 1
    assert "Status quo" in signs


def test_many_moves_are_thinned_to_the_best_of_each_and_the_rest_is_counted() -> None:
    given = deadlock(*sized(5, 2))
    text = words(draw_moves(given).caption)
    assert re.search(r"\d+ moves that pay are not drawn: from each state only the best one", text)


def test_the_description_tells_the_moves_from_the_status_quo() -> None:
    def told(report: MovesReport) -> str:
        return words(draw_moves(deadlock(report=report)).drawings[0].children[1].children)  # type: ignore[union-attr]

    report = stuck()[1]
    assert "nobody would gain by moving alone" in told(report)
    raid = next(one for one in report.leaving if one.temptations)
    first = replace(report.leaving[0], temptations=raid.temptations)
    changed = told(replace(report, leaving=(first, *report.leaving[1:])))
    assert "West would gain by moving to 1, and others could answer it" in changed


@pytest.mark.parametrize(
    ("names", "signs"),
    [
        (("North", "South"), ("N", "S")),
        (("Israel", "Iran", "The United States"), ("Is", "Ir", "Un")),
        (("Anna A", "Anna B"), ("P1", "P2")),
        (("12", "34"), ("P1", "P2")),
        (("غزة", "مصر"), ("غ", "م")),
    ],
)
def test_signs_are_the_first_letters_that_tell_names_apart(
    names: tuple[str, ...], signs: tuple[str, ...]
) -> None:
    assert tuple(_signs(dict(zip(names, names, strict=True))).values()) == signs
