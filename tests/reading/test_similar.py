"""Texts that say nearly the same."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.similar import content, shingles, similar_pairs, similarity

SETS = st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=6), max_size=12)
LEAST = st.sampled_from([0.2, 1 / 3, 0.4, 0.5, 2 / 3, 0.8, 1.0])


def oracle(sets: list[frozenset[str]], least: float) -> set[tuple[int, int]]:
    """Compare each with each."""
    return {
        (one, other)
        for one, other in itertools.combinations(range(len(sets)), 2)
        if sets[one] and sets[other]
        if len(sets[one] & sets[other]) >= least * len(sets[one] | sets[other]) - 1e-12
    }


@given(SETS, LEAST)
def test_the_pairs_are_those_that_comparing_each_with_each_finds(
    sets: list[frozenset[str]], least: float
) -> None:
    found = list(similar_pairs(sets, least))
    assert len(found) == len(set(found))
    assert set(found) == oracle(sets, least)


@given(SETS)
def test_a_similarity_is_symmetric_and_1_only_for_equals(sets: list[frozenset[str]]) -> None:
    for one, other in itertools.product(sets, sets):
        assert similarity(one, other) == similarity(other, one)
        assert (similarity(one, other) == 1) == (one == other != frozenset())


def test_numbers_and_negations_are_no_content() -> None:
    assert content("They did not kill 6 hostages") == content("They killed seven hostages") - {
        "seven"
    }
    assert content("It won't talk, never, no.") == {"talk"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("demands", "demand"), ("demanding", "demanded"), ("The town’s quay", "the quay of the town")],
)
def test_endings_do_not_tell_words_apart(one: str, other: str) -> None:
    assert content(one) == content(other)


def test_a_text_of_few_words_has_no_runs() -> None:
    assert shingles("Talks stall") == frozenset()
    assert shingles("Talks stall again", 3) == {"talks stall again"}
