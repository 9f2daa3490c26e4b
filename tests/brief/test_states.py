"""Which states are drawn, what joins them, and the table of all."""

import re
from dataclasses import replace
from functools import cache

import pytest

from goodoffices.brief.elements import Element
from goodoffices.brief.states import MOST_DRAWN, MOST_KEY, MOST_ROWS, _signs, draw_moves
from goodoffices.brief.tables import Figure
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


def changed(**changes: object) -> Figure:
    """Return the drawing of the basic case, of whose report some parts are others."""
    return draw_moves(deadlock(report=replace(stuck()[1], **changes)))  # type: ignore[arg-type]


def table_of(figure: Figure) -> list[list[str]]:
    assert figure.table is not None
    return [[words(cell) for cell in row.cells] for row in figure.table.rows]


def names_of(figure: Figure) -> list[str]:
    return [words(s.children) for s in shapes(figure.drawings[0], "text", "name")]


def test_what_holds_of_each_state_is_drawn_at_its_number() -> None:
    """Rings, thick rims and marks of harm are read back from the drawing, state by state."""
    given = deadlock()
    (drawing,) = draw_moves(given).drawings
    circles = shapes(drawing, "circle", "state")
    rings = {(dict(s.attributes)["cx"], dict(s.attributes)["cy"])
             for s in shapes(drawing, "circle", "ring")}  # fmt: skip
    assert len(circles) == len(given.numbers)
    for pattern, circle in zip(given.numbers, circles, strict=True):
        state = given.report.state(pattern)
        attributes = dict(circle.attributes)
        kinds = attributes["class"].split()
        assert ("rests" in kinds) == bool(state.equilibrium)
        assert ("harm" in kinds) == bool(state.harm)
        ringed = (attributes["cx"], attributes["cy"]) in rings
        assert ringed == ("nash" in {concept.value for concept in state.equilibrium})
    assert 0 < len(rings) < len(circles)


def test_the_status_quo_and_named_states_carry_their_names_and_others_none() -> None:
    given = deadlock()
    named = {one.id for one in given.report.named}
    assert named == {"agreement", "raid"}
    shown = " ".join(names_of(draw_moves(given)))
    assert shown.startswith("Status quo")
    assert "A quiet strip" in shown
    # What many states share would stand everywhere: only the nearest of them carries it.
    many = tuple(replace(one, total=9) for one in given.report.named)
    few = names_of(changed(named=many))
    assert sum("quiet" in name for name in few) == 1
    assert sum("raid" in name for name in few) == 1


def test_a_state_that_would_be_left_for_one_that_is_not_numbered_leads_to_another() -> None:
    report = stuck()[1]
    leaver = next(one for one in report.leaving if one.temptations)
    temptation = leaver.temptations[0]
    away = replace(temptation, move=replace(temptation.move, target="gone"))
    leaving = tuple(
        replace(one, temptations=(away,)) if one.state == leaver.state else one
        for one in report.leaving
    )
    given = deadlock(report=replace(report, leaving=leaving))
    row = table_of(draw_moves(given))[given.numbers[leaver.state] - 1]
    assert " to another" in row[3]


@pytest.mark.parametrize(
    ("deterred", "said"),
    [("no", ""), ("possibly", ", weakly deterred"), ("credibly", ", firmly deterred")],
)
def test_how_firmly_a_way_out_is_deterred_stands_in_the_table(deterred: str, said: str) -> None:
    report = stuck()[1]
    leaver = next(one for one in report.leaving if one.temptations)
    first = replace(leaver.temptations[0], deterred=deterred)  # type: ignore[arg-type]
    leaving = tuple(
        replace(one, temptations=(first,)) if one.state == leaver.state else one
        for one in report.leaving
    )
    given = deadlock(report=replace(report, leaving=leaving))
    row = table_of(draw_moves(given))[given.numbers[leaver.state] - 1]
    goal = given.numbers[first.move.target]
    assert row[3].endswith(f" to {goal}{said}")


def test_a_state_that_nobody_would_leave_and_one_that_was_not_asked_about_differ() -> None:
    report = stuck()[1]
    first, *others = report.leaving
    assert first.state == report.status_quo
    rows = table_of(changed(leaving=(replace(first, temptations=()), *others)))
    assert rows[0][3] == "nobody"
    unasked = [one for one in others if one.state != others[0].state]
    given = deadlock(report=replace(report, leaving=(first, *unasked)))
    row = table_of(draw_moves(given))[given.numbers[others[0].state] - 1]
    assert row[3] == "not told"


def test_states_that_are_not_listed_are_counted_below_the_table() -> None:
    assert stuck()[1].states_total == 12
    whole, part = changed().table, changed(states_total=4012).table
    assert whole is not None
    assert part is not None
    assert words(whole.more) == ""
    assert words(part.more) == "4,000 more states are not listed."


def test_the_description_counts_what_is_drawn_of_all_states() -> None:
    figure = changed(states_total=4012)
    description = figure.drawings[0].children[1]
    assert isinstance(description, Element)
    said = words(description.children)
    drawn = len(shapes(figure.drawings[0], "circle", "state"))
    assert 1 < drawn < 12
    assert said.startswith(f"{drawn} of 4,012 states, numbered; 1 is the status quo. ")
    kept = f"Drawn: {drawn} of 4,012 states. Kept are the status quo,"
    assert words(figure.caption).startswith(kept)


def test_every_state_has_a_place_in_the_order_of_each() -> None:
    given = deadlock()
    for pattern, row in zip(given.numbers, table_of(draw_moves(given)), strict=True):
        state = given.report.state(pattern)
        assert row[2] == ", ".join(
            f"{given.case.name_of(key)} {place}" for key, place in state.place.items()
        )
