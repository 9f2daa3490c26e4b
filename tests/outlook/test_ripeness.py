from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from goodoffices.deals.share import share
from goodoffices.errors import ModelError
from goodoffices.outlook.ripeness import NECESSARY, Standing, assess

Bools = NDArray[np.bool_]

DRAWS = 8
HIGH, LOW = np.full(DRAWS, 60.0), np.full(DRAWS, 20.0)


def bits(text: str) -> Bools:
    return np.array([letter == "1" for letter in text])


def standing(party: str, hurts: str, feels: str | None = None, sees: str | None = None) -> Standing:
    """Return a party that hurts, feels it and sees a way out in the draws marked 1."""
    return Standing(
        party=party,
        going_on=np.where(bits(hurts), 20.0, 60.0),
        package=np.full(len(hurts), 40.0),
        felt_going_on=None if feels is None else np.where(bits(feels), 20.0, 60.0),
        felt_package=None if feels is None else np.full(len(feels), 40.0),
        sees_way_out=None if sees is None else bits(sees),
    )


# Facts.


def test_going_on_hurts_in_the_draws_in_which_the_package_is_worth_more() -> None:
    found = assess([standing("West", "11110000"), standing("East", "11000011")])
    assert [one.hurts.hits for one in found.parties] == [4, 4]
    assert found.parties[0].hurts == share(4, 8)


def test_all_hurt_only_where_they_do_in_the_same_draw() -> None:
    found = assess([standing("West", "11110000"), standing("East", "11000011")])
    assert found.hurts.hits == 2
    apart = assess([standing("West", "11110000"), standing("East", "00001111")])
    assert apart.hurts.hits == 0


def test_as_good_as_the_package_does_not_hurt() -> None:
    level = Standing(party="West", going_on=HIGH, package=HIGH)
    assert assess([level, level]).hurts.hits == 0


def test_a_margin_asks_for_more_than_a_little_worse() -> None:
    one = Standing(party="West", going_on=LOW, package=HIGH)
    assert assess([one, one], margin=39.0).hurts.hits == DRAWS
    assert assess([one, one], margin=40.0).hurts.hits == 0


def test_three_parties_hurt_together_where_each_does() -> None:
    found = assess([standing(p, h) for p, h in (("A", "1110"), ("B", "0110"), ("C", "0111"))])
    assert found.hurts.hits == 2


# Perceptions, apart from facts.


def test_what_hurts_need_not_be_felt() -> None:
    found = assess([standing("West", "11111111", feels="00000000", sees="11111111")] * 2)
    assert found.hurts.hits == 8
    assert found.feels is not None
    assert found.feels.hits == 0
    assert found.ripe is not None
    assert found.ripe.hits == 0


def test_what_is_felt_need_not_hurt() -> None:
    found = assess([standing("West", "00000000", feels="11111111", sees="11111111")] * 2)
    assert found.hurts.hits == 0
    assert found.ripe is not None
    assert found.ripe.hits == 8


def test_the_moment_is_ripe_where_all_feel_it_and_all_see_a_way_out() -> None:
    found = assess(
        [
            standing("West", "1111", feels="1110", sees="0111"),
            standing("East", "1111", feels="0111", sees="1111"),
        ]
    )
    assert found.feels is not None
    assert found.sees_way_out is not None
    assert found.ripe is not None
    assert (found.feels.hits, found.sees_way_out.hits, found.ripe.hits) == (2, 3, 2)
    assert found.at_most == found.ripe
    assert found.missing == ()


def test_a_way_out_seen_by_one_side_alone_is_not_enough() -> None:
    found = assess(
        [
            standing("West", "1111", feels="1111", sees="1111"),
            standing("East", "1111", feels="1111", sees="0000"),
        ]
    )
    assert found.ripe is not None
    assert found.ripe.hits == 0


# What is not known.


def test_facts_are_not_taken_for_perceptions_that_are_not_known() -> None:
    found = assess([standing("West", "1111"), standing("East", "1111")])
    assert found.hurts.hits == 4
    assert (found.feels, found.sees_way_out, found.ripe, found.at_most) == (None,) * 4
    assert all((one.feels, one.sees_way_out) == (None, None) for one in found.parties)


def test_a_perception_that_is_not_known_leaves_the_answer_open_and_bounded() -> None:
    found = assess(
        [standing("West", "1111", feels="1100", sees="0111"), standing("East", "1111", sees="1111")]
    )
    assert found.ripe is None
    assert found.feels is None
    assert found.sees_way_out is not None
    assert found.sees_way_out.hits == 3
    assert found.at_most is not None
    assert found.at_most.hits == 1
    assert found.missing == ("whether East feels a stalemate",)


def test_half_of_a_perceived_comparison_is_not_known() -> None:
    half = Standing(party="West", going_on=LOW, package=HIGH, felt_going_on=LOW)
    assert assess([half, half]).feels is None


def test_every_perception_that_is_not_known_is_named() -> None:
    found = assess([standing("West", "1"), standing("East", "1", feels="1")])
    assert found.missing == (
        "whether West feels a stalemate",
        "whether West sees a way out",
        "whether East sees a way out",
    )


def test_every_answer_says_that_ripeness_is_necessary_and_not_sufficient() -> None:
    found = assess([standing("West", "1"), standing("East", "1")])
    assert found.note == NECESSARY
    assert "not sufficient" in NECESSARY


# Closed form.


def test_the_share_is_that_of_two_independent_normal_values() -> None:
    """P(N(40, 10) < N(50, 10)) = Φ(10 / sqrt(200)); both parties at once, its square."""
    rng = np.random.default_rng(11)
    n = 20_000

    def party(name: str) -> Standing:
        going_on, package = rng.normal(40, 10, n), rng.normal(50, 10, n)
        return Standing(party=name, going_on=going_on, package=package)

    expected = (1 + math.erf(10 / math.sqrt(200) / math.sqrt(2))) / 2
    found = assess([party("West"), party("East")])
    for one in found.parties:
        assert abs(one.hurts.value - expected) < 4 * one.hurts.error
    assert abs(found.hurts.value - expected**2) < 4 * found.hurts.error


# What can't be assessed.


@pytest.mark.parametrize("standings", [[], [standing("West", "11")]])
def test_a_stalemate_needs_two(standings: list[Standing]) -> None:
    with pytest.raises(ModelError, match="a stalemate needs two parties"):
        assess(standings)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"package": np.zeros(3)}, "East: its draws are not 8"),
        ({"sees_way_out": np.full(5, True)}, "East: its draws are not 8"),
        ({"felt_package": np.zeros((8, 2))}, "East: its draws are not 8"),
        ({"going_on": np.full(8, math.nan)}, "East: holds what is not a number"),
        ({"sees_way_out": np.full(8, 0.5)}, "East: a way out is seen or not"),
    ],
)
def test_draws_that_do_not_fit_are_refused_by_name(change: dict[str, Any], message: str) -> None:
    fields = {"party": "East", "going_on": LOW, "package": HIGH, **change}
    with pytest.raises(ValueError, match=message):
        assess([Standing(party="West", going_on=LOW, package=HIGH), Standing(**fields)])
