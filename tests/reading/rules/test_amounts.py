"""Numbers with their units."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.rules.amounts import amounts, number_of


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("the 14-kilometer corridor", 14.0, "kilometer"),
        ("nearly $50 million in aid", 50_000_000.0, "$"),
        ("a raise of 9 percent", 9.0, "%"),
        ("a mere 10% of the deal", 10.0, "%"),
        ("wounding 12 workers", 12.0, "workers"),
        ("2,000 observers", 2000.0, "observers"),
        ("six hostages", 6.0, "hostages"),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, value: float, unit: str) -> None:
    (one,) = amounts(text)
    assert (one.value, one.unit) == (value, unit)


@pytest.mark.parametrize("text", ["on 14 May", "on December 15", "in 1974", "since Feb. 20"])
def test_a_date_is_no_amount(text: str) -> None:
    assert list(amounts(text)) == []


def test_an_amount_stands_where_its_words_stand() -> None:
    text = "They asked for $1,500 and eight weeks of notice."
    assert [one.span.of("...." + text) for one in amounts(text, 4)] == ["$1,500", "eight weeks"]


@given(st.text(alphabet="0123456789,. -%$andmilofkm", max_size=60))
def test_amounts_of_any_text_lie_within_it_and_in_order(text: str) -> None:
    found = list(amounts(text))
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@given(st.integers(min_value=0, max_value=10**12))
def test_a_written_number_is_read_back(n: int) -> None:
    assert number_of(f"{n:,}") == float(n)
