"""Numbers that words state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.model.amounts import stated, states


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("14-kilometer", 14),
        ("4,200 members", 4200),
        ("1.5 million people", 1_500_000),
        ("1,234,567.25 dollars", 1_234_567.25),
        ("10%", 10),
        ("six hostages", 6),
        ("twenty-one days", 21),
        ("two hundred prisoners", 200),
        ("a dozen others", 12),
        ("half a million", 500_000),
        ("three billion", 3e9),
        ("no better than even, 50 per cent", 50),
        ("USD90 million", 90e6),
    ],
)
def test_words_state_their_number(words: str, value: float) -> None:
    assert states(words, value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("14-kilometer", 15),
        ("4,200 members", 4),
        ("4,200 members", 200),
        ("six hostages", 60),
        ("many hostages", 1),
        ("someone", 1),
        ("", 0),
        ("five, million", 5_000_000),
        ("twenty days and one night", 21),
    ],
)
def test_words_do_not_state_another_number(words: str, value: float) -> None:
    assert not states(words, value)


@given(st.integers(0, 10**12))
def test_digits_are_read_with_and_without_separators(value: int) -> None:
    assert stated(f"some {value} tonnes") == (value,)
    assert stated(f"some {value:,} tonnes") == (value,)


@given(st.text(max_size=200), st.floats())
def test_any_text_may_be_asked(text: str, value: float) -> None:
    assert states(text, value) in {True, False}
