import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.outlook.bands import Band
from goodoffices.outlook.telling import band_words, day_words, likelihood, rough

PROBABILITIES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("low", "central", "high", "said"),
    [
        (0.0, 0.001, 0.004, "below 1 % (90 % interval 0 to 1 %)"),
        (0.02, 0.04, 0.07, "about 4 % (90 % interval 2 to 7 %)"),
        (0.2, 0.33, 0.5, "about 35 % (90 % interval 20 to 50 %)"),
        (0.31, 0.33, 0.36, "about 33 % (90 % interval 31 to 36 %)"),
        (0.1, 0.4, 0.8, "between 10 and 80 %"),
        (0.96, 0.98, 0.999, "about 98 % (90 % interval 96 to 100 %)"),
        (0.25, 0.25, 0.25, "25 %"),
    ],
)
def test_a_probability_is_told_no_more_exactly_than_it_is_known(
    low: float, central: float, high: float, said: str
) -> None:
    assert band_words(Band(low=low, central=central, high=high)) == said


@given(st.tuples(PROBABILITIES, PROBABILITIES, PROBABILITIES).map(sorted))
def test_no_decimals_are_ever_told(ends: list[float]) -> None:
    band = Band(low=ends[0], central=ends[1], high=ends[2])
    assert "." not in band_words(band)
    assert "." not in rough(band)


def test_a_likelihood_names_the_event_and_the_day() -> None:
    band = Band(low=0.02, central=0.04, high=0.07)
    said = likelihood("A deal.", dt.date(2024, 12, 31), band)
    assert said == "A deal, by 31 December 2024: about 4 % (90 % interval 2 to 7 %)."
    assert day_words(dt.date(2024, 1, 1)) == "1 January 2024"
