from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.errors import ModelError
from goodoffices.outlook.ratification import ratified

CHANCE = st.floats(0, 1)


def test_answers_that_are_independent_multiply() -> None:
    found = ratified({"West": [0.5, 0.5], "East": [0.25]})
    assert found.sides["West"].tolist() == [0.25]
    assert found.together.tolist() == [0.0625]


def test_answers_that_go_together_altogether_hang_on_the_least_willing() -> None:
    found = ratified({"West": [0.5, 0.75], "East": [0.25]}, within=1.0, between=1.0)
    assert found.sides["West"].tolist() == [0.5]
    assert found.together.tolist() == [0.25]


def test_halfway_between_is_the_mean_of_both() -> None:
    found = ratified({"West": [0.5, 0.5]}, within=0.5)
    assert found.together.tolist() == [0.375]


def test_moods_within_a_side_are_not_shared_by_the_other() -> None:
    found = ratified({"West": [0.5, 0.5], "East": [0.5, 0.5]}, within=1.0, between=0.0)
    assert found.together.tolist() == [0.25]


def test_a_side_that_is_asked_alone_needs_only_its_own_yes() -> None:
    assert ratified({"West": [0.7]}, within=0.3, between=0.9).together.tolist() == [0.7]


def test_every_draw_has_its_own_probability() -> None:
    west, shared = np.array([0.2, 0.4, 1.0]), np.array([0.0, 0.5, 1.0])
    found = ratified({"West": [west, 0.5]}, within=shared)
    assert found.together.tolist() == [0.1, 0.5 * 0.2 + 0.5 * 0.4, 0.5]


def test_probabilities_may_be_rows_of_an_array() -> None:
    found = ratified({"West": np.array([[0.5, 1.0], [0.5, 0.0]])})
    assert found.together.tolist() == [0.25, 0.0]


def test_names_that_look_alike_are_kept_apart() -> None:
    found = ratified({"West": [0.5], "West, answer 1": [0.25, 1.0]})
    assert found.together.tolist() == [0.125]


@pytest.mark.parametrize("correlation", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("chance", [0.2, 0.5, 0.9])
def test_for_two_equally_willing_the_shock_is_their_correlation(
    chance: float, correlation: float
) -> None:
    """Corr = (P(both) - p²) / (p (1 - p))."""
    both = ratified({"West": [chance, chance]}, within=correlation).together.item()
    assert (both - chance**2) / (chance * (1 - chance)) == pytest.approx(correlation)


def by_drawing(chances: list[float], common: float, draws: int) -> float:
    """Return the share of draws in which all say yes, acting the model out answer by answer."""
    rng = np.random.default_rng(5)
    yes = 0
    for _ in range(draws):
        if rng.random() < common:
            mood = rng.random()
            answers = [mood < chance for chance in chances]
        else:
            answers = [rng.random() < chance for chance in chances]
        yes += all(answers)
    return yes / draws


@pytest.mark.parametrize("common", [0.0, 0.4, 1.0])
def test_probabilities_agree_with_acting_the_model_out(common: float) -> None:
    chances, draws = [0.9, 0.6, 0.7], 20_000
    expected = ratified({"West": chances}, within=common).together.item()
    error = math.sqrt(expected * (1 - expected) / draws)
    assert abs(by_drawing(chances, common, draws) - expected) < 4 * error


@given(st.lists(CHANCE, min_size=1, max_size=5), CHANCE)
def test_all_are_no_likelier_than_the_least_willing(chances: list[float], common: float) -> None:
    """Frechet's bounds: at most the least, at least what is left when all refusals are apart."""
    found = ratified({"West": chances}, within=common).together.item()
    assert max(sum(chances) - len(chances) + 1, 0) - 1e-9 <= found <= min(chances) + 1e-12


@given(st.lists(CHANCE, min_size=2, max_size=5), CHANCE, CHANCE)
def test_going_together_more_makes_all_no_less_likely(
    chances: list[float], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    less, more = (ratified({"W": chances}, within=c).together.item() for c in (low, high))
    assert less <= more + 1e-12


@given(st.permutations([0.2, 0.5, 0.9]), CHANCE)
def test_the_order_of_the_answers_does_not_matter(chances: list[float], common: float) -> None:
    found = ratified({"W": chances}, within=common).together.item()
    assert found == pytest.approx(ratified({"W": [0.2, 0.5, 0.9]}, within=common).together.item())


@pytest.mark.parametrize(
    ("sides", "arguments"),
    [
        ({"West": [1.5]}, {}),
        ({"West": [-0.1]}, {}),
        ({"West": [0.5]}, {"within": 2.0}),
        ({"West": [0.5]}, {"between": [-1.0]}),
    ],
)
def test_what_is_no_probability_is_refused(
    sides: dict[str, list[float]], arguments: dict[str, float]
) -> None:
    with pytest.raises(ValueError, match="is not a probability between 0 and 1"):
        ratified(sides, **arguments)


def test_what_is_no_probability_is_named() -> None:
    with pytest.raises(ValueError, match="East, answer 2: 3 is not a probability"):
        ratified({"West": [0.5], "East": [0.5, 3.0]})


@pytest.mark.parametrize(
    ("sides", "message"),
    [({}, "no side: nobody's answer"), ({"West": [0.5], "East": []}, "East: nobody's answer")],
)
def test_a_side_without_an_answer_is_refused(sides: dict[str, list[float]], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        ratified(sides)


def test_certain_answers_are_certain_whatever_goes_together() -> None:
    for within, between in itertools.product([0.0, 0.5, 1.0], repeat=2):
        found = ratified({"W": [1.0, 1.0], "E": [1.0]}, within=within, between=between)
        assert found.together.tolist() == [1.0]
        none = ratified({"W": [1.0, 0.0], "E": [1.0]}, within=within, between=between)
        assert none.together.tolist() == [0.0]
