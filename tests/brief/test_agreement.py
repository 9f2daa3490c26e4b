from dataclasses import replace
from typing import Any

import pytest

from goodoffices.brief.agreement import (
    MOST_CLASHES,
    MOST_PANES,
    MOST_ROWS,
    draw_agreement,
    list_clashes,
    tabulate_overlaps,
    tell_progress,
)
from goodoffices.brief.elements import Element
from goodoffices.brief.material import Material
from goodoffices.deals.results import Conflict, FrontierPoint, Overlap
from tests.brief.cases import basic, case_of, material, three, words


def with_result(**changes: Any) -> Material:
    return material(result=replace(basic()[1], **changes))


def named(drawing: Element, class_: str) -> list[Element]:
    return [
        s
        for s in drawing.children
        if not isinstance(s, str) and class_ in dict(s.attributes).get("class", "").split()
    ]


def point(x: float, y: float, *breaks: str) -> FrontierPoint:
    picks = {"strip": "5", "ferry": "none", "watch": "none", "fees": "low"}
    return FrontierPoint(picks=picks, values=(x, y), ties=1, breaks=breaks)


def frontier(*points: FrontierPoint, **changes: Any) -> Material:
    report = replace(basic()[1].frontier, points=points, size=len(points), **changes)
    return with_result(frontier=report)


def test_two_parties_have_one_drawing_and_a_table_of_the_same() -> None:
    figure = draw_agreement(material())
    assert figure is not None
    assert len(figure.drawings) == 1
    assert figure.table is not None
    assert len(figure.table.rows) == len(basic()[1].frontier.points)
    assert len(named(figure.drawings[0], "point")) == len(basic()[1].frontier.points)


def test_three_parties_have_a_drawing_for_each_pair() -> None:
    figure = draw_agreement(material(*three()))
    assert figure is not None
    ids = [dict(d.attributes)["id"] for d in figure.drawings]
    assert ids == ["fig-frontier", "fig-frontier-1", "fig-frontier-2"]


def test_of_very_many_pairs_some_are_drawn_and_the_rest_counted() -> None:
    case, result = three()
    axes = ("anna", "bert", "cleo", "anna", "bert")
    given = replace(result.frontier.points[0], values=(1.0, 2.0, 3.0, 4.0, 5.0))
    report = replace(result.frontier, axes=axes, walk_aways=(None,) * 5, points=(given,))
    figure = draw_agreement(material(case, replace(result, frontier=report)))
    assert figure is not None
    assert len(figure.drawings) == MOST_PANES
    assert "4 further pairs are not drawn." in words(figure.caption)


def test_without_two_parties_or_points_nothing_is_drawn() -> None:
    assert draw_agreement(frontier()) is None
    assert draw_agreement(frontier(point(1, 2), axes=("west",), walk_aways=(None,))) is None


def test_points_above_the_walk_aways_are_counted_and_those_that_break_nothing() -> None:
    given = frontier(
        point(90, 10, "stay"), point(30, 30, "stay"), point(25, 20), point(10, 90),
        walk_aways=(25.0, 20.0), within=2,
    )  # fmt: skip
    figure = draw_agreement(given)
    assert figure is not None
    assert words(figure.caption).startswith(
        "Of 4 such packages, 2 are worth at least as much as no agreement to all who must accept; "
        "1 of these break no demand."
    )
    assert len(named(figure.drawings[0], "hollow")) == 2


def test_a_party_without_a_walk_away_has_no_line_and_the_shade_reaches_the_end() -> None:
    figure = draw_agreement(frontier(point(50, 50), walk_aways=(None, 20.0)))
    assert figure is not None
    assert len(named(figure.drawings[0], "walk-away")) == 1
    assert figure.table is not None
    assert "West: none; East: 20" in words(figure.table.more)


def test_the_drawing_is_described_in_words() -> None:
    figure = draw_agreement(material())
    assert figure is not None
    title, description = figure.drawings[0].children[:2]
    assert isinstance(title, Element)
    assert isinstance(description, Element)
    assert words(title.children) == "What packages are worth to West and to East"
    assert "A at" in words(description.children)


def test_packages_that_the_case_names_are_named_below_the_drawing() -> None:
    figure = draw_agreement(material())
    assert figure is not None
    assert "The case names “The old draft” (1)." in words(figure.caption)
    without = draw_agreement(with_result(packages=()))
    assert without is not None
    assert "The case names" not in words(without.caption)


def test_a_long_frontier_is_thinned_in_the_table_and_says_so() -> None:
    points = [point(n / 5, 100 - n / 5) for n in range(500)]
    figure = draw_agreement(frontier(*points))
    assert figure is not None
    assert figure.table is not None
    assert len(figure.table.rows) <= MOST_ROWS
    assert "Of 500 rows, every so often one is shown: 56." in words(figure.table.more)
    assert len(named(figure.drawings[0], "point")) <= 400


def test_each_conflict_names_its_demands_with_firmness_and_grounds() -> None:
    conflict = Conflict(demands=("stay", "east-alone"), actors=("west", "east"))
    report = replace(basic()[1].conflicts, conflicts=(conflict,))
    (clash,), more = list_clashes(with_result(conflicts=report))
    assert more == 0
    assert words(clash.title) == "Conflict 1: West and East"
    assert [words(demand) for demand in clash.demands] == [
        "D1 “Forces stay”: red line of West, firmness 60–90 % C1 A7",
        "D5 “Alone”: walk-away of East, no agreement worth 20, firmness 100 % C2",
    ]


def test_of_very_many_conflicts_the_first_are_listed_and_the_rest_counted() -> None:
    conflict = Conflict(demands=("stay",), actors=("west",))
    report = replace(basic()[1].conflicts, conflicts=(conflict,) * 30)
    shown, more = list_clashes(with_result(conflicts=report))
    assert (len(shown), more) == (MOST_CLASHES, 30 - MOST_CLASHES)


@pytest.mark.parametrize(
    ("overlap", "even", "written"),
    [((), None, ["none", "–"]), ((("2", "4"), ("6", "6")), "3", ["2 to 4 and 6 km", "3"])],
)
def test_overlaps_say_what_each_would_sign(
    overlap: tuple[tuple[str, str], ...], even: str | None, written: list[str]
) -> None:
    given = Overlap(
        issue="strip", accepts={"west": (("8", "10"),), "east": ()}, overlap=overlap, even=even
    )
    table = tabulate_overlaps(with_result(overlaps=(given,)))
    assert table is not None
    assert [words(c) for c in table.rows[0].cells] == [
        "Length of the strip", "8 to 10 km", "none", *written,
    ]  # fmt: skip
    assert tabulate_overlaps(with_result(overlaps=())) is None


def test_progress_is_said_not_to_be_probability() -> None:
    text = words(tell_progress(material()))
    assert text.startswith(
        "Progress is not probability: 1 of 4 issues are agreed, and 80 % of the text. Of what the "
        "parties care about, this much is still open: West "
    )
    quiet = material(case_of(text_agreed=None))
    assert "of the text" not in words(tell_progress(quiet))


def test_of_a_frontier_too_long_to_list_all_points_count_and_not_only_those_listed() -> None:
    """400 of 5,000 points are listed; 4,000 of all are worth at least the walk-aways."""
    report = replace(
        basic()[1].frontier,
        points=(point(30, 30), point(40, 40, "stay"), point(5, 90)),
        walk_aways=(25.0, 20.0),
        size=5000,
        within=4000,
    )
    figure = draw_agreement(with_result(frontier=report))
    assert figure is not None
    assert words(figure.caption).startswith(
        "Of 5,000 such packages, 4,000 are worth at least as much as no agreement to all who must "
        "accept; 1 of the 2 listed of these break no demand."
    )
    description = figure.drawings[0].children[1]
    assert isinstance(description, Element)
    assert "4,000 of them are worth at least" in words(description.children)
    assert "1 of the 2 listed of these break no demand" in words(description.children)


def test_every_number_of_the_caption_leads_to_how_it_was_computed() -> None:
    report = replace(basic()[1].frontier, size=5000, within=4000)
    figure = draw_agreement(with_result(frontier=report, packages=()))
    assert figure is not None
    assert not any(c.isdigit() for part in figure.caption if isinstance(part, str) for c in part)


def runs(*ends: tuple[str, str], even: str | None = None) -> list[str]:
    """Return the row of an overlap in which West, and both, have some runs of options."""
    given = Overlap(
        issue="strip", accepts={"west": ends, "east": (("0", "2"),)}, overlap=ends, even=even
    )
    table = tabulate_overlaps(with_result(overlaps=(given,)))
    assert table is not None
    (row,) = table.rows
    return [words(cell) for cell in row.cells]


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((), "none"),
        ((("8", "10"),), "8 to 10 km"),
        ((("3", "3"),), "3 km"),
        ((("0", "2"), ("9", "10")), "0 to 2 and 9 to 10 km"),
        ((("0", "0"), ("4", "4"), ("9", "10")), "0, 4 and 9 to 10 km"),
    ],
)
def test_what_each_would_sign_is_told_in_runs_with_their_unit(
    ends: tuple[tuple[str, str], ...], said: str
) -> None:
    assert runs(*ends) == ["Length of the strip", said, "0 to 2 km", said, "–"]


def test_the_evenest_point_is_told_where_there_is_one() -> None:
    assert runs(("0", "2"), even="1")[-1] == "1"


@pytest.mark.parametrize("count", [1, MOST_CLASHES, MOST_CLASHES + 1, 100])
def test_so_many_conflicts_are_told_and_the_others_counted(count: int) -> None:
    one = Conflict(demands=("stay", "withdraw"), actors=("west", "east"))
    report = replace(basic()[1].conflicts, conflicts=(one,) * count)
    shown, more = list_clashes(with_result(conflicts=report))
    assert len(shown) + more == count
    assert len(shown) == min(count, MOST_CLASHES)
    assert [words(clash.title) for clash in shown] == [
        f"Conflict {n}: West and East" for n in range(1, len(shown) + 1)
    ]


def test_a_demand_of_a_conflict_says_kind_bearer_firmness_and_worth() -> None:
    one = Conflict(demands=("stay", "no-gap", "east-alone"), actors=("west", "east"))
    report = replace(basic()[1].conflicts, conflicts=(one,))
    ((clash,), _) = list_clashes(with_result(conflicts=report))
    stay, gap, alone = map(words, clash.demands)
    assert stay.startswith("D1 “Forces stay”: red line of West, firmness 60–90 %")
    assert gap.startswith(
        "D3 “No strip without a watch”: red line of Cabinet (West), firmness 50 %"
    )
    assert alone.startswith("D5 “Alone”: walk-away of East, no agreement worth 20, firmness ")


def test_progress_stands_beside_the_weight_that_is_still_open() -> None:
    said = words(tell_progress(material()))
    assert said.startswith("Progress is not probability: 1 of 4 issues are agreed, and 80 % of the")
    assert "this much is still open: West " in said
    silent = tell_progress(material(case_of(text_agreed=None)))
    assert "of the text" not in words(silent)
