from dataclasses import replace
from typing import Any

from goodoffices.brief.changes import (
    MOST_OPENINGS,
    MOST_RUNGS,
    draw_changes,
    list_openings,
    tabulate_openings,
    tabulate_scenarios,
)
from goodoffices.brief.material import Material
from goodoffices.deals.results import Concession, Cost, Opening, ScenarioReport
from goodoffices.deals.share import share
from tests.brief.cases import basic, material, words

PICKS = {"strip": "5", "ferry": "none", "watch": "none", "fees": "low"}


def with_result(**changes: Any) -> Material:
    return material(result=replace(basic()[1], **changes))


def rung(demand: str, hits: int, opened: int, *, step: float = 0.0, by: str = "west") -> Concession:
    return Concession(
        demand=demand,
        by=by,
        kind="lower" if step else "lift",
        step=step,
        zone=share(hits, 1000),
        opened=share(opened, 1000),
        cost=Cost(low=4, central=7, high=11),
    )


def drawn(*rungs: Concession) -> tuple[str, str]:
    figure = draw_changes(with_result(concessions=rungs))
    assert figure is not None
    texts = "".join(words(drawing.children) for drawing in figure.drawings)
    return texts, words(figure.caption)


def test_a_change_that_opens_nothing_clear_is_in_the_table_only() -> None:
    texts, caption = drawn(rung("stay", 900, 500), rung("no-gap", 410, 10))
    assert "D1" in texts
    assert "D3" not in texts
    assert caption.startswith("1 more, which open less or nothing clear, are in the table.")


def test_of_one_walk_away_only_the_largest_step_is_drawn() -> None:
    texts, _ = drawn(
        rung("west-alone", 800, 400), rung("west-alone", 700, 300, step=10), rung("stay", 600, 200)
    )
    assert texts.count("walk-away") + texts.count("points less") == 2  # once, and once described
    assert "10 points less" not in texts


def test_a_long_ladder_is_cut() -> None:
    keys = ("stay", "withdraw", "no-gap", "west-alone", "east-alone")
    texts, _ = drawn(*(rung(key, 900, 500) for key in keys))
    assert len(keys) <= MOST_RUNGS
    assert all(f"D{n}" in texts for n in range(1, 6))


def test_without_a_ladder_nothing_is_drawn() -> None:
    assert draw_changes(with_result(concessions=())) is None
    figure = draw_changes(with_result(concessions=(rung("stay", 0, 0),)))
    assert figure is not None
    assert figure.drawings == ()
    assert figure.table is not None


def test_the_table_says_who_bears_which_change() -> None:
    figure = draw_changes(
        with_result(
            concessions=(
                rung("no-gap", 900, 500, by="cabinet"),
                rung("west-alone", 700, 300, step=10),
                rung("west-alone", 700, 300),
            )
        )
    )
    assert figure is not None
    assert figure.table is not None
    shown = [[words(c) for c in row.cells] for row in figure.table.rows]
    assert shown[0] == [
        "D3",
        "Cabinet (West)",
        "lifts D3 “No strip without a watch”",
        "about 90 % (87 to 92 %)",
        "about 50 %",
        "4 to 11",
    ]
    assert shown[1][2] == "takes 10 points less than D4, what no agreement is worth to it"
    assert shown[2][2] == "gives up its walk-away D4"


def opening(*lifted: str, package: dict[str, str] | None = None) -> Opening:
    return Opening(lifted=lifted, actors=("west",), package=package)


def test_openings_say_who_lifts_what() -> None:
    report = replace(
        basic()[1].conflicts, openings=(opening("stay"), opening("withdraw", "no-gap"))
    )
    shown, more = list_openings(with_result(conflicts=report))
    assert more == 0
    assert [words(one) for one in shown] == [
        "West lifts D1 “Forces stay”.",
        "East lifts D2 “Forces leave first” and Cabinet lifts D3 “No strip without a watch”.",
    ]


def test_of_very_many_openings_the_rest_are_counted() -> None:
    report = replace(basic()[1].conflicts, openings=(opening("stay"),) * 20)
    shown, more = list_openings(with_result(conflicts=report))
    assert (len(shown), more) == (MOST_OPENINGS, 20 - MOST_OPENINGS)


def test_an_example_package_stands_beside_each_opening_that_has_one() -> None:
    openings = (
        opening("stay", package=PICKS),
        opening("no-gap"),
        opening("withdraw", "no-gap", package=PICKS | {"strip": "9"}),
    )
    report = replace(basic()[1].conflicts, openings=openings)
    table = tabulate_openings(with_result(conflicts=report))
    assert table is not None
    assert [words(c) for c in table.columns] == ["", "If D1 falls", "If D2 and D3 fall"]
    assert [words(c) for c in table.rows[0].cells] == ["Length of the strip", "5 km", "9 km"]
    # What is agreed is not repeated.
    assert len(table.rows) == 3


def test_without_an_example_there_is_no_table_of_examples() -> None:
    report = replace(basic()[1].conflicts, openings=(opening("stay"),))
    assert tabulate_openings(with_result(conflicts=report)) is None


def test_scenarios_stand_side_by_side_with_their_change() -> None:
    report = ScenarioReport(
        scenario="calm",
        zone=share(900, 1000),
        change=0.5,
        change_error=0.016,
        at_face_value=None,
        conflicts=2,
    )
    table = tabulate_scenarios(with_result(scenarios=(report, replace(report, scenario="gone"))))
    assert table is not None
    assert [words(c) for c in table.rows[0].cells] == [
        "East no longer insists", "about 90 % (87 to 92 %)", "+50 points", "open", "2", "A13",
    ]  # fmt: skip
    assert words(table.rows[1].cells[0]) == "gone"
    assert tabulate_scenarios(with_result(scenarios=())) is None
