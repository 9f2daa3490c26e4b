import numpy as np
import pytest

from goodoffices.case.outlook import Days, Factor, Weeks
from goodoffices.case.quantity import Probability, Value
from goodoffices.outlook.inputs import Inputs


def test_a_stream_begins_anew_each_time_it_is_asked_for() -> None:
    inputs = Inputs(10, 4)
    one, again = (inputs.stream("a").random(5) for _ in range(2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, inputs.stream("b").random(5))
    assert not np.array_equal(one, Inputs(10, 5).stream("a").random(5))


def test_the_first_draws_are_the_same_however_many_are_asked_for() -> None:
    few, many = (Inputs(n, 1).of("x", Value.parse("0..100")) for n in (10, 1_000))
    assert np.array_equal(few, many[:10])


@pytest.mark.parametrize("text", ["30..50", "30..40..55", "unknown"])
def test_draws_stay_within_their_bounds(text: str) -> None:
    quantity = Value.parse(text)
    drawn = Inputs(2_000, 2).of("x", quantity)
    assert drawn.min() >= quantity.low
    assert drawn.max() <= quantity.high
    assert np.median(drawn) == pytest.approx(
        np.median(quantity.quantiles(np.linspace(0, 1, 999))), abs=2
    )


def test_a_phrase_is_drawn_as_readers_read_it() -> None:
    drawn = Inputs(20_000, 3).of("x", Probability.parse("unlikely"))
    odds = np.log(drawn / (1 - drawn))
    assert odds.mean() == pytest.approx(-1.682, abs=0.03)
    assert odds.std() == pytest.approx(0.899, abs=0.03)


def test_a_half_life_that_is_left_out_is_endless() -> None:
    inputs = Inputs(7, 0)
    assert inputs.lasting("x", None).tolist() == [np.inf]
    assert inputs.drawn == {}


def test_an_exact_half_life_is_one_number_and_an_uncertain_one_is_drawn() -> None:
    inputs = Inputs(7, 0)
    assert inputs.lasting("x", Weeks.exactly(8)).tolist() == [8.0]
    drawn = inputs.lasting("y", Weeks.parse("4..12"))
    assert drawn.shape == (7,)
    assert drawn is inputs.of("y", Weeks.parse("4..12"))


@pytest.mark.parametrize(
    ("kind", "text"),
    [(Weeks, "0"), (Weeks, "-4..4"), (Weeks, "6000"), (Days, "0"), (Days, "40000"), (Factor, "0")],
)
def test_a_time_or_factor_that_is_none_is_refused_with_its_range(
    kind: type[Weeks | Days | Factor], text: str
) -> None:
    with pytest.raises(ValueError, match="is outside"):
        kind.parse(text)
