"""Eight faults that programs for the analysis of outcome spaces are known to have, each a test."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from goodoffices.case.document import parse_case
from goodoffices.case.file import dump_case
from goodoffices.case.model import Case
from goodoffices.deals import Deals, deals
from goodoffices.deals.draws import at_face_value
from goodoffices.deals.frontier import frontier, undominated
from goodoffices.deals.solutions import solve
from goodoffices.deals.solving import frontier_report
from goodoffices.deals.space import compile_space
from goodoffices.exchange.genius import read_genius
from tests.deals import oracle
from tests.deals.cases import case, issue, linkage, opposed, red_line, stance, trade, walk_away


def points_chosen(
    points: list[tuple[float, ...]], no_deal: tuple[float, ...]
) -> dict[str, set[int]]:
    return {s.name: set(s.points) for s in solve(np.array(points), np.array(no_deal))}


def bargains(found: Deals) -> dict[str, list[dict[str, str]]]:
    return {one.name: list(one.packages) for one in found.bargains}


# --- Fault 1 --------------------------------------------------------------------------------------


def lined() -> Case:
    """Four options on each of two issues; red lines close the first, a middle and a joint one."""
    rising, falling = (0, 30, 70, 100), (100, 80, 30, 0)
    return case(
        {"k": issue("v", "w", "x", "y"), "l": issue("v", "w", "x", "y")},
        {
            "east": {key: stance(50, *rising, options="vwxy") for key in "kl"},
            "west": {key: stance(50, *falling, options="vwxy") for key in "kl"},
        },
        {
            "east-walks": walk_away("east", 20),
            "west-walks": walk_away("west", 20),
            "first": red_line("east", k="v"),
            "middle": red_line("west", l="x"),
            "joint": red_line("west", k="w", l="w"),
        },
    )


def test_a_red_line_does_not_give_a_package_the_values_of_another_one() -> None:
    """Fault 1: a red line shifts indices, and a forbidden package is named with others' values."""
    of = lined()
    found = deals(of)
    (draw,) = oracle.draws_of(at_face_value(compile_space(of)))
    named = [(p.picks, p.values) for p in found.offers]
    named += [(one.packages[0], one.values) for one in found.bargains]
    named += [
        (p.picks, dict(zip(found.frontier.axes, p.values, strict=True)))
        for p in found.frontier.points
    ]
    assert len(named) > 8
    for picks, values in named:
        for party, value in values.items():
            assert value == pytest.approx(oracle.value(of, party, picks, draw), abs=1e-9)


def test_no_package_that_a_red_line_forbids_is_offered_or_chosen() -> None:
    """Fault 1, its other half: statistics name a forbidden package."""
    of = lined()
    found = deals(of)
    (draw,) = oracle.draws_of(at_face_value(compile_space(of)))
    met = list(oracle.acceptable(of, draw))
    assert found.zone.acceptable == len(met)
    assert all(p.picks in met for p in found.offers)
    assert all(package in met for packages in bargains(found).values() for package in packages)
    broken = {p.breaks for p in found.frontier.points if p.picks not in met}
    assert all(broken)


# --- Fault 2 --------------------------------------------------------------------------------------


def tied() -> Case:
    """The trade that both want most, made impossible by a linkage, and another with a bonus."""
    return trade(
        east=20,
        west=20,
        linkages={
            "no-trade": linkage(when={"land": "x"}, excludes={"aid": "x"}),
            "bonus": linkage(when={"land": "y", "aid": "y"}, bonus={"east": 10, "west": 5}),
        },
    )


def test_linkages_count_on_the_frontier() -> None:
    """Fault 2: linkages are ignored by the frontier."""
    points = {tuple(p.picks.values()): p.values for p in deals(tied()).frontier.points}
    assert points == {("x", "y"): (100, 0), ("y", "x"): (0, 100), ("y", "y"): (35, 30)}


def test_linkages_are_kept_on_saving() -> None:
    """Fault 2, its other half: linkages are lost when the domain is saved."""
    again = parse_case(dump_case(tied()))
    assert again.linkages == tied().linkages
    assert deals(again) == deals(tied())


# --- Fault 3 --------------------------------------------------------------------------------------


def test_a_walk_away_below_the_worst_package_stays_where_it_is() -> None:
    """Fault 3: it is replaced by the worst package, and the bargaining points move.

    Three packages worth 100, 60 and 40 to east, whose walk-away is 0. The products of gains are
    1000, 2700 and 3200; seen from the worst package, 40, they would be 600, 900 and 0.
    """
    points = [(100.0, 10.0), (60.0, 45.0), (40.0, 80.0)]
    assert points_chosen(points, (0, 0))["Nash"] == {2}
    assert points_chosen(points, (40, 0))["Nash"] == {1}


def test_the_no_deal_point_of_a_case_is_its_walk_away() -> None:
    """Fault 3, the same three packages in a case."""
    of = case(
        {"k": issue("x", "y", "z")},
        {"east": {"k": stance(100, 100, 60, 40)}, "west": {"k": stance(100, 10, 45, 80)}},
        {"e": walk_away("east", 0), "w": walk_away("west", 0)},
    )
    assert bargains(deals(of))["Nash"] == [{"k": "z"}]
    # Shares of the best gain: 1 and .125, .6 and .5625, .4 and 1.
    assert bargains(deals(of))["Kalai-Smorodinsky"] == [{"k": "y"}]


# --- Fault 4 --------------------------------------------------------------------------------------


def test_with_one_indifferent_party_not_every_point_is_a_bargaining_solution() -> None:
    """Fault 4: with one indifferent party every frontier point is called Nash and Kalai."""
    of = case(
        {"k": issue("x", "y", "z")},
        {
            "east": {"k": stance(100, 100, 60, 0)},
            "west": {"k": stance(100, 0, 60, 100)},
            "calm": {"k": stance(100, 50, 50, 50)},
        },
        {
            "e": walk_away("east", 0),
            "w": walk_away("west", 0),
            "c": walk_away("calm", 50),
        },
    )
    found = bargains(deals(of))
    for name in ("Nash", "Kalai-Smorodinsky", "egalitarian"):
        assert found[name] == [{"k": "y"}]


def test_no_bargaining_point_is_named_where_there_is_no_deal() -> None:
    """Fault 4, its other half: bargaining points are returned where no deal exists."""
    found = deals(opposed(east=60, west=60))
    assert found.zone.probability.value == 0
    assert (found.bargains, found.offers) == ((), ())
    assert found.conflicts.conflicts


# --- Fault 5 --------------------------------------------------------------------------------------


def test_kalai_smorodinsky_chooses_the_largest_smallest_share_and_not_the_least_spread() -> None:
    """Fault 5: "KS" by the least spread of gains chose (.60, .71) over (.95, .65)."""
    points = [(100.0, 0.0), (0.0, 100.0), (60.0, 71.0), (95.0, 65.0)]
    assert points_chosen(points, (0, 0))["Kalai-Smorodinsky"] == {3}


def test_egalitarian_is_not_the_largest_sum() -> None:
    """Fault 5, its other half: a "Kalai" point that is really the largest sum."""
    points = [(100.0, 30.0), (60.0, 60.0)]
    found = points_chosen(points, (0, 0))
    assert (found["egalitarian"], found["utilitarian"]) == ({1}, {0})


def test_every_solution_is_named_with_its_definition() -> None:
    """Fault 5, its root: names without definitions."""
    assert all("the package" in one.definition for one in deals(trade()).bargains)


# --- Fault 6 --------------------------------------------------------------------------------------


def decimals(walk: float) -> Case:
    """Two issues that give 0.1 and 0.7 points: in binary a little less than 0.8 together."""
    return case(
        {"k": issue("x", "y"), "l": issue("x", "y")},
        {"east": {"k": stance(10, 1, 0), "l": stance(90, 0.7777777777777778, 0)}},
        {"e": walk_away("east", walk)},
    )


def test_sums_of_decimals_meet_the_walk_away_that_they_equal() -> None:
    """Fault 6: 0.1 + 0.7 against a walk-away of 0.8 gives no deal."""
    assert 0.1 + 0.7 < 0.8
    assert len(frontier([[[0.1]], [[0.7]]], floors=[0.8])) == 1
    found = deals(decimals(0.8))
    assert found.zone.probability.value == 1
    assert found.zone.acceptable == 1
    assert found.conflicts.conflicts == ()
    assert found.offers[0].all_accept.value == 1
    assert found.offers[0].breaks == ()
    assert deals(decimals(0.800001)).zone.probability.value == 0


def test_noise_in_the_last_digit_does_not_keep_two_points() -> None:
    """Fault 6, its second part: noise of 1e-17 keeps two points on the frontier."""
    assert undominated([[0.3, 0.5], [0.1 + 0.2, 0.5 - 1e-17]]).all()
    found = frontier([[[0.3, 0.5], [0.1 + 0.2, 0.5 - 1e-16], [0.3 - 1e-17, 0.5 + 1e-16]]])
    assert (len(found), found.ties.tolist()) == (1, [3])


def test_packages_with_equal_values_are_counted_and_do_not_vanish() -> None:
    """Fault 6, its third part: packages with equal values collapse silently."""
    of = case(
        {"k": issue("x", "y"), "seal": issue("x", "y", "z")},
        {
            "east": {"k": stance(100, 100, 0), "seal": stance(0, 5, 5, 5)},
            "west": {"k": stance(100, 0, 100), "seal": stance(0, 5, 5, 5)},
        },
        {"e": walk_away("east", 0), "w": walk_away("west", 0)},
    )
    report = frontier_report(at_face_value(compile_space(of)))
    assert [(point.values, point.ties) for point in report.points] == [
        ((100, 0), 3),
        ((0, 100), 3),
    ]
    assert {one.name: one.ties for one in deals(of).bargains}["utilitarian"] == 6


# --- Fault 7 --------------------------------------------------------------------------------------


def test_an_uncertain_walk_away_is_drawn_and_does_not_collapse_to_its_mean() -> None:
    """Fault 7: at its mean of 45 there is a deal worth 50; in many of its draws there is none."""
    found = deals(opposed(east="0..90", west="40..60"), draws=4_000)
    assert found.zone.at_face_value is True
    # P(east <= 50) P(west <= 50) = 5/9 1/2; four standard errors.
    assert found.zone.probability.value == pytest.approx(5 / 18, abs=4 * 0.0071)
    assert found.unknowns


# --- Fault 8 --------------------------------------------------------------------------------------

DOMAIN = """<negotiation_template><utility_space number_of_issues="2">
<objective index="0" name="root" type="objective" etype="objective">
<issue index="1" name="Price" type="discrete" etype="discrete" vtype="discrete">
<item index="1" value="low"/><item index="2" value="high"/></issue>
<issue index="2" name="Term" type="discrete" etype="discrete" vtype="discrete">
<item index="1" value="short"/><item index="2" value="long"/></issue>
</objective></utility_space></negotiation_template>"""
PROFILE = """<utility_space><objective index="0" name="root" type="objective" etype="objective">
<issue index="1" name="Price" type="discrete" etype="discrete" vtype="discrete">
<item index="1" value="low" evaluation="{low}"/><item index="2" value="high" evaluation="8"/>
</issue><issue index="2" name="Term" type="discrete" etype="discrete" vtype="discrete">
<item index="1" value="short" evaluation="1"/><item index="2" value="long" evaluation="4"/>
</issue><weight index="1" value="0.5"/><weight index="2" value="0.5"/></objective>
<discount_factor value="0.5"/><reservation value="0.8"/></utility_space>"""


@pytest.fixture
def discounted(tmp_path: Path) -> Case:
    files = [tmp_path / name for name in ("domain.xml", "one.xml", "two.xml")]
    texts = [DOMAIN, PROFILE.format(low=2), PROFILE.format(low=6)]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return read_genius(files[0], files[1:])


def test_a_discounted_profile_keeps_its_walk_away(discounted: Case) -> None:
    """Fault 8: discounted profiles lose their walk-away on import."""
    face = at_face_value(compile_space(discounted))
    assert face.floors[0].tolist() == [80, 80]
    # Only high and long give both at least 80; low and long give 62.5 and 87.5.
    assert deals(discounted).zone.acceptable == 1


def test_evaluations_are_divided_by_the_largest_of_their_issue(discounted: Case) -> None:
    """Fault 8, its other half: GENIUS's division by the largest evaluation is skipped."""
    face = at_face_value(compile_space(discounted))
    assert face.worth((0, 0))[0].tolist() == [25, 50]
    assert face.worth((0, 1))[0].tolist() == [62.5, 87.5]
    assert face.worth((1, 1))[0].tolist() == [100, 100]
