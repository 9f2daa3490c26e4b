"""Names of issues and options."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading._naming import in_order, same_option, says_nothing, titled

NAMES = st.sampled_from(
    ["forces stay", "all forces leave", "2 months", "a 9 month truce", "no raise", "", "the"]
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("unless talks restart", "Talks restart"),
        ("the fighters", "Fighters"),
        ("in exchange for a truce", "Truce"),
        ("“a raise”.", "Raise"),
        ("theatre", "Theatre"),
        ("the", "The"),
    ],
)
def test_what_leads_up_to_a_name_is_left_out(words: str, name: str) -> None:
    assert titled(words) == name


@given(NAMES)
def test_a_name_stays_as_it_is_once_it_is_one(name: str) -> None:
    assert titled(titled(name)) == titled(name)


@given(NAMES, NAMES)
def test_to_be_the_same_option_is_mutual(one: str, other: str) -> None:
    assert same_option(one, other) == same_option(other, one)
    assert same_option(one, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("All forces stay in the corridor", "All forces leave the corridor"),
        ("The northern crossing is open", "The northern crossing is closed"),
        ("A raise of 4 percent now", "A raise of 9 percent now"),
        ("Forces leave the corridor", "No forces leave the corridor"),
    ],
)
def test_opposites_are_two_options_though_their_words_are_alike(one: str, other: str) -> None:
    assert not same_option(one, other)


@given(st.lists(NAMES, max_size=6))
def test_an_order_holds_every_option_once(names: list[str]) -> None:
    assert sorted(in_order(names)) == list(range(len(names)))


def test_numbers_of_one_thing_make_a_scale() -> None:
    assert in_order(["9 months of truce", "3 months", "6 months"]) == [1, 2, 0]
    assert in_order(["9 months", "3 ships"]) == [0, 1]


def test_a_name_that_any_dispute_has_is_none() -> None:
    assert says_nothing("the demands")
    assert not says_nothing("the demand for land")
