"""Probability phrases, tied to who said them about what."""

from __future__ import annotations

import pytest

from goodoffices.reading.rules.estimates import phrases
from tests.reading.rules.conftest import Read, only


def test_the_odds_that_somebody_puts_are_their_estimate(read: Read) -> None:
    text = "Envoy Ada Lund put the odds of a deal this year at one in four."
    one = only(read(text), "estimate")
    assert one.class_ == "estimate"
    assert one.speakers == ("ada-lund",)
    assert one.phrase is not None
    assert one.phrase.of(text) == "one in four"


def test_a_share_of_the_deal_is_no_probability(read: Read) -> None:
    found = read("Peru said that a mere 10% of the deal remains unresolved.")
    assert [one.type for one in found.statements] == ["statement"]
    assert found.statements[0].phrase is None


def test_chances_that_shrink_are_an_estimate_without_a_phrase(read: Read) -> None:
    one = only(read("From the Swiss perspective, the chances of a deal have dimmed."), "estimate")
    assert one.phrase is None
    assert one.speakers == ("switzerland",)


@pytest.mark.parametrize("text", ["", "The talks went on.", "Ten percent of the text is open."])
def test_where_no_chance_is_spoken_of_none_is_found(text: str) -> None:
    assert phrases(text) == []
